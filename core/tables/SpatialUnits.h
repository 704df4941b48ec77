#pragma once

#include "core/scores/BestLayer.h"
#include "core/stats/Correlation.h"
#include "core/study/AreaDistances.h"
#include "core/study/ScoreFile.h"
#include "core/tables/ScoreSets.h"
#include "core/tables/TableRequest.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace brainlike {

/// What the spatial score of a level is taken over; the same at every checkpoint.
struct SpatialUnits {
    TableLevel level = TableLevel::Area; ///< area, roi (each hemisphere's own) or vertex
    AreaDistances sets;                  ///< of vertices the distances alone
};

/// Units of a level and their d*.
/// @throws as ScoreSets::areas
[[nodiscard]] SpatialUnits spatialUnits(const ScoreSets& sets, TableLevel level);

/// Layers of every unit at a checkpoint.
struct UnitLayers {
    RowMatrix<double> mean;            ///< R, layers × units: mean over the unit's vertices; of vertices empty
    BestLayers best;                   ///< of each unit; agreement is NaN
    std::vector<std::uint8_t> counted; ///< not 0: the unit takes part in the spatial score
    Correlation spatial;               ///< the spatial score
};

/// The rows of `brainlike scores --what best-layer` and `spatial` at one checkpoint.
///
/// @param recording  index of one subject's recording; nothing: the group's mean
/// @throws what reading the scores throws
/// Source: METHODS 6 "Best layer", "Spatial score".
[[nodiscard]] UnitLayers unitLayers(const ScoreFile& scores, const SpatialUnits& units, int model, int step,
                                    std::optional<int> recording);

/// T_max of every layer at a checkpoint, s (NaN: none), and the temporal score.
struct LayerTimes {
    std::vector<double> times;
    Correlation temporal;
};

/// The rows of `brainlike scores --what temporal` at one checkpoint.
///
/// @param recording  index of one subject's MEG recording; nothing: the group's mean
/// @throws what reading the scores throws
/// Source: METHODS 6 "T_max(k)", "Temporal score".
[[nodiscard]] LayerTimes layerTimes(const ScoreFile& scores, int model, int step, std::optional<int> recording);

} // namespace brainlike
