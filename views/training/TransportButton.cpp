#include "views/training/TransportButton.h"

#include "views/state/PlotStyle.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace brainlike {
namespace {

void drawLoop(QPainter& painter, QPointF center, const QColor& color) {
    const double radius = 5.5;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1.7, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius), 60 * 16, 290 * 16);
    const double angle = 60 * std::numbers::pi / 180;
    const QPointF head = center + QPointF(radius * std::cos(angle), -radius * std::sin(angle));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({head + QPointF(-3.6, -2.8), head + QPointF(2.6, -2.2), head + QPointF(-1.6, 3.2)}));
}

void drawBounce(QPainter& painter, QPointF center, const QColor& color) {
    painter.setPen(QPen(color, 1.7, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(center + QPointF(-5.5, 0), center + QPointF(5.5, 0));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (const double side : {-1.0, 1.0})
        painter.drawPolygon(QPolygonF(
            {center + QPointF(side * 7.5, 0), center + QPointF(side * 3.2, -3.4), center + QPointF(side * 3.2, 3.4)}));
}

} // namespace

TransportButton::TransportButton(Sign sign, int diameter, QWidget* parent)
    : QAbstractButton(parent), m_sign(sign), m_diameter(diameter) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void TransportButton::setSign(Sign sign) {
    m_sign = sign;
    update();
}

void TransportButton::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize TransportButton::sizeHint() const {
    if (m_sign != Sign::Text)
        return {m_diameter, m_diameter};
    const int own = fontMetrics().horizontalAdvance(text());
    return {std::max(own, fontMetrics().horizontalAdvance(QStringLiteral("0.5×"))) + 12, m_diameter};
}

void TransportButton::enterEvent(QEnterEvent*) {
    update();
}
void TransportButton::leaveEvent(QEvent*) {
    update();
}

void TransportButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawGround(painter);
    drawSign(painter);
}

void TransportButton::drawGround(QPainter& painter) const {
    const bool primary = m_sign == Sign::Play || m_sign == Sign::Pause;
    const QRectF area = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    const double radius = primary ? area.height() / 2 : 5;
    QColor ground = primary ? m_theme.accent : isChecked() ? faded(m_theme.accent, 0.18) : QColor(Qt::transparent);
    if (!isEnabled() && primary)
        ground = m_theme.grid;
    else if (underMouse() && isEnabled())
        ground = primary ? m_theme.accent.lighter(112) : faded(m_theme.accent, isChecked() ? 0.28 : 0.12);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isDown() ? ground.darker(110) : ground);
    painter.drawRoundedRect(area, radius, radius);
    if (!hasFocus())
        return;
    painter.setPen(QPen(primary ? m_theme.text : m_theme.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(area, radius, radius);
}

void TransportButton::drawSign(QPainter& painter) const {
    const QPointF center = QRectF(rect()).center();
    const double size = m_diameter * 0.19;
    const QColor quiet = !isEnabled() ? m_theme.mutedText : isChecked() ? m_theme.accent : m_theme.text;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    switch (m_sign) {
    case Sign::Play: {
        QPainterPath triangle;
        triangle.addPolygon(QPolygonF({center + QPointF(-size * 0.8, -size * 1.15), center + QPointF(size * 1.2, 0),
                                       center + QPointF(-size * 0.8, size * 1.15)}));
        triangle.closeSubpath();
        painter.setPen(QPen(Qt::white, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(triangle);
        break;
    }
    case Sign::Pause:
        for (const double side : {-1.0, 1.0})
            painter.drawRoundedRect(
                QRectF(center.x() + side * size * 0.7 - size * 0.3, center.y() - size * 1.15, size * 0.6, size * 2.3),
                1.5, 1.5);
        break;
    case Sign::Loop:
        drawLoop(painter, center, quiet);
        break;
    case Sign::Bounce:
        drawBounce(painter, center, quiet);
        break;
    case Sign::Text:
        painter.setPen(quiet);
        painter.drawText(rect(), Qt::AlignCenter, text());
        break;
    }
}

} // namespace brainlike
