#include "core/scores/SpatialScore.h"
#include "core/tables/CorrelationIntervals.h"
#include "core/tables/SpatialUnits.h"
#include "core/tables/SubjectBootstrap.h"
#include "core/tables/TableMakers.h"

namespace brainlike {
namespace {

LayerTimes layerTimesAt(const TableScope& scope, int model, int step) {
    return layerTimes(scope.scores(), model, step, scope.subject(RecordingKind::Meg).recording);
}

std::vector<TableCell> cellsOf(const Correlation& correlation, const BootstrapInterval& bootstrap) {
    return {correlation.r,     std::int64_t{correlation.n}, correlation.p,
            correlation.ciLow, correlation.ciHigh,          bootstrap.low,
            bootstrap.high};
}

std::vector<TableCell> startOfRow(const TableScope& scope, int model, int step) {
    return {scope.model(model).id, scope.model(model).steps[static_cast<std::size_t>(step)]};
}

void sendCorrelation(TableSink& sink, std::vector<TableCell> row, const Correlation& correlation,
                     const BootstrapInterval& bootstrap) {
    const auto cells = cellsOf(correlation, bootstrap);
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

nlohmann::json bootstrapOf(const TableScope& scope, RecordingKind kind, const char* score) {
    auto options = bootstrapOptions(scope);
    if (auto reason = reasonWithoutResamples(scope, kind); !reason.empty())
        options["no_interval"][score] = std::move(reason);
    return options;
}

} // namespace

void sendSpatial(const TableScope& scope, TableSink& sink, JobContext& job) {
    auto head = scope.head(
        commonColumns({"model", "step", "level", "r", "n", "p", "ci_low", "ci_high", "boot_low", "boot_high"}));
    head.options["distance"] = "mm on the pial surface to the centroid of V1 of the same hemisphere";
    head.options["bootstrap"] = bootstrapOf(scope, RecordingKind::Fmri, "spatial");
    if (scope.level() == TableLevel::Vertex)
        head.options["q_threshold"] = significanceThreshold;
    // What is missing is said before anything is written.
    const SpatialUnits units = spatialUnits(scope.sets(), scope.level());
    const auto recording = scope.subject(RecordingKind::Fmri).recording;
    sink.begin(head);
    for (const int model : scope.models()) {
        const auto steps = scope.steps(model);
        const auto intervals = spatialIntervals(scope, units, model, steps, job);
        for (std::size_t index = 0; index < steps.size(); ++index) {
            job.throwIfCancelled();
            auto row = startOfRow(scope, model, steps[index]);
            row.emplace_back(std::string(nameOf(scope.level())));
            sendCorrelation(sink, std::move(row),
                            unitLayers(scope.scores(), units, model, steps[index], recording).spatial,
                            intervals[index]);
        }
    }
    sink.end();
}

void sendTemporal(const TableScope& scope, TableSink& sink, JobContext& job) {
    const bool isLayers = scope.level() == TableLevel::Layer;
    auto columns = commonColumns({"model", "step"});
    for (const auto& column : isLayers ? commonColumns({"layer", "depth"})
                                       : commonColumns({"r", "n", "p", "ci_low", "ci_high", "boot_low", "boot_high"}))
        columns.push_back(column);
    if (isLayers)
        columns.push_back({"t_max", "s", "mean of the times at which R is at least 95 % of its maximum"});
    auto head = scope.head(std::move(columns));
    head.options["share_of_maximum"] = 0.95;
    head.options["times"] = "0 s and later";
    if (!isLayers)
        head.options["bootstrap"] = bootstrapOf(scope, RecordingKind::Meg, "temporal");
    sink.begin(head);
    for (const int model : scope.models()) {
        const auto steps = scope.steps(model);
        const auto intervals =
            isLayers ? std::vector<BootstrapInterval>() : temporalIntervals(scope, model, steps, job);
        for (std::size_t index = 0; index < steps.size(); ++index) {
            job.throwIfCancelled();
            if (isLayers)
                sendLayerTimes(scope, sink, model, steps[index]);
            else
                sendCorrelation(sink, startOfRow(scope, model, steps[index]),
                                layerTimesAt(scope, model, steps[index]).temporal, intervals[index]);
        }
    }
    sink.end();
}

} // namespace brainlike
