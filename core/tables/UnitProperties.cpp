#include "core/tables/UnitProperties.h"

#include "core/base/Error.h"
#include "core/properties/PropertySources.h"

namespace brainlike {

std::vector<Property> propertiesOf(const TableScope& scope) {
    const auto& sets = scope.sets();
    const PropertyTarget target{
        scope.index().templateName, scope.index().vertexCounts, sets.parcellation(),
        [&sets](Hemisphere hemisphere) { return sets.brain().readSurface(hemisphere, SurfaceKind::Sphere); }};
    auto properties = readProperties(scope.request().property.request, target);
    for (const auto& property : properties)
        if (scope.level() == TableLevel::Vertex && !property.isPerVertex)
            throw ValueError({.what = "The property is known for areas alone",
                              .place = property.name + " of " + property.source,
                              .expected = "a value a vertex",
                              .found = property.placement,
                              .advice = "correlate over areas or ROIs: --level area"});
    return properties;
}

std::vector<UnitProperty> unitProperties(const TableScope& scope, const PropertyUnits& units,
                                         const std::vector<Property>& properties) {
    const auto counts = scope.index().vertexCounts;
    std::vector<UnitProperty> result;
    for (const auto& property : properties)
        result.push_back(
            {property.name,
             {isKnownIn(property, counts, Hemisphere::Left), isKnownIn(property, counts, Hemisphere::Right)},
             units.means(property.values)});
    return result;
}

SpinMethod spinMethodOf(const TableScope& scope) {
    return scope.request().property.method.value_or(scope.level() == TableLevel::Vertex ? SpinMethod::AlexanderBloch
                                                                                        : SpinMethod::Vasa);
}

} // namespace brainlike
