#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <vector>

namespace brainlike {

/// MEG windows in force: the selection's, else the study's, else METHODS 2's.
[[nodiscard]] std::vector<TimeWindow> windowsOf(const Selection& selection, const ScoreIndex& index);

} // namespace brainlike
