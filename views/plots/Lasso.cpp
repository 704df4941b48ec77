#include "views/plots/Lasso.h"

#include "views/state/PlotStyle.h"

#include <QPainter>

#include <cmath>

namespace brainlike {
namespace {

constexpr double lassoDistance = 5; ///< pixels from where a press becomes a lasso

} // namespace

void Lasso::press(QPointF at) {
    m_pressed = at;
    m_line.clear();
}

bool Lasso::moveTo(QPointF at) {
    const QPointF way = at - start();
    if (m_line.isEmpty() && std::hypot(way.x(), way.y()) < lassoDistance)
        return false;
    if (m_line.isEmpty())
        m_line << start();
    m_line << at;
    return true;
}

void Lasso::end() {
    m_pressed.reset();
    m_line.clear();
}

void Lasso::paint(QPainter& painter, const Theme& theme) const {
    if (!isDrawn())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1.5, Qt::DashLine));
    painter.setBrush(faded(theme.accent, 0.12));
    painter.drawPolygon(m_line);
}

} // namespace brainlike
