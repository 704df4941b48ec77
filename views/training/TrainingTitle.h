#pragma once

#include "core/study/ScoreSource.h"

#include <QStringList>

namespace brainlike {

/// Parts of the training bar's title: which model's scores the curves are, of what and of whom.
[[nodiscard]] QStringList trainingTitle(const ScoredModel& model, const ScoreIndex& index);

} // namespace brainlike
