#include "app/window/ViewToolBar.h"

#include "app/window/CompareActions.h"
#include "app/window/SurfaceSlider.h"
#include "core/properties/PublishedProperties.h"
#include "core/session/SelectionDefaults.h"

#include <QActionGroup>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QMenu>
#include <QStandardItemModel>
#include <QStyleOptionComboBox>
#include <QStylePainter>

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

/// Widths of the box of models in which names are cut off, px.
constexpr int wideModel = 260;
constexpr int narrowModel = 150;

/// Ends a name that does not fit in "…".
class ElidingCombo : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent*) override {
        QStylePainter painter(this);
        QStyleOptionComboBox option;
        initStyleOption(&option);
        const QRect room = style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
        option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 2);
        painter.drawComplexControl(QStyle::CC_ComboBox, option);
        painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    }
};

/// Shows an item by its data without telling anybody.
void showData(QComboBox* combo, const QString& value) {
    const QSignalBlocker blocker(combo);
    combo->setCurrentIndex(std::max(0, combo->findData(value)));
}

QString textOf(const std::optional<std::string>& value) {
    return value ? QString::fromStdString(*value) : QString();
}

std::optional<std::string> optionalOf(const QString& value) {
    return value.isEmpty() ? std::nullopt : std::optional(value.toStdString());
}

} // namespace

ViewToolBar::ViewToolBar(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QToolBar(tr("View"), parent), m_selection(selection), m_data(scores) {
    setObjectName("viewToolBar");
    setMovable(false);
    setStyleSheet("QToolButton { padding: 3px 8px; border-radius: 4px; }"
                  "QToolButton:checked { background: palette(highlight); color: palette(highlighted-text); }"
                  "QToolButton:hover:!checked { background: palette(midlight); }"
                  "#qt_toolbar_ext_button { padding: 0; }");
    m_model = addCombo(tr("Model"), "modelChoice", tr("Which model's scores are shown"));
    m_subject =
        addCombo(tr("Subject"), "subjectChoice", tr("The mean over subjects, or one subject's fMRI and MEG scores"));
    m_layer = addCombo(tr("Layer"), "layerChoice", tr("The best layer of each vertex, or one layer for all (↑ ↓)"));
    addSeparator();
    addMapButtons();
    addSeparator();
    m_scoreActions = actions();
    m_importedMap = addCombo(tr("Map"), "mapChoice", tr("Which map of the opened files is shown"));
    m_mapActions = actions().mid(m_scoreActions.size());
    m_view = addCombo(tr("View"), "viewChoice", tr("Camera preset (1 to 6)"));
    m_surface = addCombo(tr("Surface"), "surfaceChoice", tr("White, pial, inflated, sphere or flat (W, P, I, S, F)"));
    m_surface->setPlaceholderText(tr("between"));
    m_slider = new SurfaceSlider(m_selection, this);
    addWidget(m_slider);
    m_outlines = addAction(tr("Outlines"));
    m_outlines->setCheckable(true);
    m_outlines->setToolTip(tr("Outlines of areas on the cortex (O)"));
    for (const char* surface : {"white", "pial", "inflated", "sphere", "flat"})
        m_surface->addItem(tr(surface), QString::fromLatin1(surface));
    const std::array<std::pair<QString, const char*>, 11> presets{{{tr("Four views"), "four-view"},
                                                                   {tr("All sides"), "all"},
                                                                   {tr("Left"), "left"},
                                                                   {tr("Right"), "right"},
                                                                   {tr("Lateral"), "lateral"},
                                                                   {tr("Medial"), "medial"},
                                                                   {tr("Dorsal"), "dorsal"},
                                                                   {tr("Ventral"), "ventral"},
                                                                   {tr("Anterior"), "anterior"},
                                                                   {tr("Posterior"), "posterior"},
                                                                   {tr("One row"), "lateral-medial"}}};
    for (const auto& [label, id] : presets)
        m_view->addItem(label, QString::fromLatin1(id));

    const auto edit = [this](QComboBox* combo, auto change) {
        connect(combo, &QComboBox::activated, this, [this, combo, change] {
            m_selection.edit([&](Selection& next) { change(next, combo->currentData().toString()); });
        });
    };
    connect(m_model, &QComboBox::activated, this, [this] {
        Selection next = m_selection.selection();
        next.model = m_model->currentData().toString().toStdString();
        if (const ScoreIndex* index = m_data.index())
            m_selection.apply(fittedTo(next, *index));
    });
    edit(m_importedMap, [](Selection& next, const QString& value) { next.importedMap = value.toStdString(); });
    edit(m_subject, [](Selection& next, const QString& value) { next.recording = optionalOf(value); });
    edit(m_layer, [](Selection& next, const QString& value) { next.layer = optionalOf(value); });
    edit(m_surface, [](Selection& next, const QString& value) { next.surface = value.toStdString(); });
    edit(m_view, [](Selection& next, const QString& value) { showPreset(next, value.toStdString()); });
    connect(m_outlines, &QAction::triggered, this,
            [this](bool on) { m_selection.edit([on](Selection& next) { next.outlines = on; }); });
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.model != after.model)
            refill();
        show(after);
    });
    connect(&m_data, &ScoreData::sourceChanged, this, [this] {
        refill();
        show(m_selection.selection());
    });
    show(m_selection.selection());
}

QComboBox* ViewToolBar::addCombo(const QString& label, const char* name, const QString& tip) {
    auto* caption = new QLabel(' ' + label + ' ', this);
    auto* combo = new ElidingCombo(this);
    combo->setObjectName(name);
    combo->setAccessibleName(label);
    combo->setToolTip(tip);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    combo->setFocusPolicy(Qt::TabFocus);
    caption->setBuddy(combo);
    QAction* captionAction = addWidget(caption);
    m_captions.emplaceBack(captionAction, addWidget(combo));
    return combo;
}

void ViewToolBar::resizeEvent(QResizeEvent* event) {
    QToolBar::resizeEvent(event);
    fit();
}

void ViewToolBar::fit() {
    for (const auto& [hasCaptions, modelWidth] :
         {std::pair(true, wideModel), {false, wideModel}, {false, narrowModel}}) {
        for (const auto& [caption, control] : m_captions)
            caption->setVisible(hasCaptions && control->isVisible());
        m_model->setMaximumWidth(modelWidth);
        layout()->invalidate();
        if (sizeHint().width() <= width())
            return;
    }
}

void ViewToolBar::addMapButtons() {
    auto* group = new QActionGroup(this);
    const auto add = [&](const QString& text, const char* name, const QString& tip, MapKind kind) {
        QAction* action = addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setToolTip(tip);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, kind] { m_selection.edit([kind](Selection& next) { showMap(next, kind); }); });
        m_maps[kind] = action;
    };
    add(tr("Score"), "showScore", tr("Encoding score: correlation of predicted and measured response (E)"),
        MapKind::Score);
    add(tr("Best layer"), "showBestLayer",
        tr("The layer that predicts each vertex best (B). Pale where it is ahead of the runner-up by less than the "
           "standard error of that margin over subjects."),
        MapKind::BestLayer);
    add(tr("Half-time"), "showHalfTime",
        tr("The training step at which each vertex's score first reaches half of its final value (H)"),
        MapKind::HalfTime);
    add(tr("Δ"), "showDifference", tr("Difference of two scores (D); the arrow chooses what is taken away"),
        MapKind::Difference);
    m_bases = new QMenu(this);
    m_bases->setObjectName("differenceBases");
    connect(m_bases, &QMenu::aboutToShow, this, &ViewToolBar::fillBases);
    m_maps[MapKind::Difference]->setMenu(m_bases);
    add(tr("t"), "showT", tr("t of the score against zero over subjects"), MapKind::TValue);
    add(tr("q"), "showQ", tr("Benjamini–Hochberg q of the score over subjects, as −log₁₀ q"), MapKind::QValue);
    add(tr("Property"), "showProperty",
        tr("Cortical expansion, thickness, timescale or myelin, one value an area; the arrow chooses which"),
        MapKind::Property);
    m_properties = new QMenu(this);
    m_properties->setObjectName("properties");
    connect(m_properties, &QMenu::aboutToShow, this, &ViewToolBar::fillProperties);
    m_maps[MapKind::Property]->setMenu(m_properties);
    m_significant = addAction(tr("q < 0.01"));
    m_significant->setObjectName("significantOnly");
    m_significant->setCheckable(true);
    m_significant->setToolTip(tr("Colour only vertices whose score differs from zero, q < 0.01 (T)"));
    connect(m_significant, &QAction::triggered, this, [this](bool on) {
        m_selection.edit([on](Selection& next) { next.significance = on ? Significance::Hide : Significance::Ignore; });
    });
    addComparison();
}

void ViewToolBar::addComparison() {
    m_compare = addAction(tr("Compare"));
    m_compare->setObjectName("showComparison");
    m_compare->setCheckable(true);
    m_compare->setToolTip(tr("A, B and A − B beside each other in every panel (C); the arrow chooses B"));
    connect(m_compare, &QAction::triggered, this, [this](bool on) {
        m_selection.edit([on](Selection& next) { next.isCompared = on; });
        show(m_selection.selection());
    });
    auto* others = new QMenu(this);
    others->setObjectName("comparedWith");
    m_compare->setMenu(others);
    connect(others, &QMenu::aboutToShow, this, [this, others] {
        others->clear();
        fillCompareMenu(*others, m_selection, m_data);
    });
}

void ViewToolBar::fillProperties() {
    m_properties->clear();
    for (const std::string& name : publishedPropertyNames()) {
        QAction* action = m_properties->addAction(QString::fromStdString(name));
        action->setCheckable(true);
        action->setChecked(m_selection.selection().property == name);
        connect(action, &QAction::triggered, this,
                [this, name] { m_selection.edit([&](Selection& next) { showProperty(next, name); }); });
    }
}

void ViewToolBar::fillBases() {
    m_bases->clear();
    const Selection& now = m_selection.selection();
    const auto add = [&](QMenu* menu, const QString& text, const Difference& base) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(now.difference == base);
        connect(action, &QAction::triggered, this, [this, base] {
            m_selection.edit([&](Selection& next) {
                showMap(next, MapKind::Difference);
                next.difference = base;
            });
        });
    };
    add(m_bases, tr("Less the first checkpoint"), {DifferenceBase::FirstStep, {}});
    add(m_bases, tr("Less the previous checkpoint"), {DifferenceBase::PreviousStep, {}});
    const ScoreIndex* index = m_data.index();
    if (index == nullptr)
        return;
    QMenu* models = index->models.size() > 1 ? m_bases->addMenu(tr("Less another model")) : nullptr;
    for (const ScoredModel& model : index->models) {
        if (models != nullptr && model.id != now.model)
            add(models, QString::fromStdString(model.label.empty() ? model.id : model.label),
                {DifferenceBase::Model, model.id});
        if (model.id != now.model)
            continue;
        QMenu* layers = m_bases->addMenu(tr("Less another layer"));
        for (const std::string& layer : model.layerNames)
            if (layer != now.layer)
                add(layers, QString::fromStdString(layer), {DifferenceBase::Layer, layer});
    }
}

void ViewToolBar::refill() {
    const QSignalBlocker blockModel(m_model), blockSubject(m_subject), blockLayer(m_layer), blockMap(m_importedMap);
    m_model->clear();
    m_subject->clear();
    m_layer->clear();
    m_importedMap->clear();
    m_subject->addItem(tr("mean"), QString());
    m_layer->addItem(tr("best"), QString());
    const ScoreIndex* index = m_data.index();
    for (QAction* action : m_scoreActions)
        action->setVisible(index == nullptr || !index->models.empty());
    for (QAction* action : m_mapActions)
        action->setVisible(index != nullptr && !index->importedMaps.empty() && index->models.empty());
    if (index == nullptr)
        return fit();
    for (const std::string& map : index->importedMaps)
        m_importedMap->addItem(QString::fromStdString(map), QString::fromStdString(map));
    showSurfaces(*index);
    for (const ScoredModel& model : index->models) {
        m_model->addItem(QString::fromStdString(model.label.empty() ? model.id : model.label),
                         QString::fromStdString(model.id));
        if (model.id == m_selection.selection().model)
            for (const std::string& layer : model.layerNames)
                m_layer->addItem(QString::fromStdString(layer), QString::fromStdString(layer));
    }
    for (const ScoredRecording& recording : subjectsOf(*index))
        m_subject->addItem(QString::fromStdString(recording.subject), QString::fromStdString(recording.id));
    fit();
}

void ViewToolBar::showSurfaces(const ScoreIndex& index) {
    const QSignalBlocker blocker(m_surface);
    const QStringList all{"white", "pial", "inflated", "sphere", "flat"};
    QStringList names;
    for (const std::string& name : index.surfaces)
        names << QString::fromStdString(name);
    m_surface->clear();
    for (const QString& name : names.isEmpty() ? all : names)
        m_surface->addItem(tr(qPrintable(name)), name);
    m_slider->setHasFlat(names.isEmpty() || names.contains("flat"));
}

void ViewToolBar::offerSurfaces(const std::string& templateName, std::span<const SurfaceKind> surfaces) {
    auto* items = qobject_cast<QStandardItemModel*>(m_surface->model());
    for (int row = 0; row < m_surface->count(); ++row) {
        const SurfaceKind kind = surfaceKindFrom(m_surface->itemData(row).toString().toStdString());
        const bool isThere = std::ranges::find(surfaces, kind) != surfaces.end();
        QStandardItem* item = items->item(row);
        item->setEnabled(isThere);
        item->setToolTip(isThere ? QString()
                                 : tr("%1 has no %2 surface").arg(QString::fromStdString(templateName), item->text()));
    }
}

void ViewToolBar::show(const Selection& selection) {
    showData(m_model, QString::fromStdString(selection.model));
    showData(m_importedMap, QString::fromStdString(selection.importedMap));
    showData(m_subject, textOf(selection.recording));
    showData(m_layer, textOf(selection.layer));
    {
        // None of them while the slider is between two.
        const QSignalBlocker blocker(m_surface);
        m_surface->setPlaceholderText(selection.surface.find('+') != std::string::npos
                                          ? tr("between")
                                          : QString::fromStdString(selection.surface));
        m_surface->setCurrentIndex(m_surface->findData(QString::fromStdString(selection.surface)));
    }
    showData(m_view, QString::fromStdString(selection.cameraPreset));
    for (const auto& [kind, action] : m_maps)
        action->setChecked(kind == selection.map);
    m_significant->setChecked(selection.significance == Significance::Hide);
    m_compare->setChecked(selection.isCompared);
    m_outlines->setChecked(selection.outlines);
}

} // namespace brainlike
