#include "core/tables/UnitProperties.h"

#include "core/base/Error.h"
#include "core/properties/PropertySources.h"
#include "core/properties/PublishedProperties.h"

#include <algorithm>
#include <iterator>

namespace brainlike {

namespace {

/// Published means are of the areas of the template's own parcellation, whatever they are compared over.
std::vector<Property> readOne(const TableScope& scope, const std::string& source, bool isPublished) {
    const auto& sets = scope.sets();
    const PropertyTarget target{
        scope.index().templateName, scope.index().vertexCounts,
        isPublished ? sets.ownParcellation() : sets.parcellation(),
        [&sets](Hemisphere hemisphere) { return sets.brain().readSurface(hemisphere, SurfaceKind::Sphere); }};
    PropertyRequest request = scope.request().property.request;
    request.sources = {source};
    return readProperties(request, target);
}

} // namespace

std::vector<Property> propertiesOf(const TableScope& scope) {
    const auto published = publishedPropertyNames();
    auto sources = scope.request().property.request.sources;
    if (sources.empty())
        sources = published;
    std::vector<Property> properties;
    for (const auto& source : sources) {
        auto found = readOne(scope, source, std::ranges::find(published, source) != published.end());
        std::ranges::move(found, std::back_inserter(properties));
    }
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
