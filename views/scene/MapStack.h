#pragma once

#include "views/scene/CortexMap.h"

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {

/// A map of a stack as it was read.
struct StackReading {
    int id = firstMapId;
    std::shared_ptr<const CortexMap> map; ///< null: not computed (yet)
    std::optional<MapBasis> basis;        ///< nothing as long as nothing is computed
    std::string subject;                  ///< whose scores they are; empty: the group's, or not known
};

/// A map of a stack with its colours.
struct ColoredMap {
    int id = firstMapId;
    std::shared_ptr<const CortexMap> map;
    MapColors colors;
    MapPlacement placement;
};

/// What is to be read for each map of a selection, lowest first; the first map's id is `firstMapId`. Hidden maps are
/// among them.
[[nodiscard]] std::vector<std::pair<int, Selection>> mapsToRead(const Selection& selection);

/// The subject whose scores a selection shows; empty: the group.
[[nodiscard]] std::string subjectShown(const Selection& selection, const ScoreIndex& index);

/// How a selection colours its maps: those of `readings` that are there, in the selection's order.
/// @throws as mapColors
[[nodiscard]] std::vector<ColoredMap> coloredMaps(const Selection& selection, std::span<const StackReading> readings);

/// What lies on the surface: the visible maps over each other, lowest first, each with its opacity and where its mask
/// lets it. Classes are kept apart where those of any map are that can be seen, so that no border of any map is
/// blurred; what an opaque colour covers cuts nothing.
/// @throws ShapeError if maps differ in size
[[nodiscard]] Overlay stackOverlay(std::span<const ColoredMap> maps);

/// Short name of what a map shows: "R", "Best layer", "t", the name of a map of a file.
[[nodiscard]] std::string mapName(const Selection& selection);

} // namespace brainlike
