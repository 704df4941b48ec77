#include "views/scene/MapStack.h"

#include "core/base/Error.h"
#include "core/base/VectorClones.h"
#include "core/session/SelectionDefaults.h"
#include "views/scene/MapPainter.h"
#include "views/scene/PixelBlend.h"

#include <algorithm>
#include <array>
#include <limits>
#include <ranges>
#include <utility>

namespace brainlike {
namespace {

/// Numbers pairs of classes anew: by row and column where these are few, as nearly always, else as they occur.
class ClassPairs {
public:
    ClassPairs(const ClassRange& below, const ClassRange& above)
        : m_below(below), m_above(above), m_columns(above.high - above.low + 1),
          m_isDirect(placesOf(below, above) <= std::size_t{most}) {
        if (m_isDirect)
            return;
        m_numbers.resize(placesOf(below, above), unnumbered);
        for (int hidden = below.low; hidden < 0 && hidden <= below.high; ++hidden)
            for (int over = above.low; over < 0 && over <= above.high; ++over)
                m_numbers[placeOf(hidden - below.low + 1, over)] = -1;
    }

    /// Of the numbers given.
    [[nodiscard]] ClassRange range() const {
        return {-1, static_cast<int>(std::min(placesOf(m_below, m_above), std::size_t{most})) - 1};
    }

    void pair(const OverlayPart& below, const OverlayPart& above) {
        if (m_isDirect)
            return pairDirectly(below, above);
        for (std::size_t vertex = 0; vertex < below.classes.size(); ++vertex)
            below.classes[vertex] =
                numberOf(below.classes[vertex], above.classes[vertex], above.colors[vertex].a == 255);
    }

private:
    static constexpr std::int16_t most = std::numeric_limits<std::int16_t>::max();
    static constexpr std::int16_t unnumbered = std::numeric_limits<std::int16_t>::min();

    /// The first row is of what an opaque colour covers.
    [[nodiscard]] static std::size_t placesOf(const ClassRange& below, const ClassRange& above) {
        return static_cast<std::size_t>(below.high - below.low + 2) *
               static_cast<std::size_t>(above.high - above.low + 1);
    }
    [[nodiscard]] std::size_t placeOf(int row, int above) const {
        return static_cast<std::size_t>(row * m_columns + above - m_above.low);
    }

    BRAINLIKE_VECTOR_CLONES void pairDirectly(const OverlayPart& below, const OverlayPart& above) const {
        const int firstRow = m_below.low - 1, firstColumn = m_above.low, columns = m_columns;
        for (std::size_t vertex = 0; vertex < below.classes.size(); ++vertex) {
            const int under = below.classes[vertex], over = above.classes[vertex];
            const bool isCovered = above.colors[vertex].a == 255;
            const int row = isCovered ? 0 : under - firstRow;
            const bool isHidden = !isCovered && under < 0 && over < 0;
            below.classes[vertex] = static_cast<std::int16_t>(isHidden ? -1 : row * columns + over - firstColumn);
        }
    }

    [[nodiscard]] std::int16_t numberOf(std::int16_t below, std::int16_t above, bool isCovered) {
        std::int16_t& number = m_numbers[placeOf(isCovered ? 0 : below - m_below.low + 1, above)];
        // Numbers that run out begin again: two classes far from each other may share one.
        if (number == unnumbered)
            number = static_cast<std::int16_t>(m_count++ % most);
        return number;
    }

    ClassRange m_below, m_above;
    int m_columns;
    bool m_isDirect;
    std::vector<std::int16_t> m_numbers;
    int m_count = 0;
};

/// Colours and classes of a few vertices.
class Sketch {
public:
    [[nodiscard]] OverlayPart part(std::size_t vertices) {
        return {std::span(m_colors).first(vertices), std::span(m_classes).first(vertices)};
    }

private:
    std::vector<Rgba8> m_colors = std::vector<Rgba8>(MapPainter::mostVertices);
    std::vector<std::int16_t> m_classes = std::vector<std::int16_t>(MapPainter::mostVertices);
};

const ColoredMap* withId(std::span<const ColoredMap> maps, int id) {
    const auto found = std::ranges::find(maps, id, &ColoredMap::id);
    return found == maps.end() ? nullptr : &*found;
}

/// Of the lines around what maps above the first one show, one after the other.
constexpr std::array<Rgba8, 4> contourColors{
    {{86, 180, 233, 255}, {240, 228, 66, 255}, {204, 121, 167, 255}, {0, 158, 115, 255}}};

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

/// A visible map, ready to be coloured: its opacity, and what masks it.
class StackPainter {
public:
    /// @throws ShapeError if the mask does not fit the map
    StackPainter(std::span<const ColoredMap> maps, const ColoredMap& map)
        : m_painter(*map.map, map.colors), m_opacity(map.placement.opacity),
          m_isMasked(map.placement.mask.has_value()) {
        const ColoredMap* mask = m_isMasked ? withId(maps, *map.placement.mask) : nullptr;
        if (mask == nullptr)
            return;
        m_mask.emplace(*mask->map, mask->colors);
        if (m_mask->vertexCount() != vertexCount())
            throw ShapeError({.what = "A mask does not fit the map",
                              .expected = std::to_string(vertexCount()),
                              .found = std::to_string(m_mask->vertexCount())});
    }

    [[nodiscard]] std::size_t vertexCount() const { return m_painter.vertexCount(); }
    [[nodiscard]] ClassRange classes() const { return m_painter.classes(); }

    void paint(std::size_t first, const OverlayPart& part, Sketch& sketch) const {
        m_painter.paint(first, part);
        if (m_isMasked)
            hideOutside(first, part, sketch.part(part.colors.size()));
        fade(part.colors, m_opacity);
    }

private:
    /// What is not computed lets nothing through.
    void hideOutside(std::size_t first, const OverlayPart& part, const OverlayPart& mask) const {
        if (m_mask)
            m_mask->paint(first, mask);
        for (std::size_t vertex = 0; vertex < part.colors.size(); ++vertex)
            if (!m_mask || mask.colors[vertex].a == 0) {
                part.colors[vertex] = {0, 0, 0, 0};
                part.classes[vertex] = -1;
            }
    }

    MapPainter m_painter;
    std::optional<MapPainter> m_mask;
    double m_opacity;
    bool m_isMasked;
};

/// Those of the visible maps, lowest first.
std::vector<StackPainter> paintersOf(std::span<const ColoredMap> maps) {
    std::vector<StackPainter> painters;
    for (const ColoredMap& map : maps) {
        if (!map.placement.isVisible)
            continue;
        painters.emplace_back(maps, map);
        if (painters.back().vertexCount() != painters.front().vertexCount())
            throw ShapeError({.what = "Maps of the stack differ in size",
                              .expected = std::to_string(painters.front().vertexCount()),
                              .found = std::to_string(painters.back().vertexCount())});
    }
    return painters;
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
    std::size_t contours = 0;
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
        if (own != nullptr && own->placement.contour) {
            map.colors.contour = contourColors[contours++ % contourColors.size()];
            map.colors.isOnlyContour = !own->placement.isVisible;
        }
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
    const std::vector<StackPainter> painters = paintersOf(maps);
    if (painters.empty())
        return {};
    std::vector<ClassPairs> pairs;
    ClassRange classes = painters.front().classes();
    for (const StackPainter& painter : painters | std::views::drop(1))
        classes = pairs.emplace_back(classes, painter.classes()).range();
    Overlay result = overlayFor(painters.front().vertexCount());
    Sketch above, mask;
    forParts(result, MapPainter::mostVertices, [&](std::size_t first, const OverlayPart& part) {
        painters.front().paint(first, part, mask);
        if (painters.size() == 1)
            return;
        multiplyByOpacity(part.colors);
        const OverlayPart upper = above.part(part.colors.size());
        for (std::size_t map = 1; map < painters.size(); ++map) {
            painters[map].paint(first, upper, mask);
            blendOver(part.colors, upper.colors);
            pairs[map - 1].pair(part, upper);
        }
        divideByOpacity(part.colors);
    });
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
