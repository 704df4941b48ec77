#include "views/cortex/ColorMenu.h"

#include "core/color/ColorMapFile.h"

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

void addRanges(QMenu& menu, SelectionModel& model, const MapColors& shown) {
    const Selection& now = model.selection();
    for (const auto& [text, rule] : {std::pair{"Full range, the same at every checkpoint", RangeRule::Study},
                                     {"Range of this map", RangeRule::Map},
                                     {"Percentiles 2 to 98 of this map", RangeRule::Percentile2},
                                     {"Percentiles 5 to 95 of this map", RangeRule::Percentile5}})
        addChoice(menu, model, tr(text), !now.range && now.rangeRule == rule, [rule](Selection& next) {
            next.range.reset();
            next.rangeRule = rule;
        });
    const ColorRange range{shown.scale.low, shown.scale.high};
    addChoice(menu, model, tr("This range everywhere"), now.range == range,
              [range](Selection& next) { next.range = range; });
    menu.addSeparator();
    if (shown.kind != MapKind::HalfTime)
        addChoice(menu, model, tr("Symmetric about zero"), now.symmetric,
                  [](Selection& next) { next.symmetric = !next.symmetric; });
    if (shown.scale.low < 0 && shown.scale.high > 0)
        addChoice(menu, model, tr("Two-tailed threshold: |value|"), !now.oneTailed,
                  [](Selection& next) { next.oneTailed = !next.oneTailed; });
    QAction* reset = menu.addAction(tr("Reset range and threshold"));
    QObject::connect(reset, &QAction::triggered, &model, [&model] {
        model.edit([](Selection& next) {
            next.range.reset();
            next.rangeRule = RangeRule::Study;
            next.symmetric = false;
            next.threshold = 0;
        });
    });
}

void addSignificance(QMenu& menu, SelectionModel& model) {
    const Selection& now = model.selection();
    QMenu* choices = menu.addMenu(tr("Significance"));
    for (const auto& [text, kind] : {std::pair{"All vertices", Significance::Ignore},
                                     {"Only q < 0.01", Significance::Hide},
                                     {"Opacity by q", Significance::Fade}})
        addChoice(*choices, model, tr(text), now.significance == kind,
                  [kind](Selection& next) { next.significance = kind; });
}

void addColorMaps(QMenu& menu, SelectionModel& model, std::function<void()> chooseFile) {
    const std::string& now = model.selection().colorMap;
    QMenu* maps = menu.addMenu(tr("Colour map"));
    addChoice(*maps, model, tr("The usual one"), now.empty(), [](Selection& next) { next.colorMap.clear(); });
    for (const char* kind : {"sequential", "diverging", "discrete"}) {
        maps->addSeparator();
        for (const std::string& name : ColorMap::names(kind))
            addChoice(*maps, model, QString::fromStdString(name), now == name, [name](Selection& next) {
                next.colorMap = name;
            })->setIcon(iconOf(ColorMap::named(name)));
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

void fillColorMenu(QMenu& menu, SelectionModel& selection, const MapColors* shown, std::function<void()> chooseFile) {
    if (shown != nullptr && shown->kind != MapKind::BestLayer) {
        addRanges(menu, selection, *shown);
        menu.addSeparator();
    }
    addSignificance(menu, selection);
    if (shown == nullptr || shown->kind != MapKind::BestLayer)
        addColorMaps(menu, selection, std::move(chooseFile));
    addVisions(menu, selection);
}

} // namespace brainlike
