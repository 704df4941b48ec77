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

/// The same of trials that come image by image, in one pass, and need not be z-scored: each dimension's variance over
/// all trials (ddof 0) stands for 1.
class RepeatedTrials {
public:
    explicit RepeatedTrials(std::size_t dimensions);

    /// All trials of one image, trials × dimensions; NaN is skipped.
    /// @throws ShapeError for another number of dimensions
    void addImage(const RowMatrix<float>& trials);

    /// Of every dimension; NaN where no image has two trials or the dimension does not vary.
    [[nodiscard]] std::vector<double> snr() const;
    /// Noise ceiling of responses averaged over the trials of each image: 1/k is averaged over the images, for they may
    /// differ in k.
    [[nodiscard]] std::vector<double> ceiling() const;

private:
    struct Dimension {
        double n = 0, mean = 0, squares = 0;    ///< of all trials
        double withinSum = 0, withinImages = 0; ///< variances over the trials of images that have two
        double inverseSum = 0, images = 0;      ///< 1 / trials of each image
    };
    std::vector<Dimension> m_dimensions;
};

} // namespace brainlike
