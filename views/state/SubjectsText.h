#pragma once

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

} // namespace brainlike
