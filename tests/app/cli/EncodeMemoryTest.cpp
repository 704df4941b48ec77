#include "core/formats/Hdf5File.h"
#include "tests/support/ChildProcess.h"
#include "tests/support/LargeStudy.h"
#include "tests/support/TestFiles.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <regex>

using namespace brainlike;
using brainlike::test::LargeStudy;
using brainlike::test::runChild;

namespace {

constexpr double mebibyte = 1 << 20;

std::string megabytes(double bytes) {
    return std::to_string(std::lround(bytes / mebibyte)) + "M";
}

/// The bytes of a file, to be compared.
std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

/// Runs the program with less memory than its study takes, and looks how much it held.
class EncodeMemoryTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::filesystem::path m_folder;

    test::ChildOutcome encode(const std::filesystem::path& study, const std::string& out,
                              const std::vector<std::string>& more) const {
        std::vector<std::string> command{test::executable().string(),
                                         "encode",
                                         study.string(),
                                         "--out",
                                         (m_folder / out).string(),
                                         "--threads",
                                         "2"};
        command.insert(command.end(), more.begin(), more.end());
        return runChild(command);
    }
    /// The least memory, as the program itself says.
    double leastFor(const std::filesystem::path& study) const {
        const auto refused = encode(study, "none.h5", {"--memory", "1M"});
        if (refused.status != 1)
            return 0;
        std::smatch found;
        return std::regex_search(refused.errors, found, std::regex("at least ([0-9]+)M"))
                   ? std::stod(found[1]) * mebibyte
                   : 0;
    }

private Q_SLOTS:
    void initTestCase() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer takes memory of its own");
#endif
    }
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = m_scratch->path().toStdString();
    }

    void theBudgetIsKept_data() {
        QTest::addColumn<bool>("precise");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("recordings");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("features");
        QTest::addColumn<int>("spare"); // MiB more than the least
        QTest::newRow("one recording in chunks") << false << "global" << 1 << 800 << 12 << 10;
        QTest::newRow("double") << true << "global" << 1 << 320 << 12 << 10;
        QTest::newRow("a λ a target") << false << "per_target" << 1 << 350 << 12 << 10;
        QTest::newRow("recordings in turn") << false << "global" << 4 << 120 << 12 << 50;
        QTest::newRow("folds in turn") << true << "global" << 2 << 3 << 400 << 3;
        QTest::newRow("folds in turn, a λ a target") << true << "per_target" << 2 << 3 << 400 << 3;
    }
    void theBudgetIsKept() {
        QFETCH(bool, precise);
        QFETCH(QString, mode);
        QFETCH(int, recordings);
        QFETCH(int, channels);
        QFETCH(int, features);
        QFETCH(int, spare);
        LargeStudy large;
        large.precise = precise;
        large.mode = mode.toStdString();
        large.recordings = recordings;
        large.channels = channels;
        large.features = features;
        large.images = 700;
        const auto study = large.write(m_folder);
        const double least = leastFor(study);
        QVERIFY(least > 0);
        const double all = recordings * large.responseBytes();
        const double budget = least + spare * mebibyte;
        const auto limited = encode(study, "limited.h5", {"--memory", megabytes(budget)});
        QVERIFY2(limited.status == 0, limited.errors.c_str());
        qInfo("least %s, budget %s, responses %s, held %s", megabytes(least).c_str(), megabytes(budget).c_str(),
              megabytes(all).c_str(), megabytes(limited.peakBytes).c_str());
        QVERIFY(limited.peakBytes <= budget);
        const auto free = encode(study, "free.h5", {});
        QVERIFY2(free.status == 0, free.errors.c_str());
        QVERIFY(free.peakBytes > budget);
        QVERIFY(contentOf(m_folder / "limited.h5") == contentOf(m_folder / "free.h5"));
    }

    void thePlanTellsWhatIsHeld() {
        LargeStudy large;
        large.channels = 300;
        const auto study = large.write(m_folder);
        for (const double budget : {leastFor(study) * 1.2, 1024 * mebibyte}) {
            std::filesystem::remove_all(m_folder / "scores.parts");
            std::filesystem::remove(m_folder / "scores.h5");
            const auto plan = encode(study, "scores.h5", {"--plan", "--memory", megabytes(budget)});
            QCOMPARE(plan.status, 0);
            std::smatch found;
            QVERIFY(std::regex_search(plan.output, found, std::regex("memory  at most ([0-9]+) MiB")));
            const double planned = std::stod(found[1]) * mebibyte;
            QVERIFY(planned <= budget + mebibyte); // both are rounded
            const auto outcome = encode(study, "scores.h5", {"--memory", megabytes(budget)});
            QVERIFY2(outcome.status == 0, outcome.errors.c_str());
            qInfo("planned %s, held %s", megabytes(planned).c_str(), megabytes(outcome.peakBytes).c_str());
            QVERIFY(outcome.peakBytes <= planned);
            QVERIFY(outcome.peakBytes >= 0.5 * planned);
        }
    }

    void tooLittleIsAnErrorThatNamesTheLeast() {
        LargeStudy large;
        large.channels = 5;
        const auto study = large.write(m_folder);
        const double least = leastFor(study);
        QVERIFY(least > 10 * mebibyte);
        QVERIFY(!std::filesystem::exists(m_folder / "none.h5"));
        const auto enough = encode(study, "scores.h5", {"--memory", megabytes(least + mebibyte)});
        QVERIFY2(enough.status == 0, enough.errors.c_str());
        QVERIFY(enough.peakBytes <= least + mebibyte);
    }

    void sizesThatCannotBeUsed() {
        for (const char* size : {"", "0", "-1G", "4X", "4GB", "G", "nan", "1e400"}) {
            const auto outcome = runChild({test::executable().string(), "encode", "study.json", "--memory", size});
            QCOMPARE(outcome.status, 2);
            QVERIFY(!outcome.errors.empty());
        }
    }
};

QTEST_GUILESS_MAIN(EncodeMemoryTest)
#include "EncodeMemoryTest.moc"
