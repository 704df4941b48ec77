#include "app/window/CortexActions.h"

#include "app/window/AreaActions.h"
#include "core/base/Error.h"
#include "core/templates/SurfaceBlend.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/SelectionModel.h"

#include <QActionGroup>
#include <QMenu>

#include <algorithm>
#include <functional>
#include <span>
#include <tuple>
#include <vector>

namespace brainlike {
namespace {

/// One of several things the selection can have.
struct Choice {
    const char* text;
    QKeySequence key;
    const char* value;
};

/// How far one key press moves on the way from one surface to the next.
constexpr double surfaceStep = 0.1;

/// A menu of which exactly one entry is checked: what `field` holds.
/// @param choose  what an entry does; by default it puts its value into the field
/// @returns the entries
QList<QAction*> addChoices(QMenu& menu, SelectionModel& selection, const std::vector<Choice>& choices,
                           std::string Selection::*field, void (*choose)(Selection&, std::string) = nullptr) {
    auto* group = new QActionGroup(&menu);
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (const Choice& choice : choices) {
        QAction* action = menu.addAction(QObject::tr(choice.text));
        action->setShortcut(choice.key);
        action->setCheckable(true);
        group->addAction(action);
        const std::string value = choice.value;
        const auto refresh = [action, value, field](const Selection& shown) {
            action->setChecked(shown.*field == value);
        };
        refresh(selection.selection());
        QObject::connect(&selection, &SelectionModel::changed, action,
                         [refresh](const Selection&, const Selection& after) { refresh(after); });
        QObject::connect(action, &QAction::triggered, &selection, [&selection, value, field, choose, refresh] {
            selection.edit(
                [&](Selection& next) { choose != nullptr ? choose(next, value) : void(next.*field = value); });
            refresh(selection.selection());
        });
    }
    return group->actions();
}

void moveSurface(SelectionModel& selection, double by) {
    selection.edit([by](Selection& next) {
        const auto place = placeOf(surfaceBlendFrom(next.surface));
        next.surface = nameOf(blendAt(place.value_or(lastBlendPlace) + by));
    });
}

/// Surfaces that the template does not have cannot be chosen, and say why.
void enableSurfaces(const QList<QAction*>& entries, std::span<const Choice> choices, const CortexGeometry* geometry) {
    for (qsizetype entry = 0; entry < entries.size(); ++entry) {
        const Choice& choice = choices[static_cast<std::size_t>(entry)];
        const bool isThere =
            geometry == nullptr ||
            std::ranges::find(geometry->surfaces, surfaceKindFrom(choice.value)) != geometry->surfaces.end();
        const QString text = QObject::tr(choice.text);
        entries[entry]->setEnabled(isThere);
        entries[entry]->setText(
            isThere ? text : QObject::tr("%1 (%2 has none)").arg(text, QString::fromStdString(geometry->templateName)));
    }
}

void addSurfaces(QMenu& menu, SelectionModel& selection, CortexWidget& cortex) {
    const std::vector<Choice> choices{{"White", Qt::Key_W, "white"},
                                      {"Pial", Qt::Key_P, "pial"},
                                      {"Inflated", Qt::Key_I, "inflated"},
                                      {"Sphere", Qt::Key_S, "sphere"},
                                      {"Flat", Qt::Key_F, "flat"}};
    const QList<QAction*> entries = addChoices(menu, selection, choices, &Selection::surface);
    const auto enable = [entries, choices, &cortex] { enableSurfaces(entries, choices, cortex.geometry().get()); };
    QObject::connect(&cortex, &CortexWidget::geometryChanged, &menu, enable);
    enable();
    menu.addSeparator();
    QAction* more = menu.addAction(QObject::tr("More inflated"));
    more->setShortcut(Qt::Key_BracketRight);
    QObject::connect(more, &QAction::triggered, &selection, [&selection] { moveSurface(selection, surfaceStep); });
    QAction* less = menu.addAction(QObject::tr("Less inflated"));
    less->setShortcut(Qt::Key_BracketLeft);
    QObject::connect(less, &QAction::triggered, &selection, [&selection] { moveSurface(selection, -surfaceStep); });
}

/// One key press.
constexpr double turnStep = 10; ///< degrees
constexpr double cameraZoomStep = 1.25;
constexpr double moveStep = 0.1; ///< of the panel

void addTurns(QMenu& menu, CortexWidget& cortex) {
    const auto add = [&cortex](QMenu& to, const QString& text, const QKeySequence& key, const auto& act) {
        QAction* action = to.addAction(text);
        action->setShortcut(key);
        QObject::connect(action, &QAction::triggered, &cortex, act);
    };
    QMenu& turns = *menu.addMenu(QObject::tr("Turn and move"));
    for (const auto& [text, key, right, down] :
         {std::tuple{"to the right", Qt::Key_Right, 1, 0}, std::tuple{"to the left", Qt::Key_Left, -1, 0},
          std::tuple{"up", Qt::Key_Up, 0, -1}, std::tuple{"down", Qt::Key_Down, 0, 1}}) {
        const QString where = QObject::tr(text);
        add(turns, QObject::tr("Turn %1").arg(where), Qt::ALT | key,
            [&cortex, right = right, down = down] { cortex.turnCamera(turnStep * right, turnStep * down); });
        add(turns, QObject::tr("Move %1").arg(where), Qt::CTRL | Qt::ALT | key,
            [&cortex, right = right, down = down] { cortex.moveCamera(moveStep * right, moveStep * down); });
    }
    add(menu, QObject::tr("Larger"), Qt::Key_Plus, [&cortex] { cortex.zoomCamera(cameraZoomStep); });
    add(menu, QObject::tr("Smaller"), Qt::Key_Minus, [&cortex] { cortex.zoomCamera(1 / cameraZoomStep); });
}

void addCameras(QMenu& menu, SelectionModel& selection, CortexWidget& cortex) {
    addChoices(menu, selection,
               {{"Four views", Qt::Key_1, "four-view"},
                {"Left hemisphere", Qt::Key_2, "left"},
                {"Right hemisphere", Qt::Key_3, "right"},
                {"From above", Qt::Key_4, "dorsal"},
                {"From below", Qt::Key_5, "ventral"},
                {"All sides", Qt::Key_6, "all"},
                {"From the front", {}, "anterior"},
                {"From behind", {}, "posterior"},
                {"Lateral", {}, "lateral"},
                {"Medial", {}, "medial"},
                {"Four views in a row", {}, "lateral-medial"}},
               &Selection::cameraPreset, showPreset);
    menu.addSeparator();
    addTurns(menu, cortex);
    QAction* reset = menu.addAction(QObject::tr("Reset cameras"));
    reset->setShortcut(Qt::Key_R);
    QObject::connect(reset, &QAction::triggered, &cortex, &CortexWidget::resetCamera);
    QAction* close = menu.addAction(QObject::tr("Zoom to the picked vertex"));
    close->setShortcut(Qt::Key_Z);
    QObject::connect(close, &QAction::triggered, &cortex, &CortexWidget::lookAtPick);
    QAction* linked = menu.addAction(QObject::tr("Link cameras"));
    linked->setCheckable(true);
    const auto refresh = [linked](const Selection& shown) { linked->setChecked(shown.linkedCameras); };
    refresh(selection.selection());
    QObject::connect(&selection, &SelectionModel::changed, linked,
                     [refresh](const Selection&, const Selection& after) { refresh(after); });
    QObject::connect(linked, &QAction::triggered, &selection,
                     [&selection](bool on) { selection.edit([on](Selection& next) { linkCameras(next, on); }); });
}

void addGaps(QMenu& menu, SelectionModel& selection) {
    auto* group = new QActionGroup(&menu);
    for (const double gap : {0.0, 8.0, 30.0, 60.0}) {
        QAction* action =
            menu.addAction(gap == 0 ? QObject::tr("Together") : QObject::tr("%1 mm apart").arg(static_cast<int>(gap)));
        action->setCheckable(true);
        group->addAction(action);
        const auto refresh = [action, gap](const Selection& shown) { action->setChecked(shown.gap == gap); };
        refresh(selection.selection());
        QObject::connect(&selection, &SelectionModel::changed, action,
                         [refresh](const Selection&, const Selection& after) { refresh(after); });
        QObject::connect(action, &QAction::triggered, &selection,
                         [&selection, gap] { selection.edit([gap](Selection& next) { next.gap = gap; }); });
    }
}

} // namespace

void addCortexActions(QMenu& menu, SelectionModel& selection, CortexWidget& cortex) {
    menu.addSeparator();
    addSurfaces(*menu.addMenu(QObject::tr("Surface")), selection, cortex);
    addCameras(*menu.addMenu(QObject::tr("Cameras")), selection, cortex);
    addGaps(*menu.addMenu(QObject::tr("Hemispheres")), selection);
    addChoices(*menu.addMenu(QObject::tr("Folding")), selection,
               {{"Soft gyri and sulci", {}, "soft"},
                {"Gyri and sulci, sharp", {}, "binary"},
                {"Sulcal depth", {}, "depth"},
                {"Plain", {}, "plain"}},
               &Selection::underlay);
    addAreaActions(menu, selection, cortex);
}

} // namespace brainlike
