#include "core/stats/Correlation.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace brainlike;

namespace {
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
}

class CorrelationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto cases = test::dataJson("stats/stats.json").at("correlation");
        QCOMPARE(cases.size(), std::size_t(6));
        for (const auto& item : cases) {
            const auto x = item.at("x").get<std::vector<double>>();
            const auto result = correlate(x, item.at("y").get<std::vector<double>>());
            QCOMPARE(result.n, static_cast<int>(x.size()));
            QCOMPARE(result.status, CorrelationStatus::Ok);
            QVERIFY(std::abs(result.r - item.at("r").get<double>()) < 1e-13);
            QVERIFY(std::abs(result.p / item.at("p").get<double>() - 1) < 1e-9);
            QVERIFY(std::abs(result.ciLow - item.at("low").get<double>()) < 1e-11);
            QVERIFY(std::abs(result.ciHigh - item.at("high").get<double>()) < 1e-11);
        }
    }

    void skipsPairsWithoutValue() {
        const std::vector<double> x{1, 2, notANumber, 4, 5, 6};
        const std::vector<double> y{2, 1, 9, 3, notANumber, 7};
        const auto all = correlate(x, y);
        const auto kept = correlate(std::vector<double>{1, 2, 4, 6}, std::vector<double>{2, 1, 3, 7});
        QCOMPARE(all.n, 4);
        QCOMPARE(all.r, kept.r);
        QCOMPARE(all.p, kept.p);
    }

    void saysWhyItIsUndefined() {
        const auto few = correlate(std::vector<double>{1, 2, notANumber}, std::vector<double>{1, 5, 3});
        QVERIFY(std::isnan(few.r) && std::isnan(few.p));
        QCOMPARE(few.n, 2);
        QCOMPARE(few.status, CorrelationStatus::TooFew);
        // 0.1 has no exact binary form: the mean leaves rounding errors, not variance
        const auto flat = correlate(std::vector<double>(7, 0.1), std::vector<double>{1, 2, 3, 4, 5, 6, 7});
        QVERIFY(std::isnan(flat.r) && std::isnan(flat.ciLow));
        QCOMPARE(flat.n, 7);
        QCOMPARE(flat.status, CorrelationStatus::NoVariance);
        QCOMPARE(nameOf(flat.status), std::string_view("no variance"));
        const auto zero = correlate(std::vector<double>(5, 0.0), std::vector<double>{1, 2, 3, 4, 5});
        QCOMPARE(zero.status, CorrelationStatus::NoVariance);
        QVERIFY_EXCEPTION_THROWN((void)correlate(std::vector<double>(3), std::vector<double>(4)), ShapeError);
    }

    void survivesLargeOffsets() {
        std::vector<double> x, y;
        for (int i = 0; i < 100; ++i) {
            x.push_back(1e6 + std::sin(i));
            y.push_back(-1e6 - std::sin(i));
        }
        QVERIFY(std::abs(correlate(x, y).r + 1) < 1e-9);
    }

    void scaleAndOrderChangeNothing() {
        const std::vector<double> x{0.3, -1.2, 2.5, 0.7, -0.4, 1.1};
        const std::vector<double> y{1.3, -0.2, 1.5, -0.7, 0.4, 2.1};
        const auto expected = correlate(x, y);
        QVERIFY(std::abs(correlate(y, x).r - expected.r) < 1e-15);
        for (const double scale : {1e-200, 1e-13, 1e150, 1e300}) { // squares below and above all doubles
            std::vector<double> scaled;
            for (const double value : x)
                scaled.push_back(-scale * value);
            const auto result = correlate(scaled, y);
            QCOMPARE(result.status, CorrelationStatus::Ok);
            QVERIFY(std::abs(result.r + expected.r) < 1e-13);
            QVERIFY(std::abs(result.p / expected.p - 1) < 1e-10);
        }
        auto order = x;
        auto same = y;
        std::swap(order[0], order[4]);
        std::swap(same[0], same[4]);
        QVERIFY(std::abs(correlate(order, same).r - expected.r) < 1e-15);
    }

    void perfectLineHasNoWidth() {
        const auto line = correlate(std::vector<double>{0, 1, 2, 3}, std::vector<double>{0, 2, 4, 6});
        QCOMPARE(line.r, 1.0);
        QCOMPARE(line.p, 0.0);
        QCOMPARE(line.ciHigh, 1.0);
        const auto three = correlate(std::vector<double>{0, 1, 2}, std::vector<double>{0, 2, 3});
        QVERIFY(std::isfinite(three.p));
        QVERIFY(std::isnan(three.ciLow) && std::isnan(three.ciHigh));
    }
};

QTEST_GUILESS_MAIN(CorrelationTest)
#include "CorrelationTest.moc"
