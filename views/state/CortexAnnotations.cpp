#include "views/state/CortexAnnotations.h"

#include <QPainter>

namespace brainlike {
namespace {

constexpr double pickRadius = 5;

/// Keeps text legible where an enlarged brain lies below it; invisible on the empty background.
void paintPlate(QPainter& painter, const QRectF& box, const Theme& theme) {
    QColor ground = theme.panel;
    ground.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 6, 6);
}

/// A ring that shows on any colour: bright, with a dark edge on either side.
void paintPick(QPainter& painter, QPointF at) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 4.5));
    painter.drawEllipse(at, pickRadius, pickRadius);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(at, pickRadius, pickRadius);
}

} // namespace

QRectF colorBarBox(const QRectF& panels, const QSizeF& bar, double pictureWidth) {
    return {QPointF(pictureWidth - cortexMargin - bar.width(), panels.center().y() - 0.5 * bar.height()), bar};
}

void paintCortexAnnotations(QPainter& painter, const CortexAnnotations& annotations, const QFont& font,
                            const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const auto& [box, text] : annotations.labels) {
        const QRectF line = QFontMetricsF(font).boundingRect(box, Qt::AlignHCenter | Qt::AlignTop, text);
        paintPlate(painter, line.adjusted(-4, 0, 4, 0), theme);
        painter.setPen(theme.mutedText);
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip, text);
    }
    for (const QPointF& pick : annotations.picks)
        paintPick(painter, pick);
    if (annotations.bar)
        paintPlate(painter, annotations.barBox.adjusted(-8, -8, 8, 8), theme);
    painter.restore();
    if (annotations.bar)
        paintColorBar(painter, annotations.barBox, *annotations.bar, font, theme);
}

} // namespace brainlike
