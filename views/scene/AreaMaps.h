#pragma once

#include "core/study/ScoreSource.h"
#include "views/scene/CortexMap.h"

#include <string>

// Maps with one value an area: its vertices share the value, and nothing blends across its border.

namespace brainlike {

/// A property of the cortex on the source's surfaces: a published one by its name ("thickness"), or a file's
/// ("lh.map,rh.map", as readProperties takes them).
/// @throws NotFoundError for a property that is not there, or without the parcellation that its areas are of; as
///         readProperties
[[nodiscard]] CortexMap readPropertyMap(const ScoreSource& source, const std::string& property);

/// Puts the mean over its finite vertices in place of every vertex's value, area by area and hemisphere by hemisphere;
/// vertices without an area have none.
/// @param parcellation  a name of `parcellationNames`; empty: the template's own
/// @throws NotFoundError without that parcellation
void averageOverAreas(CortexMap& map, const ScoreSource& source, const std::string& parcellation);

} // namespace brainlike
