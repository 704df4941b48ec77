#include "views/state/CortexAnnotations.h"

#include <QPainter>

namespace brainlike {
namespace {

constexpr double pickRadius = 5;

/// A ring that shows on any colour: bright, with a dark edge on either side.
void paintPick(QPainter& painter, QPointF at) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 4.5));
    painter.drawEllipse(at, pickRadius, pickRadius);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(at, pickRadius, pickRadius);
}

} // namespace

QRectF colorBarBox(const QRectF& panels, const QSizeF& bar) {
    return {QPointF(panels.right() + colorBarGap, panels.center().y() - 0.5 * bar.height()), bar};
}

void paintCortexAnnotations(QPainter& painter, const CortexAnnotations& annotations, const QFont& font,
                            const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    painter.setPen(theme.mutedText);
    for (const auto& [box, text] : annotations.labels)
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip, text);
    for (const QPointF& pick : annotations.picks)
        paintPick(painter, pick);
    painter.restore();
    if (annotations.bar)
        paintColorBar(painter, annotations.barBox, *annotations.bar, font, theme);
}

} // namespace brainlike
