#include "core/study/ScoreCache.h"

#include <QTest>

using namespace brainlike;

class ScoreCacheTest : public QObject {
    Q_OBJECT
    static ScoreCache::Scores scores(std::size_t size, float value = 0) {
        return std::make_shared<const std::vector<float>>(size, value);
    }

private Q_SLOTS:
    void theLeastUsedMakesRoom() {
        ScoreCache cache(3 * 40);
        for (std::size_t number = 0; number < 3; ++number)
            cache.keep(number, scores(10, static_cast<float>(number)));
        QCOMPARE(cache.byteCount(), std::size_t{120});
        QVERIFY(cache.find(0) != nullptr);
        cache.keep(3, scores(10));
        QVERIFY(cache.find(1) == nullptr);
        QVERIFY(cache.find(0) != nullptr);
        QCOMPARE(cache.find(2)->front(), 2.0F);
        QCOMPARE(cache.byteCount(), std::size_t{120});
    }

    void whatIsTooLargeIsNotKept() {
        ScoreCache cache(40);
        cache.keep(0, scores(5));
        cache.keep(1, scores(11));
        QVERIFY(cache.find(1) == nullptr);
        QVERIFY(cache.find(0) != nullptr);
    }

    void theFirstOfTwoStays() {
        ScoreCache cache(1000);
        cache.keep(7, scores(1, 1));
        cache.keep(7, scores(1, 2));
        QCOMPARE(cache.find(7)->front(), 1.0F);
        QCOMPARE(cache.byteCount(), sizeof(float));
    }
};

QTEST_GUILESS_MAIN(ScoreCacheTest)
#include "ScoreCacheTest.moc"
