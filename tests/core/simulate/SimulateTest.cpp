#include "core/simulate/Simulate.h"

#include "core/base/Error.h"
#include "core/formats/NpyFile.h"
#include "core/simulate/Demo.h"
#include "core/study/Study.h"
#include "core/study/StudyLocation.h"
#include "core/templates/TemplateFinder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

using namespace brainlike;
namespace fs = std::filesystem;

/// Studies on disk: complete, repeatable, never mixed with another.
class SimulateTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;
    SimulationOptions m_small{
        .subjects = 1, .megSubjects = 1, .images = 25, .models = 2, .layers = 2, .steps = 3, .features = 4};

    [[nodiscard]] fs::path folder(const char* name) const { return fs::path(m_scratch->path().toStdString()) / name; }

    static SimulationResult simulate(const fs::path& place, const SimulationOptions& options, int threads = 2) {
        JobContext job;
        return simulateStudy(place, options, job, threads);
    }

    static std::string bytesOf(const fs::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    static std::map<std::string, std::string> filesOf(const fs::path& place) {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(place)) {
            if (entry.is_regular_file())
                files[fs::relative(entry.path(), place).string()] = bytesOf(entry.path());
        }
        return files;
    }

    /// What simulating says when it is refused.
    template <typename Failure>
    static std::optional<ErrorDetails> refusal(const fs::path& place, const SimulationOptions& options) {
        try {
            simulate(place, options);
        } catch (const Failure& error) {
            return error.details();
        }
        return std::nullopt;
    }

private Q_SLOTS:
    void initTestCase() {
        try {
            (void)TemplateFinder().find("fsaverage5");
        } catch (const NotFoundError&) {
            QSKIP("the fsaverage5 template is not installed (./run build fetches it)");
        }
    }
    void init() { m_scratch = std::make_unique<QTemporaryDir>(); }

    void studyIsCompleteAndValid() {
        const auto result = simulate(folder("study"), m_small);
        QVERIFY(!result.alreadyThere);
        const Study study = readStudy(result.study);
        QCOMPARE(study.models.size(), std::size_t{2});
        QCOMPARE(study.models[0].label, std::string("Simulated Large · human-centric"));
        QCOMPARE(study.recordings.size(), std::size_t{2});
        QCOMPARE(study.imageIds.size(), std::size_t{25});
        QCOMPARE(npyInfo(study.resolve(study.recordings[0].responses)).shape, (Shape{25, 20484}));
        QCOMPARE(npyInfo(study.resolve(study.recordings[1].responses)).shape, (Shape{25, 271, 106}));
        QCOMPARE(npyInfo(folder("study") / "features/satellite/step_1000/layer01.npy").shape, (Shape{25, 4}));
        // Features, responses, pictures, the rest.
        QCOMPARE(filesOf(folder("study")).size(), std::size_t{2 * 3 * 2 + 2 + 25 + 5});
        const StudyImages images(study);
        for (const std::string& image : study.imageIds)
            QVERIFY(bytesOf(images.fileOf(image).value()).starts_with("P6\n48 48\n255\n"));
        QVERIFY(bytesOf(*images.fileOf(study.imageIds[0])) != bytesOf(*images.fileOf(study.imageIds[1])));
    }

    void sameSeedGivesTheSameBytesWithAnyThreads() {
        simulate(folder("one"), m_small, 1);
        simulate(folder("three"), m_small, 3);
        const auto one = filesOf(folder("one"));
        QVERIFY(one == filesOf(folder("three")));

        SimulationOptions other = m_small;
        other.seed = 2;
        simulate(folder("other"), other);
        const auto different = filesOf(folder("other"));
        QCOMPARE(different.size(), one.size());
        for (const char* file : {"fmri/subject01.npy", "meg/subject01.npy", "features/human/step_0/layer00.npy"})
            QVERIFY2(different.at(file) != one.at(file), file);
    }

    void moreSubjectsOrModelsKeepTheBytesOfTheFirst() {
        simulate(folder("one"), m_small);
        SimulationOptions more = m_small;
        more.subjects = 2;
        more.megSubjects = 2;
        more.models = 1;
        simulate(folder("more"), more);
        const auto one = filesOf(folder("one"));
        const auto two = filesOf(folder("more"));
        for (const char* file : {"fmri/subject01.npy", "meg/subject01.npy", "features/human/step_1000/layer01.npy"})
            QVERIFY2(one.at(file) == two.at(file), file);
        for (const std::string kind : {"fmri", "meg"})
            QVERIFY(two.at(kind + "/subject01.npy") != two.at(kind + "/subject02.npy"));
    }

    void sameStudyIsLeftAlone() {
        simulate(folder("study"), m_small);
        const auto before = fs::last_write_time(folder("study") / "study.json");
        QVERIFY(simulate(folder("study"), m_small).alreadyThere);
        QVERIFY(fs::last_write_time(folder("study") / "study.json") == before);
    }

    void otherOptionsAreRefused() {
        simulate(folder("study"), m_small);
        const auto before = filesOf(folder("study"));
        SimulationOptions other = m_small;
        other.seed = 7;
        const auto details = refusal<ValueError>(folder("study"), other);
        QVERIFY(details);
        QCOMPARE(details->what, std::string("The folder holds another study"));
        QCOMPARE(details->found, std::string("a simulated study with seed 1 instead of 7"));
        QVERIFY(filesOf(folder("study")) == before);
    }

    void foreignStudyIsRefusedAndUntouched() {
        fs::create_directory(folder("foreign"));
        std::ofstream(folder("foreign") / "study.json") << "{}";
        const auto details = refusal<ValueError>(folder("foreign"), m_small);
        QVERIFY(details);
        QCOMPARE(details->found, std::string("study.json"));
        QCOMPARE(filesOf(folder("foreign")), (std::map<std::string, std::string>{{"study.json", "{}"}}));
    }

    void damagedTruthIsRefused_data() {
        QTest::addColumn<QByteArray>("truth");
        QTest::newRow("not JSON") << QByteArray("{");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("another format") << QByteArray(R"({"format":"something"})");
        QTest::newRow("no options") << QByteArray(R"({"format":"brainlike-truth"})");
        QTest::newRow("options of another type") << QByteArray(R"({"format":"brainlike-truth","options":[1]})");
    }

    void damagedTruthIsRefused() {
        QFETCH(QByteArray, truth);
        fs::create_directory(folder("study"));
        std::ofstream(folder("study") / "truth.json") << truth.toStdString();
        QVERIFY(refusal<ValueError>(folder("study"), m_small));
        QCOMPARE(filesOf(folder("study")).size(), std::size_t{1});
    }

    void unrelatedFilesAreNoObstacle() {
        fs::create_directory(folder("notes"));
        std::ofstream(folder("notes") / "notes.txt") << "mine";
        QVERIFY(fs::exists(simulate(folder("notes"), m_small).study));
        QCOMPARE(bytesOf(folder("notes") / "notes.txt"), std::string("mine"));
    }

    void parentFoldersAreNotCreated() {
        QVERIFY(refusal<FileError>(folder("missing") / "study", m_small));
        QVERIFY(!fs::exists(folder("missing")));
    }

    void missingTemplateWritesNothing() {
        SimulationOptions options = m_small;
        options.templateName = "no-such-template";
        QVERIFY(refusal<NotFoundError>(folder("study"), options));
        QVERIFY(!fs::exists(folder("study")));
    }

    void cancelledSimulationLeavesNoStudyAndGoesOn() {
        std::stop_source stop;
        JobContext job(stop.get_token(), [&stop](const Progress& progress) {
            if (progress.fraction > 0)
                stop.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN((void)simulateStudy(folder("study"), m_small, job, 1), CancelledError);
        QVERIFY(!fs::exists(folder("study") / "study.json"));

        QVERIFY(!simulate(folder("study"), m_small).alreadyThere);
        simulate(folder("straight"), m_small);
        QVERIFY(filesOf(folder("study")) == filesOf(folder("straight")));
    }

    void progressEndsAtOne() {
        double last = 0;
        JobContext job({}, [&last](const Progress& progress) { last = std::max(last, progress.fraction); });
        (void)simulateStudy(folder("study"), m_small, job, 2);
        QCOMPARE(last, 1.0);
    }

    void demoFoldersAreNamedByWhatDiffers() {
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(demoFolder({}), fs::path("/data/brainlike/demo-v3"));
        QCOMPARE(demoFolder({.templateName = "/some/place/fs average", .seed = 3}),
                 fs::path("/data/brainlike/demo-v3-fs_average-seed3"));
        QCOMPARE(demoFolder({.folder = "here", .seed = 3}), fs::path("here"));
        QCOMPARE(demoScores({.folder = "here"}), fs::path("here/scores.h5"));
    }
};

QTEST_GUILESS_MAIN(SimulateTest)
#include "SimulateTest.moc"
