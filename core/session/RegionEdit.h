#pragma once

#include "core/session/Selection.h"
#include "core/surface/Parcellation.h"

#include <span>
#include <string>

namespace brainlike {

/// Makes sure that the chosen areas' outlines are among those shown.
void showChosen(Selection& selection);
/// Makes sure that the outlines of the regions of interest are among those shown.
void showRois(Selection& selection);
/// Makes a region of interest of all vertices of some areas, in place of one of that name; it becomes the current one.
void makeRoiOfAreas(Selection& selection, const Parcellation& parcellation, std::span<const std::string> areas,
                    const std::string& name);
/// Lets go of what was picked last: an isolation; else the picked vertex and the chosen areas.
void clearPicks(Selection& selection);

} // namespace brainlike
