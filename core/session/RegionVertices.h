#pragma once

#include "core/session/RegionChoice.h"
#include "core/study/ScoreSource.h"

#include <vector>

namespace brainlike {

/// Vertices (flat indices, ascending) of the chosen areas; where none are chosen, of the current region of interest.
/// Reads the parcellation: call it in a job.
/// @throws as readParcellation
[[nodiscard]] std::vector<int> chosenVertices(const ScoreSource& source, const RegionChoice& regions);

} // namespace brainlike
