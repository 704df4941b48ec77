#include "core/session/StackedMap.h"

#include "core/session/MapContentJson.h"

#include <algorithm>
#include <set>
#include <utility>

namespace brainlike {
namespace {

StackedMap mapFromJson(const nlohmann::json& json, const std::string& place) {
    if (!json.is_object())
        throw FormatError({.what = "A map of the stack is an object", .place = place, .found = json.dump()});
    StackedMap map;
    static_cast<ColorChoice&>(map) = colorChoiceFromJson(json, place);
    readField(json, place, "id", map.id);
    if (map.id <= firstMapId)
        throw FormatError(
            {.what = "Maps of the stack count from 1", .place = place + "/id", .found = std::to_string(map.id)});
    readKind(json, place, map.kind);
    readField(json, place, "layer", map.layer);
    readField(json, place, "recording", map.recording);
    readField(json, place, "imported_map", map.importedMap);
    readField(json, place, "significance_map", map.significanceMap);
    readField(json, place, "property", map.property);
    readSignificance(json, place, map.significance, map.difference);
    map.placement = placementFromJson(json, place);
    return map;
}

void checkNames(const std::vector<StackedMap>& stack, const std::string& place) {
    std::set<int> ids{firstMapId};
    for (std::size_t i = 0; i < stack.size(); ++i)
        if (!ids.insert(stack[i].id).second)
            throw FormatError({.what = "Two maps of the stack have the same id",
                               .place = place + "/" + std::to_string(i) + "/id",
                               .found = std::to_string(stack[i].id)});
    for (std::size_t i = 0; i < stack.size(); ++i)
        if (const auto mask = stack[i].placement.mask; mask && (!ids.contains(*mask) || *mask == stack[i].id))
            throw FormatError({.what = "A mask is another map of the stack",
                               .place = place + "/" + std::to_string(i) + "/mask",
                               .found = std::to_string(*mask)});
}

} // namespace

void addJson(nlohmann::json& json, const MapPlacement& placement) {
    if (!placement.isVisible)
        json["visible"] = false;
    if (placement.opacity != 1)
        json["opacity"] = placement.opacity;
    if (placement.mask)
        json["mask"] = *placement.mask;
    if (placement.contour)
        json["contour"] = true;
}

MapPlacement placementFromJson(const nlohmann::json& json, const std::string& place) {
    MapPlacement placement;
    readField(json, place, "visible", placement.isVisible);
    readField(json, place, "opacity", placement.opacity);
    readField(json, place, "mask", placement.mask);
    readField(json, place, "contour", placement.contour);
    if (!(placement.opacity >= 0 && placement.opacity <= 1))
        throw FormatError({.what = "An opacity lies between 0 and 1",
                           .place = place + "/opacity",
                           .found = json.at("opacity").dump()});
    return placement;
}

nlohmann::json toJson(const std::vector<StackedMap>& stack) {
    nlohmann::json list = nlohmann::json::array();
    for (const StackedMap& map : stack) {
        nlohmann::json json{{"id", map.id}, {"map", nameOf(map.kind)}};
        addJson(json, static_cast<const ColorChoice&>(map));
        addJson(json, map.significance, map.difference);
        addJson(json, map.placement);
        if (map.layer)
            json["layer"] = *map.layer;
        if (map.recording)
            json["recording"] = *map.recording;
        if (!map.importedMap.empty())
            json["imported_map"] = map.importedMap;
        if (!map.significanceMap.empty())
            json["significance_map"] = map.significanceMap;
        if (!map.property.empty())
            json["property"] = map.property;
        list.push_back(std::move(json));
    }
    return list;
}

std::vector<StackedMap> stackFromJson(const nlohmann::json& json, const std::string& place) {
    if (!json.is_array())
        throw FormatError({.what = "A stack is a list of maps", .place = place, .found = json.dump()});
    std::vector<StackedMap> stack;
    for (std::size_t i = 0; i < json.size(); ++i)
        stack.push_back(mapFromJson(json[i], place + "/" + std::to_string(i)));
    checkNames(stack, place);
    return stack;
}

int nextMapId(const std::vector<StackedMap>& stack) {
    int highest = firstMapId;
    for (const StackedMap& map : stack)
        highest = std::max(highest, map.id);
    return highest + 1;
}

const StackedMap* findMap(const std::vector<StackedMap>& stack, int id) {
    const auto found = std::ranges::find(stack, id, &StackedMap::id);
    return found == stack.end() ? nullptr : &*found;
}

StackedMap* findMap(std::vector<StackedMap>& stack, int id) {
    return const_cast<StackedMap*>(findMap(std::as_const(stack), id));
}

bool hasContours(const std::vector<StackedMap>& stack) {
    return std::ranges::any_of(stack, [](const StackedMap& map) { return map.placement.contour; });
}

void showProperty(StackedMap& map, std::string property) {
    if (map.kind != MapKind::Property || map.property != property)
        static_cast<ColorChoice&>(map) = {};
    map.kind = MapKind::Property;
    map.property = std::move(property);
}

void removeMap(std::vector<StackedMap>& stack, int id) {
    std::erase_if(stack, [id](const StackedMap& map) { return map.id == id; });
    for (StackedMap& map : stack)
        if (map.placement.mask == id)
            map.placement.mask.reset();
}

} // namespace brainlike
