#pragma once

#include "core/session/Selection.h"

namespace brainlike {

/// Makes sure that the chosen areas' outlines are among those shown.
void showChosen(Selection& selection);
/// Makes sure that the outlines of the regions of interest are among those shown.
void showRois(Selection& selection);
/// Lets go of what was picked last: an isolation; else the picked vertex and the chosen areas.
void clearPicks(Selection& selection);

} // namespace brainlike
