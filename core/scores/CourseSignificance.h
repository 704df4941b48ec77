#pragma once

#include "core/base/Matrix.h"

#include <optional>
#include <span>
#include <vector>

namespace brainlike {

/// One-sample t-tests of a time course against 0, a value a time; NaN where mean or SEM is.
struct CourseTest {
    std::vector<double> t, p;
    std::vector<double> q; ///< Benjamini–Hochberg over the times
};

/// Tests a mean over subjects at every time: t = mean / SEM with subjects − 1 degrees of freedom, two-sided; an SEM of
/// 0 is no test.
///
/// @param mean, sem  a value a time, of the same size
/// @param subjects   fewer than two: every value is NaN
/// @throws ShapeError if the sizes differ
/// Source: METHODS 7, on the mean over channels instead of a single one.
[[nodiscard]] CourseTest testCourse(std::span<const float> mean, std::span<const float> sem, int subjects);

/// Where a course lies while there is nothing to predict yet.
struct BaselineBand {
    double low = 0, high = 0; ///< mean ± 2.576 standard deviations of the times before 0
    int samples = 0;
};

/// The chance band of a course: 99 % of a normal distribution with the mean and standard deviation (ddof 1) of its
/// values at times < 0.
///
/// @returns nothing with fewer than five such values that are finite
/// @throws ShapeError if the sizes differ
[[nodiscard]] std::optional<BaselineBand> baselineBand(std::span<const float> course, std::span<const double> times);

/// Successive times that must hold for an onset.
inline constexpr int onsetRun = 2;

/// Index of the first time ≥ 0 that holds, followed by at least `onsetRun` − 1 that hold too.
/// @throws ShapeError if the sizes differ
[[nodiscard]] std::optional<int> onsetOf(const std::vector<bool>& holds, std::span<const double> times);

/// Share of channels with q below a level at every time, of those that have a q; NaN where none has.
///
/// @param q         channels × times
/// @param channels  rows that count; empty: all
[[nodiscard]] std::vector<double> significantShares(const RowMatrix<float>& q, std::span<const int> channels,
                                                    double level);

} // namespace brainlike
