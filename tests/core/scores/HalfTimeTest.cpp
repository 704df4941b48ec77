#include "core/scores/HalfTime.h"

#include "core/base/Error.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace brainlike;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
using Steps = std::vector<std::int64_t>;
using Values = std::vector<double>;

bool near(double value, double expected) {
    return std::abs(value - expected) < 1e-9 * std::abs(expected);
}

} // namespace

class HalfTimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void interpolatesInTheLogarithmOfTheStep() {
        // Half of 1 is reached midway between 100 and 10,000: at 1000.
        const auto result = halfTime(Steps{0, 100, 10000, 1000000}, Values{0, 0.2, 0.8, 1});
        QCOMPARE(result.status, HalfTimeStatus::Ok);
        QVERIFY(near(result.step, 1000));
        QVERIFY(near(result.share, 0.001));
    }

    void interpolatesLinearlyAfterTheUntrainedStep() {
        const auto result = halfTime(Steps{0, 100, 1000}, Values{-0.2, 0.8, 1});
        QVERIFY(near(result.step, 70));
    }

    void recoversAPlantedSaturation() {
        // score = 1 / (1 + τ / step): half of the final value where step = τ · f / (2 − f), f the final value
        const double tau = 3e4;
        Steps steps;
        Values values;
        for (double exponent = 3; exponent <= 6.01; exponent += 0.02) {
            steps.push_back(std::llround(std::pow(10, exponent)));
            values.push_back(1 / (1 + tau / static_cast<double>(steps.back())));
        }
        const double last = values.back();
        const auto result = halfTime(steps, values);
        QVERIFY(std::abs(result.step / (tau * last / (2 - last)) - 1) < 1e-3);
    }

    void takesTheFirstCrossing() {
        const auto result = halfTime(Steps{1, 10, 100, 1000}, Values{0, 0.9, 0.1, 1});
        QVERIFY(result.step < 10);
        QVERIFY(near(result.step, std::pow(10, 0.5 / 0.9)));
    }

    void reachedExactlyAtACheckpoint() { QVERIFY(near(halfTime(Steps{1, 10, 100}, Values{0, 0.5, 1}).step, 10)); }

    void censoredAtTheFirstCheckpoint() {
        const auto result = halfTime(Steps{10, 100, 1000}, Values{0.5, 0.7, 1});
        QCOMPARE(result.status, HalfTimeStatus::AtOrBeforeFirst);
        QVERIFY(std::isnan(result.step) && std::isnan(result.share));
        QCOMPARE(result.firstStep, std::int64_t(10));
        QCOMPARE(nameOf(result.status), std::string_view("at-or-before-first"));
        QCOMPARE(halfTime(Steps{7}, Values{0.5}).status, HalfTimeStatus::AtOrBeforeFirst);
    }

    void checkpointsWithoutValueAreSkipped() {
        const auto gap = halfTime(Steps{0, 10, 100, 1000}, Values{0, 0.25, missing, 1});
        QVERIFY(near(gap.step, 10 * std::pow(100, 1.0 / 3)));
        const auto untrained = halfTime(Steps{0, 10, 100}, Values{missing, 0.6, 1});
        QCOMPARE(untrained.status, HalfTimeStatus::AtOrBeforeFirst);
        QCOMPARE(untrained.firstStep, std::int64_t(10));
    }

    void noFinalValueNoHalfTime() {
        for (const double last : {0.0, -0.3, missing, std::numeric_limits<double>::infinity()}) {
            const auto result = halfTime(Steps{0, 10, 100}, Values{0, 0.5, last});
            QCOMPARE(result.status, HalfTimeStatus::FinalNotPositive);
            QVERIFY(std::isnan(result.step));
        }
        QCOMPARE(nameOf(HalfTimeStatus::FinalNotPositive), std::string_view("final-not-positive"));
        QCOMPARE(nameOf(HalfTimeStatus::Ok), std::string_view("ok"));
    }

    void refusesBadSteps() {
        QVERIFY_EXCEPTION_THROWN((void)halfTime(Steps{1, 2}, Values{1}), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)halfTime(Steps{}, Values{}), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)halfTime(Steps{2, 2}, Values{0, 1}), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)halfTime(Steps{-1, 2}, Values{0, 1}), ValueError);
    }
};

QTEST_GUILESS_MAIN(HalfTimeTest)
#include "HalfTimeTest.moc"
