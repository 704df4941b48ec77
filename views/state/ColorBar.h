#pragma once

#include "core/color/ColorScale.h"
#include "views/state/Theme.h"

#include <QFont>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

class QPainter;

namespace brainlike {

/// The legend of a map, for the window and for figures: a continuous bar with round ticks, or the ordered colours of
/// layers with their names.
struct ColorBar {
    QString title;                   ///< what is shown, with its unit: "R (Pearson)"
    std::optional<ColorScale> scale; ///< nothing: layers
    QStringList layers;              ///< names, first to last
    Rgba8 ground;                    ///< the surface's grey, seen through what is not opaque
    QString note;                    ///< small print below; empty: none
};

/// Legend of a map of scores.
/// @param ground  the surface's grey
[[nodiscard]] ColorBar scoreBar(const ColorScale& scale, Rgba8 ground);
/// Legend of any other map of values.
[[nodiscard]] ColorBar valueBar(const QString& title, const ColorScale& scale, Rgba8 ground);
/// Legend of a best-layer map whose opacity follows the scores by `scale`.
[[nodiscard]] ColorBar layerBar(const std::vector<std::string>& layerNames, const ColorScale& scale, Rgba8 ground);

/// Room a colour bar wants.
/// @param height  what is available; never exceeded
[[nodiscard]] QSizeF colorBarSize(const ColorBar& bar, const QFont& font, double height);

/// Draws a colour bar into a box of at least `colorBarSize`.
void paintColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const QFont& font, const Theme& theme);

} // namespace brainlike
