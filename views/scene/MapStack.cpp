#include "views/scene/MapStack.h"

#include "core/base/Error.h"

#include <algorithm>
#include <limits>
#include <map>

namespace brainlike {
namespace {

/// Class of what an opaque colour covers.
constexpr std::int16_t covered = std::numeric_limits<std::int16_t>::max();

/// Numbers pairs of classes anew, densely; what is not shown in either stays −1.
class ClassPairs {
public:
    std::int16_t numberOf(std::int16_t below, std::int16_t above) {
        if (below == m_below && above == m_above)
            return m_number;
        m_below = below;
        m_above = above;
        if (below < 0 && above < 0)
            return m_number = -1;
        // Numbers that run out begin again: two classes far from each other may share one.
        const auto next = static_cast<std::int16_t>(m_numbers.size() % static_cast<std::size_t>(covered));
        return m_number = m_numbers.try_emplace({below, above}, next).first->second;
    }

private:
    std::map<std::pair<std::int16_t, std::int16_t>, std::int16_t> m_numbers;
    std::int16_t m_below = -1, m_above = -1, m_number = -1;
};

std::uint8_t share(int value, int of) {
    return static_cast<std::uint8_t>((value * of + 127) / 255);
}

/// `top` over `bottom`, neither premultiplied.
Rgba8 composed(Rgba8 bottom, Rgba8 top) {
    if (bottom.a == 0 || top.a == 255)
        return top;
    if (bottom.a == 255 || top.a == 0)
        return blend(bottom, top);
    const int below = share(bottom.a, 255 - top.a);
    const int alpha = top.a + below;
    const auto channel = [&](int low, int high) {
        return static_cast<std::uint8_t>((high * top.a + low * below + alpha / 2) / alpha);
    };
    return {channel(bottom.r, top.r), channel(bottom.g, top.g), channel(bottom.b, top.b),
            static_cast<std::uint8_t>(alpha)};
}

bool hasOneClass(const std::vector<std::int16_t>& classes) {
    return std::adjacent_find(classes.begin(), classes.end(), std::not_equal_to()) == classes.end();
}

void putOver(Overlay& below, const Overlay& above) {
    const bool areBordersBelow = !hasOneClass(below.classes);
    ClassPairs pairs;
    for (std::size_t vertex = 0; vertex < below.colors.size(); ++vertex) {
        const bool isCovered = above.colors[vertex].a == 255;
        below.colors[vertex] = composed(below.colors[vertex], above.colors[vertex]);
        below.classes[vertex] = areBordersBelow
                                    ? pairs.numberOf(isCovered ? covered : below.classes[vertex], above.classes[vertex])
                                    : above.classes[vertex];
    }
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

void fade(Overlay& overlay, double opacity) {
    const auto part = static_cast<int>(opacity * 255 + 0.5);
    if (part >= 255)
        return;
    for (std::size_t vertex = 0; vertex < overlay.colors.size(); ++vertex)
        overlay.colors[vertex].a = share(overlay.colors[vertex].a, part);
}

const ColoredMap* withId(std::span<const ColoredMap> maps, int id) {
    const auto found = std::ranges::find(maps, id, &ColoredMap::id);
    return found == maps.end() ? nullptr : &*found;
}

/// "block.7, sub-01": what a map does not leave to the selection.
std::string detailOf(const StackedMap& map) {
    std::string detail;
    const auto add = [&](const std::string& text) { detail += (detail.empty() ? "" : ", ") + text; };
    const bool hasLayer = map.kind != MapKind::BestLayer && map.kind != MapKind::Imported;
    if (hasLayer && map.layer)
        add(map.layer->empty() ? "best layer" : *map.layer);
    if (map.recording && map.kind != MapKind::Imported)
        add(map.recording->empty() ? "group" : *map.recording);
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
    fade(overlay, map.placement.opacity);
    return overlay;
}

} // namespace

std::vector<std::pair<int, Selection>> mapsToRead(const Selection& selection) {
    std::vector<std::pair<int, Selection>> maps{{firstMapId, firstMapOf(selection)}};
    for (const StackedMap& map : selection.stack)
        maps.emplace_back(map.id, selectionFor(selection, map));
    return maps;
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
        map.colors.detail = own != nullptr ? detailOf(*own) : std::string();
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
        putOver(result, overlay);
    }
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
    case MapKind::Score:
        break;
    }
    return "R";
}

} // namespace brainlike
