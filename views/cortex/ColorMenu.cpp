#include "views/cortex/ColorMenu.h"

#include "core/color/ColorMapFile.h"
#include "core/session/StackEdit.h"
#include "views/state/ColorBar.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QIcon>
#include <QPainter>
#include <QPixmap>

namespace brainlike {
namespace {

using Edit = std::function<void(Selection&)>;

QString tr(const char* text) {
    return QCoreApplication::translate("brainlike::ColorMenu", text);
}

QAction* addChoice(QMenu& menu, SelectionModel& selection, const QString& text, bool isChosen, Edit edit) {
    QAction* action = menu.addAction(text);
    action->setCheckable(true);
    action->setChecked(isChosen);
    QObject::connect(action, &QAction::triggered, &selection,
                     [&selection, edit = std::move(edit)] { selection.edit(edit); });
    return action;
}

QIcon iconOf(const ColorMap& map) {
    QPixmap picture(64, 12);
    QPainter painter(&picture);
    for (int x = 0; x < picture.width(); ++x) {
        const Rgba8 color = map.at((x + 0.5) / picture.width());
        painter.fillRect(x, 0, 1, picture.height(), QColor(color.r, color.g, color.b));
    }
    return QIcon(picture);
}

/// An edit of the colours of one map.
Edit ofMap(int map, std::function<void(ColorChoice&)> edit) {
    return [map, edit = std::move(edit)](Selection& next) {
        if (ColorChoice* colors = colorsOf(next, map))
            edit(*colors);
    };
}

void addRanges(QMenu& menu, SelectionModel& model, int map, const MapColors& shown) {
    const ColorChoice now = *colorsOf(model.selection(), map);
    const auto add = [&](const QString& text, bool isChosen, std::function<void(ColorChoice&)> edit) {
        addChoice(menu, model, text, isChosen, ofMap(map, std::move(edit)));
    };
    for (const auto& [text, rule] : {std::pair{rangeRuleText(shown.kind, RangeRule::Study), RangeRule::Study},
                                     {rangeRuleText(shown.kind, RangeRule::Map), RangeRule::Map},
                                     {rangeRuleText(shown.kind, RangeRule::Percentile2), RangeRule::Percentile2},
                                     {rangeRuleText(shown.kind, RangeRule::Percentile5), RangeRule::Percentile5}})
        add(text, !now.range && now.rangeRule == rule, [rule](ColorChoice& next) {
            next.range.reset();
            next.rangeRule = rule;
        });
    const ColorRange range{shown.scale.low, shown.scale.high};
    add(tr("This range everywhere"), now.range == range, [range](ColorChoice& next) { next.range = range; });
    menu.addSeparator();
    if (shown.kind != MapKind::HalfTime)
        add(tr("Symmetric about zero"), now.symmetric, [](ColorChoice& next) { next.symmetric = !next.symmetric; });
    if (shown.scale.low < 0 && shown.scale.high > 0)
        add(tr("Two-tailed threshold: |value|"), !now.oneTailed,
            [](ColorChoice& next) { next.oneTailed = !next.oneTailed; });
    QAction* reset = menu.addAction(tr("Reset range and threshold"));
    QObject::connect(reset, &QAction::triggered, &model, [&model, map] {
        model.edit(ofMap(map, [](ColorChoice& next) {
            next.range.reset();
            next.rangeRule = RangeRule::Study;
            next.symmetric = false;
            next.threshold = 0;
        }));
    });
}

void addSignificance(QMenu& menu, SelectionModel& model, int map) {
    const Significance now = *significanceOf(model.selection(), map);
    QMenu* choices = menu.addMenu(tr("Significance"));
    const bool isOfScores = brainlike::isOfScores(shownBy(model.selection(), map).map);
    const QString symbol = isOfScores ? QStringLiteral("q") : QStringLiteral("p");
    for (const auto& [text, kind] : {std::pair{tr("All vertices"), Significance::Ignore},
                                     {tr("Only %1 < 0.01").arg(symbol), Significance::Hide},
                                     {tr("Opacity by %1").arg(symbol), Significance::Fade}})
        addChoice(*choices, model, text, now == kind, [kind, map](Selection& next) {
            if (Significance* significance = significanceOf(next, map))
                *significance = kind;
        });
}

void addColorMaps(QMenu& menu, SelectionModel& model, int map, std::function<void()> chooseFile) {
    const std::string now = colorsOf(model.selection(), map)->colorMap;
    QMenu* maps = menu.addMenu(tr("Colour map"));
    addChoice(*maps, model, tr("The usual one"), now.empty(),
              ofMap(map, [](ColorChoice& next) { next.colorMap.clear(); }));
    for (const char* kind : {"sequential", "diverging", "discrete"}) {
        maps->addSeparator();
        for (const std::string& name : ColorMap::names(kind))
            addChoice(*maps, model, QString::fromStdString(name), now == name, ofMap(map, [name](ColorChoice& next) {
                next.colorMap = name;
            }))->setIcon(iconOf(ColorMap::named(name)));
    }
    maps->addSeparator();
    if (isColorMapFile(now))
        addChoice(*maps, model, QFileInfo(QString::fromStdString(now)).fileName(), true, [](Selection&) {});
    QObject::connect(maps->addAction(tr("Open a file…")), &QAction::triggered, maps, std::move(chooseFile));
}

void addVisions(QMenu& menu, SelectionModel& model) {
    QMenu* visions = menu.addMenu(tr("Seen with"));
    for (const auto& [text, name] : {std::pair{"Common colour vision", ""},
                                     {"Protanopia (no red cones)", "protanopia"},
                                     {"Deuteranopia (no green cones)", "deuteranopia"},
                                     {"Tritanopia (no blue cones)", "tritanopia"}})
        addChoice(*visions, model, tr(text), model.selection().colorVision == name,
                  [name](Selection& next) { next.colorVision = name; });
}

} // namespace

void fillColorMenu(QMenu& menu, SelectionModel& selection, int map, const MapColors* shown,
                   std::function<void()> chooseFile) {
    if (colorsOf(selection.selection(), map) == nullptr)
        return;
    const bool hasScale = shown == nullptr || (shown->kind != MapKind::BestLayer && shown->labels.empty());
    if (shown != nullptr && hasScale) {
        addRanges(menu, selection, map, *shown);
        menu.addSeparator();
    }
    const bool hasSignificance = significanceOf(selection.selection(), map) != nullptr;
    const bool hasMap = hasSignificance && !significanceMapOf(selection.selection(), map)->empty();
    if (hasSignificance &&
        (shown == nullptr || isOfScores(shown->kind) || (shown->kind == MapKind::Imported && hasMap)))
        addSignificance(menu, selection, map);
    if (hasScale)
        addColorMaps(menu, selection, map, std::move(chooseFile));
    addVisions(menu, selection);
}

} // namespace brainlike
