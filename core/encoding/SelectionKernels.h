#pragma once

#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"

#include <vector>

namespace brainlike {

/// Kernels of the training rows in every inner fold of one outer fold; they do not depend on the features.
[[nodiscard]] std::vector<PairKernels> rowKernels(const PreparedResponses::Data& responses, std::size_t outer,
                                                  int threads, JobContext& job);

/// The same with the training rows' (whitened) features multiplied in, in one pass over the targets.
[[nodiscard]] std::vector<PairKernels> featureKernels(const PreparedFeatures::Data& features,
                                                      const PreparedResponses::Data& responses, std::size_t outer,
                                                      int threads, JobContext& job);

/// Multiplies the training rows' features into kernels of rows; `training` in the kernels' order of rows.
[[nodiscard]] PairKernels withFeatures(const PairKernels& kernels, const RowMatrix<double>& whitened,
                                       const Rows& training);

/// Selection score of every λ in one pair, larger is better: R² averaged over the targets, or the negative mean squared
/// error in units of the responses. NaN where no target takes part.
///
/// Source: METHODS 5, Σ SSE(λ) = Σ yᵀy − 2 Σᵢ Dᵢ(λ) Tᵢ + D(λ)ᵀ (H ∘ S) D(λ).
[[nodiscard]] Eigen::VectorXd selectionScores(const Decomposition& decomposition, const PairKernels& kernels,
                                              const PreparedResponses::Data& responses);

} // namespace brainlike
