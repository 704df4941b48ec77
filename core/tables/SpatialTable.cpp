#include "core/scores/BestLayer.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/study/GroupScores.h"
#include "core/tables/TableMakers.h"

namespace brainlike {
namespace {

constexpr auto spatialKind = RecordingKind::Fmri;

/// Over the vertices that pass FDR at their best layer.
Correlation ofVertices(const TableScope& scope, int model, int step) {
    const auto& file = scope.scores();
    const auto subject = scope.subject(spatialKind);
    const auto& depths = scope.model(model).layerDepths;
    const auto& distances = scope.sets().vertexDistances();
    if (!subject.recording) {
        const auto best = file.bestLayer(spatialKind, model, step).layer;
        return spatialScore(best, depths, distances,
                            significantAtBestLayer(best, file.groupLayers(spatialKind, model, "q", step)));
    }
    const auto own = file.layers(spatialKind, model, step, subject.recording);
    const auto best = bestLayers(own, {}).layer;
    const int images = file.recordings(spatialKind)[static_cast<std::size_t>(*subject.recording)].imageCount;
    return spatialScore(best, depths, distances, significantAtBestLayer(best, groupMaps({&own, 1}, images).q));
}

Correlation ofUnits(const TableScope& scope, int model, int step) {
    if (scope.level() == TableLevel::Vertex)
        return ofVertices(scope, model, step);
    const auto& units = scope.level() == TableLevel::Roi ? scope.sets().hemisphereRois() : scope.sets().areas();
    return spatialScore(scope.scores().layers(spatialKind, model, step, scope.subject(spatialKind).recording),
                        units.areas, scope.model(model).layerDepths, units.distances);
}

std::vector<TableCell> cellsOf(const Correlation& correlation) {
    return {correlation.r, std::int64_t{correlation.n}, correlation.p, correlation.ciLow, correlation.ciHigh};
}

std::vector<TableCell> startOfRow(const TableScope& scope, int model, int step) {
    return {scope.model(model).id, scope.model(model).steps[static_cast<std::size_t>(step)]};
}

void sendCorrelation(TableSink& sink, std::vector<TableCell> row, const Correlation& correlation) {
    const auto cells = cellsOf(correlation);
    row.insert(row.end(), cells.begin(), cells.end());
    sink.add(row);
}

/// T_max of every layer at a checkpoint.
std::vector<double> timesOfMaximumAt(const TableScope& scope, int model, int step) {
    const auto& times = scope.index().times;
    const auto scores =
        scope.scores().layers(RecordingKind::Meg, model, step, scope.subject(RecordingKind::Meg).recording);
    return timesOfMaximum(channelMeans(scores, static_cast<int>(times.size())), times);
}

void sendLayerTimes(const TableScope& scope, TableSink& sink, int model, int step) {
    const auto& scored = scope.model(model);
    const auto times = timesOfMaximumAt(scope, model, step);
    for (std::size_t layer = 0; layer < times.size(); ++layer) {
        auto row = startOfRow(scope, model, step);
        row.insert(row.end(), {scored.layerNames[layer], scored.layerDepths[layer], times[layer]});
        sink.add(row);
    }
}

template <typename SendStep>
void sendSteps(const TableScope& scope, JobContext& job, SendStep sendStep) {
    for (const int model : scope.models())
        for (const int step : scope.steps(model)) {
            job.throwIfCancelled();
            sendStep(model, step);
        }
}

} // namespace

void sendSpatial(const TableScope& scope, TableSink& sink, JobContext& job) {
    auto head = scope.head(commonColumns({"model", "step", "level", "r", "n", "p", "ci_low", "ci_high"}));
    head.options["distance"] = "mm on the pial surface to the centroid of V1 of the same hemisphere";
    if (scope.level() == TableLevel::Vertex)
        head.options["q_threshold"] = significanceThreshold;
    if (scope.level() == TableLevel::Vertex)
        (void)scope.sets().vertexDistances(); // what is missing is said before anything is written
    else
        (void)(scope.level() == TableLevel::Roi ? scope.sets().hemisphereRois() : scope.sets().areas());
    sink.begin(head);
    sendSteps(scope, job, [&](int model, int step) {
        auto row = startOfRow(scope, model, step);
        row.emplace_back(std::string(nameOf(scope.level())));
        sendCorrelation(sink, std::move(row), ofUnits(scope, model, step));
    });
    sink.end();
}

void sendTemporal(const TableScope& scope, TableSink& sink, JobContext& job) {
    const bool isLayers = scope.level() == TableLevel::Layer;
    auto columns = commonColumns({"model", "step"});
    for (const auto& column :
         isLayers ? commonColumns({"layer", "depth"}) : commonColumns({"r", "n", "p", "ci_low", "ci_high"}))
        columns.push_back(column);
    if (isLayers)
        columns.push_back({"t_max", "s", "mean of the times at which R is at least 95 % of its maximum"});
    auto head = scope.head(std::move(columns));
    head.options["share_of_maximum"] = 0.95;
    head.options["times"] = "0 s and later";
    sink.begin(head);
    sendSteps(scope, job, [&](int model, int step) {
        if (isLayers)
            sendLayerTimes(scope, sink, model, step);
        else
            sendCorrelation(sink, startOfRow(scope, model, step),
                            temporalScore(scope.model(model).layerDepths, timesOfMaximumAt(scope, model, step)));
    });
    sink.end();
}

} // namespace brainlike
