#pragma once

#include "core/base/Matrix.h"
#include "core/simulate/SimulationOptions.h"

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Factors of the images that models learn and brains respond to, ordered from sensory (depth 0) to abstract (1).
inline constexpr int factorCount = 10;

/// Depth of a factor, 0 … 1.
[[nodiscard]] double factorDepth(int factor);

/// Training step at which features of a depth are half learned: the planted half-time, later for deeper ones.
[[nodiscard]] double plantedHalfTime(double depth);

/// How much of a factor is learned at a step, 0 (step 0) … 1: a logistic function of log10(step).
/// @param lead  powers of ten by which the half-time is earlier than the planted one
[[nodiscard]] double learned(double depth, std::int64_t step, double lead = 0);

/// Weights of the factors around a depth, Gaussian in the distance, sum of squares 1.
[[nodiscard]] std::vector<double> factorBand(double depth, double width);

/// Values of the factors in every image, images × factors: normal, made uncorrelated with mean 0 and variance 1, so
/// that no factor stands in for another one by chance.
[[nodiscard]] RowMatrix<float> imageFactors(const SimulationOptions& options);

} // namespace brainlike
