#include "views/overlays/MapsPanel.h"

#include "core/session/StackEdit.h"
#include "views/overlays/MapList.h"
#include "views/overlays/MapNames.h"
#include "views/overlays/MapSettings.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

constexpr QSize swatchSize(36, 14);

/// What is shown of the maps differs.
bool isOther(const Selection& before, const Selection& after) {
    return before.stack != after.stack || before.placement != after.placement || before.map != after.map ||
           before.importedMap != after.importedMap || before.model != after.model ||
           before.difference != after.difference || before.significance != after.significance ||
           before.significanceMap != after.significanceMap ||
           static_cast<const ColorChoice&>(before) != static_cast<const ColorChoice&>(after);
}

/// The panel shows no difference between the two.
bool looksAlike(const MapColors& a, const MapColors& b) {
    return a.kind == b.kind && a.scale.low == b.scale.low && a.scale.high == b.scale.high &&
           a.scale.map.colors() == b.scale.map.colors() && a.labels == b.labels && a.layerNames == b.layerNames &&
           a.vision == b.vision;
}

} // namespace

MapsPanel::MapsPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("mapsPanel", tr("Maps"), parent), m_selection(selection), m_data(scores), m_list(new MapList(this)),
      m_settings(new MapSettings(selection, scores, this)), m_add(new QToolButton(this)),
      m_remove(new QToolButton(this)), m_refresh([this] { refresh(); }, OncePerTurn::When::BeforePainting) {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    buildTools();
    column->addWidget(m_list);
    column->addWidget(m_settings);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    contentLayout()->addWidget(scroll, 1);
    setMinimumWidth(280);
    connectList();
    m_settings->applyTheme(theme());
    connect(&selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (isOther(before, after))
            m_refresh.schedule();
    });
    connect(&scores, &ScoreData::sourceChanged, this, [this] {
        m_colors.clear();
        refresh();
    });
    refresh();
}

MapsPanel::~MapsPanel() = default;

void MapsPanel::buildTools() {
    m_add->setText(tr("Add map"));
    m_add->setObjectName("addMap");
    // Room for the arrow, which is drawn over the text otherwise.
    m_add->setStyleSheet("QToolButton { padding: 2px 16px 2px 6px; } QToolButton::menu-indicator { "
                         "subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }");
    m_add->setToolTip(tr("Put another map on top"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(new QMenu(m_add));
    connect(m_add->menu(), &QMenu::aboutToShow, this, &MapsPanel::fillAddMenu);
    m_remove->setText(tr("Remove"));
    m_remove->setObjectName("removeMap");
    m_remove->setToolTip(tr("Take the chosen map out (Delete)"));
    connect(m_remove, &QToolButton::clicked, this,
            [this] { m_selection.edit([this](Selection& next) { dropMap(next, chosen()); }); });
    auto* tools = new QHBoxLayout;
    tools->setSpacing(4);
    tools->addWidget(m_add);
    tools->addWidget(m_remove);
    tools->addStretch(1);
    contentLayout()->addLayout(tools);
}

void MapsPanel::connectList() {
    connect(m_list, &MapList::chosenChanged, this, [this] { m_refresh.schedule(); });
    connect(m_list, &MapList::toggled, this, [this](int map, bool visible) {
        m_selection.edit([=](Selection& next) {
            if (MapPlacement* placement = placementOf(next, map))
                placement->isVisible = visible;
        });
    });
    connect(m_list, &MapList::opacityMoved, this, [this](int map, double opacity) {
        m_selection.edit([=](Selection& next) {
            if (MapPlacement* placement = placementOf(next, map))
                placement->opacity = opacity;
        });
    });
    connect(m_list, &MapList::opacityHeld, this, [this](bool held) {
        if (held)
            m_selection.beginGesture();
        else
            m_selection.endGesture();
    });
    connect(m_list, &MapList::moved, this, [this](int map, int row) {
        m_selection.edit([=](Selection& next) { moveMap(next, map, static_cast<int>(next.stack.size()) - 1 - row); });
    });
    connect(m_list, &MapList::removeAsked, this,
            [this](int map) { m_selection.edit([=](Selection& next) { dropMap(next, map); }); });
}

void MapsPanel::setShown(std::map<int, MapColors> colors) {
    const bool isSame =
        std::equal(colors.begin(), colors.end(), m_colors.begin(), m_colors.end(),
                   [](const auto& a, const auto& b) { return a.first == b.first && looksAlike(a.second, b.second); });
    m_colors = std::move(colors);
    if (!isSame)
        m_refresh.schedule();
}

int MapsPanel::chosen() const {
    return m_list->chosen();
}

void MapsPanel::themeChanged() {
    m_settings->applyTheme(theme());
    refresh();
}

void MapsPanel::fillAddMenu() {
    m_add->menu()->clear();
    // Its menus are its children and stay otherwise.
    qDeleteAll(m_add->menu()->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    if (m_data.index() == nullptr)
        return;
    brainlike::fillAddMenu(*m_add->menu(), m_selection.selection(), *m_data.index(), [this](const StackedMap& map) {
        int id = firstMapId;
        m_selection.edit([&](Selection& next) { id = addMap(next, map); });
        refresh();
        m_list->choose(id);
        m_refresh.schedule();
    });
}

void MapsPanel::refresh() {
    const ScoreIndex* index = m_data.index();
    const bool hasMaps =
        index != nullptr && index->vertexCounts.total() > 0 && (!index->models.empty() || !index->importedMaps.empty());
    if (!hasMaps)
        return showMessage(index == nullptr ? tr("Open a study or maps to lay them over each other.")
                                            : tr("There are no maps of the cortex here."));
    showContent();
    const Selection& selection = m_selection.selection();
    std::vector<MapEntry> entries;
    const auto add = [&](int map) {
        const MapPlacement& placement = *placementOf(selection, map);
        const auto colors = m_colors.find(map);
        entries.push_back({.id = map,
                           .name = mapTitle(selection, map, index),
                           .isVisible = placement.isVisible,
                           .opacity = placement.opacity,
                           .isMovable = map != firstMapId,
                           .swatch = swatchOf(colors != m_colors.end() ? &colors->second : nullptr, swatchSize,
                                              devicePixelRatioF())});
    };
    for (auto map = selection.stack.rbegin(); map != selection.stack.rend(); ++map)
        add(map->id);
    add(firstMapId);
    m_list->setEntries(entries);
    m_remove->setEnabled(chosen() != firstMapId);
    const auto colors = m_colors.find(chosen());
    m_settings->show(chosen(), colors != m_colors.end() ? &colors->second : nullptr);
    setTitle({entries.size() == 1 ? tr("One map") : tr("%1 maps").arg(entries.size()),
              mapTitle(selection, chosen(), index)});
}

} // namespace brainlike
