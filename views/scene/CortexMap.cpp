#include "views/scene/CortexMap.h"

#include "core/session/SelectionDefaults.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

/// Share of the best scores that the common range holds.
constexpr double rangeQuantile = 0.995;
/// Part of the range over which colours grow out of the grey.
constexpr double softStart = 0.3;
/// A map counts as signed if its negative values reach this share of its positive ones.
constexpr double signedShare = 0.2;
/// A map's scale begins at zero unless its lowest value lies above this share of the highest.
constexpr double farFromZero = 0.3;

using Best = std::pair<std::vector<std::int16_t>, std::vector<float>>;

/// Best layer and its score a vertex, of one recording; ties take the earlier layer.
std::optional<Best> bestOfRecording(const ScoreSource& source, const SelectionIndices& indices, int layerCount) {
    Best best;
    for (int layer = 0; layer < layerCount; ++layer) {
        const auto scores = source.fmriScore(indices.model, indices.step, layer, *indices.recording);
        if (!scores)
            return std::nullopt;
        best.first.resize(scores->size(), -1);
        best.second.resize(scores->size(), std::numeric_limits<float>::quiet_NaN());
        for (std::size_t vertex = 0; vertex < scores->size(); ++vertex) {
            const float score = (*scores)[vertex];
            if (std::isfinite(score) && (best.first[vertex] < 0 || score > best.second[vertex])) {
                best.first[vertex] = static_cast<std::int16_t>(layer);
                best.second[vertex] = score;
            }
        }
    }
    return best;
}

std::optional<Best> bestLayers(const ScoreSource& source, const SelectionIndices& indices, int layerCount) {
    if (indices.recording)
        return bestOfRecording(source, indices, layerCount);
    auto group = source.fmriBestLayer(indices.model, indices.step);
    if (!group)
        return std::nullopt;
    return Best{std::move(group->layer), std::move(group->score)};
}

/// Best scores of a model at its last checkpoint that has any.
std::optional<std::vector<float>> lastBestScores(const ScoreSource& source, int model) {
    const auto& steps = source.index().models[static_cast<std::size_t>(model)].steps;
    for (int step = static_cast<int>(steps.size()) - 1; step >= 0; --step)
        if (auto best = source.fmriBestLayer(model, step))
            return std::move(best->score);
    return std::nullopt;
}

constexpr Rgba8 rgbaOf(const std::array<std::uint8_t, 4>& color) { return {color[0], color[1], color[2], color[3]}; }

std::optional<CortexMap> readImported(const ScoreSource& source, const std::string& name) {
    const auto& names = source.index().importedMaps;
    const auto found = std::find(names.begin(), names.end(), name);
    auto imported = found == names.end() ? std::nullopt : source.importedMap(static_cast<int>(found - names.begin()));
    if (!imported)
        return std::nullopt;
    CortexMap map{.kind = MapKind::Imported};
    map.values = std::move(imported->values);
    map.layers = std::move(imported->labels);
    map.title = imported->name;
    for (const Area& area : imported->areas) {
        map.layerNames.push_back(area.name);
        map.labelColors.push_back(rgbaOf(area.color));
    }
    if (map.labelColors.empty())
        map.range = ownRange(map.values);
    return map;
}

Overlay labelOverlay(const CortexMap& map) {
    Overlay overlay;
    overlay.classes = map.layers;
    for (const std::int16_t label : map.layers)
        overlay.colors.push_back(label < 0 ? Rgba8{0, 0, 0, 0} : map.labelColors[static_cast<std::size_t>(label)]);
    return overlay;
}

} // namespace

std::optional<CortexMap> readCortexMap(const ScoreSource& source, const Selection& selection) {
    if (selection.map == MapKind::Imported)
        return readImported(source, selection.importedMap);
    const auto indices = indicesOf(selection, source.index());
    if (!indices || source.index().vertexCounts.total() == 0)
        return std::nullopt;
    CortexMap map{.kind = selection.map};
    map.layerNames = source.index().models[static_cast<std::size_t>(indices->model)].layerNames;
    if (selection.map == MapKind::Score && indices->layer) {
        auto scores = indices->recording
                          ? source.fmriScore(indices->model, indices->step, *indices->layer, *indices->recording)
                          : source.fmriMean(indices->model, indices->step, *indices->layer);
        if (!scores)
            return std::nullopt;
        map.values = std::move(*scores);
        return map;
    }
    auto best = bestLayers(source, *indices, static_cast<int>(map.layerNames.size()));
    if (!best)
        return std::nullopt;
    map.values = std::move(best->second);
    if (selection.map == MapKind::BestLayer)
        map.layers = std::move(best->first);
    return map;
}

std::optional<ColorRange> studyRange(const ScoreSource& source) {
    std::optional<double> highest;
    for (int model = 0; model < static_cast<int>(source.index().models.size()); ++model)
        if (const auto scores = lastBestScores(source, model))
            if (const auto high = finiteQuantile(*scores, rangeQuantile))
                highest = std::max(highest.value_or(*high), *high);
    return highest ? std::optional(ColorRange{0, roundUp(*highest)}) : std::nullopt;
}

ColorScale scoreScale(const ColorRange& range, double threshold, std::string_view colorMap) {
    return {.map = ColorMap::named(colorMap),
            .low = range.low,
            .high = range.high,
            .threshold = threshold,
            .fade = threshold > range.low ? 0 : softStart};
}

std::optional<ColorRange> ownRange(std::span<const float> values) {
    const auto low = finiteQuantile(values, 1 - rangeQuantile);
    const auto high = finiteQuantile(values, rangeQuantile);
    if (!low || !high)
        return std::nullopt;
    if (*low < -signedShare * std::abs(*high)) {
        const double end = roundUp(std::max(-*low, *high));
        return ColorRange{-end, end};
    }
    const double end = roundUp(*high);
    if (*low < farFromZero * end)
        return ColorRange{0, end};
    const double grain = std::pow(10, std::floor(std::log10(end)) - 1);
    return ColorRange{std::min(std::floor(*low / grain) * grain, end - grain), end};
}

ColorScale importedScale(const ColorRange& range, double threshold, std::string_view colorMap) {
    const bool isSigned = range.low < 0 && range.high > 0;
    const bool isCut = isSigned ? threshold != 0 : threshold > range.low;
    return {.map = ColorMap::named(!colorMap.empty() ? colorMap : isSigned ? "vik" : "inferno"),
            .low = range.low,
            .high = range.high,
            .threshold = isCut ? threshold : -std::numeric_limits<double>::infinity(),
            .fade = 0};
}

Overlay overlayOf(const CortexMap& map, const ColorScale& scale) {
    if (!map.labelColors.empty())
        return labelOverlay(map);
    if (map.kind != MapKind::BestLayer)
        return scoreOverlay(map.values, scale);
    return layerOverlay(map.layers, map.values, LayerScale{static_cast<int>(map.layerNames.size())}, scale);
}

std::optional<double> finiteQuantile(std::span<const float> values, double quantile) {
    std::vector<float> finite;
    std::copy_if(values.begin(), values.end(), std::back_inserter(finite),
                 [](float value) { return std::isfinite(value); });
    if (finite.empty())
        return std::nullopt;
    const auto place = static_cast<std::ptrdiff_t>(std::floor(quantile * static_cast<double>(finite.size() - 1)));
    std::nth_element(finite.begin(), finite.begin() + place, finite.end());
    return static_cast<double>(finite[static_cast<std::size_t>(place)]);
}

} // namespace brainlike
