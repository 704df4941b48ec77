#include "app/window/AreaActions.h"

#include "core/session/RegionEdit.h"
#include "views/areas/AreasPanel.h"
#include "views/cortex/CortexWidget.h"

#include <QActionGroup>
#include <QMenu>

#include <functional>

namespace brainlike {
namespace {

/// An entry that is checked as long as the selection is so, and makes it so.
QAction* addRegionChoice(QMenu& menu, SelectionModel& selection, const QString& text, const QKeySequence& key,
                         const std::function<bool(const Selection&)>& isSo,
                         const std::function<void(Selection&, bool)>& make) {
    QAction* action = menu.addAction(text);
    action->setShortcut(key);
    action->setCheckable(true);
    const auto refresh = [action, isSo](const Selection& shown) { action->setChecked(isSo(shown)); };
    refresh(selection.selection());
    QObject::connect(&selection, &SelectionModel::changed, action,
                     [refresh](const Selection&, const Selection& after) { refresh(after); });
    QObject::connect(action, &QAction::triggered, &selection, [&selection, make, refresh](bool on) {
        selection.edit([&](Selection& next) { make(next, on); });
        refresh(selection.selection());
    });
    return action;
}

void addToggle(QMenu& menu, SelectionModel& selection, const QString& text, const QKeySequence& key,
               bool RegionChoice::*field) {
    addRegionChoice(
        menu, selection, text, key, [field](const Selection& shown) { return shown.regions.*field; },
        [field](Selection& next, bool on) { next.regions.*field = on; });
}

void addOutlineChoices(QMenu& menu, SelectionModel& selection) {
    auto* group = new QActionGroup(&menu);
    for (const auto& [text, set] : {std::pair{"All areas", OutlineSet::Areas},
                                    {"Chosen areas", OutlineSet::ChosenAreas},
                                    {"Regions of interest", OutlineSet::Rois}})
        group->addAction(addRegionChoice(
            menu, selection, QObject::tr(text), {},
            [set = set](const Selection& shown) { return shown.outlines && shown.regions.outlined == set; },
            [set = set](Selection& next, bool) {
                next.outlines = true;
                next.regions.outlined = set;
            }));
    group->addAction(addRegionChoice(
        menu, selection, QObject::tr("None"), {}, [](const Selection& shown) { return !shown.outlines; },
        [](Selection& next, bool) { next.outlines = false; }));
    menu.addSeparator();
    addToggle(menu, selection, QObject::tr("Contour of q < 0.01"), {}, &RegionChoice::significanceContour);
    addToggle(menu, selection, QObject::tr("Contour at the threshold"), {}, &RegionChoice::thresholdContour);
    menu.addSeparator();
    addToggle(menu, selection, QObject::tr("Names of areas"), Qt::Key_N, &RegionChoice::areaNames);
    addToggle(menu, selection, QObject::tr("Chosen areas alone"), Qt::Key_X, &RegionChoice::isolated);
}

void addNeighbors(QMenu& menu, CortexWidget& cortex) {
    for (const auto& [text, key, right, up] : {std::tuple{"Right", Qt::Key_Right, 1, 0},
                                               {"Left", Qt::Key_Left, -1, 0},
                                               {"Up", Qt::Key_Up, 0, 1},
                                               {"Down", Qt::Key_Down, 0, -1}}) {
        QAction* action = menu.addAction(QObject::tr(text));
        action->setShortcut(QKeySequence(Qt::CTRL | key));
        QObject::connect(action, &QAction::triggered, &cortex,
                         [&cortex, right = right, up = up] { cortex.pickNeighbor(right, up); });
    }
}

} // namespace

AreasPanel* makeAreasPanel(SelectionModel& selection, ScoreData& data, CortexWidget& cortex, QWidget* parent) {
    auto* panel = new AreasPanel(selection, data, parent);
    QObject::connect(panel, &AreasPanel::toolChosen, &cortex, &CortexWidget::setPickTool);
    QObject::connect(panel, &AreasPanel::goToRequested, &cortex, &CortexWidget::goTo);
    QObject::connect(&cortex, &CortexWidget::mapChanged, panel, [panel, &cortex] { panel->setMap(cortex.firstMap()); });
    QObject::connect(panel, &AreasPanel::discRequested, &cortex, &CortexWidget::addDisc);
    return panel;
}

void addAreaActions(QMenu& menu, SelectionModel& selection, CortexWidget& cortex) {
    addOutlineChoices(*menu.addMenu(QObject::tr("Outlines and names")), selection);
    addNeighbors(*menu.addMenu(QObject::tr("Pick the neighbour")), cortex);
}

} // namespace brainlike
