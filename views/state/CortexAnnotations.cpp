#include "views/state/CortexAnnotations.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double pickRadius = 5;
constexpr double orientationRadius = 9;

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

void paintOrientation(QPainter& painter, const OrientationMark& mark, const Theme& theme) {
    painter.setPen(QPen(theme.mutedText, 1));
    for (const auto& [direction, letter] : mark.letters) {
        const QPointF tip = mark.centre + orientationRadius * direction;
        const QPointF text = mark.centre + (orientationRadius + 7) * direction;
        painter.drawLine(mark.centre, tip);
        painter.drawText(QRectF(text.x() - 8, text.y() - 8, 16, 16), Qt::AlignCenter | Qt::TextDontClip, letter);
    }
}

void paintScale(QPainter& painter, const ScaleBar& scale, const Theme& theme) {
    painter.setPen(QPen(theme.mutedText, 1.5, Qt::SolidLine, Qt::FlatCap));
    const QPointF right = scale.left + QPointF(scale.length, 0);
    painter.drawLine(scale.left, right);
    for (const QPointF& end : {scale.left, right})
        painter.drawLine(end - QPointF(0, 3), end + QPointF(0, 3));
    painter.drawText(QRectF(scale.left.x(), scale.left.y() - 20, scale.length, 16),
                     Qt::AlignHCenter | Qt::AlignBottom | Qt::TextDontClip, scale.text);
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
    QFont small = font;
    if (font.pixelSize() > 0)
        small.setPixelSize(std::max(1, static_cast<int>(std::lround(0.85 * font.pixelSize()))));
    else
        small.setPointSizeF(0.85 * font.pointSizeF());
    painter.setFont(small);
    for (const OrientationMark& mark : annotations.orientations)
        paintOrientation(painter, mark, theme);
    for (const ScaleBar& scale : annotations.scales)
        paintScale(painter, scale, theme);
    painter.setFont(font);
    for (const QPointF& pick : annotations.picks)
        paintPick(painter, pick);
    if (annotations.bar)
        paintPlate(painter, annotations.barBox.adjusted(-8, -8, 8, 8), theme);
    painter.restore();
    if (annotations.bar)
        paintColorBar(painter, annotations.barBox, *annotations.bar, font, theme);
}

} // namespace brainlike
