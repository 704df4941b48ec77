#pragma once

#include "core/base/JobContext.h"
#include "core/tables/PropertyUnits.h"
#include "core/tables/TableScope.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace brainlike {

/// A map of the scores that is correlated with properties.
struct ScoreMap {
    PropertyMapKind kind = PropertyMapKind::HalfTime;
    std::optional<std::int64_t> step; ///< nothing for the half-time, which is over all checkpoints
    std::vector<double> values;       ///< a unit; NaN where there is none
};

/// Not 0 for the vertices that pass FDR at their best layer at a step (METHODS 6), of the scope's subject.
/// @throws what reading the scores throws
[[nodiscard]] std::vector<std::uint8_t> significantVertices(const TableScope& scope, int model, int step);

/// The maps that are wanted of a model, a value a unit: the half-time (steps) of the encoding score where it has one,
/// the encoding score, or the relative depth of the best layer (of areas and ROIs that of their mean R). At the level
/// vertex only those that pass FDR at the step, or the last step for the half-time (METHODS 6).
/// @throws what reading the scores throws; CancelledError
[[nodiscard]] std::vector<ScoreMap> scoreMaps(const TableScope& scope, const PropertyUnits& units, int model,
                                              JobContext& job);

} // namespace brainlike
