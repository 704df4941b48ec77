#pragma once

#include "views/state/ColorBar.h"

#include <QPointF>

#include <utility>
#include <vector>

namespace brainlike {

/// Directions of the head as a panel shows them: letters around a small cross.
struct OrientationMark {
    QPointF centre;
    std::vector<std::pair<QPointF, QChar>> letters; ///< offset from the centre at full length 1, y down
};

/// A line of a known length.
struct ScaleBar {
    QPointF left;
    double length = 0;
    QString text;
};

/// Everything written over a picture of the cortex, in the painter's units: the same for the window and for figures.
struct CortexAnnotations {
    std::vector<std::pair<QRectF, QString>> labels; ///< a panel's line of text
    std::vector<QPointF> picks;                     ///< where the picked vertex is seen
    std::vector<OrientationMark> orientations;
    std::vector<ScaleBar> scales;
    std::optional<ColorBar> bar;
    QRectF barBox;
};

/// Space between the panels and the colour bar, and around everything.
inline constexpr double cortexMargin = 12;
inline constexpr double colorBarGap = 24;

/// Box of a colour bar at the right edge of a picture, vertically centred on the panels.
[[nodiscard]] QRectF colorBarBox(const QRectF& panels, const QSizeF& bar, double pictureWidth);

void paintCortexAnnotations(QPainter& painter, const CortexAnnotations& annotations, const QFont& font,
                            const Theme& theme);

} // namespace brainlike
