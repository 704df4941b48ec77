#pragma once

#include "core/base/JobContext.h"
#include "core/stats/Bootstrap.h"
#include "core/tables/ScoreCurves.h"
#include "core/tables/TableScope.h"

#include <string>
#include <vector>

namespace brainlike {

/// Why there is no interval of a metric; empty where there is one.
[[nodiscard]] std::string reasonWithoutInterval(const TableScope& scope, CurveMetric metric);

/// Bootstrap intervals over subjects of the half-times of a metric, one a set (or vertex) of the scope's level, steps.
/// Each resample's group R is the mean over its subjects, and the score is computed from that as from the group's;
/// a resample whose half-time is at or before the first checkpoint counts as −∞, one without a half-time as +∞ (it is
/// not reached), so that an end of an interval may be censored too. Reads a few checkpoints at a time, a block of
/// dimensions each (at the level vertex, a few blocks of vertices at all checkpoints); the same for any number of
/// processors.
///
/// @throws what reading the scores and, for the spatial score, the template throws; CancelledError
/// Source: METHODS 7 "Error bars".
[[nodiscard]] std::vector<BootstrapInterval> halfTimeIntervals(const TableScope& scope, int model, CurveMetric metric,
                                                               JobContext& job);

} // namespace brainlike
