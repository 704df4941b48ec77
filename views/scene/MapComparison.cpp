#include "views/scene/MapComparison.h"

#include "core/session/Comparison.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace brainlike {
namespace {

bool isSameHalfTime(const Selection& a, const Selection& b) {
    return a.map == MapKind::HalfTime && a.model == b.model && a.layer == b.layer && a.recording == b.recording;
}

ColorRange rangeOf(const ColorScale& scale) {
    return {scale.low, scale.high};
}

/// Colours a column's maps; the first one's id becomes `id`.
std::vector<ColoredMap> colored(const Selection& selection, const std::vector<StackReading>& readings, int id) {
    auto maps = coloredMaps(selection, readings);
    for (ColoredMap& map : maps)
        if (map.id == firstMapId)
            map.id = id;
    return maps;
}

ColoredMap* withId(std::vector<ColoredMap>& maps, int id) {
    const auto found = std::ranges::find(maps, id, &ColoredMap::id);
    return found == maps.end() ? nullptr : &*found;
}

/// Colours A and B once more if their ranges are not the same.
void shareRange(ComparedSelections selections, const ComparedReadings& readings,
                std::array<std::vector<ColoredMap>, 3>& columns) {
    const ColoredMap* a = withId(columns[0], firstMapId);
    const ColoredMap* b = withId(columns[1], otherMapId);
    if (a == nullptr || b == nullptr)
        return;
    const ColorRange ofA = rangeOf(a->colors.scale), ofB = rangeOf(b->colors.scale);
    if (ofA != ofB) {
        const ColorRange both{std::min(ofA.low, ofB.low), std::max(ofA.high, ofB.high)};
        selections.a.range = selections.b->range = both;
        columns[0] = colored(selections.a, readings[0], firstMapId);
        columns[1] = colored(*selections.b, readings[1], otherMapId);
    }
    // One bar speaks for both.
    MapColors& first = withId(columns[0], firstMapId)->colors;
    MapColors& second = withId(columns[1], otherMapId)->colors;
    first.isCutLow = second.isCutLow = first.isCutLow || second.isCutLow;
    first.isCutHigh = second.isCutHigh = first.isCutHigh || second.isCutHigh;
}

} // namespace

bool isComparable(MapKind kind) {
    return isOfScores(kind);
}

ComparedSelections comparedSelections(const Selection& selection, const ScoreIndex& index) {
    ComparedSelections compared{.a = selection, .b = {}, .less = {}};
    if (selection.map == MapKind::Difference)
        showMap(compared.a, MapKind::Score);
    if (!isComparable(selection.map))
        return compared;
    auto b = otherSide(compared.a, index);
    if (!b)
        return compared;
    compared.less = firstMapOf(differenceSide(selection));
    compared.less->significance = Significance::Ignore; // q is of the scores, not of their difference
    if (!isSameHalfTime(compared.a, *b))
        compared.b = std::move(b);
    return compared;
}

std::array<std::vector<ColoredMap>, 3> coloredComparison(const ComparedSelections& selections,
                                                         const ComparedReadings& readings) {
    std::array<std::vector<ColoredMap>, 3> columns;
    columns[0] = colored(selections.a, readings[0], firstMapId);
    if (selections.b)
        columns[1] = colored(*selections.b, readings[1], otherMapId);
    if (selections.less)
        columns[2] = colored(*selections.less, readings[2], differenceMapId);
    shareRange(selections, readings, columns);
    return columns;
}

std::vector<const ColoredMap*> comparedLegends(const std::array<std::vector<ColoredMap>, 3>& columns) {
    std::vector<const ColoredMap*> legends;
    const auto find = [](const std::vector<ColoredMap>& maps, int id) -> const ColoredMap* {
        const auto found = std::ranges::find(maps, id, &ColoredMap::id);
        return found == maps.end() ? nullptr : &*found;
    };
    const auto& first = columns[0].empty() ? columns[1] : columns[0];
    for (const ColoredMap& map : first | std::views::reverse)
        if (map.placement.isVisible || map.colors.contour)
            legends.push_back(&map);
    const ColoredMap* a = find(columns[0], firstMapId);
    const ColoredMap* b = find(columns[1], otherMapId);
    if (a != nullptr && b != nullptr && b->placement.isVisible && a->colors.layerNames != b->colors.layerNames)
        legends.push_back(b);
    for (const ColoredMap& map : columns[2])
        legends.push_back(&map);
    return legends;
}

} // namespace brainlike
