#include "core/simulate/PlantedHierarchy.h"

#include "core/properties/PublishedProperties.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace brainlike {
namespace {

using AreaMap = std::map<std::string, double, std::less<>>;

struct Part {
    const char* property;
    double weight;
};
constexpr std::array parts{Part{"expansion", 1.0}, Part{"thickness", 3.0}, Part{"timescale", 0.5},
                           Part{"myelin", -1.0}};

/// Adds the values of areas, standardised and weighted, to their sums.
void addStandardised(const std::vector<AreaValue>& areas, double weight, AreaMap& sums) {
    const auto count = static_cast<double>(areas.size());
    double mean = 0, variance = 0;
    for (const AreaValue& area : areas)
        mean += area.value / count;
    for (const AreaValue& area : areas)
        variance += (area.value - mean) * (area.value - mean) / count;
    for (const AreaValue& area : areas)
        sums[area.area] += weight * (area.value - mean) / std::sqrt(variance);
}

AreaMap makeHierarchy() {
    AreaMap places;
    for (const Part& part : parts)
        addStandardised(publishedAreaValues(part.property), part.weight, places);
    const auto byPlace = [](const auto& one, const auto& other) { return one.second < other.second; };
    const auto [first, last] = std::minmax_element(places.begin(), places.end(), byPlace);
    const double lowest = first->second, range = last->second - lowest;
    for (auto& [area, place] : places)
        place = (place - lowest) / range;
    return places;
}

} // namespace

std::optional<double> plantedHierarchy(std::string_view area) {
    static const AreaMap places = makeHierarchy();
    const auto found = places.find(area);
    return found == places.end() ? std::nullopt : std::optional(found->second);
}

} // namespace brainlike
