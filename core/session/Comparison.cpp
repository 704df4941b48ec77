#include "core/session/Comparison.h"

#include "core/session/SelectionDefaults.h"

#include <algorithm>
#include <ranges>

namespace brainlike {
namespace {

Selection atStep(const Selection& selection, std::int64_t step) {
    Selection other = selection;
    other.step = step;
    return other;
}

std::optional<Selection> ofModel(const Selection& selection, const ScoreIndex& index) {
    const std::string& wanted = selection.difference.name;
    const auto found = std::ranges::find_if(index.models, [&](const ScoredModel& other) {
        return other.id != selection.model && (wanted.empty() || other.id == wanted);
    });
    if (found == index.models.end())
        return std::nullopt;
    Selection other = selection;
    other.model = found->id;
    return fittedTo(other, index);
}

std::optional<Selection> ofLayer(const Selection& selection, const ScoredModel& model) {
    const std::string& wanted = selection.difference.name;
    Selection other = selection;
    other.layer = wanted.empty() ? model.layerNames.front() : wanted;
    return other.layer == selection.layer ? std::nullopt : std::optional(other);
}

std::optional<Selection> ofSubject(const Selection& selection, const ScoreIndex& index) {
    const std::string& wanted = selection.difference.name;
    const auto subjects = subjectsOf(index);
    const auto found = std::ranges::find_if(subjects, [&](const ScoredRecording& other) {
        return other.id != selection.recording && (wanted.empty() || other.id == wanted);
    });
    if (found == subjects.end())
        return std::nullopt;
    Selection other = selection;
    other.recording = found->id;
    return other;
}

std::optional<Selection> replaced(const Selection& selection, const SelectionIndices& indices,
                                  const ScoreIndex& index) {
    const ScoredModel& model = index.models[static_cast<std::size_t>(indices.model)];
    switch (selection.difference.base) {
    case DifferenceBase::FirstStep:
        return atStep(selection, model.steps.front());
    case DifferenceBase::PreviousStep:
        if (indices.step == 0)
            return std::nullopt;
        return atStep(selection, model.steps[static_cast<std::size_t>(indices.step - 1)]);
    case DifferenceBase::Step:
        return atStep(selection, selection.difference.step);
    case DifferenceBase::Model:
        return ofModel(selection, index);
    case DifferenceBase::Layer:
        return ofLayer(selection, model);
    case DifferenceBase::Subject:
        return ofSubject(selection, index);
    }
    return std::nullopt;
}

} // namespace

std::optional<Selection> otherSide(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    const auto indices = indicesOf(selection, index, kind);
    if (!indices)
        return std::nullopt;
    const auto other = replaced(selection, *indices, index);
    return other && indicesOf(*other, index, kind) ? other : std::nullopt;
}

std::optional<Selection> comparedSide(const Selection& selection, const ScoreIndex& index, RecordingKind kind) {
    return selection.isCompared ? otherSide(selection, index, kind) : std::nullopt;
}

Selection differenceSide(const Selection& selection) {
    Selection difference = selection;
    showMap(difference, MapKind::Difference);
    return difference;
}

} // namespace brainlike
