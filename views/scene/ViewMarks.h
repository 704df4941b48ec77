#pragma once

#include "views/scene/CortexView.h"

#include <vector>

namespace brainlike {

/// What tells how the brain lies and how large it is, beside each panel.
struct ViewMarks {
    /// Directions of the head around a point.
    struct Cross {
        PixelPoint centre;
        std::vector<OrientationLetter> letters;
    };
    /// A horizontal line as long as `millimetres` of the brain. Projection is parallel: it holds everywhere in a panel.
    struct Bar {
        PixelPoint left;
        double length = 0; ///< pixels
        double millimetres = 0;
    };
    std::vector<Cross> crosses;
    std::vector<Bar> bars;
};

/// Marks of a picture. Inflated, spherical and flat surfaces have no scale bar, since distances on them are not those
/// in the head; flat ones no directions. Panels of one scale share one bar. Crosses lie beside the brain; small brains
/// that leave no corner free have none.
///
/// @param unit  pixels of the picture to one of the layout (device pixels to a logical one)
[[nodiscard]] ViewMarks marksOf(const CortexView& view, double unit);

} // namespace brainlike
