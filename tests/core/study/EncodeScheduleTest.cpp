#include "core/study/EncodeSchedule.h"

#include "core/base/Error.h"
#include "core/study/ChunkedRunner.h"
#include "core/study/Encode.h"
#include "core/study/LayerFeatures.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyData.h"
#include "tests/support/LargeStudy.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <set>

using namespace brainlike;
using brainlike::test::LargeStudy;

namespace {

constexpr double mebibyte = 1 << 20;

std::vector<std::uint64_t> bitsOf(const Eigen::VectorXd& values) {
    std::vector<std::uint64_t> bits;
    for (const double value : values)
        bits.push_back(std::bit_cast<std::uint64_t>(value));
    return bits;
}

} // namespace

class EncodeScheduleTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;

    StudyOutline outline(const LargeStudy& large) const {
        return outlineOf(readStudy(large.write(m_scratch->path().toStdString())));
    }
    static std::vector<GroupWork> all(const StudyOutline& outline) {
        return remainingWork(outline, std::vector<bool>(UnitNumbers(outline.study).count()));
    }
    static EncodeSchedule schedule(const StudyOutline& outline, double memory, int threads = 2) {
        return scheduleEncoding(outline, all(outline), {memory, 0, threads});
    }

private Q_SLOTS:
    void init() { m_scratch = std::make_unique<QTemporaryDir>(); }

    void muchMemoryTakesAllAtOnce() {
        LargeStudy large;
        large.recordings = 3;
        large.layers = 5;
        const auto made = schedule(outline(large), 4096 * mebibyte);
        QCOMPARE(made.steps.size(), std::size_t{1});
        QCOMPARE(made.steps.front().recordings, (std::vector<int>{0, 1, 2}));
        QCOMPARE(made.steps.front().workers, 2);
        QVERIFY(!made.steps.front().isChunked());
        QVERIFY(made.bytes >= 3 * large.responseBytes() && made.bytes < 12 * large.responseBytes());
    }

    void aSingleLayerHasAllThreads() {
        LargeStudy large;
        large.layers = 1;
        const auto step = schedule(outline(large), 4096 * mebibyte, 4).steps.front();
        QCOMPARE(step.workers, 1);
        QCOMPARE(step.threadsEach, 4);
    }

    void lessMemoryTakesMoreSteps() {
        LargeStudy large;
        large.recordings = 4;
        large.channels = 200;
        const auto described = outline(large);
        std::size_t before = 1;
        std::set<bool> chunked;
        for (double memory = 6 * large.responseBytes(); memory > large.responseBytes(); memory *= 0.8) {
            const auto made = schedule(described, memory);
            QVERIFY(made.bytes <= memory);
            QVERIFY(made.steps.size() >= before);
            before = made.steps.size();
            std::vector<int> recordings;
            for (const auto& step : made.steps) {
                QVERIFY(step.threads() <= 2 && step.threads() >= 1);
                QVERIFY(step.bytes <= memory);
                chunked.insert(step.isChunked());
                recordings.insert(recordings.end(), step.recordings.begin(), step.recordings.end());
            }
            QCOMPARE(recordings, (std::vector<int>{0, 1, 2, 3}));
        }
        QCOMPARE(before, std::size_t{4});
        QCOMPARE(chunked.size(), std::size_t{2});
    }

    void tooLittleNamesRecordingAndLeast_data() {
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("times");
        QTest::addColumn<QString>("mode");
        QTest::newRow("responses above all") << 400 << 12 << 100 << 100 << "global";
        QTest::newRow("responses above all, per target") << 400 << 12 << 100 << 100 << "per_target";
        QTest::newRow("features above all") << 600 << 300 << 20 << 1 << "global";
        QTest::newRow("features above all, per target") << 600 << 300 << 20 << 1 << "per_target";
        QTest::newRow("far more features than images") << 60 << 1500 << 20 << 1 << "global";
        QTest::newRow("small") << 20 << 3 << 4 << 1 << "global";
    }
    /// The least that the message names is accepted, and a MiB less is not, whatever the number of threads.
    void tooLittleNamesRecordingAndLeast() {
        QFETCH(int, images);
        QFETCH(int, features);
        QFETCH(int, channels);
        QFETCH(int, times);
        QFETCH(QString, mode);
        LargeStudy large;
        large.images = images;
        large.features = features;
        large.channels = channels;
        large.times = times;
        large.mode = mode.toStdString();
        const auto described = outline(large);
        for (const int threads : {1, 2, 8}) {
            try {
                (void)schedule(described, 3 * mebibyte, threads);
                QFAIL("scheduled");
            } catch (const ValueError& error) {
                const auto& details = error.details();
                QVERIFY(details.place == "recording m0" || details.place == "merging the scores");
                QCOMPARE(details.found, std::string("3M"));
                QVERIFY(details.expected.starts_with("at least "));
                const double least = std::stod(details.expected.substr(9)) * mebibyte;
                QVERIFY(schedule(described, least, threads).bytes <= least);
                QVERIFY_EXCEPTION_THROWN((void)schedule(described, least - mebibyte, threads), ValueError);
            }
        }
    }

    void featuresTooLargeAreDecomposedInTurn() {
        LargeStudy large;
        large.images = 600;
        large.features = 300;
        large.channels = 20;
        large.times = 1;
        large.recordings = 2;
        const auto described = outline(large);
        std::set<std::size_t> inTurn;
        int threads = 2;
        for (double memory = 256 * mebibyte; memory > 16 * mebibyte; memory -= mebibyte) {
            EncodeSchedule made;
            try {
                made = schedule(described, memory);
            } catch (const ValueError&) {
                break;
            }
            QVERIFY(made.bytes <= memory);
            for (const auto& step : made.steps) {
                inTurn.insert(step.foldsInTurn);
                QVERIFY(step.threads() <= threads); // fewer only once all else is tried
                threads = std::min(threads, step.threads());
            }
        }
        QVERIFY(inTurn.contains(0));
        QVERIFY(inTurn.size() > 1);
        QCOMPARE(threads, 1);
    }

    void nothingLeftNeedsOnlyTheMerge() {
        const auto described = outline(LargeStudy());
        const auto made = scheduleEncoding(described, {}, {64 * mebibyte, 0, 2});
        QVERIFY(made.steps.empty());
        QCOMPARE(made.mergeThreads, 2);
    }

    void workLeavesOutWhatIsDone() {
        LargeStudy large;
        large.recordings = 2;
        const auto described = outline(large);
        std::vector<bool> isDone(UnitNumbers(described.study).count());
        isDone[UnitNumbers(described.study).of({0, 0, 0, 1})] = true;
        const auto work = remainingWork(described, isDone);
        QCOMPARE(work.size(), std::size_t{2});
        QCOMPARE(work[0].recordings, std::vector<int>{0});
        QCOMPARE(work[1].recordings, (std::vector<int>{0, 1}));
        QCOMPARE(work[0].columns, Eigen::Index{12});
        QCOMPARE(workOn(work, {1}).size(), std::size_t{1});
        QCOMPARE(bySameImages(described, {0, 1}).size(), std::size_t{1});
    }

    void chunkedScoresAreThoseInMemory_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("precise");
        for (const char* mode : {"global", "per_target"})
            for (const bool precise : {false, true})
                QTest::addRow("%s, %s", mode, precise ? "double" : "float") << mode << precise;
    }
    void chunkedScoresAreThoseInMemory() {
        QFETCH(QString, mode);
        QFETCH(bool, precise);
        LargeStudy large;
        large.images = 60;
        large.channels = 9;
        large.layers = 3;
        large.mode = mode.toStdString();
        large.precise = precise;
        const auto described = outline(large);
        JobContext job;
        const auto options = optionsFor(described.study, described.rows[0]);
        const RecordingResponses responses(described.study, described.study.recordings[0], described.rows[0]);
        const auto whole = readRecording(responses, options, responses.targets(), job);
        for (const auto& [tiles, layers, folds, threads, inTurn] :
             {std::array<int, 5>{1, 1, 1, 1, 0}, {2, 3, 2, 2, 0}, {3, 2, 3, 1, 0}, {2, 3, 2, 2, 2}, {3, 2, 1, 1, 1}}) {
            EncodeStep step{.recordings = {0}, .threadsEach = threads};
            step.tilesTogether = tiles;
            step.targetsTogether = 256;
            step.layersTogether = static_cast<std::size_t>(layers);
            step.foldsTogether = static_cast<std::size_t>(folds);
            step.foldsInTurn = static_cast<std::size_t>(inTurn);
            int finished = 0;
            runChunked(
                described, step, all(described), job,
                [&](const EncodeUnit& unit, const RidgeResult& result, const std::vector<int>& dimensions) {
                    ++finished;
                    QVERIFY(dimensions.empty());
                    const auto features = LayerFeatures(described.study, {unit.model, unit.checkpoint, unit.layer})
                                              .prepare(described.rows[0], options, job);
                    QCOMPARE(bitsOf(result.score), bitsOf(fitRidge(features, whole.responses, options, job).score));
                });
            QCOMPARE(finished, 3);
        }
    }
};

QTEST_GUILESS_MAIN(EncodeScheduleTest)
#include "EncodeScheduleTest.moc"
