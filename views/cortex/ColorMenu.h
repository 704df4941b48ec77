#pragma once

#include "core/session/MapColors.h"
#include "views/state/SelectionModel.h"

#include <QMenu>

#include <functional>

namespace brainlike {

/// Puts everything that can be done with a map's colours into an empty menu: range, threshold, significance, colour
/// map, colour vision.
/// @param map         id of the map of the stack
/// @param shown       how the map is drawn now; null: no map
/// @param chooseFile  called to let the user choose a colour map file
void fillColorMenu(QMenu& menu, SelectionModel& selection, int map, const MapColors* shown,
                   std::function<void()> chooseFile);

} // namespace brainlike
