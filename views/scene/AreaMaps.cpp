#include "views/scene/AreaMaps.h"

#include "core/base/Error.h"
#include "core/properties/PropertySources.h"
#include "core/properties/PublishedProperties.h"
#include "core/roi/Parcellations.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

/// The area of every vertex, left then right: its place in its hemisphere's table; −1 outside the cortex.
std::vector<std::int16_t> areasOf(const Parcellation& parcellation, VertexCounts counts) {
    std::vector<std::int16_t> areas(static_cast<std::size_t>(counts.total()), -1);
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& side = parcellation.side(hemisphere);
        const auto offset = static_cast<std::size_t>(counts.offset(hemisphere));
        for (std::size_t vertex = 0; vertex < side.labels.size(); ++vertex)
            if (const auto label = side.labels[vertex];
                label >= 0 && side.areas[static_cast<std::size_t>(label)].isCortex)
                areas[offset + vertex] = static_cast<std::int16_t>(label);
    }
    return areas;
}

Parcellation ownParcellation(const Template& brain) {
    if (auto parcellation = brain.readParcellation())
        return std::move(*parcellation);
    throw NotFoundError({.what = "The template has no areas to show a property in",
                         .file = brain.folder().string(),
                         .expected = "the labels of HCP-MMP1 beside the template " + brain.name(),
                         .advice = "./run build fetches them for fsaverage"});
}

std::optional<Hemisphere> onlySideOf(const Property& property, VertexCounts counts) {
    const bool left = isKnownIn(property, counts, Hemisphere::Left);
    if (left == isKnownIn(property, counts, Hemisphere::Right))
        return std::nullopt;
    return left ? Hemisphere::Left : Hemisphere::Right;
}

} // namespace

CortexMap readPropertyMap(const ScoreSource& source, const std::string& property) {
    const Template brain = source.findTemplate();
    const VertexCounts counts = source.index().vertexCounts;
    const PropertyTarget target{brain.name(), counts, ownParcellation(brain), [&brain](Hemisphere hemisphere) {
                                    return brain.readSurface(hemisphere, SurfaceKind::Sphere);
                                }};
    const Property read = readProperties({.sources = {property}}, target).front();
    CortexMap map{.kind = MapKind::Property};
    map.values.assign(read.values.begin(), read.values.end());
    map.title = read.name;
    map.origin = {.unit = read.unit,
                  .onlySide = onlySideOf(read, counts),
                  .isPublished = std::ranges::count(publishedPropertyNames(), property) > 0,
                  .isByArea = !read.isPerVertex};
    if (map.origin.isByArea)
        map.areas = areasOf(target.parcellation, counts);
    map.range = ownRange(map.values);
    return map;
}

void averageOverAreas(CortexMap& map, const ScoreSource& source, const std::string& parcellation) {
    const VertexCounts counts = source.index().vertexCounts;
    const auto labels = readParcellation(source, parcellation);
    if (!labels || static_cast<int>(map.values.size()) != counts.total())
        throw NotFoundError({.what = "There is no parcellation beside this template, so there are no areas to average",
                             .expected = "lh.NAME.annot and rh.NAME.annot beside it, or a label file"});
    map.areas = areasOf(*labels, counts);
    map.origin.isByArea = true;
    for (const Hemisphere hemisphere : hemispheres) {
        const auto first = static_cast<std::size_t>(counts.offset(hemisphere));
        const std::size_t end = first + static_cast<std::size_t>(counts.of(hemisphere));
        std::vector<double> sums(labels->side(hemisphere).areas.size(), 0), members(sums.size(), 0);
        for (std::size_t vertex = first; vertex < end; ++vertex)
            if (const auto area = map.areas[vertex]; area >= 0 && std::isfinite(map.values[vertex])) {
                sums[static_cast<std::size_t>(area)] += static_cast<double>(map.values[vertex]);
                ++members[static_cast<std::size_t>(area)];
            }
        for (std::size_t vertex = first; vertex < end; ++vertex) {
            const auto area = map.areas[vertex];
            map.values[vertex] = area < 0 ? std::numeric_limits<float>::quiet_NaN()
                                          : static_cast<float>(sums[static_cast<std::size_t>(area)] /
                                                               members[static_cast<std::size_t>(area)]);
        }
    }
}

} // namespace brainlike
