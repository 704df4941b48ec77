#pragma once

#include "core/study/ScoreSource.h"
#include "views/layers/LayerScores.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace brainlike {

/// "block_07 · R 0.312 ± 0.010".
[[nodiscard]] QString layerScoreText(const ScoredModel& model, const LayerProfile& profile, int layer);

/// The winner and its margin, or the selected layer.
[[nodiscard]] QString profileText(const ScoredModel& model, const LayerProfile& profile, std::optional<int> selected);

/// Half-time of a trajectory, or why there is none.
/// @param values  a value a checkpoint; NaN: not computed
[[nodiscard]] QString trajectoryText(const std::vector<std::int64_t>& steps, const std::vector<double>& values);

/// A − B at the layers of A that B has one of the same depth of.
struct LayerDifferences {
    std::vector<int> layers, others; ///< indices of A's layers and of B's
    std::vector<double> values;      ///< NaN where one of both is not computed
};

[[nodiscard]] LayerDifferences layerDifferences(const ScoredModel& a, const LayerProfile& ofA, const ScoredModel& b,
                                                const LayerProfile& ofB);

/// Where A and B differ most, or that they have no layers in common.
[[nodiscard]] QString differenceText(const ScoredModel& a, const LayerDifferences& differences);

/// "+0.021": a difference of scores.
[[nodiscard]] QString signedScoreText(double difference);

} // namespace brainlike
