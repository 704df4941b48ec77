#pragma once

#include <limits>
#include <span>

namespace brainlike {

/// The line of least squares, y = intercept + slope · x, and how far it may be off. NaN with fewer than three pairs or
/// without variance of x.
struct LinearFit {
    double intercept = std::numeric_limits<double>::quiet_NaN();
    double slope = std::numeric_limits<double>::quiet_NaN();
    int n = 0; ///< pairs in which both are finite

    [[nodiscard]] double at(double x) const { return intercept + slope * x; }
    /// Half of the width of the 95 % interval of the line at a place (of the mean of y there, not of single values).
    [[nodiscard]] double halfWidth(double x) const;

    double meanX = std::numeric_limits<double>::quiet_NaN();
    double squaresX = 0;                                        ///< sum of squared deviations of x from its mean
    double residual = std::numeric_limits<double>::quiet_NaN(); ///< standard deviation of the residuals, n − 2
};

/// @throws ShapeError if the sizes differ
/// Source: t(n − 2) · s · √(1/n + (x − x̄)² / Σ(x − x̄)²), as in any textbook of regression.
[[nodiscard]] LinearFit linearFit(std::span<const double> x, std::span<const double> y);

} // namespace brainlike
