#pragma once

#include "core/study/ScoreSource.h"

#include <QString>

#include <optional>
#include <vector>

namespace brainlike {

/// Whose scores are shown, for titles: "subject S1", "mean of 3 subjects", or "one subject" where there is no other.
/// @param chosen  index of one recording; nothing: the group
[[nodiscard]] QString subjectsText(const std::vector<ScoredRecording>& recordings, std::optional<int> chosen);

} // namespace brainlike
