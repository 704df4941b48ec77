#include "views/state/ScoreData.h"

#include "core/base/Error.h"
#include "tests/support/FakeScores.h"
#include "tests/support/PanelFixture.h"
#include "views/state/StepPrefetch.h"

#include <QSignalSpy>
#include <QtTest>

#include <array>
#include <mutex>
#include <utility>
#include <vector>

using namespace brainlike;

namespace {

/// Fake scores that note what is to be read ahead.
class NotingScores : public test::FakeScores {
public:
    void prefetch(int model, int shown, int wanted, const JobContext&) const override {
        const std::scoped_lock lock(m_mutex);
        m_asked.push_back({model, shown, wanted});
    }
    [[nodiscard]] std::vector<std::array<int, 3>> takeAsked() const {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_asked, {});
    }

private:
    mutable std::mutex m_mutex;
    mutable std::vector<std::array<int, 3>> m_asked;
};

} // namespace

class ScoreDataTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNeighboursOfAStepAreReadAhead() {
        using Asked = std::vector<std::array<int, 3>>;
        test::PanelFixture fixture;
        const auto source = std::make_shared<NotingScores>();
        const StepPrefetch prefetch(fixture.selection, fixture.scores);
        fixture.scores.setSource(source);
        const auto steps = source->index().models.front().steps;
        QVERIFY(steps.size() > 4);
        Asked all;
        const auto shows = [&](const Asked& expected) {
            const Asked more = source->takeAsked();
            all.insert(all.end(), more.begin(), more.end());
            return all == expected;
        };
        // Another layer: what is read of this checkpoint itself tells what to read ahead.
        fixture.selection.edit([&](Selection& next) { next.layer = source->index().models.front().layerNames[3]; });
        QTRY_VERIFY(shows({{0, 5, 6}, {0, 5, 4}}));
        all.clear();
        fixture.selection.edit([&](Selection& next) { next.step = steps[2]; });
        QTRY_VERIFY(shows({{0, 5, 1}, {0, 5, 3}}));
        all.clear();
        fixture.selection.edit([&](Selection& next) { next.step = steps[3]; });
        QTRY_VERIFY(shows({{0, 2, 4}, {0, 2, 2}}));
        all.clear();
        fixture.selection.edit([&](Selection& next) { next.step = steps[1]; });
        QTRY_VERIFY(shows({{0, 3, 0}, {0, 3, 2}}));
        all.clear();
        fixture.selection.edit([&](Selection& next) { next.step = steps[0]; });
        QTRY_VERIFY(shows({{0, 1, 1}}));
    }

    void readsOffTheGuiThread() {
        JobRunner runner;
        ScoreData scores(runner);
        scores.setSource(std::make_shared<test::FakeScores>());
        QThread* reader = nullptr;
        std::size_t models = 0;
        const JobHandle handle = scores.read<std::size_t>(
            this,
            [&](const ScoreSource& source) {
                reader = QThread::currentThread();
                return source.index().models.size();
            },
            [&](std::size_t count) { models = count; });
        QTRY_COMPARE(models, std::size_t(2));
        QVERIFY(reader != QThread::currentThread());
    }

    void failuresAreReportedAndNotDelivered() {
        JobRunner runner;
        ScoreData scores(runner);
        scores.setSource(std::make_shared<test::FakeScores>());
        std::string signalled, told;
        bool delivered = false;
        connect(&scores, &ScoreData::failed, this, [&](const ErrorDetails& error) { signalled = error.what; });
        const JobHandle handle = scores.read<int>(
            this, [](const ScoreSource&) -> int { throw FormatError({.what = "The chunk is damaged"}); },
            [&](int) { delivered = true; }, [&](const ErrorDetails& error) { told = error.what; });
        QTRY_COMPARE(told, std::string("The chunk is damaged"));
        QCOMPARE(signalled, told);
        QVERIFY(!delivered);
    }

    void withoutASourceNothingIsRead() {
        JobRunner runner;
        ScoreData scores(runner);
        bool called = false;
        const JobHandle handle = scores.read<int>(
            this, [&](const ScoreSource&) { return 1; }, [&](int) { called = true; });
        QVERIFY(!scores.index());
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void manyArrivalsAreOneSignal() {
        JobRunner runner;
        ScoreData scores(runner);
        QSignalSpy arrived(&scores, &ScoreData::arrived);
        for (int unit = 0; unit < 50; ++unit)
            scores.noteArrival();
        QCOMPARE(arrived.count(), 0);
        QVERIFY(arrived.wait());
        QCOMPARE(arrived.count(), 1);
    }

    void anotherSourceIsAnnounced() {
        JobRunner runner;
        ScoreData scores(runner);
        QSignalSpy changed(&scores, &ScoreData::sourceChanged);
        scores.setSource(std::make_shared<test::FakeScores>());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QString::fromStdString(scores.index()->studyName), "Fake study");
    }
};

QTEST_GUILESS_MAIN(ScoreDataTest)
#include "ScoreDataTest.moc"
