#include "tests/app/cli/RidgeFiles.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace brainlike;
using test::mean;
using test::run;
using test::scores;
using test::text;
using Files = test::RidgeFiles;

/// `brainlike ridge` with several feature spaces.
class RidgeBandedCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalFeatureFilesAreABandedRidge_data() {
        QTest::addColumn<QString>("mode");
        QTest::newRow("global") << "global";
        QTest::newRow("per target") << "per_target";
    }
    void severalFeatureFilesAreABandedRidge() {
        QFETCH(QString, mode);
        const Files files;
        const auto outcome = run(files.withSecondSpace(
            {"--random-search", "7", "--seed", "3", "--lambda-mode", mode, "--keep-inner", "--alphas", "-1:3:5"}));
        QVERIFY2(outcome.code == 0, outcome.errors.c_str());
        QCOMPARE(std::count(outcome.output.begin(), outcome.output.end(), '\n'), 3);
        VERIFY_CONTAINS(outcome.output, "7 features in 2 spaces");
        VERIFY_CONTAINS(outcome.output, "x2.npy (3 features)");
        const auto file = Hdf5File::openRead(files.out());
        const bool global = mode == "global";
        QVERIFY(file.info("/score").shape == Shape{6});
        QVERIFY(file.info("/alpha").shape == (global ? Shape{5} : Shape{5, 6}));
        for (const char* name : {"/band_alpha", "/band_weight"})
            QVERIFY(file.info(name).shape == (global ? Shape{5, 2} : Shape{5, 2, 6}));
        QVERIFY(file.info("/inner_score").shape == (global ? Shape{5, 7, 5} : Shape{5, 7, 6}));
        QVERIFY((file.info("/weights_tried").shape == Shape{7, 2}));
        QVERIFY((file.info("/score_split").shape == Shape{2, 6} && file.info("/r2_split").shape == Shape{2, 6}));
        QCOMPARE(file.readStringsAttribute("/", "features").size(), std::size_t(2));
        QCOMPARE(file.readAttributeArray<std::int64_t>("/", "band_columns"), (std::vector<std::int64_t>{4, 3}));
        QCOMPARE(file.readAttribute<std::int64_t>("/", "d"), 7);
        QCOMPARE(file.readAttribute<std::int64_t>("/", "random_search"), 7);
        QCOMPARE(file.readStringAttribute("/", "seed"), std::string("3"));
        // Each band's λ is λ/γ; the parts add up to the score, of which the first space has nearly all.
        const auto alpha = file.read<double>("/alpha", global ? 1 : 2).values;
        const auto band = file.read<double>("/band_alpha", global ? 2 : 3).values;
        const auto weight = file.read<double>("/band_weight", global ? 2 : 3).values;
        const std::size_t columns = global ? 1 : 6;
        for (std::size_t cell = 0; cell < band.size(); ++cell)
            QVERIFY(std::abs(band[cell] * weight[cell] / alpha[cell / (2 * columns) * columns + cell % columns] - 1) <
                    1e-12);
        const auto split = file.read<double>("/score_split", 2).values;
        const auto found = scores(files.out());
        for (std::size_t target = 0; target < 6; ++target)
            QVERIFY(std::abs(split[target] + split[6 + target] - found[target]) < 1e-12);
        QVERIFY(mean({split.begin(), split.begin() + 6}) > 0.5);
    }

    void theSameSeedGivesTheSameBandedRidge() {
        const Files files;
        const auto fitted = [&](const QStringList& more) {
            const auto outcome = run(files.withSecondSpace(QStringList{"--random-search", "6"} + more));
            return outcome.code == 0 ? scores(files.out()) : std::vector<double>();
        };
        const auto first = fitted({"--seed", "1", "--threads", "1"});
        QCOMPARE(first.size(), Files::targets);
        QVERIFY(first == fitted({"--seed", "1", "--threads", "3"}));
        QVERIFY(first != fitted({"--seed", "2"}));
        QVERIFY(fitted({}) == fitted({"--seed", "0"}));
    }

    void bandedRidgeLeavesOutWhatIsNotFinite() {
        Files files;
        files.y[7 * Files::targets + 3] = std::numeric_limits<float>::quiet_NaN();
        files.save();
        for (const char* mode : {"global", "per_target"}) {
            const auto outcome = run(files.withSecondSpace(
                {"--random-search", "3", "--drop", "targets", "--lambda-mode", mode, "--keep-inner"}));
            QVERIFY2(outcome.code == 0, outcome.errors.c_str());
            const auto split = Hdf5File::openRead(files.out()).read<double>("/score_split", 2).values;
            QCOMPARE(split.size(), 2 * Files::targets);
            QVERIFY(std::isnan(split[3]) && std::isnan(split[9]));
            QVERIFY(std::isfinite(split[2]) && std::isfinite(split[10]));
        }
        auto second = files.secondSpace();
        second[11 * 3] = std::numeric_limits<float>::infinity();
        const auto arguments = files.withSecondSpace({"--random-search", "3", "--drop", "rows"}, second);
        QCOMPARE(run(arguments).code, 0);
        QCOMPARE(Hdf5File::openRead(files.out()).readAttribute<std::int64_t>("/", "n"), 38);
        const auto refused = run(files.withSecondSpace({"--drop", "targets"}, second));
        QCOMPARE(refused.code, 1);
        VERIFY_CONTAINS(refused.errors, "x2.npy");
        VERIFY_CONTAINS(refused.errors, "row 11, column 0");
    }

    void bandedRidgeNamesWhatIsWrong() {
        const Files files;
        auto second = files.secondSpace();
        const auto fewer = run(files.withSecondSpace({}, std::vector<float>(second.begin(), second.end() - 3)));
        QCOMPARE(fewer.code, 1);
        VERIFY_CONTAINS(fewer.errors, "x2.npy");
        VERIFY_CONTAINS(fewer.errors, "40 rows, as ");
        VERIFY_CONTAINS(fewer.errors, "x.npy");
        const auto constant = run(files.withSecondSpace({}, std::vector<float>(second.size(), 2.5F)));
        QCOMPARE(constant.code, 1);
        VERIFY_CONTAINS(constant.errors, "x2.npy, training rows of outer fold 0");
        const auto none = run(files.withSecondSpace({"--random-search", "0"}));
        QCOMPARE(none.code, 2);
        VERIFY_CONTAINS(none.errors, "--random-search");
        const auto onto = run(files.withSecondSpace({}).replaceInStrings("r.h5", "x2.npy"));
        QCOMPARE(onto.code, 2);
        VERIFY_CONTAINS(onto.errors, "x2.npy");
        for (const char* option : {"--random-search", "--seed"}) {
            const auto alone = run(files.arguments({option, "5"}));
            QCOMPARE(alone.code, 2);
            VERIFY_CONTAINS(alone.errors, option);
        }
        QVERIFY(!std::filesystem::exists(files.out()));
    }
};

QTEST_GUILESS_MAIN(RidgeBandedCommandTest)
#include "RidgeBandedCommandTest.moc"
