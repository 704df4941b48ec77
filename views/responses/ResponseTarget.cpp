#include "views/responses/ResponseTarget.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/scores/DimensionGroups.h"
#include "core/session/RegionVertices.h"
#include "core/session/SelectionDefaults.h"
#include "views/scene/MapValues.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace brainlike {
namespace {

/// What a target is before it is fitted.
struct Place {
    std::vector<int> dimensions;
    int layer = -1;
    std::string name;
    bool isChosen = false;
    int candidates = 0;
    std::optional<double> time;
};

[[noreturn]] void ask(std::string what) {
    throw NotFoundError({.what = std::move(what)});
}

/// Index of the recording of a kind whose responses are shown: the one asked for, else the chosen subject's, else the
/// first.
int recordingOf(const ScoreFile& scores, const TargetRequest& request, RecordingKind kind) {
    const auto& recordings = scores.recordings(kind);
    if (recordings.empty())
        ask(kind == RecordingKind::Fmri ? "No fMRI in this study" : "No MEG in this study");
    for (int index = 0; index < static_cast<int>(recordings.size()); ++index)
        if (recordings[static_cast<std::size_t>(index)].id == request.recording)
            return index;
    const std::string subject = subjectOf(request.selection, scores.index());
    if (subject.empty())
        return 0;
    if (const auto own = recordingOf(request.selection, scores.index(), kind))
        return *own;
    ask("The chosen subject, " + subject +
        (kind == RecordingKind::Fmri ? ", has no fMRI in this study" : ", has no MEG in this study"));
}

/// The fMRI recording that errors are mapped with beside a sensor's responses: the chosen subject's, else the first.
std::optional<int> cortexRecording(const ScoreIndex& index, const Selection& selection) {
    if (index.fmri.empty())
        return std::nullopt;
    return subjectOf(selection, index).empty() ? 0 : recordingOf(selection, index, RecordingKind::Fmri);
}

/// The chosen areas or region, with the best layer of their mean R (METHODS 6).
Place chosenPlace(const ScoreFile& scores, const TargetRequest& request, const SelectionIndices& indices) {
    Place place{.dimensions = {}, .name = chosenName(request.selection), .isChosen = true};
    const ScoreSource& source = request.labels ? *request.labels : static_cast<const ScoreSource&>(scores);
    place.dimensions = chosenVertices(source, request.selection.regions);
    if (place.dimensions.empty())
        ask("What is chosen has no vertices here");
    if (indices.layer) {
        place.layer = *indices.layer;
        return place;
    }
    const DimensionGroups set{{place.name}, {place.dimensions}};
    const auto means =
        groupMeans(scores.layers(RecordingKind::Fmri, indices.model, indices.step, indices.recording), set);
    for (int layer = 0; layer < static_cast<int>(means.rows()); ++layer) // ties take the earlier one
        if (std::isfinite(means(layer, 0)) && (place.layer < 0 || means(layer, 0) > means(place.layer, 0)))
            place.layer = layer;
    if (place.layer < 0)
        ask("No layer predicts what is chosen: it has no score");
    return place;
}

Place cortexPlace(const ScoreFile& scores, const TargetPredictor& predictor, const TargetRequest& request,
                  const SelectionIndices& indices) {
    if (request.kind == TargetKind::Area && !chosenName(request.selection).empty())
        return chosenPlace(scores, request, indices);
    const auto& vertex = request.selection.vertex;
    if (!vertex)
        ask(request.kind == TargetKind::Area ? "Choose areas or a region, or click the cortex to pick a vertex"
                                             : "Click the cortex to pick a vertex");
    const VertexCounts counts = scores.index().vertexCounts;
    if (vertex->index < 0 || vertex->index >= counts.of(vertex->hemisphere))
        ask("This study has no such vertex");
    Place place;
    const int flat = counts.flatIndex(*vertex);
    const auto parcellation = predictor.outline().brain ? predictor.outline().brain->readParcellation() : std::nullopt;
    const Area* area = parcellation ? parcellation->areaOf(*vertex) : nullptr;
    if (area != nullptr)
        place.name = area->name;
    if (request.kind == TargetKind::Area) {
        if (area == nullptr)
            ask("The picked vertex lies in no area");
        for (const int index : parcellation->verticesOf(vertex->hemisphere, area->name))
            place.dimensions.push_back(counts.offset(vertex->hemisphere) + index);
    } else {
        place.dimensions = {flat};
    }
    if (indices.layer) {
        place.layer = *indices.layer;
    } else if (const auto best = readBestLayers(scores, indices)) {
        place.layer = best->layer.at(static_cast<std::size_t>(flat));
    }
    if (place.layer < 0)
        ask("No layer predicts this vertex: it has no score");
    return place;
}

int nearestTime(const ScoreIndex& index, double time) {
    const auto nearest = std::ranges::min_element(index.times, {}, [&](double at) { return std::abs(at - time); });
    return static_cast<int>(nearest - index.times.begin());
}

/// The sensor with the highest R of those chosen, at the selected time.
Place sensorPlace(const ScoreFile& scores, const TargetRequest& request, const SelectionIndices& indices) {
    const auto& index = scores.index();
    if (!request.selection.time)
        ask("Choose a time in the MEG panel");
    const int time = nearestTime(index, *request.selection.time);
    const int times = static_cast<int>(index.times.size());
    const auto scored = [&](int channel) { return static_cast<std::size_t>(channel * times + time); };
    BestLayerMap best;
    if (indices.layer) {
        const auto all = scores.groupLayers(RecordingKind::Meg, indices.model, "mean", indices.step);
        best.score.assign(all.row(*indices.layer).data(), all.row(*indices.layer).data() + all.cols());
        best.layer.assign(best.score.size(), static_cast<std::int16_t>(*indices.layer));
    } else {
        best = scores.bestLayer(RecordingKind::Meg, indices.model, indices.step);
    }
    Place place;
    int chosen = -1;
    for (int channel = 0; channel < static_cast<int>(index.channelNames.size()); ++channel) {
        const auto& wanted = request.selection.sensors;
        const auto& name = index.channelNames[static_cast<std::size_t>(channel)];
        if (!wanted.empty() && std::ranges::find(wanted, name) == wanted.end())
            continue;
        ++place.candidates;
        if (std::isfinite(best.score[scored(channel)]) &&
            (chosen < 0 || best.score[scored(channel)] > best.score[scored(chosen)]))
            chosen = channel;
    }
    if (chosen < 0)
        ask("The chosen sensors have no score at this time");
    place.candidates = place.candidates == 1 ? 0 : place.candidates;
    place.name = index.channelNames[static_cast<std::size_t>(chosen)];
    place.layer = best.layer[scored(chosen)];
    place.dimensions = {static_cast<int>(scored(chosen))};
    place.time = index.times[static_cast<std::size_t>(time)];
    return place;
}

/// The scores' R of the target: the mean over the dimensions that have one.
double storedScore(const ScoreFile& scores, const SelectionIndices& indices, RecordingKind kind, int recording,
                   const Place& place) {
    std::vector<float> all;
    if (kind == RecordingKind::Fmri) {
        all = scores.fmriScore(indices.model, indices.step, place.layer, recording).value();
    } else {
        const auto layers = scores.layers(kind, indices.model, indices.step, recording);
        all.assign(layers.row(place.layer).data(), layers.row(place.layer).data() + layers.cols());
    }
    double sum = 0;
    int count = 0;
    for (const int dimension : place.dimensions)
        if (const float score = all.at(static_cast<std::size_t>(dimension)); std::isfinite(score)) {
            sum += static_cast<double>(score);
            ++count;
        }
    return count > 0 ? sum / count : undefined;
}

/// Standard deviation (n) of the values that are finite.
double deviationOf(const std::vector<double>& values) {
    double sum = 0, count = 0, squares = 0;
    for (const double value : values)
        if (std::isfinite(value)) {
            sum += value;
            ++count;
        }
    for (const double value : values)
        if (std::isfinite(value))
            squares += (value - sum / count) * (value - sum / count);
    return std::sqrt(squares / count);
}

} // namespace

std::string chosenName(const Selection& selection) {
    constexpr std::size_t mostNames = 3;
    const RegionChoice& regions = selection.regions;
    std::string name;
    for (std::size_t area = 0; area < std::min(regions.areas.size(), mostNames); ++area)
        name += (area == 0 ? "" : ", ") + regions.areas[area];
    if (regions.areas.size() > mostNames)
        name += " and " + std::to_string(regions.areas.size() - mostNames) + " more";
    const Roi* roi = regions.areas.empty() ? regions.rois->find(regions.roi) : nullptr;
    if (roi == nullptr)
        return name;
    const auto& vertex = selection.vertex;
    const bool isThere = !vertex || std::ranges::binary_search(roi->of(vertex->hemisphere), vertex->index);
    return isThere ? roi->name : std::string();
}

ShownTarget readTarget(const ScoreFile& scores, const TargetPredictor& predictor, const TargetRequest& request,
                       JobContext& job) {
    const auto kind = request.kind == TargetKind::Sensor ? RecordingKind::Meg : RecordingKind::Fmri;
    const int recording = recordingOf(scores, request, kind);
    const auto indices = indicesOf(request.selection, scores.index(), kind);
    if (!indices)
        ask("Choose a model and a step");
    const auto place = kind == RecordingKind::Meg ? sensorPlace(scores, request, *indices)
                                                  : cortexPlace(scores, predictor, request, *indices);
    const auto& model = scores.index().models[static_cast<std::size_t>(indices->model)];
    const auto& described = scores.recordings(kind)[static_cast<std::size_t>(recording)];
    ShownTarget shown{.unit = {model.id, request.selection.step,
                               model.layerNames.at(static_cast<std::size_t>(place.layer)), described.id},
                      .modelLabel = model.label,
                      .subject = described.subject,
                      .name = place.name,
                      .isChosen = place.isChosen,
                      .candidates = place.candidates,
                      .isBestLayer = !indices->layer,
                      .time = place.time,
                      .isCurrent = predictor.isCurrent()};
    const auto unit = predictor.find(shown.unit);
    if (!unit)
        ask("The study does not describe what the scores hold here");
    shown.prediction = predictor.predict(*unit, place.dimensions, job);
    shown.stored = storedScore(scores, *indices, kind, recording, place);
    const auto cortex =
        kind == RecordingKind::Fmri ? std::optional(recording) : cortexRecording(scores.index(), request.selection);
    if (cortex) {
        const auto& recorded = scores.index().fmri[static_cast<std::size_t>(*cortex)];
        auto name = shown.unit;
        name.recording = recorded.id;
        shown.cortexSubject = recorded.subject;
        if (const auto found = predictor.find(name)) {
            shown.cortexUnit = *found;
            shown.hasCortex = true;
        }
    }
    return shown;
}

std::vector<double> errorDifferences(const TargetPrediction& a, const TargetPrediction& b) {
    const double ofA = 1 / deviationOf(a.measured), ofB = 1 / deviationOf(b.measured);
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t image = 0; image < b.measured.size(); ++image)
        places.emplace(b.images[image], image);
    std::vector<double> differences(a.measured.size(), undefined);
    for (std::size_t image = 0; image < a.measured.size(); ++image)
        if (const auto found = places.find(a.images[image]); found != places.end())
            differences[image] = ofB * std::abs(b.predicted[found->second] - b.measured[found->second]) -
                                 ofA * std::abs(a.predicted[image] - a.measured[image]);
    return differences;
}

} // namespace brainlike
