#include "core/session/Selection.h"

#include "core/session/MapContentJson.h"

namespace brainlike {
namespace {

constexpr EnumNames<int, 4> visionNames{{{0, ""}, {1, "protanopia"}, {2, "deuteranopia"}, {3, "tritanopia"}}};

constexpr EnumNames<bool, 2> levelNames{{{false, "vertex"}, {true, "area"}}};

std::vector<TimeWindow> windowsFrom(const nlohmann::json& json) {
    const auto refuse = [](const std::string& place, const nlohmann::json& found) {
        return FormatError({.what = "Windows are a list of objects with name, start and end (start ≤ end)",
                            .place = place,
                            .found = found.dump()});
    };
    if (!json.is_array())
        throw refuse("/windows", json);
    std::vector<TimeWindow> windows;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto& item = json[i];
        const std::string place = "/windows/" + std::to_string(i);
        const auto isNumber = [&](const char* key) { return item.contains(key) && item.at(key).is_number(); };
        if (!item.is_object() || !item.contains("name") || !item.at("name").is_string() || !isNumber("start") ||
            !isNumber("end") || item.at("end") < item.at("start"))
            throw refuse(place, item);
        windows.push_back({item.at("name"), item.at("start"), item.at("end")});
    }
    return windows;
}

FormatError unknownName(const char* place, const std::string& expected, const std::string& found) {
    return FormatError(
        {.what = "The selection names something unknown", .place = place, .expected = expected, .found = found});
}

/// Best layers are shaded by their scores and share the scores' range.
MapKind unitOf(MapKind kind) {
    return kind == MapKind::BestLayer ? MapKind::Score : kind;
}

void addColors(nlohmann::json& json, const Selection& selection) {
    addJson(json, static_cast<const ColorChoice&>(selection));
    addJson(json, selection.significance, selection.difference);
    addJson(json, selection.placement);
    if (!selection.stack.empty())
        json["stack"] = toJson(selection.stack);
    if (!selection.colorVision.empty())
        json["color_vision"] = selection.colorVision;
    for (const auto& [kind, choice] : selection.otherColors)
        addJson(json["other_colors"][nameOf(kind)], choice);
}

const nlohmann::json* objectIn(const nlohmann::json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return nullptr;
    if (!found->is_object())
        throw FormatError(
            {.what = "This part of a selection is an object", .place = std::string("/") + key, .found = found->dump()});
    return &*found;
}

void readColors(const nlohmann::json& json, Selection& selection) {
    static_cast<ColorChoice&>(selection) = colorChoiceFromJson(json, "");
    readSignificance(json, "", selection.significance, selection.difference);
    int vision = 0;
    readNamed(json, "", "color_vision", visionNames, vision);
    selection.colorVision = nameIn(visionNames, vision);
    if (const auto* others = objectIn(json, "other_colors"))
        for (const auto& [kind, choice] : others->items())
            selection.otherColors[mapKindFrom(kind)] = colorChoiceFromJson(choice, "/other_colors/" + kind);
    selection.placement = placementFromJson(json, "");
    if (const auto stack = json.find("stack"); stack != json.end() && !stack->is_null())
        selection.stack = stackFromJson(*stack, "/stack");
    if (const auto mask = selection.placement.mask; mask && findMap(selection.stack, *mask) == nullptr)
        throw FormatError(
            {.what = "A mask is another map of the stack", .place = "/mask", .found = std::to_string(*mask)});
}

} // namespace

void showMap(Selection& selection, MapKind kind) {
    const MapKind before = unitOf(selection.map);
    const MapKind after = unitOf(kind);
    selection.map = kind;
    if (before == after)
        return;
    ColorChoice& shown = selection;
    if (shown != ColorChoice{})
        selection.otherColors[before] = shown;
    shown = {};
    if (const auto kept = selection.otherColors.extract(after))
        shown = kept.mapped();
}

void showProperty(Selection& selection, std::string property) {
    showMap(selection, MapKind::Property);
    if (selection.property != property)
        static_cast<ColorChoice&>(selection) = {};
    selection.property = std::move(property);
}

void showPreset(Selection& selection, std::string preset) {
    selection.cameraPreset = std::move(preset);
    selection.cameras.clear();
}

void linkCameras(Selection& selection, bool linked) {
    selection.linkedCameras = linked;
    if (linked && selection.cameras.size() > 1)
        selection.cameras = compactCameras({selection.cameras.front()});
}

Selection firstMapOf(const Selection& selection) {
    Selection first = selection;
    first.stack.clear();
    first.placement = {};
    return first;
}

Selection selectionFor(const Selection& selection, const StackedMap& map) {
    const auto given = [](const std::optional<std::string>& own, const std::optional<std::string>& selected) {
        return !own ? selected : own->empty() ? std::nullopt : own;
    };
    Selection shown = firstMapOf(selection);
    static_cast<ColorChoice&>(shown) = map;
    shown.map = map.kind;
    shown.layer = given(map.layer, selection.layer);
    shown.recording = given(map.recording, selection.recording);
    shown.importedMap = map.importedMap;
    shown.property = map.property.empty() ? selection.property : map.property;
    shown.difference = map.difference;
    shown.significance = map.significance;
    shown.significanceMap = map.significanceMap;
    return shown;
}

nlohmann::json toJson(const Selection& selection) {
    nlohmann::json json{{"model", selection.model},
                        {"step", selection.step},
                        {"map", nameOf(selection.map)},
                        {"surface", selection.surface},
                        {"camera_preset", selection.cameraPreset},
                        {"linked_cameras", selection.linkedCameras},
                        {"gap", selection.gap},
                        {"underlay", selection.underlay},
                        {"outlines", selection.outlines}};
    addColors(json, selection);
    addJson(json, selection.regions);
    if (!selection.cameras.empty())
        json["cameras"] = toJson(selection.cameras);
    if (selection.isCompared)
        json["compared"] = true;
    if (selection.property != Selection{}.property)
        json["property"] = selection.property;
    if (selection.areaMeans)
        json["level"] = "area";
    if (!selection.importedMap.empty())
        json["imported_map"] = selection.importedMap;
    if (!selection.significanceMap.empty())
        json["significance_map"] = selection.significanceMap;
    if (selection.layer)
        json["layer"] = *selection.layer;
    if (selection.recording)
        json["recording"] = *selection.recording;
    if (selection.vertex)
        json["vertex"] = {{"hemisphere", shortName(selection.vertex->hemisphere)}, {"index", selection.vertex->index}};
    if (selection.time)
        json["time"] = *selection.time;
    if (!selection.sensors.empty())
        json["sensors"] = selection.sensors;
    if (!selection.images.empty())
        json["images"] = selection.images;
    if (selection.windows) {
        json["windows"] = nlohmann::json::array();
        for (const TimeWindow& window : *selection.windows)
            json["windows"].push_back({{"name", window.name}, {"start", window.start}, {"end", window.end}});
    }
    return json;
}

Selection selectionFromJson(const nlohmann::json& json) {
    if (!json.is_object())
        throw FormatError({.what = "A selection must be a JSON object", .found = json.type_name()});
    Selection selection;
    readField(json, "", "model", selection.model);
    readField(json, "", "step", selection.step);
    readField(json, "", "layer", selection.layer);
    readField(json, "", "recording", selection.recording);
    readField(json, "", "time", selection.time);
    readField(json, "", "sensors", selection.sensors);
    readField(json, "", "images", selection.images);
    if (const auto windows = json.find("windows"); windows != json.end() && !windows->is_null())
        selection.windows = windowsFrom(*windows);
    readField(json, "", "surface", selection.surface);
    readField(json, "", "camera_preset", selection.cameraPreset);
    readField(json, "", "linked_cameras", selection.linkedCameras);
    if (const auto cameras = json.find("cameras"); cameras != json.end() && !cameras->is_null())
        selection.cameras = camerasFromJson(*cameras, "/cameras");
    readField(json, "", "gap", selection.gap);
    readField(json, "", "underlay", selection.underlay);
    readField(json, "", "outlines", selection.outlines);
    selection.regions = regionChoiceFromJson(json, "");
    readKind(json, "", selection.map);
    readField(json, "", "compared", selection.isCompared);
    readField(json, "", "imported_map", selection.importedMap);
    readField(json, "", "significance_map", selection.significanceMap);
    readField(json, "", "property", selection.property);
    readNamed(json, "", "level", levelNames, selection.areaMeans);
    readColors(json, selection);
    if (const auto vertex = json.find("vertex"); vertex != json.end() && !vertex->is_null()) {
        if (!vertex->is_object())
            throw FormatError({.what = "A vertex is an object", .place = "/vertex", .found = vertex->dump()});
        std::string hemisphere;
        int index = -1;
        readField(*vertex, "/vertex", "hemisphere", hemisphere);
        readField(*vertex, "/vertex", "index", index);
        if (hemisphere != "lh" && hemisphere != "rh")
            throw unknownName("/vertex/hemisphere", "lh or rh", hemisphere);
        if (index < 0)
            throw FormatError(
                {.what = "A vertex index counts from 0", .place = "/vertex/index", .found = std::to_string(index)});
        selection.vertex = VertexId{hemisphere == "lh" ? Hemisphere::Left : Hemisphere::Right, index};
    }
    return selection;
}

} // namespace brainlike
