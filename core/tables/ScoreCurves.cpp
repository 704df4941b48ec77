#include "core/tables/ScoreCurves.h"

#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"

#include <utility>

namespace brainlike {
namespace {

std::vector<std::string> idsOf(const TableScope& scope, RecordingKind kind) {
    if (scope.level() != TableLevel::Vertex)
        return scope.sets().of(kind, scope.level()).ids;
    std::vector<std::string> ids;
    const auto counts = scope.index().vertexCounts;
    for (int vertex = 0; vertex < counts.total(); ++vertex)
        ids.push_back(vertexId(counts, vertex));
    return ids;
}

ScoreCurves encodingCurves(const TableScope& scope, int model, RecordingKind kind, const JobContext& job) {
    ScoreCurves curves{.metric = kind == RecordingKind::Fmri ? CurveMetric::EncodingFmri : CurveMetric::EncodingMeg,
                       .ids = idsOf(scope, kind)};
    const auto steps = static_cast<int>(scope.model(model).steps.size());
    curves.values.resize(static_cast<Eigen::Index>(curves.ids.size()), steps);
    for (int step = 0; step < steps; ++step) {
        job.throwIfCancelled();
        auto values = dimensionScoresAt(scope, kind, model, step);
        if (scope.level() != TableLevel::Vertex)
            values = encodingScores(values, scope.sets().of(kind, scope.level()));
        curves.values.col(step) =
            Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
    }
    return curves;
}

double ownSpatial(const TableScope& scope, int model, int step) {
    const auto& units = scope.sets().areas();
    const auto recording = scope.subject(RecordingKind::Fmri).recording;
    return spatialScore(scope.scores().layers(RecordingKind::Fmri, model, step, recording), units.areas,
                        scope.model(model).layerDepths, units.distances)
        .r;
}

double ownTemporal(const TableScope& scope, int model, int step) {
    const auto& times = scope.index().times;
    const auto recording = scope.subject(RecordingKind::Meg).recording;
    const auto scores = scope.scores().layers(RecordingKind::Meg, model, step, recording);
    return temporalScore(scope.model(model).layerDepths,
                         timesOfMaximum(channelMeans(scores, static_cast<int>(times.size())), times))
        .r;
}

/// Spatial or temporal score: the file's own of the group, else computed the same way.
ScoreCurves orderCurves(const TableScope& scope, int model, RecordingKind kind, const JobContext& job) {
    const bool isSpatial = kind == RecordingKind::Fmri;
    std::vector<double> values;
    if (!scope.subject(kind).recording) {
        const auto summary = scope.scores().summary(model);
        values = isSpatial ? summary.spatial : summary.temporal;
    }
    const auto steps = static_cast<int>(scope.model(model).steps.size());
    for (auto step = static_cast<int>(values.size()); step < steps; ++step) {
        job.throwIfCancelled();
        values.push_back(isSpatial ? ownSpatial(scope, model, step) : ownTemporal(scope, model, step));
    }
    return {.metric = isSpatial ? CurveMetric::Spatial : CurveMetric::Temporal,
            .ids = {"all"},
            .values = Eigen::Map<const RowMatrix<double>>(values.data(), 1, steps)};
}

} // namespace

std::vector<double> dimensionScoresAt(const TableScope& scope, RecordingKind kind, int model, int step) {
    const auto& file = scope.scores();
    const auto layer = scope.layers(model).front().options;
    const auto recording = scope.subject(kind).recording;
    if (!recording && layer.choice == LayerChoice::Best) {
        const auto best = file.bestLayer(kind, model, step).score;
        return {best.begin(), best.end()};
    }
    return dimensionScores(file.layers(kind, model, step, recording), layer);
}

std::string_view nameOf(CurveMetric metric) {
    switch (metric) {
    case CurveMetric::EncodingFmri:
        return "encoding-fmri";
    case CurveMetric::EncodingMeg:
        return "encoding-meg";
    case CurveMetric::Spatial:
        return "spatial";
    case CurveMetric::Temporal:
        return "temporal";
    }
    return "";
}

RecordingKind kindOf(CurveMetric metric) {
    return metric == CurveMetric::EncodingFmri || metric == CurveMetric::Spatial ? RecordingKind::Fmri
                                                                                 : RecordingKind::Meg;
}

std::vector<ScoreCurves> scoreCurves(const TableScope& scope, int model, const JobContext& job) {
    std::vector<ScoreCurves> curves;
    for (const auto kind : scope.kinds())
        curves.push_back(encodingCurves(scope, model, kind, job));
    if (scope.level() == TableLevel::Model)
        for (const auto kind : scope.kinds())
            curves.push_back(orderCurves(scope, model, kind, job));
    return curves;
}

} // namespace brainlike
