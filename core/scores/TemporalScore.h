#pragma once

#include "core/base/Matrix.h"
#include "core/stats/Correlation.h"

#include <span>
#include <vector>

namespace brainlike {

/// Mean over channels at every time; NaN values are skipped.
///
/// @param scores  layers × (channel × time, channel-major)
/// @returns layers × times
/// @throws ShapeError if the columns are not a multiple of `timeCount`
[[nodiscard]] RowMatrix<double> channelMeans(const RowMatrix<float>& scores, int timeCount);

/// T_max of every layer: mean of the sampled times ≥ 0 at which R is at least 95 % of its maximum over those times, s;
/// NaN where that maximum is ≤ 0 or there is none.
///
/// @param courses  R averaged over subjects and channels, layers × times
/// @param times    s, size of the columns
/// @throws ShapeError if the sizes differ
/// Source: METHODS 6 "T_max(k)".
[[nodiscard]] std::vector<double> timesOfMaximum(const RowMatrix<double>& courses, std::span<const double> times);

/// Temporal score: Pearson correlation between depth and T_max over the layers that have one.
///
/// @throws ShapeError if the sizes differ
/// Source: METHODS 6 "Temporal score".
[[nodiscard]] Correlation temporalScore(std::span<const double> layerDepths, std::span<const double> timesOfMaximum);

} // namespace brainlike
