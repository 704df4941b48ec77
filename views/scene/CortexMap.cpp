#include "views/scene/CortexMap.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "views/scene/AreaMaps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

/// Share of the best scores that the common range holds.
constexpr double rangeQuantile = 0.995;
constexpr double tailQuantile = 0.95;
/// Part of the range over which colours grow out of the grey.
constexpr double softStart = 0.3;
/// A map counts as signed if its negative values reach this share of its positive ones.
constexpr double signedShare = 0.2;
/// A map's scale begins at zero unless its lowest value lies above this share of the highest.
constexpr double farFromZero = 0.3;

/// Best scores of a model at its last checkpoint that has any.
std::optional<std::vector<float>> lastBestScores(const ScoreSource& source, int model) {
    const auto& steps = source.index().models[static_cast<std::size_t>(model)].steps;
    for (int step = static_cast<int>(steps.size()) - 1; step >= 0; --step)
        if (auto best = source.fmriBestLayer(model, step))
            return std::move(best->score);
    return std::nullopt;
}

/// With the one value there is in the middle.
ColorRange aroundConstant(double value) {
    const double half = std::pow(10, std::floor(std::log10(value)) - 1);
    return {value - half, value + half};
}

constexpr Rgba8 rgbaOf(const std::array<std::uint8_t, 4>& color) {
    return {color[0], color[1], color[2], color[3]};
}

std::optional<ImportedMap> importedOf(const ScoreSource& source, const std::string& name) {
    const auto& names = source.index().importedMaps;
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? source.keptMaps().find(name)
                                : source.importedMap(static_cast<int>(found - names.begin()));
}

/// p or q values for a map: as they are, or −log10 of them (with the effect's sign, perhaps) where some are not
/// between 0 and 1.
/// @throws FormatError if the map named holds no values a vertex of this one
void readSignificance(const ScoreSource& source, const std::string& name, CortexMap& map) {
    auto significance = importedOf(source, name);
    if (!significance)
        return;
    if (significance->values.size() != map.values.size())
        throw FormatError(
            {.what = "This map cannot tell where another one is significant",
             .place = name,
             .expected = "a p or q value a vertex, " + std::to_string(map.values.size()),
             .found = significance->values.empty() ? "labels" : std::to_string(significance->values.size()),
             .advice = "Choose a map of p values, q values or −log10 p"});
    map.q = std::move(significance->values);
    map.significanceName = name;
    if (std::ranges::none_of(map.q, [](float value) { return value < 0 || value > 1; }))
        return;
    for (float& value : map.q)
        value = std::pow(10.0F, -std::abs(value));
    map.note += (map.note.empty() ? "" : "\n") + ("p is 10^−|" + name + "|");
}

std::optional<CortexMap> readImported(const ScoreSource& source, const Selection& selection) {
    auto imported = importedOf(source, selection.importedMap);
    if (!imported)
        return std::nullopt;
    CortexMap map{.kind = MapKind::Imported};
    map.values = std::move(imported->values);
    map.layers = std::move(imported->labels);
    map.title = imported->name;
    map.note = imported->note;
    for (const Area& area : imported->areas) {
        map.layerNames.push_back(area.name);
        map.labelColors.push_back(rgbaOf(area.color));
    }
    if (map.labelColors.empty()) {
        map.range = ownRange(map.values);
        if (needsQ(selection) && !selection.significanceMap.empty())
            readSignificance(source, selection.significanceMap, map);
    }
    return map;
}

std::vector<float> differences(const std::vector<float>& a, const std::vector<float>& b) {
    std::vector<float> result(a.size());
    std::transform(a.begin(), a.end(), b.begin(), result.begin(), std::minus());
    return result;
}

std::optional<std::vector<float>> readDifferences(const ScoreSource& source, const Selection& selection,
                                                  const SelectionIndices& indices) {
    const auto base = otherSide(selection, source.index());
    const auto baseIndices = base ? indicesOf(*base, source.index()) : std::nullopt;
    const auto from = baseIndices ? readScores(source, *baseIndices) : std::nullopt;
    const auto scores = from ? readScores(source, indices) : std::nullopt;
    return scores ? std::optional(differences(*scores, *from)) : std::nullopt;
}

/// −log10 q; a q too small to be told from zero counts as the smallest number there is.
std::optional<std::vector<float>> readLogQ(const ScoreSource& source, const SelectionIndices& indices) {
    auto values = readQ(source, indices);
    if (values)
        for (float& q : *values)
            q = std::isnan(q) ? q : std::abs(std::log10(std::max(q, std::numeric_limits<float>::min())));
    return values;
}

void takeHalfTimes(CortexMap& map, HalfTimes times) {
    map.values = std::move(times.step);
    map.states = std::move(times.state);
    map.finalScores = std::move(times.finalScore);
    map.firstStep = times.firstStep;
    map.lastStep = times.lastStep;
}

/// Fills a map's values. @returns false if they are not computed
bool fill(CortexMap& map, const ScoreSource& source, const Selection& selection, const SelectionIndices& indices) {
    std::optional<std::vector<float>> values;
    switch (map.kind) {
    case MapKind::Score:
        values = readScores(source, indices);
        break;
    case MapKind::BestLayer:
        if (auto best = readBestLayers(source, indices)) {
            map.layers = std::move(best->layer);
            values = std::move(best->score);
        }
        if (auto margins = values ? readMargins(source, indices) : std::nullopt) {
            map.margins = std::move(margins->margin);
            map.marginNoise = std::move(margins->noise);
        }
        break;
    case MapKind::HalfTime:
        if (auto times = readHalfTimes(source, indices)) {
            takeHalfTimes(map, std::move(*times));
            return true;
        }
        return false;
    case MapKind::Difference:
        values = readDifferences(source, selection, indices);
        break;
    case MapKind::TValue:
        values = readT(source, indices);
        break;
    case MapKind::QValue:
        values = readLogQ(source, indices);
        break;
    case MapKind::Imported:
    case MapKind::Property:
        break;
    }
    if (values)
        map.values = std::move(*values);
    return values.has_value();
}

/// Checkpoints over the training at which a range is measured: the last, and some before.
std::vector<int> measuredSteps(int count) {
    constexpr int most = 5;
    std::vector<int> steps;
    for (int i = 0; i < std::min(most, count); ++i)
        steps.push_back(count - 1 - i * (count - 1) / std::max(1, std::min(most, count) - 1));
    return steps;
}

} // namespace

bool needsQ(const Selection& selection) {
    return selection.significance != Significance::Ignore || selection.regions.significanceContour;
}

std::optional<CortexMap> readCortexMap(const ScoreSource& source, const Selection& selection) {
    if (selection.map == MapKind::Imported)
        return readImported(source, selection);
    if (selection.map == MapKind::Property)
        return readPropertyMap(source, selection.property);
    auto indices = indicesOf(selection, source.index());
    if (!indices || source.index().vertexCounts.total() == 0)
        return std::nullopt;
    CortexMap map{.kind = selection.map};
    const ScoredModel& model = source.index().models[static_cast<std::size_t>(indices->model)];
    map.layerNames = model.layerNames;
    if (map.kind == MapKind::BestLayer)
        indices->layer.reset();
    if (!fill(map, source, selection, *indices))
        return std::nullopt;
    if (selection.areaMeans && hasAreaMeans(map.kind)) {
        averageOverAreas(map, source, selection.regions.parcellation);
        return map; // q is of vertices
    }
    if (needsQ(selection)) {
        if (map.kind == MapKind::HalfTime)
            indices->step = static_cast<int>(model.steps.size()) - 1;
        if (auto q = readQ(source, *indices))
            map.q = std::move(*q);
    }
    return map;
}

std::optional<ColorRange> fixedRange(const ScoreSource& source, const Selection& selection) {
    if (!isOfScores(selection.map)) {
        const auto map = readCortexMap(source, selection);
        return map ? map->range : std::nullopt;
    }
    const auto indices = indicesOf(selection, source.index());
    if (!indices)
        return std::nullopt;
    if (selection.map == MapKind::HalfTime) {
        std::int64_t first = std::numeric_limits<std::int64_t>::max(), last = 0;
        for (const ScoredModel& model : source.index().models)
            for (const std::int64_t step : model.steps)
                if (step > 0) {
                    first = std::min(first, step);
                    last = std::max(last, step);
                }
        return last > first ? std::optional(ColorRange{static_cast<double>(first), static_cast<double>(last)})
                            : std::nullopt;
    }
    const bool isSigned = selection.map == MapKind::Difference || selection.map == MapKind::TValue;
    if (!isSigned && selection.map != MapKind::QValue)
        return studyRange(source);
    // With few subjects t has long tails, which would leave the rest without colours.
    const double quantile = selection.map == MapKind::TValue ? tailQuantile : rangeQuantile;
    const auto& steps = source.index().models[static_cast<std::size_t>(indices->model)].steps;
    std::optional<double> highest;
    for (const int step : measuredSteps(static_cast<int>(steps.size()))) {
        Selection at = selection;
        at.step = steps[static_cast<std::size_t>(step)];
        at.significance = Significance::Ignore;
        at.regions.significanceContour = false;
        at.areaMeans = false; // the same colours for vertices and areas
        auto map = readCortexMap(source, at);
        if (!map)
            continue;
        for (float& value : map->values)
            value = std::abs(value);
        if (const auto high = finiteQuantile(map->values, quantile))
            highest = std::max(highest.value_or(0), *high);
    }
    if (!highest)
        return std::nullopt;
    const double high = roundUp(*highest);
    return isSigned ? ColorRange{-high, high} : ColorRange{0, high};
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
    if (*low == *high && *high > 0)
        return aroundConstant(*high);
    const double end = roundUp(*high);
    if (*low < farFromZero * end)
        return ColorRange{0, end};
    const double grain = std::pow(10, std::floor(std::log10(end)) - 1);
    return ColorRange{std::min(std::floor(*low / grain) * grain, end - grain), end};
}

ColorScale importedScale(const ColorRange& range, double threshold, std::string_view colorMap, bool oneTailed) {
    const bool isSigned = range.low < 0 && range.high > 0;
    const bool isTwoTailed = isSigned && !oneTailed;
    const bool isCut = isTwoTailed ? threshold > 0 : isSigned ? threshold != 0 : threshold > range.low;
    return {.map = ColorMap::named(!colorMap.empty() ? colorMap
                                   : isSigned        ? "vik"
                                                     : "inferno"),
            .low = range.low,
            .high = range.high,
            .threshold = isCut ? threshold : -std::numeric_limits<double>::infinity(),
            .fade = 0,
            .isTwoTailed = isTwoTailed};
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
