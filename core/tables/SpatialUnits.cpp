#include "core/tables/SpatialUnits.h"

#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/study/GroupScores.h"

#include <cmath>
#include <utility>

namespace brainlike {
namespace {

constexpr auto spatialKind = RecordingKind::Fmri;

std::vector<std::uint8_t> withLayerAndDistance(const BestLayers& best, std::span<const double> distances) {
    std::vector<std::uint8_t> counted;
    for (std::size_t unit = 0; unit < distances.size(); ++unit)
        counted.push_back(best.layer[unit] >= 0 && std::isfinite(distances[unit]) ? 1 : 0);
    return counted;
}

/// Of vertices: those count that pass FDR at their best layer.
UnitLayers vertexLayers(const ScoreFile& scores, const SpatialUnits& units, int model, int step,
                        std::optional<int> recording) {
    UnitLayers result;
    std::vector<std::uint8_t> passes;
    if (recording) {
        const auto own = scores.layers(spatialKind, model, step, recording);
        const int images = scores.recordings(spatialKind)[static_cast<std::size_t>(*recording)].imageCount;
        result.best = bestLayers(own, {});
        passes = significantAtBestLayer(result.best.layer, groupMaps({&own, 1}, images).q);
    } else {
        auto map = scores.bestLayer(spatialKind, model, step);
        result.best = {std::move(map.layer), std::move(map.score), std::move(map.margin), std::move(map.agreement)};
        passes = significantAtBestLayer(result.best.layer, scores.groupLayers(spatialKind, model, "q", step));
    }
    const auto& depths = scores.index().models[static_cast<std::size_t>(model)].layerDepths;
    result.spatial = spatialScore(result.best.layer, depths, units.sets.distances, passes);
    result.counted = withLayerAndDistance(result.best, units.sets.distances);
    for (std::size_t vertex = 0; vertex < passes.size(); ++vertex)
        result.counted[vertex] = result.counted[vertex] != 0 && passes[vertex] != 0 ? 1 : 0;
    return result;
}

} // namespace

SpatialUnits spatialUnits(const ScoreSets& sets, TableLevel level) {
    if (level == TableLevel::Roi)
        return {level, sets.hemisphereRois()};
    if (level == TableLevel::Area)
        return {level, sets.areas()};
    return {TableLevel::Vertex, {.areas = {}, .distances = sets.vertexDistances(), .reason = {}}};
}

UnitLayers unitLayers(const ScoreFile& scores, const SpatialUnits& units, int model, int step,
                      std::optional<int> recording) {
    if (units.level == TableLevel::Vertex)
        return vertexLayers(scores, units, model, step, recording);
    UnitLayers result;
    result.mean = groupMeans(scores.layers(spatialKind, model, step, recording), units.sets.areas);
    result.best = bestLayers(result.mean, {});
    const auto& depths = scores.index().models[static_cast<std::size_t>(model)].layerDepths;
    result.spatial = spatialScore(result.best.layer, depths, units.sets.distances);
    result.counted = withLayerAndDistance(result.best, units.sets.distances);
    return result;
}

LayerTimes layerTimes(const ScoreFile& scores, int model, int step, std::optional<int> recording) {
    const auto& times = scores.index().times;
    const auto courses =
        channelMeans(scores.layers(RecordingKind::Meg, model, step, recording), static_cast<int>(times.size()));
    LayerTimes result{timesOfMaximum(courses, times), {}};
    result.temporal = temporalScore(scores.index().models[static_cast<std::size_t>(model)].layerDepths, result.times);
    return result;
}

} // namespace brainlike
