#pragma once

#include "core/encoding/FeatureData.h"
#include "core/encoding/OuterPrediction.h"
#include "core/encoding/ResponseData.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// What the choice of λ found.
struct AlphaChoice {
    ChosenAlphas global; ///< [outer] index of λ, −1 where every score is undefined; empty in PerTarget
    std::vector<std::vector<int>> targets; ///< [outer][kept target], likewise; empty in Global
    std::vector<double> innerScores;       ///< with keepInner, as RidgeResult::innerScores
};

/// Part of the whole job that a step reports on.
struct JobShare {
    JobContext& job;
    double first = 0;
    double last = 1;

    void report(double fraction, std::string_view text) const { job.report(first + fraction * (last - first), text); }
};

/// The result in the order of the caller's targets, with counts and warnings.
[[nodiscard]] RidgeResult resultOf(const PreparedFeatures::Data& features, const ResponseOutline& responses,
                                   AlphaChoice choice, const RowMatrix<double>& scores);

/// What the progress says while λ is chosen for an outer fold.
[[nodiscard]] std::string choosingText(std::size_t outer, std::size_t folds);

/// fitRidge on prepared parts; all folds of the features are kept.
///
/// @param productMemory  bytes that may hold what outer folds can share, beyond fitBytes(); 0: each fold by itself
[[nodiscard]] RidgeResult fitPrepared(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                                      const RidgeOptions& options, JobContext& job, double productMemory = 0);

/// Fits features whose folds are decomposed in turn to recordings of the same images: each fold is decomposed once for
/// all of them. The same bits as fitPrepared.
///
/// @param folds     outer folds whose inner folds are decomposed at a time
/// @param finished  called with the place of a recording and its result, in order
void fitInTurn(PreparedFeatures& features, std::span<const PreparedResponses::Data* const> responses,
               const RidgeOptions& options, std::size_t folds, JobContext& job, double productMemory,
               const std::function<void(std::size_t, RidgeResult)>& finished);

} // namespace brainlike
