#include "core/tables/PropertyScatter.h"

#include "core/base/Error.h"
#include "core/tables/PropertyMaps.h"
#include "core/tables/ScoreTables.h"
#include "core/tables/UnitProperties.h"

#include <cmath>

namespace brainlike {
namespace {

/// One property and one map of the scores over the units.
struct PropertyPair {
    TableScope scope;
    PropertyUnits units;
    Property property;
    UnitProperty ofUnits;
    ScoreMap map;

    PropertyPair(const ScoreFile& scores, const TableRequest& request, JobContext& job)
        : scope(scores, request, levelOf(request), {RecordingKind::Fmri}), units(scope),
          property(firstOf(propertiesOf(scope))), ofUnits(unitProperties(scope, units, {property}).front()),
          map(firstOf(scoreMaps(scope, units, firstOf(scope.models()), job))) {}

    static TableLevel levelOf(const TableRequest& request) {
        checkRequest(request);
        if (request.level == nameOf(TableLevel::Area) || request.level == nameOf(TableLevel::Roi))
            return request.level == nameOf(TableLevel::Area) ? TableLevel::Area : TableLevel::Roi;
        throw UsageError({.what = "Points are areas or ROIs", .expected = "level area or roi", .found = request.level});
    }
    template <typename Item>
    static Item firstOf(const std::vector<Item>& items) {
        if (items.empty())
            throw NotFoundError({.what = "There is no property or map to correlate"});
        return items.front();
    }
};

std::vector<ScatterPoint> pointsOf(const PropertyPair& pair) {
    std::vector<ScatterPoint> points;
    for (std::size_t unit = 0; unit < pair.units.size(); ++unit) {
        const double property = pair.ofUnits.values[unit];
        const double map = pair.map.values[unit];
        if (!pair.units.isObserved(unit) || !std::isfinite(property) || !std::isfinite(map))
            continue;
        const auto& members = pair.units.sets().members[unit];
        const auto& id = pair.units.sets().ids[unit];
        points.push_back({.id = id,
                          .vertices = members,
                          .areas = pair.scope.sets().areasOf(pair.scope.level(), id),
                          .centre = pair.scope.sets().centreOf(members),
                          .property = property,
                          .map = map});
    }
    return points;
}

} // namespace

PropertyScatter propertyScatter(const ScoreFile& scores, const TableRequest& request, JobContext& job) {
    const PropertyPair pair(scores, request, job);
    PropertyScatter result{.property = pair.property,
                           .map = pair.map.kind,
                           .step = pair.map.step,
                           .points = pointsOf(pair),
                           .unitCount = 0,
                           .correlation = correlate(pair.ofUnits.values, pair.map.values)};
    result.property.values.clear();
    for (std::size_t unit = 0; unit < pair.units.size(); ++unit)
        if (pair.units.isObserved(unit) && pair.ofUnits.sides[static_cast<std::size_t>(pair.units.hemisphere(unit))])
            ++result.unitCount;
    return result;
}

SpinTest propertySpins(const ScoreFile& scores, const TableRequest& request,
                       const std::function<void(std::span<const double>)>& onNull, JobContext& job) {
    const PropertyPair pair(scores, request, job);
    const auto& choice = request.property;
    return spinTest(pair.units.only(pair.ofUnits.sides, pair.ofUnits.values),
                    pair.units.only(pair.ofUnits.sides, pair.map.values), pair.units.points(pair.ofUnits.sides),
                    SpinRotations(choice.spins, request.bootstrap.seed), spinMethodOf(pair.scope),
                    {.spun = SpunMap::First, .threads = choice.threads, .onNull = onNull}, job);
}

} // namespace brainlike
