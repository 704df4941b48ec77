#include "views/timecourse/LayerStrip.h"

#include "views/state/PlotStyle.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double gap = 8;
constexpr double swatch = 16;

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
    if (m_isNamed)
        updateGeometry();
    update();
}

void LayerStrip::setNamed(bool isNamed) {
    if (isNamed == m_isNamed)
        return;
    m_isNamed = isNamed;
    updateGeometry();
    update();
}

/// In as many rows as that takes.
std::vector<QRectF> LayerStrip::nameRects() const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const double row = fontMetrics().height() + 4;
    std::vector<QRectF> rects;
    double left = 0, top = 0;
    for (const QString& name : m_names) {
        const double size = std::min<double>(swatch + 6 + QFontMetrics(bold).horizontalAdvance(name), width());
        if (left > 0 && left + size > width()) {
            left = 0;
            top += row;
        }
        rects.emplace_back(left, top, size, row);
        left += size + 2 * gap;
    }
    return rects;
}

void LayerStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_isNamed && sizeHint().height() != height())
        updateGeometry();
}

void LayerStrip::paintNames(QPainter& painter) const {
    const auto rects = nameRects();
    const int count = static_cast<int>(m_names.size());
    for (int line = 0; line < count; ++line) {
        const QRectF& rect = rects[static_cast<std::size_t>(line)];
        QFont font = this->font();
        font.setWeight(line == m_marked ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(QPen(layerColor(line, count, m_theme), line == m_marked ? 4 : 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(rect.left() + 2, rect.center().y()),
                         QPointF(rect.left() + swatch - 2, rect.center().y()));
        painter.setPen(line == m_marked ? m_theme.text : m_theme.mutedText);
        const QRectF room = rect.adjusted(swatch + 4, 0, 0, 0);
        painter.drawText(
            room, Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(m_names[line], Qt::ElideMiddle, static_cast<int>(room.width()) + 2));
    }
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
    const int row = fontMetrics().height() + 4;
    const auto rects = m_isNamed ? nameRects() : std::vector<QRectF>();
    return {220, rects.empty() ? row : static_cast<int>(std::ceil(rects.back().bottom()))};
}
QSize LayerStrip::minimumSizeHint() const {
    return {120, sizeHint().height()};
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
    if (m_isNamed) {
        const auto rects = nameRects();
        const auto found = std::ranges::find_if(rects, [&](const QRectF& rect) { return rect.contains(position); });
        return found == rects.end() ? -1 : static_cast<int>(found - rects.begin());
    }
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
    if (m_isNamed)
        return paintNames(painter);
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
