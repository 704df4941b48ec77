#include "core/session/SelectionDefaults.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace brainlike {
namespace {

template <typename Range, typename Value, typename Projection>
int positionOf(const Range& range, const Value& value, Projection projection) {
    const auto found = std::ranges::find(range, value, projection);
    return found == range.end() ? -1 : static_cast<int>(found - range.begin());
}

double logStep(std::int64_t step) {
    return std::log10(static_cast<double>(std::max<std::int64_t>(step, 1)));
}

std::int64_t nearestStep(const ScoredModel& model, std::int64_t wanted) {
    return *std::ranges::min_element(model.steps, {}, [wanted](std::int64_t step) {
        // The untrained model is no neighbour of any trained one.
        const double penalty = (step == 0) == (wanted == 0) ? 0.0 : 100.0;
        return std::abs(logStep(step) - logStep(wanted)) + penalty;
    });
}

/// Regions of another surface are dropped.
void fitRegions(RegionChoice& regions, const VertexCounts& counts) {
    const bool fits = std::ranges::all_of(regions.rois->rois, [&](const Roi& roi) {
        return std::ranges::all_of(hemispheres, [&](Hemisphere hemisphere) {
            return roi.of(hemisphere).empty() || roi.of(hemisphere).back() < counts.of(hemisphere);
        });
    });
    if (!fits)
        regions.rois = {};
    if (regions.rois->find(regions.roi) == nullptr)
        regions.roi.clear();
}

/// Maps of the stack that the source has; what they leave to the selection where it lacks what they name.
void fitStack(Selection& selection, const ScoreIndex& index) {
    std::vector<int> missing;
    for (const StackedMap& map : selection.stack) {
        const bool isThere = map.kind == MapKind::Imported
                                 ? positionOf(index.importedMaps, map.importedMap, std::identity()) >= 0
                                 : !index.models.empty();
        if (!isThere)
            missing.push_back(map.id);
    }
    for (const int id : missing) {
        removeMap(selection.stack, id);
        if (selection.placement.mask == id)
            selection.placement.mask.reset();
    }
    const int model = positionOf(index.models, selection.model, &ScoredModel::id);
    for (StackedMap& map : selection.stack) {
        if (positionOf(index.importedMaps, map.significanceMap, std::identity()) < 0)
            map.significanceMap.clear();
        if (map.recording && !map.recording->empty() &&
            positionOf(index.fmri, *map.recording, &ScoredRecording::id) < 0)
            map.recording.reset();
        if (model >= 0 && map.layer && !map.layer->empty() &&
            positionOf(index.models[static_cast<std::size_t>(model)].layerNames, *map.layer, std::identity()) < 0)
            map.layer.reset();
    }
}

/// A map of a file where there is one of that name, or nothing else; scores where no file was given.
void fitImported(Selection& selection, const ScoreIndex& index) {
    if (positionOf(index.importedMaps, selection.importedMap, std::identity()) < 0)
        selection.importedMap = index.importedMaps.empty() ? std::string() : index.importedMaps.front();
    if (positionOf(index.importedMaps, selection.significanceMap, std::identity()) < 0)
        selection.significanceMap.clear();
    if (selection.importedMap.empty() && selection.map == MapKind::Imported)
        selection.map = MapKind::Score;
    if (!selection.importedMap.empty() && index.models.empty())
        selection.map = MapKind::Imported;
}

} // namespace

std::vector<ScoredRecording> subjectsOf(const ScoreIndex& index) {
    std::vector<ScoredRecording> subjects = index.fmri;
    for (const ScoredRecording& recording : index.meg)
        if (positionOf(index.fmri, recording.subject, &ScoredRecording::subject) < 0)
            subjects.push_back(recording);
    return subjects;
}

std::string subjectOf(const Selection& selection, const ScoreIndex& index) {
    for (const auto* recordings : {&index.fmri, &index.meg})
        for (const ScoredRecording& recording : *recordings)
            if (selection.recording == recording.id)
                return recording.subject;
    return {};
}

std::optional<int> recordingOf(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    const std::string subject = subjectOf(selection, index);
    const auto& recordings = kind == RecordingKind::Fmri ? index.fmri : index.meg;
    const int found = subject.empty() ? -1 : positionOf(recordings, subject, &ScoredRecording::subject);
    return found < 0 ? std::nullopt : std::optional(found);
}

std::optional<SelectionIndices> indicesOf(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    SelectionIndices indices;
    indices.model = positionOf(index.models, selection.model, &ScoredModel::id);
    if (indices.model < 0)
        return std::nullopt;
    const ScoredModel& model = index.models[static_cast<std::size_t>(indices.model)];
    indices.step = positionOf(model.steps, selection.step, std::identity());
    if (indices.step < 0)
        return std::nullopt;
    if (selection.layer) {
        indices.layer = positionOf(model.layerNames, *selection.layer, std::identity());
        if (*indices.layer < 0)
            return std::nullopt;
    }
    if (selection.recording) {
        indices.recording = recordingOf(selection, index, kind);
        if (!indices.recording)
            return std::nullopt;
    }
    return indices;
}

Selection fittedTo(const Selection& wanted, const ScoreIndex& index) {
    Selection fitted = wanted;
    fitImported(fitted, index);
    fitRegions(fitted.regions, index.vertexCounts);
    if (wanted.vertex && wanted.vertex->index >= index.vertexCounts.of(wanted.vertex->hemisphere))
        fitted.vertex.reset();
    if (!index.surfaces.empty() &&
        positionOf(index.surfaces, wanted.surface.substr(0, wanted.surface.find('+')), std::identity()) < 0)
        fitted.surface = index.surfaces.front();
    if (index.models.empty()) {
        fitStack(fitted, index);
        return fitted;
    }
    const int position = positionOf(index.models, wanted.model, &ScoredModel::id);
    const ScoredModel& model = index.models[static_cast<std::size_t>(std::max(position, 0))];
    fitted.model = model.id;
    if (!model.steps.empty())
        fitted.step = wanted.model.empty() ? model.steps.back() : nearestStep(model, wanted.step);
    if (wanted.layer && positionOf(model.layerNames, *wanted.layer, std::identity()) < 0)
        fitted.layer.reset();
    if (subjectOf(wanted, index).empty())
        fitted.recording.reset();
    fitStack(fitted, index);
    std::erase_if(fitted.sensors, [&](const std::string& sensor) {
        return positionOf(index.channelNames, sensor, std::identity()) < 0;
    });
    if (wanted.time && !index.times.empty())
        fitted.time =
            *std::ranges::min_element(index.times, {}, [&](double time) { return std::abs(time - *wanted.time); });
    return fitted;
}

} // namespace brainlike
