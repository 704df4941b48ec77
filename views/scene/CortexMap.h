#pragma once

#include "core/color/ColorScale.h"
#include "core/session/MapColors.h"
#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"
#include "views/scene/MapValues.h"
#include "views/scene/SurfaceColors.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// Values that a selection shows on the cortex, left hemisphere then right.
struct CortexMap {
    MapKind kind = MapKind::Score;
    std::vector<float> values;           ///< score a vertex, of a best-layer map that of the layer; −log10 q; …
    std::vector<std::int16_t> layers;    ///< best layers or labels only: index into layerNames, −1 none
    std::vector<std::string> layerNames; ///< of the model, by depth; of labels the areas
    std::string title;                   ///< of a map of a file or a property: its name
    std::string note;                    ///< of a map of a file: what some of its values were taken to mean
    std::vector<std::int16_t> areas;     ///< maps with a value an area: which area, −1 none; else empty
    ValueOrigin origin;
    std::vector<Rgba8> labelColors;           ///< of labels: a colour each; empty: the map is of values
    std::optional<ColorRange> range;          ///< of the map alone; nothing: maps of its kind share the study's
    std::vector<float> q;         ///< where the selection asks for significance: the group's, or another map's; else empty
    std::string significanceName; ///< the map of a file that `q` is from; empty: the group's q
    std::vector<float> margins;               ///< best-layer maps of several subjects: how far the best layer is ahead
    std::vector<float> marginNoise;           ///< standard error of the margins; below it a winner is within the noise
    std::vector<HalfTimeState> states;        ///< half-time maps only
    std::vector<float> finalScores;           ///< half-time maps only
    std::int64_t firstStep = 0, lastStep = 0; ///< half-time maps only: checkpoints they go from and to

    friend bool operator==(const CortexMap&, const CortexMap&) = default;
};

/// What a selection shows takes the group's q values, for its colours or its contour.
[[nodiscard]] bool needsQ(const Selection& selection);

/// Reads what a selection shows: the score of its layer, or of each vertex's best layer; the best layer itself; or what
/// follows from scores (half-time, difference, t, q); of its recording, or of the group; a property, or a map of a
/// file.
/// @returns nothing if it is not computed (yet), or the selection names something the source does not have
[[nodiscard]] std::optional<CortexMap> readCortexMap(const ScoreSource& source, const Selection& selection);

/// One range for all checkpoints of all models: from 0 to a round number that 99.5 % of the best scores of the last
/// checkpoints stay below.
/// @returns nothing as long as nothing is computed
[[nodiscard]] std::optional<ColorRange> studyRange(const ScoreSource& source);

/// The range that a selection's kind of map keeps over checkpoints: of scores `studyRange`; of half-times the first to
/// the last trained step of all models; of differences and t a round number on either side of zero, of −log10 q one
/// above it, that 99.5 % (of t 95 %) of the values at up to five checkpoints over the training stay within.
[[nodiscard]] std::optional<ColorRange> fixedRange(const ScoreSource& source, const Selection& selection);

/// What colours are worked out from, besides map and selection; read beforehand.
struct MapBasis {
    ColorRange scores;               ///< `studyRange`
    ColorRange own;                  ///< `fixedRange` of the kind of map
    std::optional<ColorMap> userMap; ///< what the selection's colour map names, if that is a file
};

/// How a selection colours a map: the one function behind the cortex, its colour bar and figures.
/// @throws NotFoundError for a colour map or colour vision of an unknown name
[[nodiscard]] MapColors mapColors(const CortexMap& map, const Selection& selection, const MapBasis& basis);

/// What lies on the surface. A best layer whose margin is smaller than its standard error over subjects is pale.
[[nodiscard]] Overlay overlayOf(const CortexMap& map, const MapColors& colors);

/// How scores are coloured. Without a threshold colours grow out of the surface's grey over the lowest 30 % of the
/// range, so that noise around zero stays quiet; a threshold above the low end cuts sharply.
[[nodiscard]] ColorScale scoreScale(const ColorRange& range, double threshold, std::string_view colorMap = "inferno");

/// The range that a map of unknown kind is shown with: zero in the middle if it has negative values of some size, else
/// from zero, or from its lowest value if that is far from zero, to a round number near its highest.
/// @returns nothing without a finite value
[[nodiscard]] std::optional<ColorRange> ownRange(std::span<const float> values);

/// How a map of a file is coloured: all of it unless a threshold cuts, signed ranges by a diverging colour map.
/// @param colorMap   empty: vik for signed ranges, else inferno
/// @param oneTailed  a threshold cuts signed ranges from below alone, rather than about zero
[[nodiscard]] ColorScale importedScale(const ColorRange& range, double threshold, std::string_view colorMap = {},
                                       bool oneTailed = false);

/// Share `quantile` (0 … 1) of the finite values lies at or below the result; nothing if none is finite.
[[nodiscard]] std::optional<double> finiteQuantile(std::span<const float> values, double quantile);

} // namespace brainlike
