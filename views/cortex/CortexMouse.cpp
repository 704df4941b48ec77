// How CortexWidget answers the mouse.

#include "core/session/StackEdit.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/cortex/CortexWidget.h"

#include <QApplication>
#include <QMouseEvent>

#include <cmath>

namespace brainlike {
namespace {

/// One notch of the wheel.
constexpr double zoomStep = 1.15;
constexpr double unitsPerNotch = 120;
/// What CortexView::rotate makes a degree of.
constexpr double pixelsPerDegree = pixelsPerHalfTurn / 180;

} // namespace

void CortexWidget::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    if (event->button() == Qt::LeftButton && pressBar(event->position()))
        return;
    if (event->button() == Qt::LeftButton && startStroke(event->position(), event->modifiers()))
        return;
    m_isMoving = event->button() == Qt::MiddleButton || event->modifiers().testFlag(Qt::ShiftModifier);
    m_pressed = event->position();
    m_dragged.reset();
    m_overlay->setHover({}, {});
}

void CortexWidget::mouseMoveEvent(QMouseEvent* event) {
    if (m_barDrag)
        return dragBar(event->position());
    if (m_stroke)
        return paintStroke(event->position());
    if (!m_pressed) {
        m_pointer = event->position();
        m_hover.schedule();
        return;
    }
    const QPointF from = m_dragged.value_or(*m_pressed);
    const QPointF moved = event->position() - from;
    if (!m_dragged && moved.manhattanLength() < QApplication::startDragDistance())
        return;
    m_dragged = event->position();
    CortexView& view = m_canvas->scene().view();
    const double ratio = m_canvas->devicePixelRatioF();
    if (m_isMoving)
        view.move(toDevice(*m_pressed), moved.x() * ratio, moved.y() * ratio);
    else
        view.rotate(toDevice(*m_pressed), moved.x(), moved.y());
    showCameras();
}

void CortexWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_barDrag) {
        m_barDrag.reset();
        m_selection.endGesture();
        m_recolor.schedule();
        return;
    }
    if (event->button() == Qt::LeftButton && m_stroke)
        return endStroke();
    if ((event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) || !m_pressed)
        return;
    const bool wasClick = !m_dragged && event->button() == Qt::LeftButton;
    const bool wasDragged = m_dragged.has_value();
    m_pressed.reset();
    m_dragged.reset();
    if (wasClick)
        click(event->position(), event->modifiers());
    if (wasDragged) {
        keepCameras();
        annotate();
    }
}

void CortexWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    for (const PlacedBar& bar : m_annotations.column.bars)
        if (bar.bar.scale && colorBarBand(bar.map).adjusted(-12, -8, 8, 8).contains(event->position())) {
            m_selection.edit([map = bar.map](Selection& next) {
                if (ColorChoice* colors = colorsOf(next, map))
                    resetRange(*colors);
            });
            return;
        }
    isolateAt(event->position());
}

void CortexWidget::wheelEvent(QWheelEvent* event) {
    const double notches = event->angleDelta().y() / unitsPerNotch;
    if (notches == 0)
        return;
    CortexView& view = m_canvas->scene().view();
    view.zoom(toDevice(event->position()), std::pow(zoomStep, notches));
    // Notches that follow each other are undone together.
    m_selection.edit([&view](Selection& next) { next.cameras = view.cameras(); });
    showCameras();
    event->accept();
}

void CortexWidget::turnCamera(double right, double down) {
    CortexView& view = m_canvas->scene().view();
    if (const auto at = view.middle())
        view.rotate(*at, right * pixelsPerDegree, down * pixelsPerDegree);
    m_selection.edit([&view](Selection& next) { next.cameras = view.cameras(); });
    showCameras();
}

void CortexWidget::zoomCamera(double factor) {
    CortexView& view = m_canvas->scene().view();
    if (const auto at = view.middle())
        view.zoom(*at, factor);
    m_selection.edit([&view](Selection& next) { next.cameras = view.cameras(); });
    showCameras();
}

void CortexWidget::moveCamera(double right, double down) {
    CortexView& view = m_canvas->scene().view();
    if (const auto at = view.middle()) {
        const PixelBox& box = view.panels().front().viewport;
        view.move(*at, right * box.width, down * box.height);
    }
    m_selection.edit([&view](Selection& next) { next.cameras = view.cameras(); });
    showCameras();
}

void CortexWidget::leaveEvent(QEvent* event) {
    Panel::leaveEvent(event);
    m_pointer.reset();
    m_hover.schedule();
}

void CortexWidget::hover() {
    if (const auto handle = m_pointer ? barHandleAt(*m_pointer) : std::nullopt) {
        m_overlay->setHover(handle == BarHandle::Threshold ? tr("Drag to set the threshold")
                                                           : tr("Drag to change the range; double click resets it"),
                            m_canvas->mapFrom(this, *m_pointer));
        setCursor(Qt::SizeVerCursor);
        Q_EMIT hovered(std::nullopt);
        return;
    }
    const auto vertex = m_pointer ? vertexAt(*m_pointer) : std::nullopt;
    if (vertex && geometry())
        m_overlay->setHover(describeHover(*vertex), m_canvas->mapFrom(this, *m_pointer));
    else
        m_overlay->setHover({}, {});
    highlight(vertex);
    nameLabels();
    setCursor(vertex ? Qt::PointingHandCursor : Qt::ArrowCursor);
    Q_EMIT hovered(vertex);
}

} // namespace brainlike
