#include "views/cortex/CortexOverlay.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double padding = 6;

constexpr int bubbleFlags = Qt::AlignCenter | Qt::TextWordWrap;

/// Room of a text that is broken where it would be wider.
QSizeF textSize(const QFont& font, const QString& text, double widest) {
    const QRectF box = QFontMetricsF(font).boundingRect(QRectF(0, 0, std::max(1.0, widest), 1e4), bubbleFlags, text);
    return {std::ceil(box.width()) + 1, std::ceil(box.height())};
}

void paintBubble(QPainter& painter, const QRectF& box, const QString& text, const Theme& theme) {
    QColor ground = theme.window;
    ground.setAlpha(235);
    painter.setPen(QPen(theme.grid, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme.text);
    painter.drawText(box, bubbleFlags, text);
}

} // namespace

CortexOverlay::CortexOverlay(QWidget* parent) : QWidget(parent) {
    setObjectName("cortexOverlay");
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
}

void CortexOverlay::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void CortexOverlay::setNote(const QString& note) {
    m_note = note;
    update();
}

void CortexOverlay::setHover(const QString& text, QPointF at) {
    if (text == m_hover && (text.isEmpty() || at == m_hoverAt))
        return;
    m_hover = text;
    m_hoverAt = at;
    update();
}

void CortexOverlay::setHighlight(const QPainterPath& path) {
    if (path.isEmpty() && m_highlight.isEmpty())
        return;
    m_highlight = path;
    update();
}

void CortexOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [color, width] : {std::pair(QColor(10, 12, 16, 200), 4.0), {QColor(255, 255, 255, 235), 2.0}})
        painter.strokePath(m_highlight, QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (m_annotations != nullptr)
        paintCortexAnnotations(painter, *m_annotations, font(), m_theme);
    paintNote(painter);
    paintHover(painter);
}

void CortexOverlay::paintNote(QPainter& painter) const {
    if (m_note.isEmpty())
        return;
    const QSizeF size = textSize(font(), m_note, width() - 4 * padding);
    const QRectF box(0.5 * width() - 0.5 * size.width() - 2 * padding, height() - size.height() - 4 * padding,
                     size.width() + 4 * padding, size.height() + 2 * padding);
    paintBubble(painter, box, m_note, m_theme);
}

QRectF CortexOverlay::hoverBox() const {
    if (m_hover.isEmpty())
        return {};
    const QSizeF size = textSize(font(), m_hover, width() - 2 * padding) + QSizeF(2 * padding, padding);
    QPointF corner = m_hoverAt + QPointF(14, 16);
    if (corner.y() + size.height() > height())
        corner.setY(std::max(0.0, m_hoverAt.y() - 10 - size.height()));
    corner.setX(std::clamp(corner.x(), 0.0, std::max(0.0, width() - size.width())));
    return {corner, size};
}

void CortexOverlay::paintHover(QPainter& painter) const {
    if (!m_hover.isEmpty())
        paintBubble(painter, hoverBox(), m_hover, m_theme);
}

} // namespace brainlike
