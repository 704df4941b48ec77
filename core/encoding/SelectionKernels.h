#pragma once

#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/SharedProducts.h"

#include <memory>
#include <vector>

namespace brainlike {

/// Kernels of every inner fold of one outer fold, summed over responses that may come in chunks. Tiles are added in an
/// order that depends on sizes alone: the sums are the same bits for any chunks and any number of threads.
class KernelSums {
public:
    /// @param features  multiplied into the training rows; nullptr: kernels of the rows themselves
    /// @param products  of features and responses that outer folds share, or nullptr; then there is one chunk alone
    KernelSums(const ResponseOutline& responses, const PreparedFeatures::Data* features, std::size_t outer,
               const FitProducts* products = nullptr);
    ~KernelSums();
    KernelSums(KernelSums&&) noexcept;
    KernelSums& operator=(KernelSums&&) = delete;

    /// Adds the tiles of a chunk; chunks have to come in order.
    void add(const PreparedResponses::Data& chunk, int threads, const JobContext& job);
    /// The sums, once all chunks are added; empties this.
    [[nodiscard]] std::vector<PairKernels> take(int threads);

    struct Parts;

private:
    std::unique_ptr<Parts> m_parts;
};

/// Kernels of the training rows in every inner fold of one outer fold; they do not depend on the features.
[[nodiscard]] std::vector<PairKernels> rowKernels(const PreparedResponses::Data& responses, std::size_t outer,
                                                  int threads, const JobContext& job);

/// The same with the training rows' (whitened) features multiplied in, in one pass over the targets.
[[nodiscard]] std::vector<PairKernels> featureKernels(const PreparedFeatures::Data& features,
                                                      const PreparedResponses::Data& responses, std::size_t outer,
                                                      int threads, const JobContext& job);

/// Multiplies the training rows' features into kernels of rows; `training` in the kernels' order of rows.
[[nodiscard]] PairKernels withFeatures(const PairKernels& kernels, const PreparedFeatures::Data& features,
                                       const Rows& training);

/// Selection score of every λ in one pair, larger is better: R² averaged over the targets, or the negative mean squared
/// error in units of the responses. NaN where no target takes part.
///
/// @param threads  the answer does not depend on it
///
/// Source: METHODS 5, Σ SSE(λ) = Σ yᵀy − 2 Σᵢ Dᵢ(λ) Tᵢ + D(λ)ᵀ (H ∘ S) D(λ).
[[nodiscard]] Eigen::VectorXd selectionScores(const InnerDecomposition& decomposition, const PairKernels& kernels,
                                              const ResponseOutline& responses, int threads = 1);

/// Into how many parts the tiles are divided, each with sums of its own; depends on sizes alone.
///
/// @param size   rows of a kernel
/// @param folds  inner folds
[[nodiscard]] Eigen::Index kernelParts(Eigen::Index tiles, Eigen::Index size, std::size_t folds);

} // namespace brainlike
