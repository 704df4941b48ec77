#pragma once

class QWidget;

namespace brainlike {

class CortexWidget;
class MapsPanel;
class ScoreData;
class SelectionModel;

/// The panel of the maps that lie over each other, which says how the cortex draws them.
[[nodiscard]] MapsPanel* makeMapsPanel(SelectionModel& selection, ScoreData& data, CortexWidget& cortex,
                                       QWidget* parent);

} // namespace brainlike
