#pragma once

#include "views/scene/CortexView.h"

#include <numeric>
#include <utility>
#include <vector>

// Where panels lie in a picture.

namespace brainlike {

/// The grid of a layout: widths of columns and heights of rows, first in mm, then in pixels, and where they begin.
struct Grid {
    std::vector<double> widths, heights, lefts, tops;
    double scale = 1;      ///< pixels a mm
    std::size_t parts = 1; ///< as many columns each
    double gap = 0;        ///< between columns of a part; twice that between parts

    /// Left of a column.
    [[nodiscard]] double gapBefore(std::size_t column) const {
        return column % (widths.size() / parts) == 0 ? 2 * gap : gap;
    }

    [[nodiscard]] double width() const { return std::accumulate(widths.begin(), widths.end(), 0.0); }
    [[nodiscard]] double height() const { return std::accumulate(heights.begin(), heights.end(), 0.0); }
};

/// What there is to lay panels out in.
struct GridRoom {
    double width = 0, height = 0;
    ViewSpacing spacing;
};

/// A preset's panels of a brain: those of hemispheres without vertices are left out, and the others close the gaps.
[[nodiscard]] std::vector<PanelSpec> panelsFor(const std::vector<PanelSpec>& preset, const VertexCounts& counts);

/// What a panel holds, hemispheres moved apart by `apart` each.
[[nodiscard]] Extent extentIn(const PanelSpec& spec, const CortexGeometry& geometry, double apart);

/// Columns and rows as large as the largest brain in them, mm.
[[nodiscard]] Grid gridOf(const std::vector<PanelSpec>& specs, const CortexGeometry* geometry, double apart);

// What is not brain.
[[nodiscard]] double widthBesides(const Grid& grid, const ViewSpacing& spacing);
[[nodiscard]] double heightBesides(const Grid& grid, const ViewSpacing& spacing);

/// Fits a grid into a picture, centred.
void fit(Grid& grid, const GridRoom& room);

/// Interval `place` of columns or rows that begin at `starts`: halfway to its neighbours, to the picture's edges at
/// the ends.
/// @param before, after  room to the neighbours
[[nodiscard]] std::pair<double, double> tile(const std::vector<double>& starts, std::size_t place, double before,
                                             double after, double end);

/// A preset's panels so many times beside each other, arranged as in the preset, transposed or below each other:
/// whichever makes the brains largest. Fewer of them where they would be too small to be told apart.
[[nodiscard]] std::vector<PanelSpec> sideBySide(const std::vector<PanelSpec>& preset, int parts,
                                                const CortexGeometry* geometry, double apart, const GridRoom& room);

} // namespace brainlike
