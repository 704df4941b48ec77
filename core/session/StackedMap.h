#pragma once

#include "core/session/ColorChoice.h"
#include "core/session/MapContent.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Number by which maps of a stack name each other; the first map has this one.
inline constexpr int firstMapId = 0;

/// How a map lies among the others.
struct MapPlacement {
    bool isVisible = true;
    double opacity = 1;      ///< 0 … 1, times what its colours have
    std::optional<int> mask; ///< id of a map: coloured only where that one passes its own threshold and significance
    bool contour = false;    ///< of maps above the first: a line where its own threshold and significance begin
    friend bool operator==(const MapPlacement&, const MapPlacement&) = default;
};

/// A map that lies above the first one. What it leaves open follows the selection: model and checkpoint always do.
struct StackedMap : ColorChoice {
    int id = 1; ///< 1 or more, unlike all others of the stack
    MapKind kind = MapKind::Score;
    std::optional<std::string> layer;     ///< nothing: the selected one; empty: the best layer of each vertex
    std::optional<std::string> recording; ///< nothing: the selected one; empty: the group mean
    std::string importedMap;              ///< MapKind::Imported: name of the map of a file
    std::string property;                 ///< MapKind::Property: its name; empty: the selected one
    Difference difference;
    Significance significance = Significance::Ignore;
    std::string significanceMap; ///< MapKind::Imported: name of the map with its p or q values; empty: none
    MapPlacement placement;

    friend bool operator==(const StackedMap&, const StackedMap&) = default;
};

/// Adds what differs from a fresh placement: "visible", "opacity", "mask", "contour".
void addJson(nlohmann::json& json, const MapPlacement& placement);
/// @throws FormatError naming the JSON pointer, below `place`, of what is wrong
[[nodiscard]] MapPlacement placementFromJson(const nlohmann::json& json, const std::string& place);

/// A list, lowest map first.
[[nodiscard]] nlohmann::json toJson(const std::vector<StackedMap>& stack);
/// @throws FormatError naming the JSON pointer, below `place`, of what is wrong; also for ids that are not unique and
///         masks that name no other map
[[nodiscard]] std::vector<StackedMap> stackFromJson(const nlohmann::json& json, const std::string& place);

/// An id that no map of the stack has.
[[nodiscard]] int nextMapId(const std::vector<StackedMap>& stack);
/// The map of an id; null if there is none (the first map is none of them).
[[nodiscard]] const StackedMap* findMap(const std::vector<StackedMap>& stack, int id);
[[nodiscard]] StackedMap* findMap(std::vector<StackedMap>& stack, int id);
/// Whether any map wants a line around what it shows.
[[nodiscard]] bool hasContours(const std::vector<StackedMap>& stack);
/// Shows a property: each has a unit of its own, so colours of another one begin afresh.
void showProperty(StackedMap& map, std::string property);
/// Takes a map out; maps that it masked are masked no more.
void removeMap(std::vector<StackedMap>& stack, int id);

} // namespace brainlike
