#include "views/layers/LayersPanel.h"

#include "views/layers/DepthPage.h"
#include "views/layers/HierarchyPage.h"
#include "views/layers/MatrixPage.h"
#include "views/layers/TimesPage.h"
#include "views/state/ChoiceRow.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace brainlike {
namespace {

constexpr int frameOfBox = 40; ///< pixels of a box of choices and the gap beside it that are not text

} // namespace

LayersPanel::LayersPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("layersPanel", tr("Layers"), parent), m_mode(new QComboBox(this)), m_choices(new QWidget(this)),
      m_stack(new QStackedWidget(this)), m_reader(new UnitReader(scores, this)),
      m_depthPage(new DepthPage(selection, scores, this)) {
    m_mode->setObjectName("layersMode");
    auto* row = choiceRow({{m_mode, tr("What is shown of the layers")}}, 8);
    row->setContentsMargins(0, 0, 0, 0);
    m_choices->setLayout(row);
    choicesLayout()->addWidget(m_choices);
    contentLayout()->addWidget(m_stack, 1);
    addPage(m_depthPage, LayersMode::Depth, tr("Score over depth"));
    addPage(new MatrixPage(selection, scores, *m_reader, this), LayersMode::Matrix, tr("Layers × areas"));
    addPage(new TimesPage(selection, scores, this), LayersMode::Times, tr("T_max over depth"));
    addPage(new HierarchyPage(selection, scores, *m_reader, this), LayersMode::Hierarchy, tr("k* × distance"));
    setMinimumSize(240, 280);
    connect(&scores, &ScoreData::sourceChanged, m_reader, &UnitReader::forget);
    connect(m_mode, &QComboBox::activated, this, &LayersPanel::activate);
    themeChanged();
    activate();
}

LayersPanel::~LayersPanel() = default;

void LayersPanel::addPage(LayersPage* page, LayersMode mode, const QString& name) {
    m_mode->addItem(name, static_cast<int>(mode));
    m_stack->addWidget(page);
    m_pages.push_back(page);
    if (QWidget* choices = page->choices())
        static_cast<QHBoxLayout*>(m_choices->layout())->addWidget(choices, 2);
    connect(page, &LayersPage::stated, this, &LayersPanel::showStated);
}

void LayersPanel::setMode(LayersMode mode) {
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(mode)));
    activate();
}

LayersMode LayersPanel::mode() const {
    return static_cast<LayersMode>(m_mode->currentData().toInt());
}

LayersPage& LayersPanel::page() const {
    return *m_pages[static_cast<std::size_t>(mode())];
}

QString LayersPanel::caption() const {
    return m_depthPage->caption();
}

void LayersPanel::setVertexLabel(const QString& label) {
    m_depthPage->setVertexLabel(label);
}

void LayersPanel::activate() {
    m_stack->setCurrentWidget(&page());
    for (LayersPage* each : m_pages) {
        const bool isShown = each == &page();
        if (QWidget* choices = each->choices())
            choices->setVisible(isShown);
        each->setActive(isShown && isVisible());
    }
    showStated();
    arrangeChoices();
}

/// Beside each other where every entry can be read so, else the page's own choices below.
void LayersPanel::arrangeChoices() {
    auto* row = static_cast<QBoxLayout*>(m_choices->layout());
    int wanted = 0;
    m_entryCount = entryCount();
    for (const QComboBox* box : m_choices->findChildren<QComboBox*>()) {
        int longest = 0;
        for (int entry = 0; entry < box->count(); ++entry)
            longest = std::max(longest, box->fontMetrics().horizontalAdvance(box->itemText(entry)));
        wanted += box->isVisibleTo(m_choices) ? longest + frameOfBox : 0;
    }
    row->setDirection(wanted > m_choices->width() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(row->direction() == QBoxLayout::TopToBottom ? 4 : 8);
}

void LayersPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    arrangeChoices();
}

int LayersPanel::entryCount() const {
    int count = 0;
    for (const QComboBox* box : m_choices->findChildren<QComboBox*>())
        count += box->count();
    return count;
}

void LayersPanel::showStated() {
    if (entryCount() != m_entryCount)
        arrangeChoices();
    setTitle(page().titleParts());
    if (!page().message().isEmpty())
        showMessage(page().message());
    else if (page().titleParts().isEmpty())
        showMessage(tr("Reading…"));
    else
        showContent();
}

void LayersPanel::themeChanged() {
    for (LayersPage* each : m_pages)
        each->setTheme(theme());
}

void LayersPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    activate();
}

void LayersPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    activate();
}

} // namespace brainlike
