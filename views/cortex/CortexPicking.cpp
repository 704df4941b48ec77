// How CortexWidget answers picks of vertices and areas, brushes regions of interest and draws lines.

#include "core/session/RegionEdit.h"
#include "core/session/StackEdit.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexWidget.h"
#include "views/scene/AreaNames.h"

#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

namespace brainlike {
namespace {

/// "V1"; "area 2" of what is no more than a number.
QString areaInWords(const std::string& name) {
    const bool isNumber = name.find_first_not_of("0123456789") == std::string::npos;
    const QString text = QString::fromStdString(name);
    return isNumber ? QObject::tr("area %1").arg(text) : text;
}

} // namespace

void CortexWidget::connectRegions() {
    connect(&m_regions, &CortexRegions::parcellationRead, this, [this] {
        m_updateLines.schedule();
        if (m_selection.selection().regions.isolated)
            m_recolor.schedule();
        annotate();
        Q_EMIT parcellationChanged();
    });
    connect(&m_regions, &CortexRegions::linesMade, this, &CortexWidget::showLines);
    connect(&m_regions, &CortexRegions::failed, this,
            [this](const ErrorDetails& error) { m_overlay->setNote(QString::fromStdString(messageOf(error))); });
}

void CortexWidget::followRegions(const Selection& before, const Selection& after) {
    if (before.regions.parcellation != after.regions.parcellation)
        m_regions.wantParcellation(after);
    const RegionChoice& regions = after.regions;
    if (before.regions != regions || before.outlines != after.outlines ||
        (regions.thresholdContour && before.threshold != after.threshold) ||
        (before.stack != after.stack && (hasContours(before.stack) || hasContours(after.stack))))
        m_updateLines.schedule();
    if (regions.isolated != before.regions.isolated ||
        (regions.isolated && (before.regions.areas != regions.areas || before.regions.rois != regions.rois)))
        m_recolor.schedule();
    if (before.regions.areaNames != regions.areaNames)
        annotate();
}

std::shared_ptr<const CortexGeometry> CortexWidget::linedGeometry() const {
    return m_canvas->scene().view().geometry();
}

void CortexWidget::updateLines() {
    if (!linedGeometry())
        return;
    LineWish wish{.geometry = linedGeometry(), .selection = m_selection.selection()};
    wish.contours.resize(static_cast<std::size_t>(m_canvas->scene().parts()));
    if (wish.selection.regions.significanceContour || wish.selection.regions.thresholdContour)
        for (std::size_t part = 0; part < wish.contours.size(); ++part)
            if (const ColoredMap* first = firstMapIn(static_cast<int>(part))) {
                Selection shown = wish.selection;
                static_cast<ColorChoice&>(shown) = *colorsOf(wish.selection, first->id);
                wish.contours[part] = contoursOf(*first->map, shown, first->colors.scale.isTwoTailed);
            }
    for (std::size_t part = 0; part < std::min(wish.contours.size(), m_columns.size()); ++part)
        std::ranges::move(stackContours(m_columns[part]), std::back_inserter(wish.contours[part]));
    m_regions.wantLines(std::move(wish));
}

void CortexWidget::showLines(const std::vector<CortexLines>& lines) {
    CortexScene& scene = m_canvas->scene();
    const CortexLines& first = lines.front();
    const auto linesIn = [&](int part) -> const CortexLines& {
        return static_cast<std::size_t>(part) < lines.size() ? lines[static_cast<std::size_t>(part)] : first;
    };
    bool isAsBefore =
        scene.areOutlinesVisible() == first.areOutlinesVisible && !scene.hasOtherOutlines() && !first.outlines;
    for (int part = 0; part < scene.parts(); ++part)
        isAsBefore = isAsBefore && scene.lines(part).empty() && linesIn(part).lines.empty();
    if (isAsBefore)
        return;
    scene.setOutlinesVisible(first.areOutlinesVisible);
    scene.setOutlines(first.outlines);
    for (int part = 0; part < scene.parts(); ++part)
        scene.setLines(linesIn(part).lines, part);
    m_canvas->redraw(m_stroke ? CortexCanvas::Redraw::Moving : CortexCanvas::Redraw::Still);
}

void CortexWidget::keepIsolated(Overlay& overlay) const {
    const auto geometry = this->geometry();
    if (!geometry || !m_selection.selection().regions.isolated)
        return;
    isolate(overlay, isolatedVertices(m_regions.parcellationOn(*geometry), m_selection.selection(), geometry->counts));
}

void CortexWidget::nameAreas() {
    m_annotations.areaNames.clear();
    const auto geometry = linedGeometry();
    const Parcellation* parcellation = geometry ? m_regions.parcellationOn(*geometry) : nullptr;
    // While the brain turns, names would only flicker.
    if (!m_selection.selection().regions.areaNames || parcellation == nullptr || m_dragged)
        return;
    const double ratio = m_canvas->devicePixelRatioF();
    const QFontMetricsF metrics(areaNameFont(m_overlay->font()));
    const auto sizeOf = [&](const std::string& name) {
        const QString text = QString::fromStdString(name);
        return TextSize{(metrics.horizontalAdvance(text) + 2) * ratio, metrics.capHeight() * ratio};
    };
    for (const AreaName& name : placeAreaNames(m_canvas->scene().view(), *parcellation, sizeOf))
        m_annotations.areaNames.emplace_back(QPointF(name.centre.x, name.centre.y) / ratio,
                                             QString::fromStdString(name.name));
}

void CortexWidget::highlight(std::optional<VertexId> vertex) {
    const auto geometry = linedGeometry();
    const Area* area = vertex && geometry ? m_regions.areaOf(*geometry, *vertex) : nullptr;
    const bool isBrush = m_tool.mode == PickTool::Mode::Brush;
    const std::string name = area != nullptr ? std::string(shortName(vertex->hemisphere)) + area->name : std::string();
    if (!isBrush && name == m_highlighted)
        return;
    m_highlighted = isBrush ? std::string() : name;
    if (!vertex || !geometry || (!isBrush && area == nullptr)) {
        m_overlay->setHighlight({});
        return;
    }
    SurfaceLines lines;
    if (isBrush) {
        Roi disc{.name = {}, .color = {}, .vertices = {}};
        disc.vertices[indexOf(vertex->hemisphere)] = m_regions.disc(geometry, *vertex, m_tool.radius);
        lines = roiBorders(*geometry, disc);
    } else {
        lines = areaBorders(*geometry, *m_regions.parcellationOn(*geometry), std::array{area->name});
        lines.points[1 - indexOf(vertex->hemisphere)].clear();
    }
    m_overlay->setHighlight(pathOnScreen(m_canvas->scene().view(), lines, m_canvas->devicePixelRatioF()));
}

void CortexWidget::setPickTool(const PickTool& tool) {
    m_tool = tool;
    if (const auto geometry = linedGeometry(); geometry && tool.mode == PickTool::Mode::Brush)
        m_regions.prepareDiscs(geometry);
    m_highlighted.clear();
    m_overlay->setHighlight({});
    m_hover.schedule();
}

void CortexWidget::click(QPointF position, Qt::KeyboardModifiers modifiers) {
    const auto vertex = vertexAt(position);
    const bool isMore = modifiers.testFlag(Qt::ControlModifier) || modifiers.testFlag(Qt::ShiftModifier);
    const auto geometry = linedGeometry();
    const Area* area = vertex && geometry ? m_regions.areaOf(*geometry, *vertex) : nullptr;
    if (!isMore && m_tool.mode == PickTool::Mode::Vertex) {
        if (vertex)
            m_selection.edit([&](Selection& selection) { selection.vertex = vertex; });
        return;
    }
    if (area == nullptr)
        return;
    m_selection.edit([&](Selection& next) {
        if (isMore)
            toggleArea(next.regions, area->name);
        else
            next.regions.areas = {area->name};
        showChosen(next);
    });
}

void CortexWidget::isolateAt(QPointF position) {
    const auto vertex = vertexAt(position);
    const auto geometry = linedGeometry();
    const Area* area = vertex && geometry ? m_regions.areaOf(*geometry, *vertex) : nullptr;
    m_selection.edit([&](Selection& next) {
        if (next.regions.isolated) {
            next.regions.isolated = false;
        } else if (area != nullptr) {
            next.regions.areas = {area->name};
            next.regions.isolated = true;
            showChosen(next);
        }
    });
}

void CortexWidget::fillPlaceMenu(QMenu& menu, VertexId vertex) {
    menu.addAction(tr("Look at this place"), this, [this, vertex] { goTo(vertex); });
    const auto geometry = linedGeometry();
    const Area* area = geometry ? m_regions.areaOf(*geometry, vertex) : nullptr;
    if (area != nullptr) {
        const std::string& name = area->name;
        const QString shown = areaInWords(name);
        menu.addSeparator();
        QAction* choose = menu.addAction(tr("Choose %1").arg(shown), this, [this, name] {
            m_selection.edit([&](Selection& next) {
                toggleArea(next.regions, name);
                showChosen(next);
            });
        });
        choose->setCheckable(true);
        choose->setChecked(m_selection.selection().regions.isChosen(name));
        menu.addAction(tr("Show %1 alone").arg(shown), this, [this, name] {
            m_selection.edit([&](Selection& next) {
                next.regions.areas = {name};
                next.regions.isolated = true;
                showChosen(next);
            });
        });
        menu.addAction(tr("Make %1 a region of interest").arg(shown), this, [this, name] { makeRoi(name); });
    }
    if (m_selection.selection().regions.isolated)
        menu.addAction(tr("Show everything"), this,
                       [this] { m_selection.edit([](Selection& next) { next.regions.isolated = false; }); });
}

void CortexWidget::makeRoi(const std::string& area) {
    const auto geometry = linedGeometry();
    const Parcellation* parcellation = geometry ? m_regions.parcellationOn(*geometry) : nullptr;
    if (parcellation == nullptr)
        return;
    m_selection.edit([&](Selection& next) { makeRoiOfAreas(next, *parcellation, std::array{area}, area); });
}

bool CortexWidget::startStroke(QPointF position, Qt::KeyboardModifiers modifiers) {
    if (m_tool.mode != PickTool::Mode::Brush || modifiers.testFlag(Qt::ShiftModifier) || !vertexAt(position))
        return false;
    const RegionChoice& regions = m_selection.selection().regions;
    const bool isKnown = regions.rois->find(regions.roi) != nullptr;
    m_stroke = Stroke{isKnown ? regions.roi : freshRoiName(*regions.rois), modifiers.testFlag(Qt::ControlModifier)};
    m_overlay->setHover({}, {});
    m_overlay->setHighlight({});
    m_selection.beginGesture();
    paintStroke(position);
    return true;
}

void CortexWidget::paintStroke(QPointF position) {
    const auto vertex = vertexAt(position);
    const auto geometry = linedGeometry();
    if (!vertex || !geometry)
        return;
    const auto disc = m_regions.disc(geometry, *vertex, m_tool.radius);
    m_selection.edit([&](Selection& next) {
        RegionChoice& regions = next.regions;
        regions.rois =
            SharedRois(m_stroke->isErasing ? withoutVertices(*regions.rois, m_stroke->roi, vertex->hemisphere, disc)
                                           : withVertices(*regions.rois, m_stroke->roi, vertex->hemisphere, disc));
        regions.roi = regions.rois->find(m_stroke->roi) != nullptr ? m_stroke->roi : std::string();
        showRois(next);
    });
}

void CortexWidget::endStroke() {
    m_stroke.reset();
    m_selection.endGesture();
    m_canvas->redraw();
    m_hover.schedule();
}

const std::vector<SurfaceLines>& CortexWidget::lines(int column) const {
    return m_canvas->scene().lines(column);
}

QStringList CortexWidget::areaNames() const {
    QStringList names;
    for (const auto& [place, name] : m_annotations.areaNames)
        names << name;
    return names;
}

void CortexWidget::addDisc(double radius) {
    const auto vertex = m_selection.selection().vertex;
    const auto geometry = linedGeometry();
    if (!vertex || !geometry)
        return;
    const auto disc = m_regions.disc(geometry, *vertex, radius);
    m_selection.edit([&](Selection& next) {
        RegionChoice& regions = next.regions;
        const std::string name = regions.rois->find(regions.roi) != nullptr ? regions.roi : freshRoiName(*regions.rois);
        regions.rois = SharedRois(withVertices(*regions.rois, name, vertex->hemisphere, disc));
        regions.roi = name;
        showRois(next);
    });
}

void CortexWidget::pickNeighbor(double right, double up) {
    const CortexView& view = m_canvas->scene().view();
    const auto vertex = m_selection.selection().vertex;
    std::optional<VertexId> next;
    if (vertex) {
        next = view.neighborTowards(*vertex, {right, up});
    } else if (!view.panels().empty()) {
        const PixelBox& box = view.panels().front().brain;
        next = view.pick({box.left + 0.5 * box.width, box.top + 0.5 * box.height});
    }
    if (next)
        m_selection.edit([&](Selection& selection) { selection.vertex = next; });
}

void CortexWidget::goTo(VertexId vertex) {
    m_canvas->scene().view().showVertex(vertex);
    m_selection.beginGesture();
    m_selection.edit([&](Selection& selection) {
        selection.vertex = vertex;
        selection.cameras = m_canvas->scene().view().cameras();
    });
    m_selection.endGesture();
    showCameras();
}

} // namespace brainlike
