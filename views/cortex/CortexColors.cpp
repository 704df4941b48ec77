// How CortexWidget colours its maps, and what it says of them.

#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/cortex/CortexWidget.h"
#include "views/scene/MapBlend.h"
#include "views/state/ColumnHeadings.h"

#include <algorithm>
#include <ranges>

namespace brainlike {

Selection CortexWidget::drawnSelection() const {
    Selection drawn = m_selection.selection();
    const auto& read = m_reader.mapSelection();
    drawn.isCompared = read && read->isCompared;
    if (read) {
        drawn.model = read->model;
        drawn.step = read->step;
        drawn.layer = read->layer;
        drawn.recording = read->recording;
        drawn.difference = read->difference;
    }
    return drawn;
}

void CortexWidget::recolor() {
    const Selection selection = drawnSelection();
    const bool showsScores = selection.isCompared && selection.map == MapKind::Difference;
    // While another kind of map is being read, the one that is shown keeps its colours.
    if (m_map && m_map->kind != (showsScores ? MapKind::Score : selection.map))
        return;
    const auto seen = [this] {
        std::vector<int> ids;
        for (const ColoredMap& map : m_columns[0])
            if (map.placement.isVisible)
                ids.push_back(map.id);
        return ids;
    };
    const auto seenBefore = seen();
    m_overlay->setNote(m_surfaceNote);
    colorMaps(selection);
    if (hasContours(selection.stack))
        m_updateLines.schedule(); // their thresholds may be other ones
    CortexScene& scene = m_canvas->scene();
    const int partsBefore = scene.parts();
    scene.setParts(selection.isCompared ? static_cast<int>(m_columns.size()) : 1);
    colorScene();
    findMissing(selection);
    const QSizeF before = m_annotations.column.box.size();
    makeBars();
    // While a handle is dragged, nothing else moves.
    if (partsBefore != scene.parts() || (before != m_annotations.column.box.size() && !m_barDrag)) {
        layOut();
    } else {
        placeBars();
        placeHeadings();
    }
    m_canvas->update();
    m_overlay->update();
    setAccessibleDescription(title());
    Q_EMIT colorsChanged();
    if (seen() != seenBefore)
        Q_EMIT mapChanged();
}

void CortexWidget::colorScene() {
    CortexScene& scene = m_canvas->scene();
    const double share = m_blendTime > 0 ? std::min(1.0, static_cast<double>(m_blendClock.elapsed()) / m_blendTime) : 1;
    for (int part = 0; part < scene.parts(); ++part) {
        const auto column = static_cast<std::size_t>(part);
        if (isBlending())
            m_blended[column] = blendedMaps(m_blendFrom[column], m_columns[column], share);
        Overlay overlay = stackOverlay(isBlending() ? m_blended[column] : m_columns[column]);
        keepIsolated(overlay);
        scene.setOverlay(std::move(overlay), part);
    }
}

/// From what is drawn to the map that has been read, if only the checkpoint is another one.
/// @param before  what the map that is drawn is of
void CortexWidget::startBlend(const std::optional<Selection>& before) {
    const auto& now = m_reader.mapSelection();
    bool isStep = m_blendTime > 0 && before && now && before->step != now->step;
    if (isStep) {
        Selection same = *before;
        same.step = now->step;
        isStep = !CortexReader::isAnotherRead(same, *now);
    }
    m_blendFrom = !isStep ? decltype(m_blendFrom)() : isBlending() ? m_blended : m_columns;
    m_blended = {};
    if (!isStep) {
        m_blendTimer.stop();
        return;
    }
    m_blendClock.start();
    m_blendTimer.start();
}

void CortexWidget::blendOn() {
    if (m_blendTime <= 0 || m_blendClock.elapsed() >= m_blendTime) {
        m_blendTimer.stop();
        m_blendFrom = m_blended = {};
    }
    colorScene();
    m_canvas->redraw(CortexCanvas::Redraw::Moving);
}

void CortexWidget::setBlendTime(int milliseconds) {
    m_blendTime = milliseconds;
    if (isBlending() && milliseconds <= 0)
        blendOn();
}

void CortexWidget::colorMaps(const Selection& selection) {
    m_columns = {};
    if (!m_reader.geometry() || m_data.index() == nullptr)
        return;
    try {
        if (selection.isCompared)
            m_columns = coloredComparison(comparedSelections(selection, *m_data.index()), m_reader.columns());
        else if (m_map)
            m_columns[0] = coloredMaps(selection, m_reader.columns()[0]);
    } catch (const Error& error) {
        m_columns = {};
        m_overlay->setNote(QString::fromStdString(error.what()));
    }
}

/// Says in words what cannot be shown.
void CortexWidget::findMissing(const Selection& selection) {
    m_headings = m_missing = {};
    const ScoreIndex* index = m_data.index();
    if (!m_reader.geometry() || !m_reader.mapSelection() || index == nullptr)
        return;
    // Surfaces alone are shown as they are.
    if (index->models.empty() && index->importedMaps.empty())
        return;
    if (!selection.isCompared) {
        if (!m_map)
            m_overlay->setNote(missingText(selection, index));
        return;
    }
    m_headings = columnHeadings(selection, *index);
    const QString noOther = noOtherSideText(selection, *index);
    const bool isNothing = comparedSelections(selection, *index).less == std::nullopt;
    const std::array texts{missingText(selection, index), noOther.isEmpty() ? missingText(selection, index) : noOther,
                           isNothing ? tr("No B to take away.") : tr("Not computed yet")};
    for (std::size_t column = 0; column < texts.size(); ++column)
        if (m_columns[column].empty())
            m_missing[column] = texts[column];
}

void CortexWidget::placeHeadings() {
    m_annotations.headings.clear();
    m_annotations.missing.clear();
    const double ratio = m_canvas->devicePixelRatioF();
    const CortexView& view = m_canvas->scene().view();
    const auto inUnits = [ratio](const PixelBox& box) {
        return QRectF(box.left / ratio, box.top / ratio, box.width / ratio, box.height / ratio);
    };
    for (std::size_t part = 0; part < std::min(view.headings().size(), m_headings.size()); ++part) {
        const QRectF heading = inUnits(view.headings()[part]);
        m_annotations.headings.emplace_back(heading, m_headings[part]);
        if (!m_missing[part].isEmpty())
            m_annotations.missing.emplace_back(QRectF(heading.left(), heading.bottom(), heading.width(),
                                                      inUnits(view.content()).bottom() - heading.bottom())
                                                   .adjusted(12, 0, -12, 0),
                                               m_missing[part]);
    }
}

ColorBar CortexWidget::barOf(const ColoredMap& map, bool isShared) const {
    ColorBar bar = mapBar(map.colors, m_canvas->scene().style().underlay.middle(), pointedLabel(map));
    if (m_canvas->scene().parts() > 1)
        bar.title = comparedBarTitle(map.id, isShared, bar.title);
    bar.hasHandles = bar.scale.has_value();
    if (m_barDrag && bar.scale && map.id == m_draggedMap)
        bar.axis = m_barDrag->axisFor(*bar.scale);
    return bar;
}

void CortexWidget::makeBars() {
    const auto legends = comparedLegends(m_columns);
    const bool isShared = std::ranges::none_of(legends, [](const ColoredMap* map) { return map->id == otherMapId; });
    std::vector<std::pair<int, ColorBar>> bars;
    for (const ColoredMap* map : legends)
        bars.emplace_back(map->id, barOf(*map, isShared));
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
    for (const auto& column : m_columns)
        if (const auto found = std::ranges::find(column, map, &ColoredMap::id); found != column.end())
            return &*found;
    return nullptr;
}

const ColoredMap* CortexWidget::firstMapIn(int column) const {
    static constexpr std::array ids{firstMapId, otherMapId, differenceMapId};
    const auto& maps = m_columns.at(static_cast<std::size_t>(column));
    const auto found = std::ranges::find(maps, ids.at(static_cast<std::size_t>(column)), &ColoredMap::id);
    return found == maps.end() ? nullptr : &*found;
}

QStringList CortexWidget::headings() const {
    QStringList texts;
    for (const auto& [box, text] : m_annotations.headings)
        texts << text;
    return texts;
}

QString CortexWidget::missingIn(int column) const {
    return m_missing.at(static_cast<std::size_t>(column));
}

std::map<int, MapColors> CortexWidget::mapColors() const {
    std::map<int, MapColors> colors;
    for (const ColoredMap& map : m_columns[0])
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
    if (m_canvas->scene().parts() > 1)
        return comparedReadout(*geometry(), m_columns, vertex, m_regions.parcellationOn(*geometry()));
    return readoutText(*geometry(), m_columns[0], vertex, m_regions.parcellationOn(*geometry()));
}

/// Lists of labels that are too long name the one that is pointed at.
void CortexWidget::nameLabels() {
    const bool isLabelled = std::ranges::any_of(
        m_columns[0], [](const ColoredMap& map) { return map.placement.isVisible && !map.colors.labels.empty(); });
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

QString CortexWidget::describeComparison(VertexId vertex) const {
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    return m_canvas->scene().parts() > 1 && flat >= 0 ? comparedValues(m_columns, static_cast<std::size_t>(flat))
                                                      : QString();
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
    for (const ColoredMap& map : m_columns[0] | std::views::reverse)
        if (map.id != firstMapId && map.placement.isVisible && flat >= 0)
            parts << namedValueText(*map.map, static_cast<std::size_t>(flat), map.colors.detail);
    return parts.join(QStringLiteral(" · "));
}

} // namespace brainlike
