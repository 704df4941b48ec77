#pragma once

#include "core/base/Matrix.h"
#include "core/scores/DimensionGroups.h"

#include <optional>
#include <span>
#include <vector>

namespace brainlike {

/// Which layer's R stands for a dimension.
enum class LayerChoice {
    Best,  ///< each dimension's best layer (default)
    Layer, ///< one given layer
    Mean   ///< the mean over the layers that have a value
};

struct SetScoreOptions {
    LayerChoice choice = LayerChoice::Best;
    int layer = 0; ///< with LayerChoice::Layer: index
};

/// Encoding score of a set of dimensions (a whole recording kind, ROI, area, MEG window) at one checkpoint: mean over
/// the dimensions that have a value; NaN where none has.
///
/// @param scores      group R, layers × dimensions
/// @param dimensions  the set; nothing: every dimension
/// @throws ShapeError if a dimension or the layer is not there
/// Source: METHODS 6 "Encoding score of a set".
[[nodiscard]] double encodingScore(const RowMatrix<float>& scores,
                                   std::optional<std::span<const int>> dimensions = std::nullopt,
                                   const SetScoreOptions& options = {});

/// R of every dimension by the choice of layer; NaN where undefined.
[[nodiscard]] std::vector<double> dimensionScores(const RowMatrix<float>& scores, const SetScoreOptions& options = {});

/// Encoding score of several sets at once, from what dimensionScores gives.
/// @throws ShapeError if a set names a dimension that is not there
[[nodiscard]] std::vector<double> encodingScores(std::span<const double> dimensionScores, const DimensionGroups& sets);

/// Mean of the values that are not NaN; NaN where none is.
[[nodiscard]] double finiteMean(std::span<const double> values);
[[nodiscard]] double finiteMean(std::span<const float> values);

/// Largest of the values that are finite; NaN where none is.
[[nodiscard]] double largestFinite(std::span<const double> values);

/// Normalised R̃ = R / max(R), not clipped: above 1 where R is not among those that the maximum is of. NaN where the
/// maximum is ≤ 0 or missing.
/// @param maximum  of R over the axis that is stated with R̃
/// Source: METHODS 6 "Normalised R̃".
[[nodiscard]] double normalised(double score, double maximum);

} // namespace brainlike
