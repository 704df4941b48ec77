#pragma once

#include "core/session/Selection.h"
#include "core/study/RecordingKind.h"
#include "core/study/ScoreSource.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// "subject S1"; "subject01" and "sub-01" as they are.
[[nodiscard]] QString subjectText(const std::string& name);

/// Whose scores are shown, for titles: "subject S1", "mean of 3 subjects", or "one subject" where there is no other.
/// @param chosen  index of one recording; nothing: the group
[[nodiscard]] QString subjectsText(const std::vector<ScoredRecording>& recordings, std::optional<int> chosen);

/// "subject S3 has no MEG in this study": why a view of a kind shows nothing of the chosen subject; empty where it can.
[[nodiscard]] QString noRecordingText(const Selection& selection, const ScoreIndex& index, RecordingKind kind);

} // namespace brainlike
