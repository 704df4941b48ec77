#include "core/stats/Bootstrap.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>
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
    /// The documented draws, made apart with Python's whole numbers, and NumPy's percentiles (make_stats.py).
    void agreesWithNumPy() {
        const auto cases = test::dataJson("stats/stats.json").at("bootstrap");
        QCOMPARE(cases.size(), std::size_t(4));
        for (const auto& item : cases) {
            const auto subjects = item.at("values").get<std::vector<double>>();
            const BootstrapOptions options{item.at("resamples"), item.at("seed").get<std::uint64_t>(),
                                           item.at("level")};
            const auto resamples = resampledSubjects(static_cast<int>(subjects.size()), options);
            QCOMPARE(resamples.size(), static_cast<std::size_t>(options.resamples));
            for (std::size_t i = 0; i < 3; ++i)
                QVERIFY(resamples[i] == item.at("first").at(i).get<std::vector<int>>());
            const auto statistic = [&](std::span<const int> sample) {
                double sum = 0;
                for (const int subject : sample)
                    sum += subjects[static_cast<std::size_t>(subject)];
                return sum / static_cast<double>(sample.size());
            };
            const auto interval = bootstrapSubjects(static_cast<int>(subjects.size()), statistic, options);
            QVERIFY(std::abs(interval.low - item.at("low").get<double>()) < 1e-12);
            QVERIFY(std::abs(interval.high - item.at("high").get<double>()) < 1e-12);
        }
    }

    void percentilesOfWhatIsThere() {
        const auto interval = percentileInterval({5, std::nan(""), 1, 3, 2, 4}, 0.5);
        QCOMPARE(interval.defined, 5);
        QCOMPARE(interval.low, 2.0);
        QCOMPARE(interval.high, 4.0);
    }

    /// Two of ten below everything, three above: the 25th percentile is 2.25 places up, the 75th 6.75, where only the
    /// second lies among those that are above.
    void whatIsCensoredLiesBeyondEverything() {
        const double infinite = std::numeric_limits<double>::infinity();
        const std::vector<double> drawn{3, infinite, 1, -infinite, 4, infinite, 2, -infinite, 5, infinite};
        const auto half = percentileInterval(drawn, 0.5);
        QCOMPARE(half.defined, 10);
        QCOMPARE(half.below, 2);
        QCOMPARE(half.above, 3);
        QCOMPARE(half.low, 1.25);
        QCOMPARE(half.high, infinite); // between the largest one and infinity
        const auto wide = percentileInterval(drawn, 0.95);
        QCOMPARE(wide.low, -infinite);
        QCOMPARE(wide.high, infinite);
        const auto narrow = percentileInterval(drawn, 0.2);
        QCOMPARE(narrow.low, 2.6);
        QCOMPARE(narrow.high, 4.4);
        // Leaving them out gave an interval without width.
        const auto once = percentileInterval({-infinite, 100, -infinite, 100, -infinite});
        QVERIFY(once.low == -infinite && once.high == 100);
        QCOMPARE(percentileInterval({7}).low, 7.0);
        QCOMPARE(percentileInterval({}).defined, 0);
    }

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

    void resamplesAreThoseOfTheStatistic() {
        const BootstrapOptions options{.resamples = 20, .seed = 5, .level = 0.8};
        std::vector<std::vector<int>> seen;
        std::vector<double> values;
        const auto interval = bootstrapSubjects(
            4,
            [&](std::span<const int> sample) {
                seen.emplace_back(sample.begin(), sample.end());
                values.push_back(sample[0] == 3 ? std::numeric_limits<double>::quiet_NaN()
                                                : sample[0] + 0.1 * sample[1]);
                return values.back();
            },
            options);
        QCOMPARE(resampledSubjects(4, options), seen);
        const auto same = percentileInterval(values, 0.8);
        QCOMPARE(same.low, interval.low);
        QCOMPARE(same.high, interval.high);
        QCOMPARE(same.defined, interval.defined);
        QVERIFY(same.defined < 20);
        QCOMPARE(percentileInterval({}).defined, 0);
    }
};

QTEST_GUILESS_MAIN(BootstrapTest)
#include "BootstrapTest.moc"
