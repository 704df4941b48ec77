#include "core/tables/PropertyMaps.h"

#include "core/base/Undefined.h"
#include "core/scores/BestLayer.h"
#include "core/scores/HalfTime.h"
#include "core/scores/SpatialScore.h"
#include "core/study/GroupScores.h"
#include "core/tables/ScoreCurves.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr auto mapKind = RecordingKind::Fmri;

void maskVertices(const TableScope& scope, int model, int step, std::vector<double>& values) {
    if (scope.level() != TableLevel::Vertex)
        return;
    const auto isSignificant = significantVertices(scope, model, step);
    for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
        if (isSignificant[vertex] == 0)
            values[vertex] = undefined;
}

std::vector<double> halfTimes(const TableScope& scope, const PropertyUnits& units, int model,
                              const ScoreCurves& curves) {
    const auto& steps = scope.model(model).steps;
    std::vector<double> values;
    for (Eigen::Index set = 0; set < curves.values.rows(); ++set)
        values.push_back(halfTime(steps, {curves.values.row(set).data(), steps.size()}).step);
    maskVertices(scope, model, static_cast<int>(steps.size()) - 1, values);
    return units.byId(curves.ids, values);
}

std::vector<double> scoresAt(const TableScope& scope, const PropertyUnits& units, int model, int step) {
    auto values = units.means(dimensionScoresAt(scope, mapKind, model, step));
    maskVertices(scope, model, step, values);
    return values;
}

std::vector<double> depthsAt(const TableScope& scope, const PropertyUnits& units, int model, int step) {
    const auto recording = scope.subject(mapKind).recording;
    std::vector<std::int16_t> best;
    if (scope.level() != TableLevel::Vertex)
        best = bestLayers(groupMeans(scope.scores().layers(mapKind, model, step, recording), units.sets()), {}).layer;
    else if (recording)
        best = bestLayers(scope.scores().layers(mapKind, model, step, recording), {}).layer;
    else
        best = scope.scores().bestLayer(mapKind, model, step).layer;
    std::vector<double> values;
    for (const auto layer : best)
        values.push_back(layer < 0 ? undefined : scope.model(model).layerDepths[static_cast<std::size_t>(layer)]);
    maskVertices(scope, model, step, values);
    return values;
}

/// Units that only lend their property to spins have no value.
ScoreMap observed(const PropertyUnits& units, ScoreMap map) {
    for (std::size_t unit = 0; unit < units.size(); ++unit)
        if (!units.isObserved(unit))
            map.values[unit] = undefined;
    return map;
}

} // namespace

std::vector<std::uint8_t> significantVertices(const TableScope& scope, int model, int step) {
    const auto& file = scope.scores();
    const auto subject = scope.subject(mapKind);
    if (!subject.recording)
        return significantAtBestLayer(file.bestLayer(mapKind, model, step).layer,
                                      file.groupLayers(mapKind, model, "q", step));
    const auto own = file.layers(mapKind, model, step, subject.recording);
    const int images = file.recordings(mapKind)[static_cast<std::size_t>(*subject.recording)].imageCount;
    return significantAtBestLayer(bestLayers(own, {}).layer, groupMaps({&own, 1}, images).q);
}

std::vector<ScoreMap> scoreMaps(const TableScope& scope, const PropertyUnits& units, int model, JobContext& job) {
    auto kinds = scope.request().property.maps;
    if (kinds.empty())
        kinds = {PropertyMapKind::HalfTime};
    std::vector<ScoreMap> maps;
    for (const auto kind : kinds) {
        job.throwIfCancelled();
        if (kind == PropertyMapKind::HalfTime) {
            maps.push_back(
                {kind, std::nullopt, halfTimes(scope, units, model, scoreCurves(scope, model, job).front())});
            continue;
        }
        for (const int step : scope.steps(model)) {
            job.throwIfCancelled();
            auto values = kind == PropertyMapKind::Score ? scoresAt(scope, units, model, step)
                                                         : depthsAt(scope, units, model, step);
            maps.push_back(
                observed(units, {kind, scope.model(model).steps[static_cast<std::size_t>(step)], std::move(values)}));
        }
    }
    return maps;
}

} // namespace brainlike
