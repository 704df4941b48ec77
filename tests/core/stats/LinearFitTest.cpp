#include "core/stats/LinearFit.h"

#include "core/base/Error.h"
#include "tests/support/Expectations.h"

#include <QtTest>

#include <cmath>
#include <numbers>
#include <vector>

using namespace brainlike;
using namespace brainlike::test;

namespace {

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-12 * std::max(1.0, std::abs(b));
}

} // namespace

class LinearFitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Of three points t has one degree of freedom, whose quantile is tan(π (p − 1/2)): all is known in closed form.
    void threePointsHaveAClosedForm() {
        const std::vector<double> x{0, 1, 2}, y{0, 1, 1};
        const LinearFit fit = linearFit(x, y);
        QCOMPARE(fit.n, 3);
        QVERIFY(isNear(fit.slope, 0.5));
        QVERIFY(isNear(fit.intercept, 1.0 / 6));
        QVERIFY(isNear(fit.residual, std::sqrt(1.0 / 6)));
        const double quantile = std::tan(std::numbers::pi * 0.475);
        QVERIFY(isNear(fit.halfWidth(1), quantile * std::sqrt(1.0 / 6) * std::sqrt(1.0 / 3)));
        QVERIFY(isNear(fit.halfWidth(3), quantile * std::sqrt(1.0 / 6) * std::sqrt(1.0 / 3 + 4.0 / 2)));
        QVERIFY(isNear(fit.halfWidth(0), fit.halfWidth(2)));
    }

    /// Of four points t has two degrees of freedom: t = (2p − 1) √(2 / (1 − (2p − 1)²)).
    void fourPointsHaveAClosedForm() {
        const std::vector<double> x{-3, -1, 1, 3}, y{1, -1, 1, 3};
        const LinearFit fit = linearFit(x, y);
        QVERIFY(isNear(fit.slope, 0.4));
        QVERIFY(isNear(fit.intercept, 1));
        const double sum = 1.2 * 1.2 + 1.6 * 1.6 + 0.4 * 0.4 + 0.8 * 0.8;
        const double quantile = 0.95 * std::sqrt(2 / (1 - 0.95 * 0.95));
        QVERIFY(isNear(fit.halfWidth(3), quantile * std::sqrt(sum / 2) * std::sqrt(1.0 / 4 + 9.0 / 20)));
    }

    void pointsOnALineHaveNoWidth() {
        const std::vector<double> x{0, 1, 2, 5}, y{1, 3, 5, 11};
        QVERIFY(std::abs(linearFit(x, y).halfWidth(4)) < 1e-12);
    }

    void missingPairsAreLeftOutAndTooFewHaveNoLine() {
        const double none = std::nan("");
        const LinearFit fit = linearFit(std::vector<double>{0, none, 1, 2, 7}, std::vector<double>{0, 4, 1, 1, none});
        QCOMPARE(fit.n, 3);
        QVERIFY(isNear(fit.slope, 0.5));
        QVERIFY(std::isnan(linearFit(std::vector<double>{0, 1}, std::vector<double>{0, 1}).halfWidth(0)));
        QVERIFY(std::isnan(linearFit(std::vector<double>{2, 2, 2}, std::vector<double>{0, 1, 2}).slope));
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)linearFit(std::vector<double>{0}, std::vector<double>{}));
    }
};

QTEST_GUILESS_MAIN(LinearFitTest)
#include "LinearFitTest.moc"
