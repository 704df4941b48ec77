#include "views/scene/MapStack.h"

#include "core/base/Error.h"
#include "core/session/SelectionDefaults.h"
#include "views/scene/PixelBlend.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

struct ClassRange {
    int low = 0, high = 0;
};

ClassRange rangeOf(std::span<const std::int16_t> classes) {
    std::int16_t low = std::numeric_limits<std::int16_t>::max(), high = std::numeric_limits<std::int16_t>::min();
    for (const std::int16_t each : classes) {
        low = std::min(low, each);
        high = std::max(high, each);
    }
    return {low, high};
}

/// Numbers pairs of classes anew, densely; what is not shown in either stays −1.
class ClassPairs {
public:
    ClassPairs(const ClassRange& below, const ClassRange& above)
        : m_lowBelow(below.low), m_lowAbove(above.low), m_columns(above.high - above.low + 1),
          m_numbers(static_cast<std::size_t>((below.high - below.low + 2) * m_columns), unnumbered) {
        for (int hidden = below.low; hidden < 0 && hidden <= below.high; ++hidden)
            for (int over = above.low; over < 0 && over <= above.high; ++over)
                m_numbers[placeOf(hidden - m_lowBelow + 1, over)] = -1;
    }
    /// @param isCovered  the upper colour is opaque
    [[nodiscard]] std::int16_t numberOf(std::int16_t below, std::int16_t above, bool isCovered) {
        std::int16_t& number = m_numbers[placeOf(isCovered ? 0 : below - m_lowBelow + 1, above)];
        // Numbers that run out begin again: two classes far from each other may share one.
        if (number == unnumbered)
            number = static_cast<std::int16_t>(m_count++ % std::numeric_limits<std::int16_t>::max());
        return number;
    }

private:
    static constexpr std::int16_t unnumbered = std::numeric_limits<std::int16_t>::min();

    [[nodiscard]] std::size_t placeOf(int row, int above) const {
        return static_cast<std::size_t>(row * m_columns + above - m_lowAbove);
    }

    int m_lowBelow, m_lowAbove, m_columns;
    std::vector<std::int16_t> m_numbers;
    int m_count = 0;
};

bool fitsDirectly(const ClassRange& below, const ClassRange& above) {
    const int rows = below.high - below.low + 2, columns = above.high - above.low + 1;
    return rows * columns <= std::numeric_limits<std::int16_t>::max();
}

/// Numbers pairs by row and column where these are few, as nearly always: without a table, many at once.
void pairDirectly(Overlay& below, const Overlay& above, const ClassRange& rows, const ClassRange& columns) {
    const int count = columns.high - columns.low + 1;
    for (std::size_t vertex = 0; vertex < below.classes.size(); ++vertex) {
        const int under = below.classes[vertex], over = above.classes[vertex];
        const bool isCovered = above.colors[vertex].a == 255;
        const int row = isCovered ? 0 : under - rows.low + 1;
        const bool isHidden = !isCovered && under < 0 && over < 0;
        below.classes[vertex] = static_cast<std::int16_t>(isHidden ? -1 : row * count + over - columns.low);
    }
}

/// @param below  colours multiplied with their opacity
void putOver(Overlay& below, const Overlay& above) {
    blendOver(below.colors, above.colors);
    const ClassRange classes = rangeOf(below.classes);
    if (classes.low == classes.high) {
        below.classes = above.classes;
        return;
    }
    const ClassRange over = rangeOf(above.classes);
    if (fitsDirectly(classes, over))
        return pairDirectly(below, above, classes, over);
    ClassPairs pairs(classes, over);
    for (std::size_t vertex = 0; vertex < below.classes.size(); ++vertex)
        below.classes[vertex] =
            pairs.numberOf(below.classes[vertex], above.classes[vertex], above.colors[vertex].a == 255);
}

void hideOutside(Overlay& overlay, const Overlay& mask) {
    if (mask.colors.size() != overlay.colors.size())
        throw ShapeError({.what = "A mask does not fit the map",
                          .expected = std::to_string(overlay.colors.size()),
                          .found = std::to_string(mask.colors.size())});
    for (std::size_t vertex = 0; vertex < overlay.colors.size(); ++vertex)
        if (mask.colors[vertex].a == 0) {
            overlay.colors[vertex] = {0, 0, 0, 0};
            overlay.classes[vertex] = -1;
        }
}

const ColoredMap* withId(std::span<const ColoredMap> maps, int id) {
    const auto found = std::ranges::find(maps, id, &ColoredMap::id);
    return found == maps.end() ? nullptr : &*found;
}

/// "block.7, sub-01": what a map does not leave to the selection.
std::string detailOf(const StackedMap& map, const std::string& subject) {
    std::string detail;
    const auto add = [&](const std::string& text) { detail += (detail.empty() ? "" : ", ") + text; };
    const bool hasLayer = map.kind != MapKind::BestLayer && map.kind != MapKind::Imported;
    if (hasLayer && map.layer)
        add(map.layer->empty() ? "best layer" : *map.layer);
    if (map.recording && map.kind != MapKind::Imported)
        add(map.recording->empty() ? "group" : subject.empty() ? *map.recording : subject);
    return detail;
}

Overlay overlayIn(std::span<const ColoredMap> maps, const ColoredMap& map) {
    Overlay overlay = overlayOf(*map.map, map.colors);
    if (map.placement.mask) {
        // What is not computed lets nothing through.
        const ColoredMap* mask = withId(maps, *map.placement.mask);
        hideOutside(overlay,
                    mask != nullptr
                        ? overlayOf(*mask->map, mask->colors)
                        : Overlay{.colors = std::vector<Rgba8>(overlay.colors.size(), {0, 0, 0, 0}), .classes = {}});
    }
    fade(overlay.colors, map.placement.opacity);
    return overlay;
}

} // namespace

std::vector<std::pair<int, Selection>> mapsToRead(const Selection& selection) {
    std::vector<std::pair<int, Selection>> maps{{firstMapId, firstMapOf(selection)}};
    for (const StackedMap& map : selection.stack)
        maps.emplace_back(map.id, selectionFor(selection, map));
    return maps;
}

std::string subjectShown(const Selection& selection, const ScoreIndex& index) {
    return subjectOf(selection, index);
}

std::vector<ColoredMap> coloredMaps(const Selection& selection, std::span<const StackReading> readings) {
    std::vector<ColoredMap> maps;
    const auto wanted = mapsToRead(selection);
    for (const auto& [id, shown] : wanted) {
        const auto reading = std::ranges::find(readings, id, &StackReading::id);
        // What was read for another kind of map is stale.
        if (reading == readings.end() || !reading->map || !reading->basis || reading->map->kind != shown.map)
            continue;
        const StackedMap* own = findMap(selection.stack, id);
        ColoredMap map{.id = id,
                       .map = reading->map,
                       .colors = mapColors(*reading->map, shown, *reading->basis),
                       .placement = own != nullptr ? own->placement : selection.placement};
        map.colors.opacity = map.placement.opacity;
        map.colors.detail = own != nullptr ? detailOf(*own, reading->subject) : std::string();
        if (map.placement.mask)
            for (const auto& [other, mask] : wanted)
                if (other == *map.placement.mask)
                    map.colors.maskedBy = mapName(mask);
        maps.push_back(std::move(map));
    }
    return maps;
}

Overlay stackOverlay(std::span<const ColoredMap> maps) {
    Overlay result;
    bool isAlone = true;
    for (const ColoredMap& map : maps) {
        if (!map.placement.isVisible)
            continue;
        Overlay overlay = overlayIn(maps, map);
        if (result.colors.empty()) {
            result = std::move(overlay);
            continue;
        }
        if (result.colors.size() != overlay.colors.size())
            throw ShapeError({.what = "Maps of the stack differ in size",
                              .expected = std::to_string(result.colors.size()),
                              .found = std::to_string(overlay.colors.size())});
        if (std::exchange(isAlone, false))
            multiplyByOpacity(result.colors);
        putOver(result, overlay);
    }
    if (!isAlone)
        divideByOpacity(result.colors);
    return result;
}

std::string mapName(const Selection& selection) {
    switch (selection.map) {
    case MapKind::BestLayer:
        return "Best layer";
    case MapKind::HalfTime:
        return "Half-time";
    case MapKind::Difference:
        return "ΔR";
    case MapKind::TValue:
        return "t";
    case MapKind::QValue:
        return "q";
    case MapKind::Imported:
        return selection.importedMap;
    case MapKind::Property:
        return selection.property;
    case MapKind::Score:
        break;
    }
    return "R";
}

} // namespace brainlike
