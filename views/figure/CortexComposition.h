#pragma once

#include "views/figure/CortexFigure.h"
#include "views/scene/CortexLines.h"
#include "views/scene/CortexScene.h"
#include "views/state/CortexAnnotations.h"

#include <QFont>
#include <QImage>
#include <QPainterPath>
#include <QPen>

#include <memory>
#include <utility>
#include <vector>

namespace brainlike {

inline constexpr double mmPerInch = 25.4;
inline constexpr double pointsPerInch = 72;
/// Layout is done in units of 1/96 inch, as on a screen, and then scaled.
inline constexpr double unitsPerInch = 96;

/// One of the maps beside each other.
struct CortexColumn {
    Overlay overlay;
    CortexLines lines; ///< as cortexLines makes them
    QString heading;   ///< of several
};

/// What is to be drawn: what lies on which surface, and its legends.
struct CortexPicture {
    std::shared_ptr<const CortexGeometry> geometry;
    std::vector<CortexColumn> columns{1};
    std::shared_ptr<const Parcellation> parcellation; ///< whose areas are named; null: the geometry's
    std::vector<std::pair<int, ColorBar>> bars;       ///< a map's id and its legend, the uppermost first
};

/// Lines of one colour, with a casing below.
struct CasedPath {
    QPainterPath path;
    QColor color, casing;
};

/// Where the outlines of areas are drawn.
enum class OutlineDrawing { InImage, AsPaths };

/// A figure as laid out: the brains as pixels, all else as what it is drawn from, in layout units.
struct CortexComposition {
    QImage brain; ///< as large as the figure
    double unitsPerPixel = 1;
    double widthMm = 0, heightMm = 0;
    CortexAnnotations annotations;
    QPainterPath outlines; ///< those that are visible; empty where they are in the image
    QPen outlinePen;
    std::vector<CasedPath> lines; ///< over the outlines; empty where they are in the image
    double lineWidth = 0, casingWidth = 0;
    QFont font;
    Theme theme;
};

[[nodiscard]] Theme figureTheme(bool dark);
[[nodiscard]] SceneStyle figureStyle(bool dark);

/// Lays a figure out and draws its brains, without a display.
/// @throws ValueError for impossible sizes; Error without EGL
[[nodiscard]] CortexComposition composeCortex(const CortexPicture& picture, const CortexFigureOptions& options,
                                              OutlineDrawing outlines);

/// Draws all but the brains, in layout units.
void paintVectors(QPainter& painter, const CortexComposition& composition);

/// The whole figure as an image with its resolution.
[[nodiscard]] QImage imageOf(const CortexComposition& composition, double dpi);

} // namespace brainlike
