#pragma once

#include <limits>
#include <span>

namespace brainlike {

/// Outcome of a Wilcoxon signed-rank test.
struct WilcoxonTest {
    int n = 0;                                                   ///< pairs used: differences that are finite and not 0
    double statistic = std::numeric_limits<double>::quiet_NaN(); ///< the smaller of the two rank sums
    double p = std::numeric_limits<double>::quiet_NaN();         ///< two-sided; NaN when n = 0
    double smallestP = std::numeric_limits<double>::quiet_NaN(); ///< the smallest p reachable with n pairs
    bool exact = false;                                          ///< else the normal approximation, corrected for ties
};

/// Two-sided Wilcoxon signed-rank test of differences against 0: exact for n ≤ 50 without ties or zeros, else the
/// normal approximation without continuity correction. Zeros are dropped (SciPy's `zero_method="wilcox"`), and what is
/// not finite.
/// Source: METHODS 7 "Comparisons between models".
[[nodiscard]] WilcoxonTest wilcoxonSignedRank(std::span<const double> differences);

/// The same for paired values, a − b.
/// @throws ShapeError if the sizes differ
[[nodiscard]] WilcoxonTest wilcoxonSignedRank(std::span<const double> a, std::span<const double> b);

} // namespace brainlike
