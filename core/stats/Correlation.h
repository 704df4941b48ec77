#pragma once

#include <limits>
#include <span>
#include <string_view>

namespace brainlike {

/// Whether a correlation is defined, or why not.
enum class CorrelationStatus { Ok, TooFew, NoVariance };

/// "ok", "fewer than 3 pairs", "no variance".
[[nodiscard]] std::string_view nameOf(CorrelationStatus status);

/// Pearson's r with what is reported beside it. NaN where undefined; `status` says why.
struct Correlation {
    double r = std::numeric_limits<double>::quiet_NaN();
    int n = 0;                                               ///< pairs without NaN
    double p = std::numeric_limits<double>::quiet_NaN();     ///< two-sided, t with n − 2 degrees of freedom
    double ciLow = std::numeric_limits<double>::quiet_NaN(); ///< 95 % Fisher interval; NaN for n = 3
    double ciHigh = std::numeric_limits<double>::quiet_NaN();
    CorrelationStatus status = CorrelationStatus::TooFew;
};

/// Pearson correlation over the pairs in which both values are finite.
///
/// @throws ShapeError if the sizes differ
/// Source: METHODS 7 "Correlations".
[[nodiscard]] Correlation correlate(std::span<const double> x, std::span<const double> y);

} // namespace brainlike
