#pragma once

#include "core/session/Selection.h"
#include "core/study/RecordingKind.h"
#include "core/study/ScoreSource.h"

#include <optional>

// A, B and A − B: A is the selection, B the selection with one thing of it replaced (Selection::difference).

namespace brainlike {

/// The name of DifferenceBase::Subject that stands for the mean of all subjects.
inline constexpr const char* meanOfSubjects = "mean";

/// A model's number of parameters as the name of DifferenceBase::Size; empty where it is not known.
[[nodiscard]] std::string sizeName(const ScoredModel& model);

/// B of a comparison and of a map of differences: as the selection, but of another checkpoint, model, layer or subject;
/// with image types a model of the same size, with sizes one of the same images.
/// @param kind  of the recordings that are shown
/// @returns nothing if there is no such other one, or one of both subjects has no recording of that kind; a checkpoint
///          may be the selected one, so that training can be scrubbed through
[[nodiscard]] std::optional<Selection> otherSide(const Selection& selection, const ScoreIndex& index,
                                                 RecordingKind kind = RecordingKind::Fmri);

/// B, while panels show A and B beside each other; nothing while they show A alone, or there is no B.
[[nodiscard]] std::optional<Selection> comparedSide(const Selection& selection, const ScoreIndex& index,
                                                    RecordingKind kind = RecordingKind::Fmri);

/// The selection whose map is A − B: of scores, with the colours that maps of differences have.
[[nodiscard]] Selection differenceSide(const Selection& selection);

} // namespace brainlike
