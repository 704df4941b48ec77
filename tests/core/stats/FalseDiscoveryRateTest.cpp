#include "core/stats/FalseDiscoveryRate.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

class FalseDiscoveryRateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto cases = test::dataJson("stats/stats.json").at("false_discovery");
        QVERIFY(cases.size() > 3);
        for (const auto& item : cases) {
            std::vector<double> p;
            for (const auto& value : item.at("p"))
                p.push_back(value.is_null() ? std::nan("") : value.get<double>());
            const auto q = benjaminiHochberg(p);
            QCOMPARE(q.size(), p.size());
            for (std::size_t i = 0; i < q.size(); ++i)
                if (const auto& expected = item.at("q").at(i); expected.is_null())
                    QVERIFY(std::isnan(q[i]));
                else
                    QVERIFY(std::abs(q[i] - expected.get<double>()) < 1e-14);
        }
    }

    void masksBeforeItCounts() {
        const double nan = std::nan("");
        const auto masked = benjaminiHochberg(std::vector<double>{nan, 0.01, nan, 0.04, nan});
        QCOMPARE(masked[1], 0.02);
        QCOMPARE(masked[3], 0.04);
        QVERIFY(std::isnan(masked[0]) && std::isnan(masked[2]) && std::isnan(masked[4]));
        QVERIFY(std::isnan(benjaminiHochberg(std::vector<double>{nan})[0]));
        QVERIFY(benjaminiHochberg({}).empty());
    }

    void followsTheOrderOfItsInput() {
        const std::vector<double> p{0.001, 0.2, 0.03, 0.04, 0.9, 0.03};
        const auto q = benjaminiHochberg(p);
        const auto turned = benjaminiHochberg(std::vector<double>(p.rbegin(), p.rend()));
        QCOMPARE(q, std::vector<double>(turned.rbegin(), turned.rend()));
        // By hand: 6·0.001/1, 0.04·6/4 for the three in the middle, 0.2·6/5, 0.9.
        const std::vector<double> expected{0.006, 0.24, 0.06, 0.06, 0.9, 0.06};
        for (std::size_t i = 0; i < q.size(); ++i)
            QVERIFY(std::abs(q[i] - expected[i]) < 1e-15);
    }

    void refusesWhatIsNoProbability() {
        QVERIFY_EXCEPTION_THROWN((void)benjaminiHochberg(std::vector<double>{0.1, 1.5}), ValueError);
        try {
            (void)benjaminiHochberg(std::vector<double>{0.1, -0.5});
            QFAIL("negative p accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, std::string("index 1"));
        }
    }
};

QTEST_GUILESS_MAIN(FalseDiscoveryRateTest)
#include "FalseDiscoveryRateTest.moc"
