#include "core/session/StackEdit.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

/// A field of the first map, or of one above it.
template <typename Field>
Field* fieldOf(Selection& selection, int map, Field& first, Field StackedMap::*field) {
    if (map == firstMapId)
        return &first;
    StackedMap* found = findMap(selection.stack, map);
    return found != nullptr ? &(found->*field) : nullptr;
}

/// Whose colours a map of a comparison has, where they may not be the selected kind's.
std::optional<MapKind> unitOfCompared(const Selection& selection, int map) {
    if (map == differenceMapId)
        return MapKind::Difference;
    const bool isFirst = map == firstMapId || map == otherMapId;
    return isFirst && selection.isCompared && selection.map == MapKind::Difference ? std::optional(MapKind::Score)
                                                                                   : std::nullopt;
}

} // namespace

ColorChoice* colorsOf(Selection& selection, int map) {
    if (const auto kind = unitOfCompared(selection, map))
        return selection.map == *kind ? &selection : &selection.otherColors[*kind];
    if (map == firstMapId || map == otherMapId)
        return &selection;
    return findMap(selection.stack, map);
}

const ColorChoice* colorsOf(const Selection& selection, int map) {
    static const ColorChoice fresh;
    if (const auto kind = unitOfCompared(selection, map); kind && *kind != selection.map) {
        const auto found = selection.otherColors.find(*kind);
        return found == selection.otherColors.end() ? &fresh : &found->second;
    }
    return colorsOf(const_cast<Selection&>(selection), map);
}

MapPlacement* placementOf(Selection& selection, int map) {
    return fieldOf(selection, map, selection.placement, &StackedMap::placement);
}

const MapPlacement* placementOf(const Selection& selection, int map) {
    return placementOf(const_cast<Selection&>(selection), map);
}

Significance* significanceOf(Selection& selection, int map) {
    return fieldOf(selection, map, selection.significance, &StackedMap::significance);
}

const Significance* significanceOf(const Selection& selection, int map) {
    return significanceOf(const_cast<Selection&>(selection), map);
}

std::string* significanceMapOf(Selection& selection, int map) {
    return fieldOf(selection, map, selection.significanceMap, &StackedMap::significanceMap);
}

const std::string* significanceMapOf(const Selection& selection, int map) {
    return significanceMapOf(const_cast<Selection&>(selection), map);
}

Selection shownBy(const Selection& selection, int map) {
    const StackedMap* found = findMap(selection.stack, map);
    return found != nullptr ? selectionFor(selection, *found) : firstMapOf(selection);
}

int addMap(Selection& selection, StackedMap map) {
    map.id = nextMapId(selection.stack);
    selection.stack.push_back(std::move(map));
    return selection.stack.back().id;
}

void dropMap(Selection& selection, int map) {
    removeMap(selection.stack, map);
    if (map != firstMapId && selection.placement.mask == map)
        selection.placement.mask.reset();
}

void moveMap(Selection& selection, int map, int place) {
    const auto found = std::ranges::find(selection.stack, map, &StackedMap::id);
    if (found == selection.stack.end())
        return;
    StackedMap moved = std::move(*found);
    selection.stack.erase(found);
    const int last = static_cast<int>(selection.stack.size());
    selection.stack.insert(selection.stack.begin() + std::clamp(place, 0, last), std::move(moved));
}

} // namespace brainlike
