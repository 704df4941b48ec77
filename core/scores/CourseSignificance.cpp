#include "core/scores/CourseSignificance.h"

#include "core/base/Error.h"
#include "core/stats/FalseDiscoveryRate.h"
#include "core/stats/StudentT.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {

constexpr double noValue = std::numeric_limits<double>::quiet_NaN();

void checkLengths(const char* what, std::size_t expected, std::size_t found) {
    if (expected != found)
        throw ShapeError({.what = what, .expected = std::to_string(expected), .found = std::to_string(found)});
}

} // namespace

CourseTest testCourse(std::span<const float> mean, std::span<const float> sem, int subjects) {
    checkLengths("A time course and its SEM differ in length", mean.size(), sem.size());
    CourseTest test{.t = std::vector<double>(mean.size(), noValue), .p = {}, .q = {}};
    test.p = test.t;
    for (std::size_t time = 0; subjects > 1 && time < mean.size(); ++time) {
        const double spread = static_cast<double>(sem[time]);
        if (!std::isfinite(mean[time]) || !std::isfinite(spread) || spread <= 0)
            continue;
        test.t[time] = static_cast<double>(mean[time]) / spread;
        test.p[time] = studentTwoSidedP(test.t[time], subjects - 1);
    }
    test.q = benjaminiHochberg(test.p);
    return test;
}

std::optional<BaselineBand> baselineBand(std::span<const float> course, std::span<const double> times) {
    checkLengths("A time course and its times differ in length", times.size(), course.size());
    constexpr double quantile = 2.5758293035489004; // 99.5 % of the standard normal distribution
    constexpr int fewest = 5;
    double sum = 0, squares = 0;
    int count = 0;
    const auto each = [&](auto&& add) {
        for (std::size_t time = 0; time < times.size(); ++time)
            if (times[time] < 0 && std::isfinite(course[time]))
                add(static_cast<double>(course[time]));
    };
    each([&](double value) {
        sum += value;
        ++count;
    });
    if (count < fewest)
        return std::nullopt;
    const double mean = sum / count;
    each([&](double value) { squares += (value - mean) * (value - mean); });
    const double spread = quantile * std::sqrt(squares / (count - 1));
    return BaselineBand{mean - spread, mean + spread, count};
}

std::optional<int> onsetOf(const std::vector<bool>& holds, std::span<const double> times) {
    checkLengths("What holds and the times differ in length", times.size(), holds.size());
    int run = 0;
    for (std::size_t time = 0; time < times.size(); ++time) {
        run = times[time] >= 0 && holds[time] ? run + 1 : 0;
        if (run == onsetRun)
            return static_cast<int>(time) - onsetRun + 1;
    }
    return std::nullopt;
}

std::vector<double> significantShares(const RowMatrix<float>& q, std::span<const int> channels, double level) {
    std::vector<double> below(static_cast<std::size_t>(q.cols())), tested(below.size());
    const auto add = [&](Eigen::Index channel) {
        for (Eigen::Index time = 0; time < q.cols(); ++time) {
            const double value = static_cast<double>(q(channel, time));
            tested[static_cast<std::size_t>(time)] += std::isnan(value) ? 0 : 1;
            below[static_cast<std::size_t>(time)] += value < level ? 1 : 0;
        }
    };
    if (channels.empty())
        for (Eigen::Index channel = 0; channel < q.rows(); ++channel)
            add(channel);
    for (const int channel : channels)
        add(channel);
    std::ranges::transform(below, tested, below.begin(),
                           [](double count, double of) { return of > 0 ? count / of : noValue; });
    return below;
}

} // namespace brainlike
