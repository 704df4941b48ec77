#include "app/window/MapActions.h"

#include "views/cortex/CortexWidget.h"
#include "views/overlays/MapsPanel.h"

namespace brainlike {

MapsPanel* makeMapsPanel(SelectionModel& selection, ScoreData& data, CortexWidget& cortex, QWidget* parent) {
    auto* panel = new MapsPanel(selection, data, parent);
    QObject::connect(&cortex, &CortexWidget::colorsChanged, panel,
                     [panel, &cortex] { panel->setShown(cortex.mapColors()); });
    return panel;
}

} // namespace brainlike
