#include "core/properties/Property.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace brainlike {
namespace {

/// Values of one hemisphere's areas by name, each once.
std::map<std::string, double> valuesOf(Hemisphere hemisphere, const std::vector<AreaValue>& areas,
                                       const Annotation& annotation, const std::string& place) {
    std::map<std::string, double> values;
    for (const AreaValue& area : areas) {
        if (area.hemisphere != hemisphere)
            continue;
        const std::string id = std::string(shortName(hemisphere)) + ":" + area.area;
        const bool isKnown = std::any_of(annotation.areas.begin(), annotation.areas.end(),
                                         [&](const Area& known) { return known.name == area.area; });
        if (!isKnown)
            throw ValueError({.what = "The study's parcellation has no such area",
                              .place = place,
                              .expected = "areas of the template's parcellation, such as V1",
                              .found = id,
                              .advice = "use a table of the same parcellation, with its names"});
        if (!values.emplace(area.area, area.value).second)
            throw ValueError({.what = "An area has two values",
                              .place = place,
                              .found = id,
                              .advice = "say which hemisphere each is of, in a column named hemisphere (lh, rh)"});
    }
    return values;
}

} // namespace

bool isKnownIn(const Property& property, VertexCounts counts, Hemisphere hemisphere) {
    const auto begin = property.values.begin() + counts.offset(hemisphere);
    return std::any_of(begin, begin + counts.of(hemisphere), [](double value) { return std::isfinite(value); });
}

nlohmann::json jsonOf(const Property& property, VertexCounts counts) {
    const bool left = isKnownIn(property, counts, Hemisphere::Left);
    const bool right = isKnownIn(property, counts, Hemisphere::Right);
    return {{"name", property.name},
            {"unit", property.unit},
            {"description", property.description},
            {"hemisphere", left && right ? "both"
                           : left        ? "lh"
                           : right       ? "rh"
                                         : "none"},
            {"source", property.source},
            {"citations", property.citations},
            {"placement", property.placement},
            {"notes", property.notes}};
}

std::vector<double> spreadOverAreas(const std::vector<AreaValue>& areas, const PropertyTarget& target,
                                    const std::string& place) {
    std::vector<double> spread(static_cast<std::size_t>(target.counts.total()), undefined);
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& annotation = target.parcellation.side(hemisphere);
        const auto values = valuesOf(hemisphere, areas, annotation, place);
        std::vector<double> ofLabel;
        for (const Area& area : annotation.areas) {
            const auto found = values.find(area.name);
            ofLabel.push_back(found == values.end() || !area.isCortex ? undefined : found->second);
        }
        const auto offset = static_cast<std::size_t>(target.counts.offset(hemisphere));
        for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex)
            if (const auto label = annotation.labels[vertex]; label >= 0)
                spread[offset + vertex] = ofLabel[static_cast<std::size_t>(label)];
    }
    return spread;
}

} // namespace brainlike
