#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"
#include "tests/app/cli/RidgeFiles.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

using namespace brainlike;
using test::mean;
using test::run;
using test::scores;
using test::ScratchFolder;
using test::text;
using Files = test::RidgeFiles;

namespace {

/// Region of each voxel of bonner81.
std::vector<std::string> regions(const std::filesystem::path& csv) {
    std::ifstream stream(csv);
    std::string line;
    std::getline(stream, line);
    std::vector<std::string> names;
    while (std::getline(stream, line)) {
        names.push_back(line.substr(line.find(',') + 1));
        while (!names.back().empty() && std::isspace(static_cast<unsigned char>(names.back().back())) != 0)
            names.back().pop_back();
    }
    return names;
}

} // namespace

class RidgeCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWhatTheContractNames() {
        const Files files;
        const auto outcome = run(files.arguments({"--keep-inner", "--alphas", "-1:3:5", "--inner-folds", "4"}));
        QVERIFY2(outcome.code == 0, outcome.errors.c_str());
        VERIFY_CONTAINS(outcome.output, "mean r ");
        QCOMPARE(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 1);
        const auto file = Hdf5File::openRead(files.out());
        QVERIFY(file.info("/score").shape == Shape{6} && file.info("/score").type == ElementType::Float64);
        QVERIFY((file.info("/score_folds").shape == Shape{5, 6}));
        QVERIFY(file.info("/alpha").shape == Shape{5});
        QVERIFY((file.info("/inner_score").shape == Shape{5, 5}));
        QCOMPARE(file.readStringAttribute("/", "lambda_mode"), std::string("global"));
        QCOMPARE(file.readStringAttribute("/", "selection_score"), std::string("r2"));
        QCOMPARE(file.readAttribute<std::int64_t>("/", "n"), 40);
        QCOMPARE(file.readAttribute<std::int64_t>("/", "d"), 4);
        QCOMPARE(file.readAttribute<std::int64_t>("/", "m"), 6);
        QCOMPARE(file.readAttribute<std::int64_t>("/", "inner_folds"), 4);
        QCOMPARE(file.readAttributeArray<double>("/", "alphas").size(), std::size_t(5));
        QVERIFY(mean(scores(files.out())) > 0.5);
        // The mean of the folds is the score.
        const auto folds = file.read<double>("/score_folds", 2).values;
        double sum = 0;
        for (std::size_t fold = 0; fold < 5; ++fold)
            sum += folds[fold * 6 + 2];
        QVERIFY(std::abs(sum / 5 - scores(files.out())[2]) < 1e-12);
    }

    void writesALambdaATarget() {
        const Files files;
        const auto outcome = run(files.arguments({"--lambda-mode", "per_target", "--double", "--keep-inner"}));
        QVERIFY2(outcome.code == 0, outcome.errors.c_str());
        const auto file = Hdf5File::openRead(files.out());
        QVERIFY((file.info("/alpha").shape == Shape{5, 6}));
        QVERIFY((file.info("/inner_score").shape == Shape{5, 10, 6}));
        QCOMPARE(file.readStringAttribute("/", "selection_score"), std::string("mse"));
    }

    void groupsMayBeNumbersOrTexts() {
        const Files files;
        std::vector<std::int64_t> groups(Files::rows);
        for (std::size_t row = 0; row < groups.size(); ++row)
            groups[row] = static_cast<std::int64_t>(row % 8);
        writeNpy<std::int64_t>(files.folder.file("g.npy"), {groups.size()}, groups);
        const auto outcome = run(files.arguments({"--groups", text(files.folder.file("g.npy"))}));
        QVERIFY2(outcome.code == 0, outcome.errors.c_str());
        writeNpy<std::int64_t>(files.folder.file("g.npy"), {groups.size() - 1}, std::span(groups).subspan(1));
        const auto short_ = run(files.arguments({"--groups", text(files.folder.file("g.npy"))}));
        QCOMPARE(short_.code, 1);
        VERIFY_CONTAINS(short_.errors, "g.npy");
        VERIFY_CONTAINS(short_.errors, "39");
    }

    void innerFoldsFollowTheOuterOnesUnlessTold() {
        const Files files;
        std::vector<std::int64_t> groups(Files::rows);
        for (std::size_t row = 0; row < groups.size(); ++row)
            groups[row] = static_cast<std::int64_t>(row % 8);
        const auto path = files.folder.file("g.npy");
        writeNpy<std::int64_t>(path, {groups.size()}, groups);
        const auto inner = [&files](const QStringList& options) {
            const auto outcome = run(files.arguments(QStringList{"--keep-inner", "--alphas", "-1:3:5"} + options));
            return outcome.code == 0 ? Hdf5File::openRead(files.out()).read<double>("/inner_score", 2).values
                                     : std::vector<double>();
        };
        const auto grouped = inner({"--groups", text(path)});
        QVERIFY(!grouped.empty());
        QCOMPARE(inner({"--groups", text(path), "--inner-groups", text(path)}), grouped);
        const auto apart = inner({"--groups", text(path), "--inner-groups", "none"});
        QVERIFY(apart.size() == grouped.size() && apart != grouped);
        QCOMPARE(Hdf5File::openRead(files.out()).readStringAttribute("/", "inner_groups"), std::string());
        const auto shuffled = inner({"--shuffle", "3"});
        QCOMPARE(inner({"--shuffle", "3", "--inner-shuffle", "3"}), shuffled);
        QVERIFY(inner({"--shuffle", "3", "--inner-shuffle", "4"}) != shuffled);
        QVERIFY(inner({"--shuffle", "3", "--inner-shuffle", "none"}) != shuffled);
        QCOMPARE(Hdf5File::openRead(files.out()).readStringAttribute("/", "shuffle"), std::string("3"));
        QCOMPARE(run(files.arguments({"--inner-shuffle", "-1"})).code, 2);
    }

    void valuesThatAreNotFiniteAreNamedOrDropped() {
        Files files;
        files.y[7 * Files::targets + 3] = std::numeric_limits<float>::quiet_NaN();
        files.save();
        const auto refused = run(files.arguments());
        QCOMPARE(refused.code, 1);
        VERIFY_CONTAINS(refused.errors, "responses, row 7, column 3");
        VERIFY_CONTAINS(refused.errors, "y.npy");
        VERIFY_CONTAINS(refused.errors, "--drop");
        QVERIFY((files.names() == std::vector<std::string>{"x.npy", "y.npy"}));

        QCOMPARE(run(files.arguments({"--drop", "rows"})).code, 0);
        QCOMPARE(Hdf5File::openRead(files.out()).readAttribute<std::int64_t>("/", "n"), 39);
        QVERIFY(std::isfinite(scores(files.out())[3]));

        for (const char* mode : {"global", "per_target"}) {
            QCOMPARE(run(files.arguments({"--drop", "targets", "--lambda-mode", mode, "--keep-inner"})).code, 0);
            const auto found = scores(files.out());
            QCOMPARE(found.size(), Files::targets);
            QVERIFY(std::isnan(found[3]));
            QVERIFY(std::isfinite(found[2]) && std::isfinite(found[4]));
            QCOMPARE(Hdf5File::openRead(files.out()).readAttribute<std::int64_t>("/", "dropped_targets"), 1);
        }
    }

    void featuresThatAreNotFiniteAskForTheirRows() {
        Files files;
        files.x[3 * Files::columns + 1] = std::numeric_limits<float>::quiet_NaN();
        files.save();
        for (const QStringList& options : {QStringList{}, QStringList{"--drop", "targets"}}) {
            const auto refused = run(files.arguments(options));
            QCOMPARE(refused.code, 1);
            VERIFY_CONTAINS(refused.errors, "features, row 3, column 1");
            VERIFY_CONTAINS(refused.errors, "leave such rows out with --drop rows");
            QCOMPARE(refused.errors.find("or --drop targets"), std::string::npos);
        }
        const auto dropped = run(files.arguments({"--drop", "rows", "--alphas", "-3:6:10"}));
        QCOMPARE(dropped.code, 0);
        QCOMPARE(dropped.errors, std::string("brainlike: warning: 1 row with values that are not finite left out\n"));
    }

    void aTargetOfNothingButNaN() {
        Files files;
        for (std::size_t row = 0; row < Files::rows; ++row)
            files.y[row * Files::targets + 5] = std::numeric_limits<float>::quiet_NaN();
        files.save();
        const auto refused = run(files.arguments());
        QCOMPARE(refused.code, 1);
        VERIFY_CONTAINS(refused.errors, "responses, row 0, column 5");
        const auto rows = run(files.arguments({"--drop", "rows"}));
        QCOMPARE(rows.code, 1);
        VERIFY_CONTAINS(rows.errors, "--drop targets");
        QCOMPARE(run(files.arguments({"--drop", "targets"})).code, 0);
        const auto found = scores(files.out());
        QVERIFY(std::isnan(found[5]));
        QVERIFY(std::all_of(found.begin(), found.end() - 1, [](double score) { return std::isfinite(score); }));
        for (float& value : files.y)
            value = std::numeric_limits<float>::quiet_NaN();
        files.save();
        const auto none = run(files.arguments({"--drop", "targets"}));
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.errors, "y.npy");
        VERIFY_CONTAINS(none.errors, "Every target");
    }

    void failsWithoutWriting_data() {
        QTest::addColumn<QStringList>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, QStringList change, int code, const char* named) {
            QTest::newRow(name) << change << code << QString(named);
        };
        row("missing file", {"--features", "nowhere.npy"}, 1, "nowhere.npy");
        row("more folds than rows", {"--outer-folds", "41"}, 1, "41");
        row("more inner folds than training rows", {"--inner-folds", "33"}, 1, "33");
        row("missing folder", {"--out", "/nowhere/at/all/r.h5"}, 1, "/nowhere/at/all");
        row("not an array", {"--responses", "/dev/null"}, 1, "/dev/null");
        row("one fold", {"--outer-folds", "1"}, 2, "--outer-folds");
        row("λ of 0", {"--alphas", "0,1"}, 2, "above 0");
        row("no λ", {"--alphas", "1:2"}, 2, "first:last:count");
        row("too many λ", {"--alphas", "0:8:100000"}, 2, "a count from 1 to 10000");
        row("unknown mode", {"--lambda-mode", "local"}, 2, "local");
        row("unknown score", {"--score", "r"}, 2, "r2");
        row("unknown drop", {"--drop", "all"}, 2, "rows");
        row("unknown progress", {"--progress", "dots"}, 2, "json");
        row("unknown option", {"--fold", "3"}, 2, "--fold");
        row("no thread", {"--threads", "0"}, 2, "--threads");
        row("seed that is no number", {"--shuffle", "x"}, 2, "--shuffle");
    }

    void failsWithoutWriting() {
        QFETCH(QStringList, change);
        QFETCH(int, code);
        QFETCH(QString, named);
        const Files files;
        auto arguments = files.arguments();
        if (const auto at = arguments.indexOf(change[0]); at >= 0)
            arguments.replace(at + 1, change[1]);
        else
            arguments += change;
        const auto outcome = run(arguments);
        QCOMPARE(outcome.code, code);
        VERIFY_CONTAINS(outcome.errors, named.toStdString());
        QVERIFY(outcome.output.empty());
        QVERIFY((files.names() == std::vector<std::string>{"x.npy", "y.npy"}));
    }

    void aFailureLeavesTheOldResult() {
        Files files;
        QCOMPARE(run(files.arguments()).code, 0);
        const auto before = test::bytesOf(files.out());
        QCOMPARE(run(files.arguments({"--outer-folds", "41"})).code, 1);
        QVERIFY(test::bytesOf(files.out()) == before);
        const auto same = run({"--features", text(files.folder.file("x.npy")), "--responses",
                               text(files.folder.file("y.npy")), "--out", text(files.folder.file("y.npy"))});
        QCOMPARE(same.code, 2);
    }

    void anInterruptLeavesNothing() {
        const ScratchFolder folder;
        constexpr std::size_t rows = 400;
        constexpr std::size_t targets = 4000;
        std::mt19937 random(1);
        std::vector<float> values(rows * targets);
        for (auto& value : values)
            value = static_cast<float>(random()) / 4294967296.0F;
        writeNpy<float>(folder.file("y.npy"), {rows, targets}, values);
        writeNpy<float>(folder.file("x.npy"), {rows, 200}, std::span(values).first(rows * 200));
        QProcess process;
        process.start(QString::fromStdString(test::executable().string()),
                      {"ridge", "--features", text(folder.file("x.npy")), "--responses", text(folder.file("y.npy")),
                       "--out", text(folder.file("r.h5")), "--lambda-mode", "per_target", "--double", "--threads", "1",
                       "--progress", "json"});
        process.setReadChannel(QProcess::StandardError);
        QVERIFY(process.waitForReadyRead(30000));
        process.terminate();
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(!std::filesystem::exists(folder.file("r.h5")));
    }

    void progressIsJsonLinesWhenAsked() {
        const Files files;
        const auto outcome = run(files.arguments({"--progress", "json", "--alphas", "-3:6:10"})); // no warning
        QCOMPARE(outcome.code, 0);
        std::istringstream lines(outcome.errors);
        double last = -1;
        for (std::string line; std::getline(lines, line);) {
            const auto report = nlohmann::json::parse(line);
            QVERIFY(report.at("fraction").get<double>() >= last);
            last = report.at("fraction");
        }
        QCOMPARE(last, 1.0);
        QCOMPARE(run(files.arguments({"--alphas", "-3:6:10"})).errors, std::string());
    }

    /// Real recordings, with the answers that are known for them.
    void bonner81() {
        const auto features = test::sharedFile("fmri/bonner81_alexnet.npy");
        const auto responses = test::sharedFile("fmri/bonner81_betas.npy");
        const auto voxels = test::sharedFile("fmri/bonner81_voxel_roi.csv");
        if (!features || !responses || !voxels)
            QSKIP("skipped: the bonner81 recordings are not here");
        const ScratchFolder folder;
        const auto out = folder.file("r.h5");
        const auto scored = [&](const std::filesystem::path& x, const QStringList& more) {
            const auto outcome = run(QStringList{"--features", text(x), "--responses", text(*responses), "--out",
                                                 text(out), "--outer-folds", "9"} +
                                     more);
            return outcome.code == 0 ? scores(out) : std::vector<double>(1, -9);
        };
        // Folds of neighbouring rows (objects by name): what scikit-learn gives for the same.
        QVERIFY(std::abs(mean(scored(*features, {})) - 0.40208) < 5e-4);

        const auto names = regions(*voxels);
        constexpr int seeds = 10;
        std::map<std::string, double> sums;
        for (int seed = 0; seed < seeds; ++seed) {
            const auto found = scored(*features, {"--shuffle", QString::number(seed)});
            QCOMPARE(found.size(), names.size());
            sums["all"] += mean(found) / seeds;
            for (std::size_t voxel = 0; voxel < names.size(); ++voxel)
                sums[names[voxel]] +=
                    found[voxel] / seeds / static_cast<double>(std::count(names.begin(), names.end(), names[voxel]));
        }
        const auto near = [&](const char* name, double expected, double tolerance) {
            QVERIFY2(std::abs(sums[name] - expected) < tolerance,
                     (std::string(name) + " " + std::to_string(sums[name])).c_str());
        };
        near("all", 0.455, 0.03); // one division into folds differs from the next by about .02
        near("PPA", 0.63, 0.05);
        near("LOC", 0.65, 0.05);
        near("EVC", 0.48, 0.05);

        auto rows = readNpy<float>(*features, 2);
        const std::size_t width = rows.shape[1];
        double chance = 0;
        for (unsigned seed = 0; seed < 5; ++seed) {
            std::mt19937 random(seed);
            auto permuted = rows;
            for (std::size_t row = rows.shape[0] - 1; row > 0; --row) {
                const std::size_t other = random() % (row + 1);
                for (std::size_t column = 0; column < width; ++column)
                    std::swap(permuted.values[row * width + column], permuted.values[other * width + column]);
            }
            writeNpy<float>(folder.file("x.npy"), rows.shape, permuted.values);
            chance += mean(scored(folder.file("x.npy"), {})) / 5;
        }
        QVERIFY2(std::abs(chance + 0.05) < 0.1, std::to_string(chance).c_str());
    }
};

QTEST_GUILESS_MAIN(RidgeCommandTest)
#include "RidgeCommandTest.moc"
