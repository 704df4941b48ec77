#pragma once

class QMenu;

namespace brainlike {

class CortexWidget;
class SelectionModel;

/// Adds the actions about surface, cameras and greys of the cortex, each with its key (INTERFACE "Keys"), to a menu.
void addCortexActions(QMenu& menu, SelectionModel& selection, CortexWidget& cortex);

} // namespace brainlike
