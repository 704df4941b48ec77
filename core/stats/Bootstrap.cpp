#include "core/stats/Bootstrap.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

/// Whole numbers below a bound, the same on every machine (the standard leaves its distributions open).
class SubjectDraw {
public:
    SubjectDraw(std::uint64_t seed, int count) : m_generator(seed), m_count(static_cast<std::uint64_t>(count)) {}

    int next() {
        const std::uint64_t rejected = (0 - m_count) % m_count; // 2⁶⁴ mod count: without it small numbers are favoured
        std::uint64_t bits = m_generator();
        while (bits < rejected)
            bits = m_generator();
        return static_cast<int>(bits % m_count);
    }

private:
    std::mt19937_64 m_generator;
    std::uint64_t m_count;
};

double percentile(const std::vector<double>& sorted, double share) {
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double fraction = position - static_cast<double>(below);
    if (fraction == 0 || sorted[below] == sorted[above])
        return sorted[below];
    if (std::isinf(sorted[below]))
        return sorted[below];
    return std::isinf(sorted[above]) ? sorted[above] : std::lerp(sorted[below], sorted[above], fraction);
}

void validate(int subjectCount, const BootstrapOptions& options) {
    if (subjectCount < 1)
        throw ValueError({.what = "A bootstrap over subjects needs at least one subject"});
    if (options.resamples < 1)
        throw ValueError({.what = "A bootstrap needs at least one resample",
                          .expected = "1 or more",
                          .found = std::to_string(options.resamples)});
    if (!(options.level > 0 && options.level < 1))
        throw ValueError({.what = "The level of an interval lies between 0 and 1",
                          .expected = "such as 0.95",
                          .found = std::to_string(options.level)});
}

} // namespace

std::vector<std::vector<int>> resampledSubjects(int subjectCount, const BootstrapOptions& options) {
    validate(subjectCount, options);
    SubjectDraw draw(options.seed, subjectCount);
    std::vector<std::vector<int>> samples(static_cast<std::size_t>(options.resamples),
                                          std::vector<int>(static_cast<std::size_t>(subjectCount)));
    for (auto& sample : samples)
        std::generate(sample.begin(), sample.end(), [&draw] { return draw.next(); });
    return samples;
}

BootstrapInterval percentileInterval(std::vector<double> values, double level) {
    std::erase_if(values, [](double value) { return std::isnan(value); });
    BootstrapInterval interval;
    interval.defined = static_cast<int>(values.size());
    if (values.empty())
        return interval;
    for (const double value : values) {
        interval.below += std::isinf(value) && value < 0 ? 1 : 0;
        interval.above += std::isinf(value) && value > 0 ? 1 : 0;
    }
    std::sort(values.begin(), values.end());
    interval.low = percentile(values, (1 - level) / 2);
    interval.high = percentile(values, (1 + level) / 2);
    return interval;
}

BootstrapInterval bootstrapSubjects(int subjectCount, const std::function<double(std::span<const int>)>& statistic,
                                    const BootstrapOptions& options) {
    std::vector<double> values;
    for (const auto& sample : resampledSubjects(subjectCount, options))
        values.push_back(statistic(sample));
    return percentileInterval(std::move(values), options.level);
}

} // namespace brainlike
