#include "core/scores/BestLayer.h"
#include "core/tables/TableMakers.h"

#include <utility>

namespace brainlike {
namespace {

constexpr auto mappedKind = RecordingKind::Fmri;

RowMatrix<double> setMeansOf(const TableScope& scope, int model, int step, std::optional<int> recording) {
    return groupMeans(scope.scores().layers(mappedKind, model, step, recording),
                      scope.sets().of(mappedKind, scope.level()));
}

/// Best layers of areas or ROIs, from their mean R a layer.
BestLayers bestOfSets(const TableScope& scope, int model, int step, const TableSubject& subject) {
    std::vector<RowMatrix<double>> own;
    const auto count = static_cast<int>(scope.scores().recordings(mappedKind).size());
    for (int recording = 0; recording < count && !subject.recording; ++recording)
        own.push_back(setMeansOf(scope, model, step, recording));
    return bestLayers(setMeansOf(scope, model, step, subject.recording), own);
}

BestLayers bestOfVertices(const TableScope& scope, int model, int step, const TableSubject& subject) {
    if (subject.recording)
        return bestLayers(scope.scores().layers(mappedKind, model, step, subject.recording), {});
    auto map = scope.scores().bestLayer(mappedKind, model, step);
    return {std::move(map.layer), std::move(map.score), std::move(map.margin), std::move(map.agreement)};
}

std::string idAt(const TableScope& scope, std::size_t unit) {
    return scope.level() == TableLevel::Vertex ? vertexId(scope.index().vertexCounts, static_cast<int>(unit))
                                               : scope.sets().of(mappedKind, scope.level()).ids[unit];
}

void sendBest(const TableScope& scope, TableSink& sink, int model, int step, const TableSubject& subject) {
    const auto& scored = scope.model(model);
    const auto best = scope.level() == TableLevel::Vertex ? bestOfVertices(scope, model, step, subject)
                                                          : bestOfSets(scope, model, step, subject);
    for (std::size_t unit = 0; unit < best.layer.size(); ++unit) {
        const int layer = best.layer[unit];
        const auto at = static_cast<std::size_t>(std::max(layer, 0));
        sink.add({scored.id, scored.steps[static_cast<std::size_t>(step)], subject.name, idAt(scope, unit),
                  layer < 0 ? TableCell() : TableCell(scored.layerNames[at]),
                  layer < 0 ? TableCell() : TableCell(scored.layerDepths[at]), best.score[unit], best.margin[unit],
                  best.agreement[unit]});
    }
}

} // namespace

void sendBestLayer(const TableScope& scope, TableSink& sink, JobContext& job) {
    auto columns = commonColumns({"model", "step", "subject", "id"});
    columns.push_back({"best_layer", "", "name of the layer with the highest R; empty where none has one"});
    columns.push_back(commonColumn("depth"));
    columns.push_back({"score", "", "its R; of an area or ROI, the mean R of that layer over the vertices"});
    columns.push_back({"margin", "", "its R minus the runner-up's"});
    columns.push_back({"agreement", "", "share of the subjects whose own best layer it is"});
    sink.begin(scope.head(std::move(columns)));
    for (const int model : scope.models())
        for (const int step : scope.steps(model))
            for (const auto& subject : scope.subjects(mappedKind)) {
                job.throwIfCancelled();
                sendBest(scope, sink, model, step, subject);
            }
    sink.end();
}

} // namespace brainlike
