#pragma once

#include "core/encoding/Ridge.h"

#include <cstdint>
#include <string>
#include <vector>

namespace brainlike {

/// One of the feature spaces that predict together.
struct FeatureSpace {
    std::string name;         ///< in messages: the file it comes from, or its role
    RowMatrix<double> values; ///< images × features; row-major, any scale
};

/// What a banded ridge adds to RidgeOptions: which weights γ of the feature spaces are tried.
struct BandedOptions {
    int samples = 100;         ///< rows of simplexSamples(); the first is equal weights
    std::uint64_t seed = 0;    ///< of the random search
    RowMatrix<double> weights; ///< not empty: these γ instead, [samples × spaces], each row ≥ 0 and not all 0
};

/// Outcome of a banded ridge of m targets. "Columns": 1 in LambdaMode::Global, m in PerTarget.
struct BandedResult {
    RidgeResult ridge; ///< of the joint prediction. `alphas` are λ before division by γ; with keepInner, `innerScores`
                       ///< are [outer × samples × λ] (global), or of the best λ [outer × samples × m] (per target)
    RowMatrix<double> weights;       ///< [samples × spaces] γ tried
    RowMatrix<double> chosenWeights; ///< [outer·spaces × columns] γ chosen; NaN where none could be
    RowMatrix<double> bandAlphas;    ///< [outer·spaces × columns] λ/γ: each space's own λ; infinite where γ is 0
    RowMatrix<double> splitScores;   ///< [spaces × m] each space's part of the score, mean over outer folds
    RowMatrix<double> splitR2;       ///< [spaces × m] each space's part of the explained variance, likewise
};

/// Banded ridge: ridge regression on several feature spaces at once, each with its own λ, nested in the same folds as
/// fitRidge.
///
/// Each space is standardised as in fitRidge and scaled by √γ; for every γ of the search and every λ of the grid the
/// inner folds of each outer training set give a score, by which γ and λ are chosen together, for all targets or for
/// each (RidgeOptions::lambdaMode; a tie takes the earlier γ, then the smaller λ). With one space it is fitRidge.
///
/// The joint prediction is the sum of the spaces' predictions ŷ = Σ ŷ_b. Parts of a test fold, sums over its rows and
/// all centred there: of r, Σ yŷ_b / √(Σy² Σŷ²); of the explained variance (product measure), Σ(2y − ŷ)ŷ_b / Σy².
/// They add up to the whole and may be negative.
/// @throws ShapeError when the spaces or the responses differ in rows (naming both) or there are fewer rows than folds;
///         ValueError on NaN/Inf, when all columns of a space are constant in an outer training set (naming the space),
///         or on weights or options that cannot be used; CancelledError
/// Source: himalaya's `solve_group_ridge_random_search`, `correlation_score_split` and `r2_score_split`; Dupré la Tour,
/// Eickenberg, Nunez-Elizalde & Gallant 2022, "Feature-space selection with banded ridge regression".
[[nodiscard]] BandedResult fitBandedRidge(const std::vector<FeatureSpace>& spaces, const RowMatrix<float>& responses,
                                          const RidgeOptions& options, const BandedOptions& banded, JobContext& job);
[[nodiscard]] BandedResult fitBandedRidge(const std::vector<FeatureSpace>& spaces, const RowMatrix<double>& responses,
                                          const RidgeOptions& options, const BandedOptions& banded, JobContext& job);

} // namespace brainlike
