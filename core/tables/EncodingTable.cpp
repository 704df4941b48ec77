#include "core/scores/BestLayer.h"
#include "core/stats/TTest.h"
#include "core/study/GroupScores.h"
#include "core/tables/NormalisedScores.h"
#include "core/tables/TableMakers.h"

#include <map>
#include <span>
#include <utility>

namespace brainlike {
namespace {

using SetScores = std::vector<std::vector<double>>; ///< layer choices × sets (or vertices)

/// One kind at one checkpoint of a model.
struct EncodingPlace {
    const TableScope& scope;
    TableSink& sink;
    NormalisedScores& normalised;
    int model, step;
    RecordingKind kind;

    [[nodiscard]] std::vector<TableCell> row(const TableLayer& layer, const TableSubject& subject,
                                             std::string id) const {
        const auto& scored = scope.model(model);
        return {scored.id,
                scored.steps[static_cast<std::size_t>(step)],
                std::string(nameOf(kind)),
                layer.name,
                subject.name,
                std::move(id)};
    }
};

/// What a row ends in.
struct EncodingCells {
    TableCell score, sem, q;
    TableCell normalised; ///< of a table that has it
};

void sendRow(const EncodingPlace& place, std::vector<TableCell> row, EncodingCells cells) {
    row.insert(row.end(), {std::move(cells.score), std::move(cells.sem), std::move(cells.q)});
    if (place.scope.request().normalise)
        row.push_back(std::move(cells.normalised));
    place.sink.add(row);
}

/// One subject's (or the group's) scores of all sets by all choices of layer.
SetScores scoresOfSets(const EncodingPlace& place, std::optional<int> recording) {
    const auto& scope = place.scope;
    const auto scores = scope.scores().layers(place.kind, place.model, place.step, recording);
    SetScores result;
    for (const auto& layer : scope.layers(place.model))
        result.push_back(unitScores(scope, place.kind, scores, layer.options));
    return result;
}

/// SEM over subjects of one choice of layer, a value a set; empty without subjects.
std::vector<double> semOf(const std::vector<SetScores>& subjects, std::size_t layer) {
    std::vector<std::span<const double>> spans;
    for (const auto& own : subjects)
        spans.emplace_back(own[layer]);
    return spans.empty() ? std::vector<double>() : oneSampleTTest(spans).sem;
}

void sendSets(const EncodingPlace& place) {
    const auto& scope = place.scope;
    const auto layers = scope.layers(place.model);
    const auto subjects = scope.subjects(place.kind);
    const auto& ids = scope.sets().of(place.kind, scope.level()).ids;
    std::vector<SetScores> own;
    for (int recording = 0; recording < static_cast<int>(scope.scores().recordings(place.kind).size()); ++recording)
        if (!subjects.front().recording || subjects.front().recording == recording)
            own.push_back(scoresOfSets(place, recording));
    const auto group = subjects.front().recording ? own.front() : scoresOfSets(place, std::nullopt);
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        const auto sem = subjects.front().recording ? std::vector<double>() : semOf(own, layer);
        for (const auto& subject : subjects) {
            const bool isMean = &subject == &subjects.front();
            const auto& scores = isMean ? group[layer] : own[static_cast<std::size_t>(*subject.recording)][layer];
            const auto shares = place.normalised.of(scores, place.step, subject.recording, layers[layer].options);
            for (std::size_t set = 0; set < ids.size(); ++set)
                sendRow(place, place.row(layers[layer], subject, ids[set]),
                        {.score = scores[set],
                         .sem = isMean && !sem.empty() ? TableCell(sem[set]) : TableCell(),
                         .q = {},
                         .normalised = shares.empty() ? TableCell() : TableCell(shares[set])});
        }
    }
}

/// Maps of one subject or of the group, layers × vertices; `sem` is empty for one subject.
struct VertexMaps {
    RowMatrix<float> score, sem, q;
    std::vector<std::int16_t> best;
};

VertexMaps vertexMaps(const EncodingPlace& place, const TableSubject& subject) {
    const auto& file = place.scope.scores();
    VertexMaps maps{.score = file.layers(place.kind, place.model, place.step, subject.recording)};
    if (subject.recording) {
        const auto& recording = file.recordings(place.kind)[static_cast<std::size_t>(*subject.recording)];
        maps.q = groupMaps({&maps.score, 1}, recording.imageCount).q;
        maps.best = bestLayers(maps.score, {}).layer;
        return maps;
    }
    maps.sem = file.groupLayers(place.kind, place.model, "sem", place.step);
    maps.q = file.groupLayers(place.kind, place.model, "q", place.step);
    maps.best = file.bestLayer(place.kind, place.model, place.step).layer;
    return maps;
}

/// SEM of the mean over layers, a value a vertex.
std::vector<double> semOfLayerMeans(const EncodingPlace& place, const SetScoreOptions& options) {
    std::vector<SetScores> own;
    const auto& file = place.scope.scores();
    for (int recording = 0; recording < static_cast<int>(file.recordings(place.kind).size()); ++recording)
        own.push_back({dimensionScores(file.layers(place.kind, place.model, place.step, recording), options)});
    return semOf(own, 0);
}

TableCell valueAt(const RowMatrix<float>& map, int layer, std::size_t vertex) {
    return layer < 0 || map.size() == 0 ? TableCell() : TableCell(map(layer, static_cast<Eigen::Index>(vertex)));
}

void sendVertices(const EncodingPlace& place, const TableSubject& subject) {
    const auto maps = vertexMaps(place, subject);
    const auto counts = place.scope.index().vertexCounts;
    for (const auto& layer : place.scope.layers(place.model)) {
        const bool isMean = layer.options.choice == LayerChoice::Mean;
        const auto scores = dimensionScores(maps.score, layer.options);
        const auto sem = isMean && !subject.recording ? semOfLayerMeans(place, layer.options) : std::vector<double>();
        const auto shares = place.normalised.of(scores, place.step, subject.recording, layer.options);
        for (std::size_t vertex = 0; vertex < scores.size(); ++vertex) {
            const int row = layer.options.choice == LayerChoice::Best ? maps.best[vertex]
                            : isMean                                  ? -1
                                                                      : layer.options.layer;
            sendRow(place, place.row(layer, subject, vertexId(counts, static_cast<int>(vertex))),
                    {.score = static_cast<float>(scores[vertex]),
                     .sem = sem.empty() ? valueAt(maps.sem, row, vertex) : TableCell(sem[vertex]),
                     .q = valueAt(maps.q, row, vertex),
                     .normalised = shares.empty() ? TableCell() : TableCell(static_cast<float>(shares[vertex]))});
        }
    }
}

TableColumn normalisedColumn(NormalisedAxis axis) {
    const char* over = axis == NormalisedAxis::Layers  ? "the layers of the model"
                       : axis == NormalisedAxis::Times ? "the sampled times, of all channels"
                                                       : "all checkpoints of the model";
    return {"normalised", "",
            std::string("score divided by its maximum over ") + over +
                ", not clipped; empty where that is not above 0, or there is no such axis"};
}

Table encodingHead(const TableScope& scope) {
    auto columns = commonColumns({"model", "step", "kind", "layer", "subject", "id"});
    const bool isVertex = scope.level() == TableLevel::Vertex;
    columns.push_back(
        {"score", "", "Pearson's r between prediction and response: mean over the dimensions of the set"});
    columns.push_back({"sem", "",
                       isVertex ? "standard error over subjects of R at that layer"
                                : "standard error over the subjects' own scores of the set"});
    columns.push_back({"q", "", "Benjamini-Hochberg q of R at that layer, over the vertices of both hemispheres"});
    const auto axis = scope.request().normalise;
    if (axis)
        columns.push_back(normalisedColumn(*axis));
    Table head = scope.head(std::move(columns));
    if (axis)
        head.options["normalise"] = nameOf(*axis);
    head.options["layer"] = scope.request().layer.value_or("best");
    if (isVertex)
        head.options["p_of_q"] = scope.subjects(RecordingKind::Fmri).front().recording ||
                                         scope.scores().recordings(RecordingKind::Fmri).size() < 2
                                     ? "of r with n - 2 degrees of freedom, n images"
                                     : "one-sample t-test over subjects against 0, two-sided";
    return head;
}

} // namespace

void sendEncoding(const TableScope& scope, TableSink& sink, JobContext& job) {
    sink.begin(encodingHead(scope));
    for (const int model : scope.models()) {
        std::map<RecordingKind, NormalisedScores> normalised;
        for (const auto kind : scope.kinds())
            normalised.try_emplace(kind, scope, model, kind);
        for (const int step : scope.steps(model))
            for (const auto kind : scope.kinds()) {
                job.throwIfCancelled();
                const EncodingPlace place{scope, sink, normalised.at(kind), model, step, kind};
                if (scope.level() != TableLevel::Vertex)
                    sendSets(place);
                else
                    for (const auto& subject : scope.subjects(kind))
                        sendVertices(place, subject);
            }
    }
    sink.end();
}

} // namespace brainlike
