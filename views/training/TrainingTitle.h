#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QStringList>

namespace brainlike {

/// The bar's encoding score is fMRI's: of the group, where there is any; of a subject that has some.
[[nodiscard]] bool isEncodingOfFmri(const Selection& selection, const ScoreIndex& index);

/// Parts of the training bar's title: which model's scores the curves are, of what and of whom; what the chosen subject
/// has no recording for is said, too.
[[nodiscard]] QStringList trainingTitle(const ScoredModel& model, const Selection& selection, const ScoreIndex& index);

} // namespace brainlike
