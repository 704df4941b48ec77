#pragma once

#include "core/base/JobContext.h"
#include "core/stats/Bootstrap.h"
#include "core/tables/PropertyMaps.h"
#include "core/tables/SpatialUnits.h"
#include "core/tables/TableScope.h"
#include "core/tables/UnitProperties.h"

#include <span>
#include <vector>

namespace brainlike {

// Bootstrap intervals over subjects of correlations (METHODS 7 "Error bars"): each resample's map is computed from the
// mean R of its subjects and correlated as the group's. At the level vertex over the vertices that pass FDR in the
// group, so that all resamples are about the same ones. NaN where there can be none (reasonWithoutResamples). All throw
// what reading the scores throws, and CancelledError.

/// Of the spatial score, one a step.
[[nodiscard]] std::vector<BootstrapInterval> spatialIntervals(const TableScope& scope, const SpatialUnits& units,
                                                              int model, std::span<const int> steps, JobContext& job);

/// Of the temporal score, one a step.
[[nodiscard]] std::vector<BootstrapInterval> temporalIntervals(const TableScope& scope, int model,
                                                               std::span<const int> steps, JobContext& job);

/// Of the correlation of maps of the scores with properties, [map][property].
[[nodiscard]] std::vector<std::vector<BootstrapInterval>>
propertyIntervals(const TableScope& scope, const PropertyUnits& units, const std::vector<UnitProperty>& properties,
                  int model, const std::vector<ScoreMap>& maps, JobContext& job);

} // namespace brainlike
