#include "core/properties/PublishedProperties.h"

#include "core/base/Error.h"
#include "resources/Resources.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr const char* publishedTable = "properties/published.json";

const nlohmann::json& published() {
    static const nlohmann::json table = nlohmann::json::parse(resource(publishedTable).value());
    return table;
}

/// Place of a property in the rows of areas, from 0 for the first after the area's name.
/// @throws NotFoundError naming those there are
std::size_t columnOf(const std::string& name) {
    const auto names = publishedPropertyNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end())
        return static_cast<std::size_t>(found - names.begin());
    std::string known;
    for (const auto& each : names)
        known += (known.empty() ? "" : ", ") + each;
    throw NotFoundError({.what = "There is no published property of this name", .expected = known, .found = name});
}

} // namespace

std::vector<std::string> publishedPropertyNames() {
    std::vector<std::string> names;
    for (const auto& property : published().at("properties"))
        names.push_back(property.at("name").get<std::string>());
    return names;
}

std::vector<AreaValue> publishedAreaValues(const std::string& name) {
    const auto column = columnOf(name);
    const auto side = published().at("properties").at(column).at("hemisphere") == shortName(Hemisphere::Left)
                          ? Hemisphere::Left
                          : Hemisphere::Right;
    std::vector<AreaValue> areas;
    for (const auto& row : published().at("areas"))
        areas.push_back({side, row.at(0).get<std::string>(), row.at(column + 1).get<double>()});
    return areas;
}

Property publishedProperty(const std::string& name, const PropertyTarget& target) {
    const auto& about = published().at("properties").at(columnOf(name));
    Property property{.name = name,
                      .unit = about.at("unit").get<std::string>(),
                      .description = about.at("description").get<std::string>(),
                      .source = about.at("source").get<std::string>(),
                      .citations = about.at("citations").get<std::vector<std::string>>(),
                      .placement = "published mean of each area"};
    property.values = spreadOverAreas(publishedAreaValues(name), target, "published property " + name);
    return property;
}

} // namespace brainlike
