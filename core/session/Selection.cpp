#include "core/session/Selection.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace brainlike {
namespace {

template <typename T>
void read(const nlohmann::json& json, const char* key, T& value) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return;
    try {
        value = found->template get<T>();
    } catch (const nlohmann::json::exception&) {
        throw FormatError({.what = "The selection has a value of the wrong type", .place = std::string("/") + key,
                           .found = found->dump()});
    }
}

template <typename T>
void readOptional(const nlohmann::json& json, const char* key, std::optional<T>& value) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return;
    T read_value{};
    read(json, key, read_value);
    value = std::move(read_value);
}

constexpr std::array<std::pair<MapKind, const char*>, 3> mapNames{
    {{MapKind::Score, "score"}, {MapKind::BestLayer, "best-layer"}, {MapKind::Imported, "imported"}}};

const char* nameOfMap(MapKind kind) {
    return std::find_if(mapNames.begin(), mapNames.end(), [kind](const auto& entry) { return entry.first == kind; })
        ->second;
}

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
    return FormatError({.what = "The selection names something unknown", .place = place, .expected = expected, .found = found});
}

} // namespace

nlohmann::json toJson(const Selection& selection) {
    nlohmann::json json{{"model", selection.model},
                        {"step", selection.step},
                        {"map", nameOfMap(selection.map)},
                        {"surface", selection.surface},
                        {"camera_preset", selection.cameraPreset},
                        {"linked_cameras", selection.linkedCameras},
                        {"gap", selection.gap},
                        {"underlay", selection.underlay},
                        {"outlines", selection.outlines},
                        {"threshold", selection.threshold}};
    if (!selection.importedMap.empty())
        json["imported_map"] = selection.importedMap;
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
    if (selection.windows) {
        json["windows"] = nlohmann::json::array();
        for (const TimeWindow& window : *selection.windows)
            json["windows"].push_back({{"name", window.name}, {"start", window.start}, {"end", window.end}});
    }
    if (selection.range)
        json["range"] = {selection.range->low, selection.range->high};
    return json;
}

Selection selectionFromJson(const nlohmann::json& json) {
    if (!json.is_object())
        throw FormatError({.what = "A selection must be a JSON object", .found = json.type_name()});
    Selection selection;
    read(json, "model", selection.model);
    read(json, "step", selection.step);
    readOptional(json, "layer", selection.layer);
    readOptional(json, "recording", selection.recording);
    readOptional(json, "time", selection.time);
    read(json, "sensors", selection.sensors);
    if (const auto windows = json.find("windows"); windows != json.end() && !windows->is_null())
        selection.windows = windowsFrom(*windows);
    read(json, "surface", selection.surface);
    read(json, "camera_preset", selection.cameraPreset);
    read(json, "linked_cameras", selection.linkedCameras);
    read(json, "gap", selection.gap);
    read(json, "underlay", selection.underlay);
    read(json, "outlines", selection.outlines);
    read(json, "threshold", selection.threshold);
    std::string map = "score";
    read(json, "map", map);
    const auto kind =
        std::find_if(mapNames.begin(), mapNames.end(), [&](const auto& entry) { return map == entry.second; });
    if (kind == mapNames.end())
        throw unknownName("/map", "score, best-layer or imported", map);
    selection.map = kind->first;
    read(json, "imported_map", selection.importedMap);
    if (const auto range = json.find("range"); range != json.end() && !range->is_null()) {
        if (!range->is_array() || range->size() != 2 || !(*range)[0].is_number() || !(*range)[1].is_number())
            throw FormatError({.what = "A range is two numbers", .place = "/range", .found = range->dump()});
        selection.range = ColorRange{(*range)[0].get<double>(), (*range)[1].get<double>()};
    }
    if (const auto vertex = json.find("vertex"); vertex != json.end() && !vertex->is_null()) {
        if (!vertex->is_object())
            throw FormatError({.what = "A vertex is an object", .place = "/vertex", .found = vertex->dump()});
        std::string hemisphere;
        int index = -1;
        read(*vertex, "hemisphere", hemisphere);
        read(*vertex, "index", index);
        if (hemisphere != "lh" && hemisphere != "rh")
            throw unknownName("/vertex/hemisphere", "lh or rh", hemisphere);
        if (index < 0)
            throw FormatError({.what = "A vertex index counts from 0", .place = "/vertex/index", .found = std::to_string(index)});
        selection.vertex = VertexId{hemisphere == "lh" ? Hemisphere::Left : Hemisphere::Right, index};
    }
    return selection;
}

} // namespace brainlike
