#include "core/study/ScoreCache.h"

#include "core/base/Error.h"
#include "core/study/ChunkCache.h"
#include "core/study/ScoreSource.h"

#include <QTest>

using namespace brainlike;

namespace {

/// Chunks of ten numbers, and which of them were read.
struct CountedChunks {
    std::vector<ChunkPlace> read;
    ChunkCache cache;

    explicit CountedChunks(std::size_t byteLimit)
        : cache(byteLimit, [this](const ChunkPlace& place) {
              read.push_back(place);
              return std::vector<float>(10, static_cast<float>(place.start.front()));
          }) {}
};

ChunkPlace mean(std::size_t step, std::size_t layer) {
    return {"/fmri/vit/group/mean", {step, layer}};
}

} // namespace

class ScoreCacheTest : public QObject {
    Q_OBJECT
    static ScoreCache<std::size_t>::Scores scores(std::size_t size, float value = 0) {
        return std::make_shared<const std::vector<float>>(size, value);
    }

private Q_SLOTS:
    void theLeastUsedMakesRoom() {
        ScoreCache<std::size_t> cache(3 * 40);
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
        ScoreCache<std::size_t> cache(40);
        cache.keep(0, scores(5));
        cache.keep(1, scores(11));
        QVERIFY(cache.find(1) == nullptr);
        QVERIFY(cache.find(0) != nullptr);
    }

    void theFirstOfTwoStays() {
        ScoreCache<std::size_t> cache(1000);
        cache.keep(7, scores(1, 1));
        cache.keep(7, scores(1, 2));
        QCOMPARE(cache.find(7)->front(), 1.0F);
        QCOMPARE(cache.byteCount(), sizeof(float));
    }

    void aChunkIsReadOnce() {
        CountedChunks chunks(1000);
        QCOMPARE(chunks.cache.at(mean(3, 0))->front(), 3.0F);
        QCOMPARE(chunks.cache.at(mean(3, 0))->front(), 3.0F);
        QCOMPARE(chunks.read, std::vector{mean(3, 0)});
        QCOMPARE(chunks.cache.counts().reads, std::size_t{1});
        QCOMPARE(chunks.cache.counts().hits, std::size_t{1});
    }

    void theLimitIsNeverExceeded() {
        CountedChunks chunks(100); // two chunks and a half
        for (std::size_t round = 0; round < 3; ++round)
            for (std::size_t step = 0; step < 6; ++step) {
                (void)chunks.cache.at(mean(step, round));
                chunks.cache.prefetch({"/fmri/vit/"}, step, step + 1, {});
                QVERIFY(chunks.cache.byteCount() <= 100);
            }
        QCOMPARE(chunks.cache.byteCount(), std::size_t{80});
    }

    void onlyWhatIsShownIsReadAhead() {
        CountedChunks chunks(10000);
        const ChunkPlace other{"/fmri/resnet/group/mean", {4, 1}};
        const ChunkPlace sensors{"/meg/vit/group/q", {4, 2}};
        for (const auto& place : {mean(4, 0), mean(2, 5), other, sensors})
            (void)chunks.cache.at(place);
        chunks.read.clear();
        chunks.cache.prefetch({"/fmri/vit/", "/meg/vit/"}, 4, 5, {});
        std::ranges::sort(chunks.read);
        QCOMPARE(chunks.read, (std::vector{mean(5, 0), ChunkPlace{"/meg/vit/group/q", {5, 2}}}));
        QCOMPARE(chunks.cache.counts().prefetched, std::size_t{2});
        QCOMPARE(chunks.cache.counts().reads, std::size_t{4});

        // What was read ahead costs nothing, and counts as shown only once it is asked for.
        chunks.read.clear();
        chunks.cache.prefetch({"/fmri/vit/"}, 5, 6, {});
        QVERIFY(chunks.read.empty());
        QCOMPARE(chunks.cache.at(mean(5, 0))->front(), 5.0F);
        QVERIFY(chunks.read.empty());
        chunks.cache.prefetch({"/fmri/vit/"}, 5, 6, {});
        QCOMPARE(chunks.read, std::vector{mean(6, 0)});
    }

    void readingAheadCanBeCancelled() {
        CountedChunks chunks(10000);
        (void)chunks.cache.at(mean(0, 0));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(chunks.cache.prefetch({"/fmri/"}, 0, 1, JobContext(stop.get_token())), CancelledError);
        QCOMPARE(chunks.read.size(), std::size_t{1});
    }

    void theLastMapsAreKept() {
        KeptMaps maps;
        for (std::size_t number = 0; number <= KeptMaps::limit; ++number)
            maps.keep({.name = "map " + std::to_string(number), .values = {static_cast<float>(number)}});
        QVERIFY(!maps.find("map 0"));
        QCOMPARE(maps.find("map 8")->values.front(), 8.0F);
        maps.keep({.name = "map 8", .values = {1}});
        QCOMPARE(maps.find("map 8")->values.front(), 1.0F);
        QVERIFY(maps.find("map 1"));
    }
};

QTEST_GUILESS_MAIN(ScoreCacheTest)
#include "ScoreCacheTest.moc"
