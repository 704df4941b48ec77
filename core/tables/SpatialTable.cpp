#include "core/scores/SpatialScore.h"
#include "core/tables/SpatialUnits.h"
#include "core/tables/TableMakers.h"

namespace brainlike {
namespace {

LayerTimes layerTimesAt(const TableScope& scope, int model, int step) {
    return layerTimes(scope.scores(), model, step, scope.subject(RecordingKind::Meg).recording);
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

void sendLayerTimes(const TableScope& scope, TableSink& sink, int model, int step) {
    const auto& scored = scope.model(model);
    const auto times = layerTimesAt(scope, model, step).times;
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
    // What is missing is said before anything is written.
    const SpatialUnits units = spatialUnits(scope.sets(), scope.level());
    const auto recording = scope.subject(RecordingKind::Fmri).recording;
    sink.begin(head);
    sendSteps(scope, job, [&](int model, int step) {
        auto row = startOfRow(scope, model, step);
        row.emplace_back(std::string(nameOf(scope.level())));
        sendCorrelation(sink, std::move(row), unitLayers(scope.scores(), units, model, step, recording).spatial);
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
            sendCorrelation(sink, startOfRow(scope, model, step), layerTimesAt(scope, model, step).temporal);
    });
    sink.end();
}

} // namespace brainlike
