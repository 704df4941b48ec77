#pragma once

#include "core/study/Study.h"
#include "core/study/StudySchema.h"

#include <vector>

namespace brainlike {

/// What is wrong with a study beyond its schema: repeated ids, order of layers and steps, recordings that do not go
/// together. Fields that are empty are left to the schema.
[[nodiscard]] std::vector<StudyProblem> ruleProblems(const Study& study);

/// What is wrong with the files that a study names: missing, without the dataset, MEG channels or times that differ,
/// image ids that do not join. Image ids must have been read.
[[nodiscard]] std::vector<StudyProblem> fileProblems(const Study& study);

} // namespace brainlike
