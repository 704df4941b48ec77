#include "tests/app/cli/ProgramRun.h"
#include "tests/core/study/TinyStudy.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <map>
#include <memory>

using namespace brainlike;
using namespace brainlike::test;

/// No command replaces what it reads, whatever its output's name looks like.
class OutputCheckTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_scratch;

    /// Runs the program in the folder of the study.
    [[nodiscard]] Outcome run(const QString& arguments) const {
        return runProgram(arguments.split(' ', Qt::SkipEmptyParts), m_scratch->path().string());
    }
    /// Bytes of every file.
    [[nodiscard]] std::map<std::string, std::string> allFiles() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_scratch->path()))
            if (entry.is_regular_file())
                files[entry.path().string()] = bytesOf(entry.path());
        return files;
    }

private Q_SLOTS:
    void initTestCase() {
        m_scratch = std::make_unique<ScratchFolder>();
        TinyStudy study(m_scratch->path());
        std::ofstream ids(study.folder() / "images.txt");
        for (const auto& id : study.json["images"]["ids"])
            ids << id.get<std::string>() << '\n';
        ids.close();
        std::filesystem::create_directory(study.folder() / "pictures");
        std::ofstream(study.folder() / "pictures/image0.png") << "a picture";
        writeNpy<std::uint8_t>(study.folder() / "mask.npy", {static_cast<std::size_t>(study.vertexCount())},
                               std::vector<std::uint8_t>(static_cast<std::size_t>(study.vertexCount()), 1));
        study.json["images"] = {{"ids", "images.txt"}, {"folder", "pictures"}};
        study.json["recordings"][0]["mask"] = "mask.npy";
        study.writeJson();
        std::vector<std::int64_t> groups(TinyStudy::imageCount);
        std::iota(groups.begin(), groups.end(), 0);
        writeNpy<std::int64_t>(study.folder() / "groups.npy", {groups.size()}, groups);
        std::ofstream(study.folder() / "areas.csv") << "area,hemisphere,value\nV1,lh,1\n";
        QCOMPARE(run("encode study.json").status, 0);
        std::filesystem::copy_file(study.folder() / "scores.h5", study.folder() / "scores.png");
    }
    void cleanupTestCase() { m_scratch.reset(); }

    void refusesToReplaceAnInput_data() {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("out");
        QTest::addColumn<int>("status");
        const auto add = [](const char* arguments, const char* out, int status) {
            QTest::addRow("%s -> %s", arguments, out) << QString(arguments) << QString(out) << status;
        };
        const char* ridge = "ridge --features features/100-layer0.npy --responses responses/s1.npy --groups groups.npy";
        add(ridge, "features/100-layer0.npy", 2); // the command line alone tells
        add(ridge, "./features/100-layer0.npy", 1);
        add(ridge, "./responses/s1.npy", 1);
        add(ridge, "groups.npy", 2);
        add(ridge, "features/../groups.npy", 1);
        add("encode study.json", "study.json", 2);
        add("encode ./study.json", "study.json", 1);
        for (const char* out : {"images.txt", "features/1000-layer2.npy", "responses/s2.npy", "responses/s2-images.txt",
                                "responses/channels.csv", "responses/times.npy", "mask.npy", "pictures/image0.png"})
            add("encode study.json", out, 1);
        for (const char* out : {"study.json", "scores.parts/manifest.json", "scores.parts/vit.0.layer0.s1.part"})
            add("merge scores.parts", out, 1);
        add("merge scores.parts --study study.json", "study.json", 2);
        add("scores scores.h5 --what encoding", "scores.h5", 2);
        add("scores scores.h5 --what encoding", "./scores.h5", 1);
        add("scores scores.h5 --what property --property grey=areas.csv", "./areas.csv", 1);
        add("figure scores.png cortex", "scores.png", 2);
        add("figure ./scores.png cortex", "scores.png", 1);
    }
    void refusesToReplaceAnInput() {
        QFETCH(QString, arguments);
        QFETCH(QString, out);
        QFETCH(int, status);
        const auto before = allFiles();
        const auto outcome = run(arguments + " --out " + out);
        QCOMPARE(outcome.status, status);
        QVERIFY(outcome.out.empty());
        VERIFY_CONTAINS(outcome.err, "The output would replace an input");
        QVERIFY(allFiles() == before);
    }

    void replacesWhatIsNoInput() {
        QCOMPARE(run("scores scores.h5 --what encoding --out table.csv").status, 0);
        QCOMPARE(run("scores scores.h5 --what encoding --out table.csv").status, 0);
        QCOMPARE(run("encode study.json --out scores.h5").status, 0);
        QCOMPARE(run("merge scores.parts --out scores.h5").status, 0);
    }
};

QTEST_GUILESS_MAIN(OutputCheckTest)
#include "OutputCheckTest.moc"
