#pragma once

#include "core/study/ScoreSource.h"
#include "core/surface/Parcellation.h"

#include <memory>
#include <string>
#include <vector>

namespace brainlike {

/// Names of the divisions into areas that scores or maps can be seen with: the template's own ("HCP-MMP1"), other
/// annotations beside it (lh.NAME.annot and rh.NAME.annot), then label maps that came in from files. Looks into the
/// template's folder: call it in a job.
[[nodiscard]] std::vector<std::string> parcellationNames(const ScoreSource& source);

/// Reads one of them. @param name  empty: the first; null if there is none at all
/// @throws NotFoundError naming those that there are; as readFreeSurferAnnotation
[[nodiscard]] std::shared_ptr<const Parcellation> readParcellation(const ScoreSource& source, const std::string& name);

} // namespace brainlike
