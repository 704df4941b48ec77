#include "app/window/ViewActions.h"

#include "app/window/CompareActions.h"
#include "core/session/RegionEdit.h"
#include "core/session/SelectionDefaults.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QIcon>
#include <QKeySequence>
#include <QMenu>

#include <algorithm>
#include <functional>
#include <map>

namespace brainlike {
namespace {

using Edit = std::function<void(Selection&)>;

QAction* addAction(QMenu& menu, SelectionModel& selection, const QString& text, const QKeySequence& key, Edit change) {
    QAction* action = menu.addAction(text);
    action->setShortcut(key);
    QObject::connect(action, &QAction::triggered, &selection,
                     [&selection, change = std::move(change)] { selection.edit(change); });
    return action;
}

/// Maps of files alone have no scores to show.
void enableWithModels(const QList<QAction*>& actions, QMenu& menu, ScoreData& data) {
    menu.setToolTipsVisible(true);
    const auto refresh = [actions, &data] {
        const ScoreIndex* index = data.index();
        const bool isThere = index != nullptr && !index->models.empty();
        for (QAction* action : actions) {
            action->setEnabled(isThere);
            action->setToolTip(isThere ? QString() : QObject::tr("Open scores of models to see this"));
        }
    };
    refresh();
    QObject::connect(&data, &ScoreData::sourceChanged, &menu, refresh);
}

/// Moves the layer choice by one: the best layer lies below the first.
void stepLayer(Selection& selection, const ScoreIndex& index, int by) {
    const auto indices = indicesOf(selection, index);
    if (!indices)
        return;
    const auto& names = index.models[static_cast<std::size_t>(indices->model)].layerNames;
    const int next = std::clamp(indices->layer.value_or(-1) + by, -1, static_cast<int>(names.size()) - 1);
    selection.layer = next < 0 ? std::nullopt : std::optional(names[static_cast<std::size_t>(next)]);
}

void toggleSignificance(Selection& selection) {
    selection.significance = selection.significance == Significance::Ignore ? Significance::Hide : Significance::Ignore;
}

void stepTime(Selection& selection, const ScoreIndex& index, int by) {
    if (index.times.empty())
        return;
    const double now = selection.time.value_or(0);
    const auto nearest = std::ranges::min_element(index.times, {}, [now](double time) { return std::abs(time - now); });
    const auto last = static_cast<std::ptrdiff_t>(index.times.size()) - 1;
    const auto next = std::clamp<std::ptrdiff_t>(nearest - index.times.begin() + by, 0, last);
    selection.time = index.times[static_cast<std::size_t>(next)];
}

/// "stack/3/opacity" is "opacity", "stack/3" is "stack"; other fields are what they are.
std::string fieldOfMap(const std::string& field) {
    if (!field.starts_with("stack/"))
        return field;
    const std::string last = field.substr(field.rfind('/') + 1);
    return last.find_first_not_of("0123456789") == std::string::npos ? "stack" : last;
}

/// Fields of the selection in the user's words.
QString fieldName(const std::string& field) {
    static const std::map<std::string, const char*> names{{"model", QT_TR_NOOP("model")},
                                                          {"step", QT_TR_NOOP("training step")},
                                                          {"layer", QT_TR_NOOP("layer")},
                                                          {"recording", QT_TR_NOOP("subject")},
                                                          {"map", QT_TR_NOOP("map")},
                                                          {"property", QT_TR_NOOP("property")},
                                                          {"level", QT_TR_NOOP("means of areas")},
                                                          {"vertex", QT_TR_NOOP("picked vertex")},
                                                          {"time", QT_TR_NOOP("time")},
                                                          {"images", QT_TR_NOOP("brushed images")},
                                                          {"surface", QT_TR_NOOP("surface")},
                                                          {"outlines", QT_TR_NOOP("outlines")},
                                                          {"outlined", QT_TR_NOOP("outlines")},
                                                          {"parcellation", QT_TR_NOOP("parcellation")},
                                                          {"areas", QT_TR_NOOP("chosen areas")},
                                                          {"rois", QT_TR_NOOP("regions of interest")},
                                                          {"isolated", QT_TR_NOOP("isolated areas")},
                                                          {"area_names", QT_TR_NOOP("area names")},
                                                          {"significance_contour", QT_TR_NOOP("contour")},
                                                          {"threshold_contour", QT_TR_NOOP("contour")},
                                                          {"camera_preset", QT_TR_NOOP("view")},
                                                          {"cameras", QT_TR_NOOP("camera")},
                                                          {"linked_cameras", QT_TR_NOOP("linked cameras")},
                                                          {"range", QT_TR_NOOP("colour range")},
                                                          {"range_rule", QT_TR_NOOP("colour range")},
                                                          {"threshold", QT_TR_NOOP("threshold")},
                                                          {"symmetric", QT_TR_NOOP("colour range")},
                                                          {"colormap", QT_TR_NOOP("colour map")},
                                                          {"significance", QT_TR_NOOP("significance")},
                                                          {"difference", QT_TR_NOOP("difference")},
                                                          {"compared", QT_TR_NOOP("comparison")},
                                                          {"other_colors", QT_TR_NOOP("colours of another map")},
                                                          {"color_vision", QT_TR_NOOP("colour vision")},
                                                          {"one_tailed", QT_TR_NOOP("threshold")},
                                                          {"imported_map", QT_TR_NOOP("map")},
                                                          {"opacity", QT_TR_NOOP("opacity of a map")},
                                                          {"visible", QT_TR_NOOP("hidden maps")},
                                                          {"mask", QT_TR_NOOP("mask")},
                                                          {"stack", QT_TR_NOOP("stack of maps")},
                                                          {"order", QT_TR_NOOP("order of maps")}};
    const auto found = names.find(fieldOfMap(field));
    return found == names.end() ? QString() : QObject::tr(found->second);
}

/// "Undo: layer"; the word alone where several things, or things without a name, changed together.
QString historyText(const QString& verb, std::set<std::string> fields) {
    // What comes with another change.
    if (fields.contains("rois") || fields.contains("areas"))
        for (const char* also : {"roi", "outlined", "outlines", "isolated"})
            fields.erase(also);
    for (const char* with : {"camera_preset", "linked_cameras", "vertex"})
        if (fields.contains(with))
            fields.erase("cameras");
    // B comes with the comparison.
    if (fields.contains("compared"))
        fields.erase("difference");
    if (std::ranges::any_of(fields, [](const std::string& field) { return fieldOfMap(field) == "stack"; }))
        fields = {"stack"};
    const QString name = fields.size() == 1 ? fieldName(*fields.begin()) : QString();
    return name.isEmpty() ? verb : QObject::tr("%1: %2").arg(verb, name);
}

void addHistoryAction(QMenu& menu, SelectionModel& selection, bool isUndo) {
    QAction* action = menu.addAction(QString());
    action->setObjectName(isUndo ? "undo" : "redo");
    action->setShortcut(QKeySequence(isUndo ? Qt::CTRL | Qt::Key_Z : Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    action->setIcon(QIcon::fromTheme(isUndo ? "edit-undo" : "edit-redo"));
    const auto refresh = [action, &selection, isUndo] {
        const auto fields = isUndo ? selection.undoable() : selection.redoable();
        action->setEnabled(!fields.empty());
        action->setText(historyText(isUndo ? QObject::tr("Undo") : QObject::tr("Redo"), fields));
    };
    refresh();
    QObject::connect(&selection, &SelectionModel::historyChanged, action, refresh);
    QObject::connect(action, &QAction::triggered, &selection, [&selection, isUndo] {
        if (isUndo)
            selection.undo();
        else
            selection.redo();
    });
}

} // namespace

void addViewActions(QMenu& menu, SelectionModel& selection, ScoreData& data) {
    addHistoryAction(menu, selection, true);
    addHistoryAction(menu, selection, false);
    menu.addSeparator();
    const auto add = [&](const QString& text, const QKeySequence& key, Edit change) {
        return addAction(menu, selection, text, key, std::move(change));
    };
    QList<QAction*> ofScores;
    const auto tr = [](const char* text) { return QObject::tr(text); };
    const auto withIndex = [&data](auto change) -> Edit {
        return [&data, change](Selection& next) {
            if (const ScoreIndex* index = data.index())
                change(next, *index);
        };
    };
    for (const auto& [text, key, kind] : {std::tuple{"Encoding score", QKeySequence(Qt::Key_E), MapKind::Score},
                                          {"Best layer", QKeySequence(Qt::Key_B), MapKind::BestLayer},
                                          {"Half-time", QKeySequence(Qt::Key_H), MapKind::HalfTime},
                                          {"Difference", QKeySequence(Qt::Key_D), MapKind::Difference},
                                          {"t", QKeySequence(), MapKind::TValue},
                                          {"q", QKeySequence(), MapKind::QValue},
                                          {"Property of the cortex", QKeySequence(), MapKind::Property}})
        ofScores << add(tr(text), key, [kind](Selection& next) { showMap(next, kind); });
    ofScores << add(tr("Threshold to significance (q < 0.01)"), Qt::Key_T, toggleSignificance);
    QAction* means = menu.addAction(tr("Scores as means of areas"));
    means->setObjectName("areaMeans");
    means->setShortcut(Qt::Key_A);
    means->setCheckable(true);
    const auto check = [means](const Selection& shown) { means->setChecked(shown.areaMeans); };
    check(selection.selection());
    QObject::connect(&selection, &SelectionModel::changed, means,
                     [check](const Selection&, const Selection& after) { check(after); });
    QObject::connect(means, &QAction::triggered, &selection,
                     [&selection](bool on) { selection.edit([on](Selection& next) { next.areaMeans = on; }); });
    ofScores << means;
    addCompareActions(menu, selection, data);
    menu.addSeparator();
    ofScores << add(tr("Next layer"), Qt::Key_Up,
                    withIndex([](Selection& next, const ScoreIndex& index) { stepLayer(next, index, 1); }));
    ofScores << add(tr("Previous layer"), Qt::Key_Down,
                    withIndex([](Selection& next, const ScoreIndex& index) { stepLayer(next, index, -1); }));
    ofScores << add(tr("Later in the MEG response"), Qt::SHIFT | Qt::Key_Right,
                    withIndex([](Selection& next, const ScoreIndex& index) { stepTime(next, index, 1); }));
    ofScores << add(tr("Earlier in the MEG response"), Qt::SHIFT | Qt::Key_Left,
                    withIndex([](Selection& next, const ScoreIndex& index) { stepTime(next, index, -1); }));
    enableWithModels(ofScores, menu, data);
    menu.addSeparator();
    add(tr("Outlines on or off"), Qt::Key_O, [](Selection& next) { next.outlines = !next.outlines; });
    add(tr("Clear what is picked"), Qt::Key_Escape, clearPicks);
}

} // namespace brainlike
