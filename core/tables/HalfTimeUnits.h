#pragma once

#include "core/base/JobContext.h"
#include "core/scores/HalfTime.h"
#include "core/stats/Bootstrap.h"
#include "core/stats/Correlation.h"
#include "core/study/ScoreFile.h"
#include "core/tables/CurveMetric.h"
#include "core/tables/TableScope.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Half-times of the sets of a level for one score of one model, as the table `half-time` has them.
struct MetricHalfTimes {
    CurveMetric metric = CurveMetric::EncodingFmri;
    std::vector<std::string> ids;             ///< "all", areas, ROIs, windows, vertices
    std::vector<HalfTime> halfTimes;          ///< one a set
    std::vector<BootstrapInterval> intervals; ///< one a set, of those that have a half-time; empty: see `noInterval`
    std::string noInterval;                   ///< why there are none; empty where there are
};

/// All scores of the scope's level.
/// @throws as scoreCurves and halfTimeIntervals
[[nodiscard]] std::vector<MetricHalfTimes> metricHalfTimes(const TableScope& scope, int model, JobContext& job);

/// Half-time of one ROI, area or MEG window, and where that lies.
struct HalfTimeUnit {
    std::string id; ///< "lh:V1"; "V1" for an ROI of both hemispheres; a window's name
    HalfTime halfTime;
    BootstrapInterval interval;                              ///< steps; NaN where there is none
    double place = std::numeric_limits<double>::quiet_NaN(); ///< d* from V1, mm, of both hemispheres their mean; of a
                                                             ///< window its middle, s
    std::optional<VertexId> centre;                          ///< vertex in the middle of it; none for windows
    std::vector<int> members;                                ///< flat indices of vertices; empty for windows
    std::vector<std::string> areas;                          ///< that it is made of, as ScoreSets::areasOf
};

/// Half-times of a model over ROIs, areas or MEG windows.
struct HalfTimeUnits {
    TableLevel level = TableLevel::Roi;
    std::vector<HalfTimeUnit> units;
    std::int64_t firstStep = 0, lastStep = 0; ///< checkpoints they go from and to
    std::string noInterval;                   ///< why no unit has an interval; empty where they have
    std::string noPlace;                      ///< why no unit has a place; empty where they have
    /// Of the half-time with the place, over the units of single hemispheres, or the windows, that have both.
    Correlation againstPlace;
};

/// The units of the first model of a request for the table `half-time`, at the level roi, area or window.
/// @throws as sendScoreTable; UsageError for another level
[[nodiscard]] HalfTimeUnits halfTimeUnits(const ScoreFile& scores, const TableRequest& request, JobContext& job);

/// How half-times of two models (or layers, or subjects) differ.
struct HalfTimeDifference {
    double steps = std::numeric_limits<double>::quiet_NaN();     ///< A − B, training steps
    double doublings = std::numeric_limits<double>::quiet_NaN(); ///< log2(A / B): −1 is in half the steps
};

/// A − B of one unit; NaN where one of them has no half-time, as the log of one that is 0.
[[nodiscard]] HalfTimeDifference halfTimeDifference(const HalfTime& a, const HalfTime& b);

/// A − B over all units that have a half-time in both.
struct HalfTimeComparison {
    int both = 0;                                                      ///< units with both
    int earlier = 0;                                                   ///< of these, A before B
    double medianDoublings = std::numeric_limits<double>::quiet_NaN(); ///< log2(A / B)
};
/// @param shown  indices of the units of A that count; units are matched by their ids
[[nodiscard]] HalfTimeComparison compareHalfTimes(const HalfTimeUnits& a, const HalfTimeUnits& b,
                                                  std::span<const int> shown);
/// The unit of an id; null where there is none.
[[nodiscard]] const HalfTimeUnit* unitOf(const HalfTimeUnits& units, std::string_view id);

} // namespace brainlike
