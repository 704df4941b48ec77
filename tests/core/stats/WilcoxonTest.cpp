#include "core/stats/Wilcoxon.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

class WilcoxonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto cases = brainlike::test::dataJson("stats/stats.json").at("wilcoxon");
        QCOMPARE(cases.size(), std::size_t(11));
        for (const auto& item : cases) {
            const auto result = brainlike::wilcoxonSignedRank(item.at("d").get<std::vector<double>>());
            QCOMPARE(result.n, item.at("n").get<int>());
            QCOMPARE(result.exact, item.at("exact").get<bool>());
            QCOMPARE(result.statistic, item.at("statistic").get<double>());
            QVERIFY(std::abs(result.p / item.at("p").get<double>() - 1) < 1e-10);
        }
    }

    void smallestReachableP() {
        // METHODS 7: 0.0078 with 8 subjects, 0.125 with 4
        QCOMPARE(brainlike::wilcoxonSignedRank(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}).p, 0.0078125);
        const auto four = brainlike::wilcoxonSignedRank(std::vector<double>{1, -2, 3, 4});
        QCOMPARE(four.smallestP, 0.125);
        QVERIFY(four.p > four.smallestP);
    }

    void pairsAreDifferences() {
        const std::vector<double> a{1, 2, 3, std::nan("")};
        const std::vector<double> b{0.5, 2.75, 1, 7};
        const auto result = brainlike::wilcoxonSignedRank(a, b);
        QCOMPARE(result.n, 3);
        QCOMPARE(result.statistic, 2.0);
        QVERIFY_EXCEPTION_THROWN((void)brainlike::wilcoxonSignedRank(a, std::vector<double>{1}), brainlike::ShapeError);
    }

    void onlyFiniteDifferencesCount() {
        const double infinite = std::numeric_limits<double>::infinity();
        const auto expected = brainlike::wilcoxonSignedRank(std::vector<double>{1, -2, 3, 4});
        const auto result = brainlike::wilcoxonSignedRank(std::vector<double>{infinite, 1, -2, 3, 4, -infinite});
        QCOMPARE(result.n, 4);
        QCOMPARE(result.statistic, expected.statistic);
        QCOMPARE(result.p, expected.p);
    }

    void signAndScaleChangeNothing() {
        const std::vector<double> d{0.5, -1.5, 2.25, 3, -0.125, 4, 7};
        std::vector<double> turned;
        for (const double value : d)
            turned.push_back(-1e-9 * value);
        QCOMPARE(brainlike::wilcoxonSignedRank(turned).p, brainlike::wilcoxonSignedRank(d).p);
        QCOMPARE(brainlike::wilcoxonSignedRank(turned).statistic, brainlike::wilcoxonSignedRank(d).statistic);
    }

    void nothingToTest() {
        const auto result = brainlike::wilcoxonSignedRank(std::vector<double>{0, 0, 0});
        QCOMPARE(result.n, 0);
        QVERIFY(std::isnan(result.p) && std::isnan(result.statistic));
    }
};

QTEST_GUILESS_MAIN(WilcoxonTest)
#include "WilcoxonTest.moc"
