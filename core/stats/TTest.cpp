#include "core/stats/TTest.h"

#include "core/base/Error.h"
#include "core/stats/StudentT.h"
#include "core/base/Undefined.h"

#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {


template <typename Scalar>
void requireEqualSizes(std::span<const std::span<const Scalar>> subjects) {
    if (subjects.empty())
        throw ShapeError({.what = "Group statistics need at least one subject"});
    for (std::size_t s = 1; s < subjects.size(); ++s)
        if (subjects[s].size() != subjects[0].size())
            throw ShapeError({.what = "The subjects' maps differ in size",
                              .place = "subject " + std::to_string(s),
                              .expected = std::to_string(subjects[0].size()) + " values",
                              .found = std::to_string(subjects[s].size())});
}

template <typename Scalar>
GroupStatistics testSubjects(std::span<const std::span<const Scalar>> subjects) {
    requireEqualSizes(subjects);
    const std::size_t size = subjects[0].size();
    GroupStatistics result{std::vector(size, undefined), std::vector(size, undefined), std::vector(size, undefined),
                           std::vector(size, undefined)};
    for (std::size_t d = 0; d < size; ++d) {
        int n = 0;
        double sum = 0;
        for (const auto& map : subjects)
            if (const double value = static_cast<double>(map[d]); !std::isnan(value)) {
                ++n;
                sum += value;
            }
        if (n == 0)
            continue;
        const double mean = sum / n;
        result.mean[d] = mean;
        if (n < 2)
            continue;
        double squares = 0;
        for (const auto& map : subjects)
            if (const double value = static_cast<double>(map[d]); !std::isnan(value))
                squares += (value - mean) * (value - mean);
        result.sem[d] = std::sqrt(squares / (n - 1) / n);
        result.t[d] = mean / result.sem[d];
        result.p[d] = studentTwoSidedP(result.t[d], n - 1);
    }
    return result;
}

} // namespace

GroupStatistics oneSampleTTest(std::span<const std::span<const float>> subjects) {
    return testSubjects(subjects);
}

GroupStatistics oneSampleTTest(std::span<const std::span<const double>> subjects) {
    return testSubjects(subjects);
}

GroupStatistics groupStatistics(std::span<const std::span<const float>> subjects, int imageCount) {
    GroupStatistics result = oneSampleTTest(subjects);
    if (subjects.size() > 1)
        return result;
    result.p = correlationP(subjects[0], imageCount);
    for (std::size_t d = 0; d < result.t.size(); ++d)
        if (const double r = result.mean[d]; imageCount > 2)
            result.t[d] = r * std::sqrt((imageCount - 2) / ((1 - r) * (1 + r)));
    return result;
}

} // namespace brainlike
