// How values of a map become colours: mapColors and overlayOf.

#include "core/base/Error.h"
#include "core/color/Opacities.h"
#include "views/scene/CortexMap.h"
#include "views/scene/PixelBlend.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

/// What is left of a best layer's opacity where its margin is within the noise.
constexpr std::uint8_t paleShare = 77; ///< 30 %

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

/// A coloured value lies beyond an end.
template <typename IsBeyond>
bool isCut(const CortexMap& map, const ColorScale& scale, IsBeyond isBeyond) {
    // Most maps have nothing beyond: that is told fast.
    int beyond = 0;
    for (const float value : map.values)
        beyond |= isBeyond(value) ? 1 : 0;
    return beyond != 0 && std::ranges::any_of(map.values, [&](float value) {
               return isBeyond(value) && std::isfinite(value) && scale.opacityOf(static_cast<double>(value)) > 0;
           });
}

void noteCuts(MapColors& colors, const CortexMap& map) {
    const auto low = static_cast<float>(colors.scale.low), high = static_cast<float>(colors.scale.high);
    // Below a threshold nothing is coloured.
    const bool isLowHidden = !colors.scale.isTwoTailed && colors.scale.threshold >= colors.scale.low;
    colors.isCutLow = !isLowHidden && isCut(map, colors.scale, [low](float value) { return value < low; });
    colors.isCutHigh = isCut(map, colors.scale, [high](float value) { return value > high; });
}

void checkSize(std::size_t found, std::size_t expected, const char* what) {
    if (found != expected)
        throw ShapeError({.what = std::string(what) + " do not fit the map",
                          .expected = std::to_string(expected),
                          .found = std::to_string(found)});
}

void showStates(Overlay& overlay, const CortexMap& map, const MapColors& colors) {
    checkSize(map.states.size(), map.values.size(), "The states of half-times");
    checkSize(map.finalScores.size(), map.values.size(), "The final scores of half-times");
    for (std::size_t vertex = 0; vertex < map.values.size(); ++vertex) {
        const HalfTimeState state = map.states[vertex];
        if (state == HalfTimeState::AtOrBeforeFirst || state == HalfTimeState::None) {
            overlay.colors[vertex] = state == HalfTimeState::None ? colors.noneColor() : colors.censoredColor();
            overlay.classes[vertex] = static_cast<std::int16_t>(state);
        }
    }
    if (!colors.strength)
        return;
    std::vector<std::uint8_t> shares(map.values.size());
    applyOpacity(*colors.strength, map.finalScores, shares);
    for (std::size_t vertex = 0; vertex < shares.size(); ++vertex)
        shares[vertex] = map.states[vertex] == HalfTimeState::None ? std::uint8_t{255} : shares[vertex];
    fadeEach(overlay.colors, shares);
}

/// Areas are classes: their colours end at their borders.
void showAreas(Overlay& overlay, const CortexMap& map) {
    if (map.areas.empty())
        return;
    checkSize(map.areas.size(), map.values.size(), "The areas");
    for (std::size_t vertex = 0; vertex < map.areas.size(); ++vertex)
        if (overlay.classes[vertex] >= 0)
            overlay.classes[vertex] = map.areas[vertex];
}

void fadeMargins(Overlay& overlay, const CortexMap& map) {
    checkSize(map.margins.size(), map.values.size(), "The margins");
    checkSize(map.marginNoise.size(), map.values.size(), "The margins' errors");
    std::vector<std::uint8_t> shares(map.values.size());
    for (std::size_t vertex = 0; vertex < shares.size(); ++vertex)
        shares[vertex] = map.margins[vertex] < map.marginNoise[vertex] ? paleShare : std::uint8_t{255};
    fadeEach(overlay.colors, shares);
}

/// opacityOfQ of many values, 0 … 255: a table over the leading bits of q stands for the logarithm.
std::vector<std::uint8_t> opacitiesOfQ(std::span<const float> q, Significance significance) {
    constexpr unsigned dropped = 16; ///< bits of a float; 128 steps an octave are left
    const auto below = std::nextafter(static_cast<float>(significantQ), 1.0F);
    const float limit =
        static_cast<double>(static_cast<float>(significantQ)) < significantQ ? below : static_cast<float>(significantQ);
    std::vector<std::uint8_t> opacities(q.size());
    if (significance == Significance::Hide) {
        std::ranges::transform(q, opacities.begin(),
                               [limit](float value) { return value < limit ? std::uint8_t{255} : std::uint8_t{0}; });
        return opacities;
    }
    const std::uint32_t first = std::bit_cast<std::uint32_t>(limit) >> dropped;
    const std::uint32_t last = std::bit_cast<std::uint32_t>(1.0F) >> dropped;
    std::vector<std::uint8_t> table;
    for (std::uint32_t step = first; step < last; ++step) {
        const auto middle = std::bit_cast<float>((step << dropped) + (1U << (dropped - 1)));
        table.push_back(static_cast<std::uint8_t>(opacityOfQ(static_cast<double>(middle), significance) * 255 + 0.5));
    }
    std::ranges::transform(q, opacities.begin(), [&](float value) {
        if (value < limit)
            return std::uint8_t{255};
        return value < 1 ? table[(std::bit_cast<std::uint32_t>(value) >> dropped) - first] : std::uint8_t{0};
    });
    return opacities;
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

Overlay labelOverlay(const CortexMap& map, const MapColors& colors) {
    std::vector<Rgba8> table(map.labelColors.size(), Rgba8{0, 0, 0, 0});
    for (const LabelColor& label : colors.labels)
        table.at(static_cast<std::size_t>(label.label)) = label.color;
    Overlay overlay{.colors = std::vector<Rgba8>(map.layers.size(), Rgba8{0, 0, 0, 0}), .classes = map.layers};
    for (std::size_t vertex = 0; vertex < map.layers.size(); ++vertex)
        if (map.layers[vertex] >= 0)
            overlay.colors[vertex] = table[static_cast<std::size_t>(map.layers[vertex])];
    return overlay;
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
    return colors;
}

Overlay overlayOf(const CortexMap& map, const MapColors& colors) {
    if (!map.labelColors.empty())
        return labelOverlay(map, colors);
    Overlay overlay =
        map.kind == MapKind::BestLayer
            ? layerOverlay(map.layers, map.values, {static_cast<int>(map.layerNames.size()), colors.vision},
                           colors.strength.value_or(colors.scale))
            : scoreOverlay(map.values, colors.scale);
    showAreas(overlay, map);
    if (map.kind == MapKind::HalfTime)
        showStates(overlay, map, colors);
    if (map.kind == MapKind::BestLayer && colors.hasMargins)
        fadeMargins(overlay, map);
    if (colors.significance != Significance::Ignore) {
        checkSize(map.q.size(), map.values.size(), "The q values");
        fadeEach(overlay.colors, opacitiesOfQ(map.q, colors.significance));
    }
    if (map.kind == MapKind::HalfTime || colors.hasMargins || colors.significance != Significance::Ignore)
        closeHidden(overlay);
    return overlay;
}

} // namespace brainlike
