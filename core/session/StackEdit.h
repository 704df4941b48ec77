#pragma once

#include "core/session/Selection.h"

// The first map of a selection and those above it, treated alike: by id.

namespace brainlike {

// Ids of what a comparison shows beside the first map, which no map of a stack has.
inline constexpr int otherMapId = -1;      ///< B: coloured as the first map
inline constexpr int differenceMapId = -2; ///< A − B: coloured as maps of differences

/// What belongs to a map of a selection; null where there is no map of this id. While differences are selected and
/// compared, the first map shows scores, with their colours.
[[nodiscard]] ColorChoice* colorsOf(Selection& selection, int map);
[[nodiscard]] const ColorChoice* colorsOf(const Selection& selection, int map);
[[nodiscard]] MapPlacement* placementOf(Selection& selection, int map);
[[nodiscard]] const MapPlacement* placementOf(const Selection& selection, int map);
[[nodiscard]] Significance* significanceOf(Selection& selection, int map);
[[nodiscard]] const Significance* significanceOf(const Selection& selection, int map);
/// Name of the map with a map's p or q values; null where there is no map of this id.
[[nodiscard]] std::string* significanceMapOf(Selection& selection, int map);
[[nodiscard]] const std::string* significanceMapOf(const Selection& selection, int map);
/// What a map shows, as a selection without a stack; the first map's where there is no such map.
[[nodiscard]] Selection shownBy(const Selection& selection, int map);

/// Puts a map on top, with an id of its own. @returns the id
int addMap(Selection& selection, StackedMap map);
/// Takes a map out; what it masked is masked no more. The first map stays.
void dropMap(Selection& selection, int map);
/// Moves a map above the first one.
/// @param place  0: directly above the first map; clamped
void moveMap(Selection& selection, int map, int place);

} // namespace brainlike
