#pragma once

#include "core/color/ColorScale.h"
#include "core/session/Selection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// A label of a map and the colour it is drawn with.
struct LabelColor {
    int label = 0; ///< index into the map's names
    std::string name;
    Rgba8 color;
    friend bool operator==(const LabelColor&, const LabelColor&) = default;
};

/// What a map's values are of, as far as its kind does not tell.
struct ValueOrigin {
    std::string unit;                   ///< "mm"; empty: none
    std::optional<Hemisphere> onlySide; ///< the hemisphere that has values, where only one has
    bool isPublished = false;           ///< values that come with the program
    bool isByArea = false;              ///< one value an area
    friend bool operator==(const ValueOrigin&, const ValueOrigin&) = default;
};

/// Everything by which a map becomes colours: what the cortex, its colour bar and its legend are all made from.
struct MapColors {
    MapKind kind = MapKind::Score;
    ColorScale scale;                    ///< of the values; of best layers, of their scores
    std::optional<ColorScale> strength;  ///< opacity by the score behind a best layer or a half-time
    std::vector<std::string> layerNames; ///< best layers: by depth
    std::string title;                   ///< of a map of a file or a property: its name
    ValueOrigin origin;
    std::string note;   ///< what a file's values were taken to mean; empty: as they are
    std::string detail; ///< the layer or subject that a map of a stack keeps to; empty: as selected
    ColorVision vision = ColorVision::Common;
    Significance significance = Significance::Ignore; ///< as drawn: Ignore where there are no q values
    std::string significanceName;                     ///< the map with the p or q values; empty: the group's q
    bool isCutLow = false, isCutHigh = false;         ///< coloured values lie beyond the range
    bool hasMargins = false;                          ///< best layers within the noise are pale
    std::int64_t firstStep = 0;                       ///< half-times: of the first checkpoint
    std::vector<LabelColor> labels;                   ///< label maps: those that occur
    double opacity = 1;                               ///< of the whole map
    std::string maskedBy;                             ///< name of the map that masks it; empty: none
    std::optional<Rgba8> contour;                     ///< colour of the line around what is shown of it
    bool isOnlyContour = false;                       ///< nothing but that line is seen

    /// Half-times: at least half of the final score at the first checkpoint already.
    [[nodiscard]] Rgba8 censoredColor() const { return seenWith({214, 238, 246, 255}, vision); }
    /// Half-times: the final score is not positive, so there is none.
    [[nodiscard]] Rgba8 noneColor() const { return {88, 92, 104, 150}; }
};

/// q below which a vertex counts as significant. Source: METHODS 7.
inline constexpr double significantQ = 0.01;
/// Opacity that a q value gives, by `significance`: NaN hides.
[[nodiscard]] double opacityOfQ(double q, Significance significance);

} // namespace brainlike
