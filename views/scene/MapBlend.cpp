#include "views/scene/MapBlend.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

bool isMixable(const CortexMap& map) {
    const bool isOfSteps = map.kind == MapKind::Score || map.kind == MapKind::Difference ||
                           map.kind == MapKind::TValue || map.kind == MapKind::QValue;
    return isOfSteps && map.layers.empty() && !map.values.empty();
}

std::shared_ptr<const CortexMap> mixed(const CortexMap& before, const CortexMap& after, float share) {
    auto map = std::make_shared<CortexMap>(after);
    for (std::size_t vertex = 0; vertex < map->values.size(); ++vertex)
        if (const float value = before.values[vertex] + share * (after.values[vertex] - before.values[vertex]);
            std::isfinite(value))
            map->values[vertex] = value;
    return map;
}

} // namespace

std::vector<ColoredMap> blendedMaps(std::span<const ColoredMap> before, std::span<const ColoredMap> after,
                                    double share) {
    std::vector<ColoredMap> maps(after.begin(), after.end());
    for (ColoredMap& map : maps) {
        const auto old = std::ranges::find(before, map.id, &ColoredMap::id);
        const bool isPair = old != before.end() && old->map != nullptr && map.map != nullptr && old->map != map.map &&
                            isMixable(*map.map) && isMixable(*old->map) && old->map->kind == map.map->kind &&
                            old->map->values.size() == map.map->values.size();
        if (isPair)
            map.map = mixed(*old->map, *map.map, static_cast<float>(share));
    }
    return maps;
}

} // namespace brainlike
