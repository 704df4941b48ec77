#pragma once

class QMenu;
class QWidget;

namespace brainlike {

class AreasPanel;
class CortexWidget;
class ScoreData;
class SelectionModel;

/// The panel of areas and regions of interest, whose tools the cortex follows.
[[nodiscard]] AreasPanel* makeAreasPanel(SelectionModel& selection, ScoreData& data, CortexWidget& cortex,
                                         QWidget* parent);

/// What is outlined and named on the cortex, and keys that move the pick to neighbours.
void addAreaActions(QMenu& menu, SelectionModel& selection, CortexWidget& cortex);

} // namespace brainlike
