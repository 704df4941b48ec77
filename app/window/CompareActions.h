#pragma once

class QAction;
class QMenu;

namespace brainlike {

class ScoreData;
class SelectionModel;

/// Adds "Compare" (C), which shows A, B and A − B in every panel or A alone, and the menu of what B is.
/// @returns the action "Compare" with that menu, for a tool bar
QAction* addCompareActions(QMenu& menu, SelectionModel& selection, ScoreData& data);

/// Fills an empty menu with everything the selection can be compared with: checkpoints, models, layers, subjects. What
/// there is not is disabled, and its tip says why. Choosing compares.
void fillCompareMenu(QMenu& menu, SelectionModel& selection, const ScoreData& data);

} // namespace brainlike
