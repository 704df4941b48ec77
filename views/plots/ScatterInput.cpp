// What the mouse and the keys do on a ScatterPlot.

#include "views/plots/ScatterPlot.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

bool isMove(const QKeyEvent& event) {
    const int key = event.key();
    return event.modifiers() == Qt::NoModifier &&
           (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End);
}

} // namespace

std::vector<int> ScatterPlot::alongX() const {
    std::vector<int> order;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        if (std::isfinite(placeOf(m_points[static_cast<std::size_t>(index)].y)))
            order.push_back(index);
    std::ranges::stable_sort(order, {}, [this](int index) { return m_points[static_cast<std::size_t>(index)].x; });
    return order;
}

bool ScatterPlot::event(QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    // These are keys of the window everywhere else.
    if (event->type() == QEvent::ShortcutOverride && isMove(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QCustomPlot::event(event);
}

void ScatterPlot::keyPressEvent(QKeyEvent* event) {
    const std::vector<int> order = alongX();
    if (!isMove(*event) || order.empty())
        return QCustomPlot::keyPressEvent(event);
    const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
    const int current = m_picked < 0 && m_brushed.size() == 1 ? m_brushed.front() : m_picked;
    const auto picked = std::ranges::find(order, current) - order.begin();
    const int key = event->key();
    std::ptrdiff_t place = key == Qt::Key_Home ? 0 : last;
    if (key == Qt::Key_Left || key == Qt::Key_Right)
        place = picked > last ? 0 : std::clamp<std::ptrdiff_t>(picked + (key == Qt::Key_Right ? 1 : -1), 0, last);
    Q_EMIT clicked(order[static_cast<std::size_t>(place)]);
}

void ScatterPlot::mousePressEvent(QMouseEvent* event) {
    if (m_isBrushable && event->button() == Qt::LeftButton)
        m_lasso.press(event->position());
}

void ScatterPlot::endLasso(bool isAdded) {
    std::vector<int> caught;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        if (m_lasso.contains(positionOf(index)) || (isAdded && std::ranges::find(m_brushed, index) != m_brushed.end()))
            caught.push_back(index);
    m_lasso.end();
    update();
    Q_EMIT brushedPoints(caught);
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_lasso.isPressed() && event->buttons().testFlag(Qt::LeftButton)) {
        if (m_lasso.moveTo(event->position()))
            update();
        return;
    }
    const int index = pointAt(event->position());
    if (index == m_hovered)
        return;
    m_hovered = index;
    drawMarks();
    replot(rpQueuedReplot);
    Q_EMIT hovered(index);
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (m_lasso.isDrawn())
        return endLasso(event->modifiers().testFlag(Qt::ControlModifier) ||
                        event->modifiers().testFlag(Qt::ShiftModifier));
    const bool wasPressed = m_lasso.isPressed();
    m_lasso.end();
    if (const int index = pointAt(event->position()); index >= 0)
        Q_EMIT clicked(index);
    else if (wasPressed)
        Q_EMIT brushedPoints({});
}

void ScatterPlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    m_hovered = -1;
    drawMarks();
    replot(rpQueuedReplot);
    Q_EMIT hovered(-1);
}

} // namespace brainlike
