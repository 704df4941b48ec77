#pragma once

#include "core/base/JobContext.h"
#include "core/properties/Property.h"
#include "core/stats/Correlation.h"
#include "core/stats/SpinTest.h"
#include "core/study/ScoreFile.h"
#include "core/surface/Hemisphere.h"
#include "core/tables/TableRequest.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// One area or ROI in the plane of a property and a map of the scores.
struct ScatterPoint {
    std::string id;                 ///< "lh:V1"
    std::vector<int> vertices;      ///< flat indices
    std::vector<std::string> areas; ///< that it is made of, as ScoreSets::areasOf
    VertexId centre;                ///< its vertex nearest to the middle of it on the sphere
    double property = 0, map = 0;
};

/// What a row of the table `property` correlates, point by point.
struct PropertyScatter {
    Property property; ///< without its values
    PropertyMapKind map = PropertyMapKind::HalfTime;
    std::optional<std::int64_t> step; ///< nothing for the half-time
    std::vector<ScatterPoint> points; ///< those that have both
    int unitCount = 0;                ///< areas or ROIs there are, on the hemispheres the property is known in
    Correlation correlation;
};

/// The first property, map and model of a request for the table `property`, at the level area or roi.
/// @throws as sendScoreTable
[[nodiscard]] PropertyScatter propertyScatter(const ScoreFile& scores, const TableRequest& request, JobContext& job);

/// The spin test of the same, as the table has it.
/// @param onNull  as SpinTestOptions
[[nodiscard]] SpinTest propertySpins(const ScoreFile& scores, const TableRequest& request,
                                     const std::function<void(std::span<const double>)>& onNull, JobContext& job);

} // namespace brainlike
