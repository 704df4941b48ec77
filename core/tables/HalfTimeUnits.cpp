#include "core/tables/HalfTimeUnits.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/tables/HalfTimeIntervals.h"
#include "core/tables/ScoreCurves.h"
#include "core/tables/ScoreTables.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace brainlike {
namespace {

/// d* of areas, or of ROIs of a hemisphere and, as their mean, of both.
std::map<std::string, double> distancesOf(const TableScope& scope) {
    const bool areRois = scope.level() == TableLevel::Roi;
    const AreaDistances& found = areRois ? scope.sets().hemisphereRois() : scope.sets().areas();
    std::map<std::string, double> distances;
    std::map<std::string, std::vector<double>> ofBoth;
    for (std::size_t set = 0; set < found.areas.size(); ++set) {
        const std::string& id = found.areas.ids[set];
        distances[id] = found.distances[set];
        if (areRois)
            ofBoth[id.substr(id.find(':') + 1)].push_back(found.distances[set]);
    }
    for (const auto& [name, sides] : ofBoth)
        distances[name] = sides.size() == 2 ? (sides[0] + sides[1]) / 2 : sides[0];
    return distances;
}

std::map<std::string, double> middlesOf(const TableScope& scope) {
    std::map<std::string, double> middles;
    for (const TimeWindow& window : scope.sets().windowDefinitions())
        middles[window.name] = (window.start + window.end) / 2;
    return middles;
}

/// Where the units lie; none, and the reason, without a template that tells.
std::map<std::string, double> placesOf(const TableScope& scope, std::string& reason) {
    try {
        return scope.level() == TableLevel::Window ? middlesOf(scope) : distancesOf(scope);
    } catch (const NotFoundError& error) {
        reason = error.details().what;
        return {};
    }
}

/// Nothing without a sphere to look for it on.
std::optional<VertexId> centreOf(const TableScope& scope, const std::vector<int>& members) {
    if (members.empty())
        return std::nullopt;
    try {
        return scope.sets().centreOf(members);
    } catch (const NotFoundError&) {
        return std::nullopt;
    }
}

TableLevel unitLevelOf(const TableRequest& request) {
    checkRequest(request);
    for (const auto level : {TableLevel::Roi, TableLevel::Area, TableLevel::Window})
        if (request.level == nameOf(level))
            return level;
    throw UsageError({.what = "Half-times are shown of ROIs, areas or windows",
                      .expected = "level roi, area or window",
                      .found = request.level});
}

Correlation withPlace(const HalfTimeUnits& result) {
    std::vector<double> places, halves;
    for (const HalfTimeUnit& unit : result.units) {
        const bool isOfBoth = result.level == TableLevel::Roi && unit.id.find(':') == std::string::npos;
        if (isOfBoth)
            continue;
        places.push_back(unit.place);
        halves.push_back(unit.halfTime.step);
    }
    return correlate(places, halves);
}

} // namespace

std::vector<MetricHalfTimes> metricHalfTimes(const TableScope& scope, int model, JobContext& job) {
    std::vector<MetricHalfTimes> result;
    const auto& steps = scope.model(model).steps;
    for (const auto& curves : scoreCurves(scope, model, job)) {
        MetricHalfTimes found{.metric = curves.metric, .ids = curves.ids, .halfTimes = {}, .intervals = {}};
        for (Eigen::Index set = 0; set < curves.values.rows(); ++set)
            found.halfTimes.push_back(halfTime(steps, {curves.values.row(set).data(), steps.size()}));
        found.noInterval = reasonWithoutInterval(scope, curves.metric);
        if (found.noInterval.empty())
            found.intervals = halfTimeIntervals(scope, model, curves.metric, job);
        for (std::size_t set = 0; set < found.intervals.size(); ++set)
            if (found.halfTimes[set].status != HalfTimeStatus::Ok)
                found.intervals[set] = {};
        result.push_back(std::move(found));
    }
    return result;
}

HalfTimeUnits halfTimeUnits(const ScoreFile& scores, const TableRequest& request, JobContext& job) {
    const TableLevel level = unitLevelOf(request);
    const auto kind = level == TableLevel::Window ? RecordingKind::Meg : RecordingKind::Fmri;
    const TableScope scope(scores, request, level, {kind});
    const int model = scope.models().front();
    const auto found = metricHalfTimes(scope, model, job).front();
    HalfTimeUnits result{.level = level,
                         .units = {},
                         .firstStep = scope.model(model).steps.front(),
                         .lastStep = scope.model(model).steps.back(),
                         .noInterval = found.noInterval};
    const auto places = placesOf(scope, result.noPlace);
    const DimensionGroups& sets = scope.sets().of(kind, level);
    for (std::size_t set = 0; set < found.ids.size(); ++set) {
        const auto place = places.find(found.ids[set]);
        const auto members = std::ranges::find(sets.ids, found.ids[set]);
        HalfTimeUnit unit{.id = found.ids[set], .halfTime = found.halfTimes[set]};
        if (!found.intervals.empty())
            unit.interval = found.intervals[set];
        if (place != places.end())
            unit.place = place->second;
        if (kind == RecordingKind::Fmri && members != sets.ids.end())
            unit.members = sets.members[static_cast<std::size_t>(members - sets.ids.begin())];
        unit.centre = centreOf(scope, unit.members);
        unit.areas = scope.sets().areasOf(level, unit.id);
        result.units.push_back(std::move(unit));
    }
    result.againstPlace = withPlace(result);
    return result;
}

HalfTimeDifference halfTimeDifference(const HalfTime& a, const HalfTime& b) {
    HalfTimeDifference difference{.steps = a.step - b.step};
    if (a.step > 0 && b.step > 0)
        difference.doublings = std::log2(a.step / b.step);
    return difference;
}

const HalfTimeUnit* unitOf(const HalfTimeUnits& units, std::string_view id) {
    const auto found = std::ranges::find(units.units, id, &HalfTimeUnit::id);
    return found == units.units.end() ? nullptr : &*found;
}

HalfTimeComparison compareHalfTimes(const HalfTimeUnits& a, const HalfTimeUnits& b, std::span<const int> shown) {
    HalfTimeComparison result;
    std::vector<double> doublings;
    for (const int at : shown) {
        const HalfTimeUnit& unit = a.units.at(static_cast<std::size_t>(at));
        const HalfTimeUnit* other = unitOf(b, unit.id);
        const auto difference = other ? halfTimeDifference(unit.halfTime, other->halfTime) : HalfTimeDifference{};
        if (!std::isfinite(difference.steps))
            continue;
        ++result.both;
        result.earlier += difference.steps < 0 ? 1 : 0;
        if (std::isfinite(difference.doublings))
            doublings.push_back(difference.doublings);
    }
    if (doublings.empty())
        return result;
    std::ranges::sort(doublings);
    const std::size_t middle = doublings.size() / 2;
    result.medianDoublings =
        doublings.size() % 2 == 1 ? doublings[middle] : (doublings[middle - 1] + doublings[middle]) / 2;
    return result;
}

} // namespace brainlike
