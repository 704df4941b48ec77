#pragma once

#include "views/state/ColorBar.h"

#include <QPointF>

#include <optional>
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

/// The colour bar or legend of one map of a stack.
struct PlacedBar {
    int map = 0; ///< its id
    ColorBar bar;
    QRectF box;
};

/// Colour bars and legends below each other, the uppermost map's first; as many as fit.
struct BarColumn {
    std::vector<PlacedBar> bars;
    QString note; ///< how many more there are; empty: none
    QRectF noteBox;
    QRectF box; ///< around all

    [[nodiscard]] const PlacedBar* of(int map) const;
};

/// Everything written over a picture of the cortex, in the painter's units: the same for the window and for figures.
struct CortexAnnotations {
    std::vector<std::pair<QRectF, QString>> labels; ///< a panel's line of text
    std::vector<std::pair<QPointF, QString>> areaNames; ///< where each is centred
    std::vector<QPointF> picks;                     ///< where the picked vertex is seen
    std::vector<OrientationMark> orientations;
    std::vector<ScaleBar> scales;
    std::vector<std::pair<QRectF, QString>> headings; ///< of maps beside each other: a line above each
    std::vector<std::pair<QRectF, QString>> missing;  ///< words where a map is not there, in the middle of a box
    BarColumn column;
};

/// Space between the panels and the colour bar, and around everything.
inline constexpr double cortexMargin = 12;
inline constexpr double colorBarGap = 24;

/// The label of a panel of some width as written: ended in "…" where it is longer; nothing where hardly a letter fits.
[[nodiscard]] QString labelIn(const QString& text, double width, const QFont& font);

/// Of the names of areas.
[[nodiscard]] QFont areaNameFont(const QFont& font);
/// Of the headings.
[[nodiscard]] QFont headingFont(const QFont& font);

/// Puts colour bars below each other, at the origin.
/// @param bars    a map's id and its bar, the uppermost first
/// @param height  what is available; bars grow shorter, lists of labels give way to the pointed one, and the lowest
/// maps
///                are left out until the rest fits
[[nodiscard]] BarColumn barColumn(const std::vector<std::pair<int, ColorBar>>& bars, const QFont& font, double height);

/// Moves a column to the right edge of a picture, vertically centred on the panels.
void placeColumn(BarColumn& column, const QRectF& panels, double pictureWidth);

void paintCortexAnnotations(QPainter& painter, const CortexAnnotations& annotations, const QFont& font,
                            const Theme& theme);

} // namespace brainlike
