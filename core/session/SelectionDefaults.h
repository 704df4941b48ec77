#pragma once

#include "core/session/Selection.h"
#include "core/study/RecordingKind.h"
#include "core/study/ScoreSource.h"

#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// One recording of each subject: its fMRI, else its MEG. Who is chosen is one of these.
[[nodiscard]] std::vector<ScoredRecording> subjectsOf(const ScoreIndex& index);
/// Name of the subject that a selection's recording is of, of whichever kind it is; empty: the group, or nobody here.
[[nodiscard]] std::string subjectOf(const Selection& selection, const ScoreIndex& index);

/// The chosen subject's recording of a kind, in the index's list; nothing: the group is shown, or it has none.
[[nodiscard]] std::optional<int> recordingOf(const Selection& selection, const ScoreIndex& index, RecordingKind kind);

/// Indices of what a selection names, in a source's lists.
struct SelectionIndices {
    int model = -1;
    int step = -1;
    std::optional<int> layer;     ///< nothing: the best layer
    std::optional<int> recording; ///< of the kind that was asked for; nothing: the group mean
};

/// Looks a selection's names up.
/// @param kind  of the recordings that are shown: those of a kind belong together by their subject
/// @returns nothing if the source has no such model, step or layer, or the subject no recording of that kind
[[nodiscard]] std::optional<SelectionIndices> indicesOf(const Selection& selection, const ScoreIndex& index,
                                                        RecordingKind kind = RecordingKind::Fmri);

/// The selection nearest to `wanted` that the source can show: names that do not exist fall back to the first model,
/// the last checkpoint (or the one nearest in log step when the model has others), the best layer, the group mean.
[[nodiscard]] Selection fittedTo(const Selection& wanted, const ScoreIndex& index);

} // namespace brainlike
