#include "core/session/Comparison.h"

#include "core/session/SelectionDefaults.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace brainlike {
namespace {

Selection atStep(const Selection& selection, std::int64_t step) {
    Selection other = selection;
    other.step = step;
    return other;
}

/// The selection at the first model that fits.
template <typename Fits>
std::optional<Selection> atModel(const Selection& selection, const ScoreIndex& index, const Fits& fits) {
    const auto found = std::ranges::find_if(index.models, fits);
    if (found == index.models.end())
        return std::nullopt;
    Selection other = selection;
    other.model = found->id;
    return fittedTo(other, index);
}

std::optional<Selection> ofModel(const Selection& selection, const ScoreIndex& index) {
    const std::string& wanted = selection.difference.name;
    return atModel(selection, index, [&](const ScoredModel& other) {
        return other.id != selection.model && (wanted.empty() || other.id == wanted);
    });
}

/// Of other images and the same size, or the other way round; what is not known of a model is neither.
std::optional<Selection> ofFactor(const Selection& selection, const ScoredModel& model, const ScoreIndex& index) {
    const bool isOfImages = selection.difference.base == DifferenceBase::ImageType;
    const auto factorOf = [&](const ScoredModel& one) { return isOfImages ? one.imageType : sizeName(one); };
    const auto heldOf = [&](const ScoredModel& one) { return isOfImages ? sizeName(one) : one.imageType; };
    const std::string& wanted = selection.difference.name;
    return atModel(selection, index, [&](const ScoredModel& other) {
        const std::string factor = factorOf(other);
        return !factor.empty() && !factorOf(model).empty() && factor != factorOf(model) &&
               heldOf(other) == heldOf(model) && (wanted.empty() || factor == wanted);
    });
}

std::optional<Selection> ofLayer(const Selection& selection, const ScoredModel& model) {
    const std::string& wanted = selection.difference.name;
    Selection other = selection;
    other.layer = wanted.empty() ? model.layerNames.front() : wanted;
    return other.layer == selection.layer ? std::nullopt : std::optional(other);
}

std::optional<Selection> ofSubject(const Selection& selection, const ScoreIndex& index) {
    const std::string& wanted = selection.difference.name;
    if (wanted == meanOfSubjects) {
        Selection mean = selection;
        mean.recording.reset();
        return selection.recording ? std::optional(mean) : std::nullopt;
    }
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
    case DifferenceBase::ImageType:
    case DifferenceBase::Size:
        return ofFactor(selection, model, index);
    }
    return std::nullopt;
}

} // namespace

std::string sizeName(const ScoredModel& model) {
    return model.parameters ? std::to_string(std::llround(*model.parameters)) : std::string();
}

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
