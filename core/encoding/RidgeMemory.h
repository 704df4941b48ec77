#pragma once

#include "core/encoding/FoldPlan.h"
#include "core/encoding/RidgeOptions.h"

#include <cstddef>

namespace brainlike {

// How much memory the parts of a fit take, in bytes, told from sizes alone. A little more than they really take; a test
// holds them against what is really allocated.

/// Sizes that a fit's memory depends on.
struct FitSizes {
    const FoldPlan& plan;
    const RidgeOptions& options;
    Eigen::Index columns = 0;      ///< features
    Eigen::Index targets = 0;      ///< of the recording
    int threads = 1;               ///< that work on this fit
    std::size_t foldsTogether = 1; ///< outer folds whose λ is chosen at once
    bool hasRowKernels = false;    ///< the responses share theirs with all layers
    std::size_t foldsInTurn = 0;   ///< outer folds decomposed at a time (FoldDepth::InTurn); 0: all folds are kept
};

/// PreparedFeatures, as they stay while λ is chosen and while test rows are predicted.
[[nodiscard]] double preparedFeatureBytes(const FitSizes& sizes);
/// What preparing features, and decomposing them in turn, takes besides what stays, with the features themselves (as
/// double).
[[nodiscard]] double preparingFeatureBytes(const FitSizes& sizes);

/// Tiles of responses.
[[nodiscard]] double responseTileBytes(const FitSizes& sizes, Eigen::Index tiles);
/// What summing the row kernels of one outer fold takes; the kernels of the other folds not counted.
[[nodiscard]] double rowKernelSumBytes(const FitSizes& sizes);

/// What a fit takes besides prepared features and responses, at its peak, with its result.
[[nodiscard]] double fitBytes(const FitSizes& sizes);
/// The part of fitBytes that a fit keeps between its chunks.
[[nodiscard]] double keptFitBytes(const FitSizes& sizes);
/// The part of fitBytes that a fit keeps while other fits go on to the same fold.
[[nodiscard]] double waitingFitBytes(const FitSizes& sizes);

/// What the library of matrix products keeps for every thread that calls it.
[[nodiscard]] double productBufferBytes(const FitSizes& sizes);

} // namespace brainlike
