#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace brainlike {

/// Least-squares fit score ≈ intercept + slope · log10(step).
struct LogFit {
    double intercept = std::numeric_limits<double>::quiet_NaN();
    double slope = std::numeric_limits<double>::quiet_NaN();
    double r2 = std::numeric_limits<double>::quiet_NaN(); ///< NaN when the scores do not vary
    int n = 0;                                            ///< checkpoints used
    std::vector<double> residuals;                        ///< a value a checkpoint, NaN where not used
};

/// Fit over the checkpoints after step 0 that have a value; NaN with fewer than two.
///
/// @throws ShapeError if the sizes differ
/// Source: METHODS 6 "Log fit".
[[nodiscard]] LogFit logFit(std::span<const std::int64_t> steps, std::span<const double> values);

} // namespace brainlike
