#pragma once

#include "core/base/Matrix.h"

#include <span>
#include <vector>

namespace brainlike {

/// Noise ceiling on the correlation scale: sqrt(ncsnr² / (ncsnr² + 1/repeats)). NaN for a NaN or negative ncsnr.
///
/// @throws ValueError if repeats ≤ 0
/// Source: METHODS 6 "Noise ceiling" (Allen et al. 2022).
[[nodiscard]] double noiseCeiling(double ncsnr, double repeats);

/// Noise-ceiling signal-to-noise ratio of every dimension from repeated presentations, as NSD computes it: noise
/// variance is the mean over images of the variance over repeats (ddof 1), signal variance max(0, 1 − noise). NaN
/// trials are skipped; NaN where no image has two repeats; infinite where repeats are identical.
///
/// @param trials        z-scored responses, trials × dimensions
/// @param imageOfTrial  image index of each trial, any numbering
/// @throws ShapeError if the sizes differ
[[nodiscard]] std::vector<double> noiseCeilingSnr(const RowMatrix<float>& trials, std::span<const int> imageOfTrial);

} // namespace brainlike
