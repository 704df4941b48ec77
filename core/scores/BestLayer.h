#pragma once

#include "core/base/Matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Best layer of every dimension.
struct BestLayers {
    std::vector<std::int16_t> layer; ///< index of the layer with the highest score; −1 where none is finite
    std::vector<float> score;        ///< its score; NaN where there is none
    std::vector<float> margin;       ///< score minus the runner-up's; NaN with fewer than two finite layers
    std::vector<float> agreement;    ///< share of the subjects with a best layer whose best layer is this one
};

/// Best layer of every dimension from the group mean; ties take the earlier layer.
///
/// @param mean      group mean scores, layers × dimensions, layers by ascending depth
/// @param subjects  each subject's scores, same shape; empty: agreement is NaN
/// @throws ShapeError if shapes differ or there are no layers
/// Source: METHODS 6 "Best layer".
[[nodiscard]] BestLayers bestLayers(const RowMatrix<float>& mean, std::span<const RowMatrix<float>> subjects);
[[nodiscard]] BestLayers bestLayers(const RowMatrix<double>& mean, std::span<const RowMatrix<double>> subjects);

/// Mean over subjects, dimension by dimension; NaN values are skipped.
///
/// @param subjects  each layers × dimensions
/// @throws ShapeError if shapes differ or there is no subject
[[nodiscard]] RowMatrix<float> subjectMean(std::span<const RowMatrix<float>> subjects);

} // namespace brainlike
