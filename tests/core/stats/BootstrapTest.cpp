#include "core/stats/Bootstrap.h"

#include "core/base/Error.h"

#include <QtTest>

#include <cmath>
#include <numeric>
#include <vector>

using namespace brainlike;

namespace {

const std::vector<double> values{0.3, 0.1, 0.5, 0.2, 0.9, 0.4, 0.8, 0.35};

double meanOf(std::span<const int> sample) {
    double sum = 0;
    for (const int subject : sample)
        sum += values[static_cast<std::size_t>(subject)];
    return sum / static_cast<double>(sample.size());
}

} // namespace

class BootstrapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void intervalOfAMeanHasTheKnownWidth() {
        // The bootstrap distribution of a mean of n has standard deviation sqrt(population variance / n).
        const int n = static_cast<int>(values.size());
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double squares = 0;
        for (const double value : values)
            squares += (value - mean) * (value - mean);
        const double deviation = std::sqrt(squares / n / n);
        const auto interval = bootstrapSubjects(n, meanOf, {.resamples = 20000, .seed = 3});
        QCOMPARE(interval.defined, 20000);
        QVERIFY(std::abs(interval.low - (mean - 1.96 * deviation)) < 0.15 * deviation);
        QVERIFY(std::abs(interval.high - (mean + 1.96 * deviation)) < 0.15 * deviation);
        const auto narrow = bootstrapSubjects(n, meanOf, {.resamples = 20000, .seed = 3, .level = 0.5});
        QVERIFY(narrow.low > interval.low && narrow.high < interval.high);
    }

    void sameSeedSameInterval() {
        const auto first = bootstrapSubjects(8, meanOf, {.seed = 7});
        const auto again = bootstrapSubjects(8, meanOf, {.seed = 7});
        const auto other = bootstrapSubjects(8, meanOf, {.seed = 8});
        QCOMPARE(first.low, again.low);
        QCOMPARE(first.high, again.high);
        QVERIFY(first.low != other.low || first.high != other.high);
    }

    void drawsEverySubjectEquallyOften() {
        std::vector<int> counts(3, 0);
        (void)bootstrapSubjects(3,
                                [&counts](std::span<const int> sample) {
                                    for (const int subject : sample)
                                        ++counts.at(static_cast<std::size_t>(subject));
                                    return 0.0;
                                },
                                {.resamples = 10000});
        // 30,000 draws, standard deviation 82
        for (const int count : counts)
            QVERIFY(std::abs(count - 10000) < 500);
    }

    void undefinedResamplesAreCounted() {
        const auto interval = bootstrapSubjects(
            2, [](std::span<const int> sample) { return sample[0] == sample[1] ? std::nan("") : 1.5; },
            {.resamples = 400});
        QVERIFY(interval.defined > 100 && interval.defined < 300);
        QCOMPARE(interval.low, 1.5);
        QCOMPARE(interval.high, 1.5);
        const auto none = bootstrapSubjects(1, [](std::span<const int>) { return std::nan(""); });
        QCOMPARE(none.defined, 0);
        QVERIFY(std::isnan(none.low) && std::isnan(none.high));
    }

    void refusesBadOptions() {
        QVERIFY_EXCEPTION_THROWN((void)bootstrapSubjects(0, meanOf), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)bootstrapSubjects(3, meanOf, {.resamples = 0}), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)bootstrapSubjects(3, meanOf, {.level = 1}), ValueError);
    }
};

QTEST_GUILESS_MAIN(BootstrapTest)
#include "BootstrapTest.moc"
