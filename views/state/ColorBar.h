#pragma once

#include "core/color/ColorScale.h"
#include "core/session/MapColors.h"
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

/// The legend of a map, for the window and for figures: a continuous bar with round ticks, a square where opacity tells
/// significance, the ordered colours of layers with their names, or the names of areas with their colours.
struct ColorBar {
    QString title;                                    ///< what is shown, with its unit: "R (Pearson)"
    std::optional<ColorScale> scale;                  ///< nothing: layers
    QStringList layers;                               ///< names, first to last
    Rgba8 ground;                                     ///< the surface's grey, seen through what is not opaque
    QString note;                                     ///< small print below; empty: none
    ColorVision vision = ColorVision::Common;         ///< of layers; a scale's colours have it already
    std::vector<std::pair<Rgba8, QString>> swatches;  ///< classes beside the scale, below it; or all of a label map
    bool hasLine = false;                             ///< the last swatch is of a line, which opacity does not fade
    std::optional<std::size_t> pointed;               ///< label maps: the swatch that is pointed at or picked
    bool isSteps = false;                             ///< values are training steps
    bool isCutLow = false, isCutHigh = false;         ///< an arrow at the end: values lie beyond
    Significance significance = Significance::Ignore; ///< Fade: a second axis, with opacity by q
    bool isOfOtherMap = false;                        ///< significance is of another map: p, rather than the group's q
    bool hasHandles = false;                          ///< marks that can be dragged, in the window
    std::optional<ColorRange> axis;                   ///< what the band spans while a handle is dragged
    double opacity = 1;                               ///< of the whole map

    /// Only names with their colours.
    [[nodiscard]] bool isLegend() const { return !scale && layers.isEmpty(); }
};

/// What a rule makes the range of a kind of map from, in words.
[[nodiscard]] QString rangeRuleText(MapKind kind, RangeRule rule);

/// Legend of a map of scores.
/// @param ground  the surface's grey
[[nodiscard]] ColorBar scoreBar(const ColorScale& scale, Rgba8 ground);
/// Legend of any other map of values.
[[nodiscard]] ColorBar valueBar(const QString& title, const ColorScale& scale, Rgba8 ground);
/// Legend of a best-layer map whose opacity follows the scores by `scale`.
[[nodiscard]] ColorBar layerBar(const std::vector<std::string>& layerNames, const ColorScale& scale, Rgba8 ground);

/// Legend of any map, from what it is coloured by.
/// @param pointed  label maps: the label that is pointed at or picked; the one named where there are too many to list
[[nodiscard]] ColorBar mapBar(const MapColors& colors, Rgba8 ground, std::optional<int> pointed = {});

/// "Mean of each area", "Published for the left hemisphere": what there is to say of a map's values; else
/// empty.
[[nodiscard]] QString originText(const ValueOrigin& origin, const QString& separator);

/// The legend of a label map without its list: the pointed label alone, and how many there are.
[[nodiscard]] ColorBar shortLegend(const ColorBar& legend);

/// Values at which a threshold's marks stand: two of a two-tailed one, the low end (or zero) where nothing is cut.
[[nodiscard]] std::vector<double> thresholdMarks(const ColorScale& scale);

/// Where the colours themselves are, in the box that the bar is painted into.
[[nodiscard]] QRectF colorBarBand(const ColorBar& bar, const QFont& font, const QRectF& box);

/// The least height at which a colour bar can be read.
[[nodiscard]] double leastBarHeight(const ColorBar& bar, const QFont& font);

/// Room a colour bar wants.
/// @param height  what is available; never exceeded
[[nodiscard]] QSizeF colorBarSize(const ColorBar& bar, const QFont& font, double height);

/// Draws a colour bar into a box of at least `colorBarSize`.
void paintColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const QFont& font, const Theme& theme);

} // namespace brainlike
