#include "views/timecourse/LayerStrip.h"

#include "views/state/PlotStyle.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace brainlike {
namespace {

constexpr double gap = 8;

} // namespace

LayerStrip::LayerStrip(QWidget* parent) : QWidget(parent) {
    setObjectName("layerStrip");
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LayerStrip::setLayers(const QStringList& names) {
    if (names == m_names)
        return;
    m_names = names;
    setAccessibleName(names.isEmpty() ? QString()
                                      : QStringLiteral("Layer colours from %1 to %2").arg(names.first(), names.last()));
    update();
}

void LayerStrip::setMarked(int layer) {
    if (layer == m_marked)
        return;
    m_marked = layer;
    update();
}

void LayerStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize LayerStrip::sizeHint() const {
    return {220, fontMetrics().height() + 4};
}
QSize LayerStrip::minimumSizeHint() const {
    return {120, fontMetrics().height() + 4};
}

QRectF LayerStrip::band() const {
    if (m_names.isEmpty())
        return {};
    const double first = fontMetrics().horizontalAdvance(m_names.first()) + gap;
    const double last = m_names.size() > 1 ? fontMetrics().horizontalAdvance(m_names.last()) + gap : 0;
    const bool fits = width() - first - last >= 60;
    const double left = fits ? first : 0, right = fits ? last : 0;
    return {left, height() / 2.0 - 5, std::min(width() - left - right, 26.0 * static_cast<double>(m_names.size())), 10};
}

int LayerStrip::layerAt(QPointF position) const {
    const QRectF area = band();
    if (m_names.isEmpty() || position.x() < area.left() || position.x() >= area.right())
        return -1;
    return static_cast<int>((position.x() - area.left()) / area.width() * static_cast<double>(m_names.size()));
}

void LayerStrip::paintEvent(QPaintEvent*) {
    if (m_names.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = band();
    const int count = static_cast<int>(m_names.size());
    const double step = area.width() / count;
    QPainterPath clip;
    clip.addRoundedRect(area, 3, 3);
    painter.save();
    painter.setClipPath(clip);
    for (int layer = 0; layer < count; ++layer)
        painter.fillRect(QRectF(area.left() + layer * step, area.top(), step + 0.5, area.height()),
                         layerColor(layer, count, m_theme));
    painter.restore();
    painter.setPen(m_theme.mutedText);
    if (area.left() > 0) {
        painter.drawText(QRectF(0, 0, area.left() - gap, height()), Qt::AlignVCenter | Qt::AlignLeft, m_names.first());
        if (count > 1)
            painter.drawText(QRectF(area.right() + gap, 0, width() - area.right() - gap, height()),
                             Qt::AlignVCenter | Qt::AlignLeft, m_names.last());
    }
    if (m_marked >= 0 && m_marked < count) {
        painter.setPen(QPen(m_theme.text, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            QRectF(area.left() + m_marked * step, area.top(), step, area.height()).adjusted(-1, -2.2, 1, 2.2), 2.5,
            2.5);
    }
}

void LayerStrip::mouseMoveEvent(QMouseEvent* event) {
    Q_EMIT layerHovered(layerAt(event->position()));
}

void LayerStrip::mousePressEvent(QMouseEvent* event) {
    if (const int layer = layerAt(event->position()); layer >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT layerClicked(layer);
}

void LayerStrip::leaveEvent(QEvent*) {
    Q_EMIT layerHovered(-1);
}

bool LayerStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int layer = layerAt(help->pos());
        QToolTip::showText(help->globalPos(), layer >= 0 ? m_names.at(layer) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace brainlike
