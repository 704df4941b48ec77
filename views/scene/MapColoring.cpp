// Which colours a map has: mapColors.

#include "core/base/Error.h"
#include "core/base/VectorClones.h"
#include "views/scene/CortexMap.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

bool isDiverging(MapKind kind) {
    return kind == MapKind::Difference || kind == MapKind::TValue;
}

ColorRange ofMap(const CortexMap& map, double tail, const ColorRange& fallback) {
    const auto low = finiteQuantile(map.values, tail);
    const auto high = finiteQuantile(map.values, 1 - tail);
    return low && high && *low < *high ? ColorRange{*low, *high} : fallback;
}

ColorRange ruled(const CortexMap& map, const Selection& selection, const MapBasis& basis) {
    switch (selection.rangeRule) {
    case RangeRule::Study:
        return map.range.value_or(basis.own);
    case RangeRule::Map:
        return ofMap(map, 0, basis.own);
    case RangeRule::Percentile2:
        return ofMap(map, 0.02, basis.own);
    case RangeRule::Percentile5:
        return ofMap(map, 0.05, basis.own);
    }
    return basis.own;
}

ColorRange rangeFor(const CortexMap& map, const Selection& selection, const MapBasis& basis) {
    ColorRange range = selection.range ? *selection.range : ruled(map, selection, basis);
    const bool isCentred = selection.symmetric || (isDiverging(map.kind) && !selection.range);
    if (isCentred && map.kind != MapKind::HalfTime) {
        const double end = std::max(std::abs(range.low), std::abs(range.high));
        range = {-end, end};
    }
    return range;
}

const char* usualMap(MapKind kind, bool isSigned) {
    if (isSigned)
        return "vik";
    return kind == MapKind::HalfTime ? "batlow" : kind == MapKind::QValue ? "lipari" : "inferno";
}

ColorScale scaleFor(const CortexMap& map, const Selection& selection, const MapBasis& basis, ColorVision vision) {
    const ColorRange range = rangeFor(map, selection, basis);
    const bool isSigned = range.low < 0 && range.high > 0;
    const std::string name = selection.colorMap.empty() ? usualMap(map.kind, isSigned) : selection.colorMap;
    ColorScale scale = scoreScale(range, selection.threshold, basis.userMap ? "inferno" : name);
    scale.map = seenWith(basis.userMap.value_or(scale.map), vision);
    const bool isScore = map.kind == MapKind::Score || map.kind == MapKind::BestLayer;
    if (isSigned || !isScore || selection.significance != Significance::Ignore)
        scale.fade = 0;
    scale.isTwoTailed = isSigned && !selection.oneTailed;
    scale.isLogarithmic = map.kind == MapKind::HalfTime;
    const bool cuts = selection.threshold > 0 || (selection.threshold < 0 && !scale.isTwoTailed);
    if (!cuts && scale.fade <= 0)
        scale.threshold = -std::numeric_limits<double>::infinity();
    return scale;
}

/// Opacity by the score behind a value.
std::optional<ColorScale> strengthFor(const CortexMap& map, const Selection& selection, const MapBasis& basis) {
    if (map.kind != MapKind::BestLayer && map.kind != MapKind::HalfTime)
        return std::nullopt;
    const bool isOwn = map.kind == MapKind::BestLayer;
    const ColorRange range = isOwn && selection.range ? *selection.range : basis.scores;
    ColorScale strength = scoreScale(range, isOwn ? selection.threshold : 0);
    if (selection.significance != Significance::Ignore && !map.q.empty())
        strength.fade = 0;
    return strength;
}

/// Whether values lie below a range, and above it.
BRAINLIKE_VECTOR_CLONES std::pair<bool, bool> beyond(std::span<const float> values, float low, float high) {
    int below = 0, above = 0;
    for (const float value : values) {
        below |= value < low ? 1 : 0;
        above |= value > high ? 1 : 0;
    }
    return {below != 0, above != 0};
}

/// A coloured value lies beyond an end.
template <typename IsBeyond>
bool isCut(const CortexMap& map, const ColorScale& scale, IsBeyond isBeyond) {
    return std::ranges::any_of(map.values, [&](float value) {
        return isBeyond(value) && std::isfinite(value) && scale.opacityOf(static_cast<double>(value)) > 0;
    });
}

void noteCuts(MapColors& colors, const CortexMap& map) {
    const auto low = static_cast<float>(colors.scale.low), high = static_cast<float>(colors.scale.high);
    // Most maps have nothing beyond: that is told fast.
    const auto [isBelow, isAbove] = beyond(map.values, low, high);
    // Below a threshold nothing is coloured.
    const bool isLowHidden = !colors.scale.isTwoTailed && colors.scale.threshold >= colors.scale.low;
    colors.isCutLow = isBelow && !isLowHidden && isCut(map, colors.scale, [low](float value) { return value < low; });
    colors.isCutHigh = isAbove && isCut(map, colors.scale, [high](float value) { return value > high; });
}

/// Labels that occur, in the order of the map's names.
std::vector<LabelColor> labelsOf(const CortexMap& map, ColorVision vision) {
    if (map.labelColors.empty())
        return {};
    std::vector<std::uint8_t> occurs(map.labelColors.size(), 0);
    for (const std::int16_t label : map.layers)
        if (label >= 0)
            occurs.at(static_cast<std::size_t>(label)) = 1;
    std::vector<LabelColor> labels;
    for (std::size_t label = 0; label < occurs.size(); ++label)
        if (occurs[label] != 0)
            labels.push_back(
                {static_cast<int>(label), map.layerNames.at(label), seenWith(map.labelColors[label], vision)});
    return labels;
}

/// A map of a file or a property: its own range, all of it shown unless a threshold cuts.
ColorScale importedScaleFor(const CortexMap& map, const Selection& selection, const MapBasis& basis,
                            ColorVision vision) {
    const std::string name = basis.userMap ? std::string() : selection.colorMap;
    ColorScale scale = importedScale(rangeFor(map, selection, basis), selection.threshold, name, selection.oneTailed);
    scale.map = seenWith(basis.userMap.value_or(scale.map), vision);
    return scale;
}

} // namespace

MapColors mapColors(const CortexMap& map, const Selection& selection, const MapBasis& basis) {
    const ColorVision vision = colorVisionFrom(selection.colorVision);
    const bool isImported = !isOfScores(map.kind);
    MapColors colors{.kind = map.kind,
                     .scale = isImported ? importedScaleFor(map, selection, basis, vision)
                                         : scaleFor(map, selection, basis, vision)};
    colors.title = map.title;
    colors.origin = map.origin;
    colors.note = map.note;
    colors.strength = strengthFor(map, selection, basis);
    colors.vision = vision;
    colors.firstStep = map.firstStep;
    colors.hasMargins = !map.margins.empty();
    colors.labels = labelsOf(map, vision);
    if (map.kind == MapKind::BestLayer)
        colors.layerNames = map.layerNames;
    else
        noteCuts(colors, map);
    if (!map.q.empty())
        colors.significance = selection.significance;
    colors.significanceName = map.significanceName;
    return colors;
}

} // namespace brainlike
