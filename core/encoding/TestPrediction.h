#pragma once

#include "core/encoding/FeatureData.h"

#include <Eigen/Core>
#include <vector>

namespace brainlike {

/// λ of each outer fold as index into the grid, for all targets ([outer × 1]) or for each ([outer × targets]); −1:
/// none.
using AlphaIndices = RowMatrix<int>;

/// Predicted responses of some images, each from the fit of the outer fold that leaves it out, in the units of the
/// responses, in double precision. Their correlation with the responses is the fit's score.
///
/// @param responses  images × targets, finite
/// @param wanted     images to predict
/// @returns wanted × targets; NaN without λ
/// @throws ShapeError if rows or λ do not fit; CancelledError
/// Source: METHODS 5 "Ridge encoding".
[[nodiscard]] RowMatrix<double> predictTestRows(const PreparedFeatures::Data& features,
                                                const RowMatrix<double>& responses, const AlphaIndices& alphas,
                                                const Rows& wanted, const JobContext& job = {});

/// Outer fold in whose test block each row is.
[[nodiscard]] std::vector<int> outerFoldOfRows(const FoldPlan& plan);

} // namespace brainlike
