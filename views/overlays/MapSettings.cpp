#include "views/overlays/MapSettings.h"

#include "core/color/ColorMapFile.h"
#include "core/properties/PublishedProperties.h"
#include "core/session/StackEdit.h"
#include "views/overlays/MapNames.h"
#include "views/overlays/NumberEdit.h"
#include "views/state/ColorBar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <array>
#include <cmath>

namespace brainlike {
namespace {

const QString asSelected = QStringLiteral("*");
constexpr QSize iconSize(48, 12);

void showData(QComboBox* combo, const QVariant& value) {
    combo->setCurrentIndex(combo->findData(value));
}

/// A field of a map: "*" follows the selection, empty is the best layer or the group.
QString textOf(const std::optional<std::string>& own) {
    return own ? QString::fromStdString(*own) : asSelected;
}

std::optional<std::string> ownOf(const QString& text) {
    return text == asSelected ? std::nullopt : std::optional(text.toStdString());
}

QIcon iconOf(const ColorMap& map) {
    MapColors colors{.scale = {.map = map}};
    return QIcon(swatchOf(&colors, iconSize, 2));
}

void fillColorMaps(QComboBox& combo) {
    combo.setIconSize(iconSize);
    combo.addItem(QObject::tr("The usual one"), QString());
    for (const char* kind : {"sequential", "diverging", "discrete"}) {
        combo.insertSeparator(combo.count());
        for (const std::string& name : ColorMap::names(kind))
            combo.addItem(iconOf(ColorMap::named(name)), QString::fromStdString(name), QString::fromStdString(name));
    }
}

void setRowVisible(QFormLayout& form, QWidget* field, bool visible) {
    form.setRowVisible(field, visible);
}

} // namespace

MapSettings::MapSettings(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_data(scores), m_form(new QFormLayout(this)),
      m_low(new NumberEdit("rangeLow", tr("Lowest value of the range"), this)),
      m_high(new NumberEdit("rangeHigh", tr("Highest value of the range"), this)),
      m_threshold(new NumberEdit("threshold", tr("Threshold"), this)),
      m_symmetric(new QCheckBox(tr("Symmetric"), this)), m_twoTailed(new QCheckBox(tr("Two-tailed"), this)),
      m_contour(new QCheckBox(tr("Around what is shown"), this)), m_range(new QWidget(this)), m_cut(new QWidget(this)) {
    m_form->setContentsMargins(4, 4, 4, 4);
    m_form->setSpacing(6);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildContent();
    buildColors();
}

QComboBox* MapSettings::addCombo(QFormLayout& form, const QString& label, const char* name) {
    auto* combo = new QComboBox(this);
    combo->setObjectName(name);
    combo->setAccessibleName(label);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(8);
    form.addRow(label, combo);
    return combo;
}

void MapSettings::buildContent() {
    m_kind = addCombo(*m_form, tr("Shows"), "mapKind");
    m_imported = addCombo(*m_form, tr("Map"), "importedMap");
    m_layer = addCombo(*m_form, tr("Layer"), "mapLayer");
    m_subject = addCombo(*m_form, tr("Subject"), "mapSubject");
    connect(m_kind, &QComboBox::activated, this, &MapSettings::setKind);
    connect(m_imported, &QComboBox::activated, this, [this] {
        const std::string name = m_imported->currentData().toString().toStdString();
        m_selection.edit([&](Selection& next) {
            StackedMap* own = findMap(next.stack, m_map);
            if ((own != nullptr ? own->kind : next.map) == MapKind::Property)
                own != nullptr ? showProperty(*own, name) : showProperty(next, name);
            else
                (own != nullptr ? own->importedMap : next.importedMap) = name;
        });
    });
    connect(m_layer, &QComboBox::activated, this,
            [this] { editOwn([&](StackedMap& own) { own.layer = ownOf(m_layer->currentData().toString()); }); });
    connect(m_subject, &QComboBox::activated, this,
            [this] { editOwn([&](StackedMap& own) { own.recording = ownOf(m_subject->currentData().toString()); }); });
}

void MapSettings::buildColors() {
    m_colorMap = addCombo(*m_form, tr("Colours"), "colorMap");
    fillColorMaps(*m_colorMap);
    m_rule = addCombo(*m_form, tr("Range"), "rangeRule");
    for (const auto& [text, rule] : {std::pair{tr("The same at every checkpoint"), RangeRule::Study},
                                     {tr("All of this map"), RangeRule::Map},
                                     {tr("Percentiles 2 to 98"), RangeRule::Percentile2},
                                     {tr("Percentiles 5 to 95"), RangeRule::Percentile5}})
        m_rule->addItem(text, static_cast<int>(rule));
    m_rule->setPlaceholderText(tr("These numbers"));
    const auto addRow = [this](QWidget* row, const QString& label, std::initializer_list<QWidget*> parts) {
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        for (QWidget* part : parts)
            layout->addWidget(part, qobject_cast<NumberEdit*>(part) != nullptr ? 1 : 0);
        m_form->addRow(label, row);
    };
    addRow(m_range, tr("From, to"), {m_low, m_high, m_symmetric});
    addRow(m_cut, tr("Threshold"), {m_threshold, m_twoTailed});
    m_symmetric->setObjectName("symmetric");
    m_symmetric->setToolTip(tr("Widen the range until zero lies in its middle"));
    m_twoTailed->setObjectName("twoTailed");
    m_twoTailed->setToolTip(tr("The threshold cuts |value| rather than the value"));
    m_significance = addCombo(*m_form, tr("Significance"), "significance");
    for (const Significance kind : {Significance::Ignore, Significance::Hide, Significance::Fade})
        m_significance->addItem(QString(), static_cast<int>(kind));
    m_significanceMap = addCombo(*m_form, tr("p or q from"), "significanceMap");
    m_significanceMap->setToolTip(
        tr("The map that says where this one is significant: p values, q values or −log10 p"));
    m_contour->setObjectName("contour");
    m_contour->setToolTip(tr(
        "A line where this map's threshold and significance begin, or around its labels. A hidden map has it, too."));
    m_form->addRow(tr("Line"), m_contour);
    m_mask = addCombo(*m_form, tr("Mask"), "mask");
    m_mask->setToolTip(
        tr("Show this map only where another one is coloured: above its threshold, and significant where "
           "that one says so. A hidden map masks, too."));

    connect(m_colorMap, &QComboBox::activated, this, [this] {
        editColors([&](ColorChoice& colors) { colors.colorMap = m_colorMap->currentData().toString().toStdString(); });
    });
    connect(m_rule, &QComboBox::activated, this, [this] {
        editColors([&](ColorChoice& colors) {
            colors.range.reset();
            colors.rangeRule = static_cast<RangeRule>(m_rule->currentData().toInt());
        });
    });
    connect(m_low, &NumberEdit::entered, this, [this](double value) { enterRange(value, false); });
    connect(m_high, &NumberEdit::entered, this, [this](double value) { enterRange(value, true); });
    connect(m_threshold, &NumberEdit::entered, this,
            [this](double value) { editColors([&](ColorChoice& colors) { colors.threshold = value; }); });
    connect(m_symmetric, &QCheckBox::clicked, this,
            [this](bool on) { editColors([&](ColorChoice& colors) { colors.symmetric = on; }); });
    connect(m_twoTailed, &QCheckBox::clicked, this,
            [this](bool on) { editColors([&](ColorChoice& colors) { colors.oneTailed = !on; }); });
    connect(m_significance, &QComboBox::activated, this, [this] {
        m_selection.edit([&](Selection& next) {
            if (Significance* significance = significanceOf(next, m_map))
                *significance = static_cast<Significance>(m_significance->currentData().toInt());
        });
    });
    connect(m_significanceMap, &QComboBox::activated, this, [this] {
        m_selection.edit([&](Selection& next) {
            if (std::string* map = significanceMapOf(next, m_map))
                *map = m_significanceMap->currentData().toString().toStdString();
        });
    });
    connect(m_contour, &QCheckBox::clicked, this,
            [this](bool on) { editOwn([on](StackedMap& own) { own.placement.contour = on; }); });
    connect(m_mask, &QComboBox::activated, this, [this] {
        m_selection.edit([&](Selection& next) {
            const QVariant mask = m_mask->currentData();
            if (MapPlacement* placement = placementOf(next, m_map))
                placement->mask = mask.isValid() ? std::optional(mask.toInt()) : std::nullopt;
        });
    });
}

void MapSettings::editColors(const std::function<void(ColorChoice&)>& edit) {
    m_selection.edit([&](Selection& next) {
        if (ColorChoice* colors = colorsOf(next, m_map))
            edit(*colors);
    });
}

void MapSettings::editOwn(const std::function<void(StackedMap&)>& edit) {
    m_selection.edit([&](Selection& next) {
        if (StackedMap* own = findMap(next.stack, m_map))
            edit(*own);
    });
}

void MapSettings::setKind(int index) {
    const auto kind = static_cast<MapKind>(m_kind->itemData(index).toInt());
    m_selection.edit([&](Selection& next) {
        StackedMap* own = findMap(next.stack, m_map);
        if (own == nullptr)
            return showMap(next, kind);
        // Numbers are in a unit: another quantity begins afresh.
        if (own->kind != kind)
            static_cast<ColorChoice&>(*own) = {};
        own->kind = kind;
        if (kind == MapKind::Imported && own->importedMap.empty() && !m_data.index()->importedMaps.empty())
            own->importedMap = m_data.index()->importedMaps.front();
    });
}

void MapSettings::enterRange(double value, bool isHigh) {
    ColorRange range = m_drawn;
    (isHigh ? range.high : range.low) = value;
    if (!(range.low < range.high))
        return show(m_map, nullptr);
    editColors([&](ColorChoice& colors) {
        colors.range = range;
        // A symmetric range has one number.
        if (colors.symmetric)
            colors.range = ColorRange{-std::abs(value), std::abs(value)};
    });
}

void MapSettings::show(int map, const MapColors* colors) {
    m_map = map;
    setEnabled(m_data.index() != nullptr);
    if (m_data.index() == nullptr || colorsOf(m_selection.selection(), map) == nullptr)
        return;
    showContent();
    showColors(colors);
    showMasks();
}

void MapSettings::applyTheme(const Theme& theme) {
    QPalette grounds = palette();
    if (theme.dark)
        grounds.setColor(QPalette::Base, grounds.color(QPalette::Button));
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_low, m_high, m_threshold, m_symmetric, m_twoTailed, m_contour})
        field->setPalette(grounds);
}

void MapSettings::showContent() {
    const ScoreIndex& index = *m_data.index();
    const Selection& selection = m_selection.selection();
    const StackedMap* own = findMap(selection.stack, m_map);
    const Selection shown = shownBy(selection, m_map);
    m_kind->clear();
    if (!index.models.empty())
        for (const MapKind kind : {MapKind::Score, MapKind::BestLayer, MapKind::HalfTime, MapKind::Difference,
                                   MapKind::TValue, MapKind::QValue, MapKind::Property})
            m_kind->addItem(kindName(kind), static_cast<int>(kind));
    if (!index.importedMaps.empty())
        m_kind->addItem(kindName(MapKind::Imported), static_cast<int>(MapKind::Imported));
    showData(m_kind, static_cast<int>(shown.map));
    m_imported->clear();
    const bool isProperty = shown.map == MapKind::Property;
    for (const std::string& name : isProperty ? publishedPropertyNames() : index.importedMaps)
        m_imported->addItem(QString::fromStdString(name), QString::fromStdString(name));
    showData(m_imported, QString::fromStdString(isProperty ? shown.property : shown.importedMap));
    m_layer->clear();
    m_layer->addItem(tr("As selected"), asSelected);
    m_layer->addItem(tr("Best of each vertex"), QString());
    for (const ScoredModel& model : index.models)
        if (model.id == selection.model)
            for (const std::string& layer : model.layerNames)
                m_layer->addItem(QString::fromStdString(layer), QString::fromStdString(layer));
    m_subject->clear();
    m_subject->addItem(tr("As selected"), asSelected);
    m_subject->addItem(tr("Group mean"), QString());
    for (const ScoredRecording& recording : index.fmri)
        m_subject->addItem(QString::fromStdString(recording.subject), QString::fromStdString(recording.id));
    const bool areScores = own != nullptr && isOfScores(shown.map);
    if (own != nullptr) {
        showData(m_layer, textOf(own->layer));
        showData(m_subject, textOf(own->recording));
    }
    setRowVisible(*m_form, m_kind, m_kind->count() > 1);
    setRowVisible(*m_form, m_imported, !isOfScores(shown.map));
    setRowVisible(*m_form, m_layer, areScores && shown.map != MapKind::BestLayer);
    setRowVisible(*m_form, m_subject, areScores);
}

void MapSettings::showColors(const MapColors* colors) {
    const Selection& selection = m_selection.selection();
    const Selection shown = shownBy(selection, m_map);
    const std::string& name = colorsOf(selection, m_map)->colorMap;
    const QString file = QString::fromStdString(name);
    if (m_colorMap->findData(file) < 0)
        m_colorMap->addItem(QFileInfo(file).fileName(), file);
    showData(m_colorMap, file);
    const bool hasLabels = colors != nullptr && !colors->labels.empty();
    const bool hasScale = !hasLabels && shown.map != MapKind::BestLayer;
    m_rule->setItemText(0,
                        isOfScores(shown.map) ? tr("The same at every checkpoint") : tr("The usual one of this map"));
    for (int rule = 0; rule < m_rule->count(); ++rule)
        m_rule->setItemData(rule, rangeRuleText(shown.map, static_cast<RangeRule>(m_rule->itemData(rule).toInt())),
                            Qt::ToolTipRole);
    setRowVisible(*m_form, m_colorMap, hasScale);
    setRowVisible(*m_form, m_rule, hasScale);
    setRowVisible(*m_form, m_range, !hasLabels);
    setRowVisible(*m_form, m_cut, !hasLabels);
    showSignificance(hasLabels);
    const StackedMap* own = findMap(selection.stack, m_map);
    setRowVisible(*m_form, m_contour, own != nullptr);
    m_contour->setChecked(own != nullptr && own->placement.contour);
    showRange(colors);
}

/// Of scores by the group's q, of a map of a file by another one.
void MapSettings::showSignificance(bool hasLabels) {
    const Selection& selection = m_selection.selection();
    const Selection shown = shownBy(selection, m_map);
    const bool isOfFile = shown.map == MapKind::Imported;
    const std::string& from = *significanceMapOf(selection, m_map);
    m_significanceMap->clear();
    m_significanceMap->addItem(tr("No map"), QString());
    for (const std::string& name : m_data.index()->importedMaps)
        if (name != shown.importedMap)
            m_significanceMap->addItem(QString::fromStdString(name), QString::fromStdString(name));
    showData(m_significanceMap, QString::fromStdString(from));
    setRowVisible(*m_form, m_significanceMap, isOfFile && !hasLabels && m_significanceMap->count() > 1);
    setRowVisible(*m_form, m_significance, isOfScores(shown.map) || (isOfFile && !hasLabels && !from.empty()));
    const QString symbol = isOfFile ? QStringLiteral("p") : QStringLiteral("q");
    m_significance->setItemText(0, tr("All vertices"));
    m_significance->setItemText(1, tr("Only %1 < 0.01").arg(symbol));
    m_significance->setItemText(2, tr("Opacity by %1").arg(symbol));
    showData(m_significance, static_cast<int>(*significanceOf(selection, m_map)));
}

void MapSettings::showRange(const MapColors* colors) {
    const ColorChoice& choice = *colorsOf(m_selection.selection(), m_map);
    m_rule->setCurrentIndex(choice.range ? -1 : m_rule->findData(static_cast<int>(choice.rangeRule)));
    const ColorScale* scale = colors == nullptr ? nullptr : colors->strength ? &*colors->strength : &colors->scale;
    if (colors != nullptr && colors->kind == MapKind::HalfTime)
        scale = &colors->scale;
    if (scale != nullptr)
        m_drawn = {scale->low, scale->high};
    m_low->setNumber(m_drawn.low);
    m_high->setNumber(m_drawn.high);
    m_threshold->setNumber(choice.threshold);
    m_symmetric->setChecked(choice.symmetric);
    m_symmetric->setVisible(colors == nullptr ||
                            (colors->kind != MapKind::HalfTime && colors->kind != MapKind::BestLayer));
    m_twoTailed->setChecked(!choice.oneTailed);
    m_twoTailed->setVisible(m_drawn.low < 0 && m_drawn.high > 0);
}

void MapSettings::showMasks() {
    const Selection& selection = m_selection.selection();
    m_mask->clear();
    m_mask->addItem(tr("None: everywhere"));
    const auto add = [&](int map) {
        if (map != m_map)
            m_mask->addItem(tr("Where %1 is coloured").arg(mapTitle(selection, map, m_data.index())), map);
    };
    for (auto map = selection.stack.rbegin(); map != selection.stack.rend(); ++map)
        add(map->id);
    add(firstMapId);
    const auto mask = placementOf(selection, m_map)->mask;
    m_mask->setCurrentIndex(mask ? m_mask->findData(*mask) : 0);
    setRowVisible(*m_form, m_mask, !selection.stack.empty());
}

} // namespace brainlike
