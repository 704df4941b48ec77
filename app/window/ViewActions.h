#pragma once

class QMainWindow;
class QMenu;

namespace brainlike {

class ScoreData;
class SelectionModel;

/// Adds the actions that change what is looked at, each with its key (INTERFACE "Keys"), to a menu.
/// The first two undo and redo.
void addViewActions(QMenu& menu, SelectionModel& selection, ScoreData& data);

} // namespace brainlike
