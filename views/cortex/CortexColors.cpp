// How CortexWidget colours its maps, and what it says of them.

#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/cortex/CortexWidget.h"

#include <algorithm>
#include <ranges>

namespace brainlike {

void CortexWidget::recolor() {
    const Selection& selection = m_selection.selection();
    // While another kind of map is being read, the one that is shown keeps its colours.
    if (m_map && m_map->kind != selection.map)
        return;
    const auto seen = [this] {
        std::vector<int> ids;
        for (const ColoredMap& map : m_maps)
            if (map.placement.isVisible)
                ids.push_back(map.id);
        return ids;
    };
    const auto seenBefore = seen();
    const bool isShown = m_map && m_reader.geometry();
    try {
        m_maps = isShown ? coloredMaps(selection, m_reader.maps()) : std::vector<ColoredMap>();
    } catch (const Error& error) {
        m_maps.clear();
        m_overlay->setNote(QString::fromStdString(error.what()));
    }
    Overlay overlay = stackOverlay(m_maps);
    keepIsolated(overlay);
    m_canvas->scene().setOverlay(std::move(overlay));
    const bool isMissing = m_reader.geometry() && m_reader.mapSelection() && !m_map && !m_data.index()->models.empty();
    m_overlay->setNote(isMissing ? missingText(selection, m_data.index()) : QString());
    const QSizeF before = m_annotations.column.box.size();
    makeBars();
    // While a handle is dragged, nothing else moves.
    if (before != m_annotations.column.box.size() && !m_barDrag)
        layOut();
    else
        placeBars();
    m_canvas->update();
    m_overlay->update();
    setAccessibleDescription(title());
    Q_EMIT colorsChanged();
    if (seen() != seenBefore)
        Q_EMIT mapChanged();
}

void CortexWidget::makeBars() {
    std::vector<std::pair<int, ColorBar>> bars;
    for (const ColoredMap& map : m_maps | std::views::reverse) {
        if (!map.placement.isVisible)
            continue;
        ColorBar bar = mapBar(map.colors, m_canvas->scene().style().underlay.middle(), pointedLabel(map));
        bar.hasHandles = bar.scale.has_value();
        if (m_barDrag && bar.scale && map.id == m_draggedMap)
            bar.axis = m_barDrag->axisFor(*bar.scale);
        bars.emplace_back(map.id, std::move(bar));
    }
    m_annotations.column = barColumn(bars, m_overlay->font(), m_canvas->height() - 2 * cortexMargin);
}

void CortexWidget::placeBars() {
    const double ratio = m_canvas->devicePixelRatioF();
    const PixelBox& content = m_canvas->scene().view().content();
    placeColumn(m_annotations.column,
                QRectF(content.left / ratio, content.top / ratio, content.width / ratio, content.height / ratio),
                m_canvas->width());
}

const ColoredMap* CortexWidget::coloredMap(int map) const {
    const auto found = std::ranges::find(m_maps, map, &ColoredMap::id);
    return found == m_maps.end() ? nullptr : &*found;
}

std::map<int, MapColors> CortexWidget::mapColors() const {
    std::map<int, MapColors> colors;
    for (const ColoredMap& map : m_maps)
        colors.emplace(map.id, map.colors);
    return colors;
}

std::optional<int> CortexWidget::pointedLabel(const ColoredMap& map) const {
    if (map.colors.labels.empty() || !geometry())
        return std::nullopt;
    const auto hovered = m_pointer ? vertexAt(*m_pointer) : std::nullopt;
    const auto vertex = hovered ? hovered : m_selection.selection().vertex;
    const int place = vertex ? geometry()->counts.flatIndex(*vertex) : -1;
    if (place < 0 || place >= static_cast<int>(map.map->layers.size()))
        return std::nullopt;
    const int label = map.map->layers[static_cast<std::size_t>(place)];
    return label >= 0 ? std::optional(label) : std::nullopt;
}

QString CortexWidget::describeHover(VertexId vertex) const {
    return readoutText(*geometry(), m_maps, vertex, m_regions.parcellationOn(*geometry()));
}

/// Lists of labels that are too long name the one that is pointed at.
void CortexWidget::nameLabels() {
    const bool isLabelled = std::ranges::any_of(
        m_maps, [](const ColoredMap& map) { return map.placement.isVisible && !map.colors.labels.empty(); });
    if (!isLabelled)
        return;
    const QSizeF before = m_annotations.column.box.size();
    makeBars();
    if (m_annotations.column.box.width() > before.width())
        layOut();
    else
        placeBars();
    m_overlay->update();
}

QString CortexWidget::describeValue(VertexId vertex) const {
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    if (!m_map || flat < 0 || flat >= static_cast<int>(std::max(m_map->values.size(), m_map->layers.size())))
        return {};
    return namedValueText(*m_map, static_cast<std::size_t>(flat));
}

QString CortexWidget::describeStack(VertexId vertex) const {
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    QStringList parts;
    for (const ColoredMap& map : m_maps | std::views::reverse)
        if (map.id != firstMapId && map.placement.isVisible && flat >= 0)
            parts << namedValueText(*map.map, static_cast<std::size_t>(flat), map.colors.detail);
    return parts.join(QStringLiteral(" · "));
}

} // namespace brainlike
