#include "core/formats/Hdf5File.h"
#include "tests/app/cli/ProgramRun.h"
#include "tests/core/study/TinyStudy.h"
#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

using namespace brainlike;
using brainlike::test::Outcome;
using brainlike::test::outcomeOf;
using brainlike::test::TinyStudy;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

class EncodeCommandTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;

    static void start(QProcess& process, const QStringList& arguments, const QString& verb = "encode") {
        process.start(QString::fromStdString(test::executable().string()), QStringList{verb} + arguments);
        QVERIFY(process.waitForStarted(-1));
    }
    static Outcome run(const QStringList& arguments) {
        QProcess process;
        start(process, arguments);
        return outcomeOf(process);
    }
    static Outcome merge(const QStringList& arguments) {
        QProcess process;
        start(process, arguments, "merge");
        return outcomeOf(process);
    }
    QString study() const { return QString::fromStdString(m_tiny->file().string()); }
    std::filesystem::path scores() const { return m_tiny->folder() / "scores.h5"; }
    std::filesystem::path parts() const { return m_tiny->folder() / "scores.parts"; }
    int partCount() const {
        int count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(parts()))
            count += entry.path().extension() == ".part" ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_tiny = std::make_unique<TinyStudy>(m_scratch->path().toStdString());
    }

    void encodesBesideTheStudyAndThenHasNothingToDo() {
        const auto first = run({study(), "--threads", "2"});
        QCOMPARE(first.status, 0);
        QCOMPARE(first.out, scores().string() + "\n");
        QVERIFY(first.err.find("27 of 27 units computed, scores written") != std::string::npos);
        const auto time = std::filesystem::last_write_time(scores());
        const auto second = run({study()});
        QCOMPARE(second.status, 0);
        QVERIFY(second.err.find("0 of 27 units computed, scores were current already") != std::string::npos);
        QCOMPARE(std::filesystem::last_write_time(scores()), time);
    }

    void theOutputCanBeNamedAndCleaned() {
        const auto out = m_tiny->folder() / "other.h5";
        QCOMPARE(run({study(), "--out", QString::fromStdString(out.string()), "--clean"}).status, 0);
        QCOMPARE(Hdf5File::openRead(out).readStringAttribute("/", "format"), std::string("brainlike-scores"));
        QVERIFY(!std::filesystem::exists(m_tiny->folder() / "other.parts"));
        QVERIFY(!std::filesystem::exists(scores()));
    }

    void plansWithoutWorking() {
        const auto plan = run({study(), "--plan"});
        QCOMPARE(plan.status, 0);
        QVERIFY(plan.out.find("units   27, 0 of them done\n") != std::string::npos);
        for (const char* what : {"FLOPs", "memory", "time"})
            QVERIFY(plan.out.find(what) != std::string::npos);
        QVERIFY(!std::filesystem::exists(parts()));
    }

    void progressIsALineAUnit() {
        const auto outcome = run({study(), "--progress", "json"});
        QCOMPARE(outcome.status, 0);
        std::istringstream lines(outcome.err);
        std::set<std::string> units;
        std::size_t done = 0;
        for (std::string line; std::getline(lines, line) && line.starts_with('{');) {
            const auto report = nlohmann::json::parse(line);
            QCOMPARE(report.at("text").get<std::string>(),
                     "model " + report.at("model").get<std::string>() + ", step " +
                         std::to_string(report.at("step").get<std::int64_t>()) + ", layer " +
                         report.at("layer").get<std::string>() + ", recording " +
                         report.at("recording").get<std::string>());
            units.insert(report.at("text"));
            QCOMPARE(report.at("done").get<std::size_t>(), ++done);
            QCOMPARE(report.at("total").get<int>(), 27);
            QCOMPARE(report.at("fraction").get<double>(), static_cast<double>(done) / 27);
        }
        QCOMPARE(done, std::size_t{27});
        QCOMPARE(units.size(), done);
        QVERIFY(units.contains("model vit, step 100, layer layer2, recording m1"));
    }

    void progressCountsWhatWasDoneBefore() {
        QCOMPARE(run({study()}).status, 0);
        std::filesystem::remove(parts() / "vit.100.layer2.m1.part");
        const auto outcome = run({study(), "--progress", "json"});
        QCOMPARE(outcome.status, 0);
        nlohmann::json last;
        std::istringstream lines(outcome.err);
        for (std::string line; std::getline(lines, line) && line.starts_with('{');)
            last = nlohmann::json::parse(line);
        QCOMPARE(last.at("done").get<int>(), 27);
        QCOMPARE(last.at("step").get<int>(), 100);
        QCOMPARE(last.at("layer").get<std::string>(), std::string("layer2"));
        QCOMPARE(last.at("recording").get<std::string>(), std::string("m1"));
    }

    void wrongUsageIsTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no study") << QStringList{};
        QTest::newRow("no threads") << QStringList{"study.json", "--threads", "0"};
        QTest::newRow("threads") << QStringList{"study.json", "--threads", "two"};
        QTest::newRow("progress") << QStringList{"study.json", "--progress", "loud"};
        QTest::newRow("shard") << QStringList{"study.json", "--shard", "3/2"};
        QTest::newRow("cleaning shard") << QStringList{"study.json", "--shard", "1/2", "--clean"};
        QTest::newRow("unknown option") << QStringList{"study.json", "--shred"};
    }
    void wrongUsageIsTwo() {
        QFETCH(QStringList, arguments);
        const auto outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY(!outcome.err.empty());
        QVERIFY(outcome.out.empty());
    }

    void badInputIsOne() {
        QCOMPARE(run({study() + ".none"}).status, 1);
        const auto noFolder = run({study(), "--out", study() + ".none/scores.h5"});
        QCOMPARE(noFolder.status, 1);
        QVERIFY(noFolder.err.find("folder does not exist") != std::string::npos);
        std::ofstream(m_tiny->file()) << "{";
        QCOMPARE(run({study()}).status, 1);
        QVERIFY(!std::filesystem::exists(scores()) && !std::filesystem::exists(parts()));
    }

    void otherOptionsAreRefused() {
        QCOMPARE(run({study()}).status, 0);
        m_tiny->json["encoding"]["standardize"] = false;
        m_tiny->writeJson();
        const auto refused = run({study()});
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.find("/options/standardize: true, now false") != std::string::npos);
        QVERIFY(refused.err.find("--clean") != std::string::npos);
        QCOMPARE(run({study(), "--clean"}).status, 0);
    }

    void aSecondWriterIsOne() {
        std::filesystem::create_directory(parts());
        const int lock = ::open((parts() / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        QCOMPARE(::flock(lock, LOCK_EX), 0);
        const auto refused = run({study()});
        ::close(lock);
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.find("Another encode is writing these parts") != std::string::npos);
    }

    void shardsRunBesideEachOther() {
        std::array<QProcess, 3> shards;
        for (int index = 0; index < 3; ++index)
            start(shards[static_cast<std::size_t>(index)],
                  {study(), "--shard", QString::number(index + 1) + "/3", "--threads", "1"});
        int merged = 0;
        for (auto& shard : shards) {
            const auto outcome = outcomeOf(shard);
            QCOMPARE(outcome.status, 0);
            merged += outcome.out.empty() ? 0 : 1;
        }
        QVERIFY(merged >= 1);
        const auto whole = m_tiny->folder() / "whole.h5";
        QCOMPARE(run({study(), "--out", QString::fromStdString(whole.string())}).status, 0);
        QCOMPARE(bytesOf(scores()), bytesOf(whole));
    }

    void aKilledShardGoesOn() {
        auto& checkpoints = m_tiny->json["models"][0]["checkpoints"];
        for (int step = 2000; step < 2200; ++step)
            checkpoints.push_back({{"step", step}, {"features", "features/0-{layer}.npy"}});
        m_tiny->writeJson();
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        start(process, {study(), "--shard", "2/2", "--progress", "json", "--threads", "1"});
        while (!QString::fromUtf8(process.readLine()).contains("model vit"))
            QVERIFY(process.canReadLine() || process.waitForReadyRead(-1));
        process.kill();
        QCOMPARE(outcomeOf(process).status, -1);
        const auto kept = partCount();
        QVERIFY(kept > 0);
        const auto rest = run({study(), "--shard", "2/2"});
        QCOMPARE(rest.status, 0);
        std::smatch counts;
        QVERIFY(std::regex_search(rest.err, counts, std::regex("([0-9]+) of ([0-9]+) units computed")));
        QCOMPARE(std::stoi(counts[1]) + kept, std::stoi(counts[2]));
        QCOMPARE(partCount(), std::stoi(counts[2]));
        for (const auto& entry : std::filesystem::directory_iterator(parts()))
            QVERIFY(entry.path().string().find(".writing") == std::string::npos);
        QCOMPARE(run({study(), "--shard", "1/2"}).status, 0);
        QVERIFY(std::filesystem::exists(scores()));
    }

    void mergesWhatShardsComputed() {
        const QString folder = QString::fromStdString(parts().string());
        QCOMPARE(run({study(), "--shard", "1/2"}).status, 0);
        const auto early = merge({folder});
        QCOMPARE(early.status, 1);
        QVERIFY(early.err.find(" missing or damaged") != std::string::npos);
        QVERIFY(early.out.empty() && !std::filesystem::exists(scores()));
        QCOMPARE(run({study(), "--shard", "2/2"}).status, 0);
        const auto out = m_tiny->folder() / "merged.h5";
        const auto late = merge({folder, "--out", QString::fromStdString(out.string())});
        QCOMPARE(late.status, 0);
        QCOMPARE(late.out, out.string() + "\n");
        QCOMPARE(bytesOf(out), bytesOf(scores()));
        QCOMPARE(merge({}).status, 2);
        QCOMPARE(merge({folder + ".none"}).status, 1);
    }

    void interruptingKeepsTheParts() {
        auto& checkpoints = m_tiny->json["models"][0]["checkpoints"];
        for (int step = 2000; step < 4000; ++step) // far more than is done before the signal arrives
            checkpoints.push_back({{"step", step}, {"features", "features/0-{layer}.npy"}});
        m_tiny->writeJson();
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        start(process, {study(), "--progress", "json", "--threads", "1"});
        while (!QString::fromUtf8(process.readLine()).contains("model vit"))
            QVERIFY(process.canReadLine() || process.waitForReadyRead(-1));
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
        const auto outcome = outcomeOf(process);
        QCOMPARE(outcome.status, 130);
        QVERIFY(outcome.err.find("cancelled") != std::string::npos);
        QVERIFY(!std::filesystem::exists(scores()));
        const auto kept = partCount();
        QVERIFY(kept > 0 && kept < 18027);
    }
};

QTEST_GUILESS_MAIN(EncodeCommandTest)
#include "EncodeCommandTest.moc"
