#include "views/compare/ComparePanel.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/session/WindowChoice.h"
#include "core/study/ScoreFile.h"
#include "views/compare/CompareTexts.h"
#include "views/compare/PlainTable.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/ComparisonText.h"
#include "views/state/LayerText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"
#include "views/state/WrappingChoices.h"

#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

constexpr std::array comparedUnits{CompareUnit::Subjects, CompareUnit::Rois, CompareUnit::Areas, CompareUnit::Vertices,
                                   CompareUnit::Windows};
/// More points than this would be a cloud without names.
constexpr std::size_t mostPoints = 1000;
constexpr int widthBeside = 720; ///< from which plots lie beside the tables

CompareSide sideOf(const Selection& selection, const SelectionIndices& indices, const ScoreIndex& index) {
    CompareSide side{.model = indices.model, .step = indices.step, .layer = selection.layer, .subject = {}};
    if (std::string subject = subjectOf(selection, index); !subject.empty())
        side.subject = std::move(subject);
    return side;
}

bool isOfOther(const Selection& before, const Selection& after) {
    return before.model != after.model || before.step != after.step || before.layer != after.layer ||
           before.recording != after.recording || before.difference != after.difference ||
           before.windows != after.windows;
}

} // namespace

ComparePanel::ComparePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("comparePanel", tr("Comparison"), parent), m_selection(selection), m_data(scores),
      m_tabs(new QTabWidget(this)), m_refresh([this] { refresh(); }) {
    m_tabs->setObjectName("compareTabs");
    m_tabs->setDocumentMode(true);
    contentLayout()->addWidget(m_tabs, 1);
    buildSides();
    buildModels();
    connectState();
    setMinimumSize(260, 300);
    themeChanged();
    updateTitle();
    m_refresh.schedule();
}

void ComparePanel::buildSides() {
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout;
    m_rois = new UnitBox(m_selection, m_data, {TableLevel::Roi}, page);
    m_rois->setObjectName("compareRois");
    m_areas = new UnitBox(m_selection, m_data, {TableLevel::Area}, page);
    m_areas->setObjectName("compareAreas");
    m_sideMetric = new QComboBox(page);
    m_sideMetric->setObjectName("compareMetric");
    m_sideMetric->addItem(tr("Encoding score"));
    for (const CurveMetric metric : {CurveMetric::EncodingMeg, CurveMetric::Spatial, CurveMetric::Temporal})
        m_sideMetric->addItem(metricTitle(metric), static_cast<int>(metric));
    const std::vector<std::pair<QComboBox*, QString>> boxes{
        {m_sideMetric, tr("Score")}, {m_rois, tr("Regions of interest")}, {m_areas, tr("Parcellation")}};
    m_unitTable = plainTable("compareTable", tr("A against B at each unit"),
                             {tr("Pairs of"), tr("n"), tr("A − B"), tr("W"), tr("p"), tr("Smallest p")}, page);
    const std::array tips{tr("What a pair of values is of: the unit of the test"),
                          tr("Pairs used: both values are there and differ"),
                          tr("Mean of A minus B over the units that have both"),
                          tr("Wilcoxon's statistic: the smaller sum of the ranks of differences of one sign"),
                          tr("Two-sided p of the Wilcoxon signed-rank test; exact for n ≤ 50 without ties or zeros"),
                          tr("The smallest p that so many pairs can reach")};
    for (int column = 0; column < static_cast<int>(tips.size()); ++column)
        m_unitTable->horizontalHeaderItem(column)->setToolTip(tips[static_cast<std::size_t>(column)]);
    m_unitText = plainWords("compareText", page);
    m_unitPlot = new ScatterPlot(page);
    m_unitPlot->setObjectName("comparePlot");
    m_unitPlot->setMinimumHeight(plotHeight);
    m_unitPlot->setLine(ScatterPlot::Line::Identity);
    m_unitPlot->setBrushable(true);
    layout->addWidget(new WrappingChoices(boxes, page));
    layout->addWidget(m_unitTable);
    layout->addWidget(m_unitText);
    layout->addStretch();
    m_sidesLayout = besidePlot(page, layout, m_unitPlot);
    m_tabs->addTab(scrolled(page), tr("A against B"));
}

void ComparePanel::connectState() {
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (isOfOther(before, after))
            m_refresh.schedule();
        markSelected();
    });
    const auto restart = [this] {
        m_job.cancel();
        m_isReading = false;
        m_shown.reset();
        m_sides.clear();
        m_factors = {};
        m_refresh.schedule();
    };
    connect(&m_data, &ScoreData::sourceChanged, this, restart);
    connect(&m_data, &ScoreData::arrived, this, [this] { m_refresh.schedule(); });
    for (UnitBox* box : {m_rois, m_areas})
        connect(box, &UnitBox::unitsChanged, this, [this] { m_refresh.schedule(); });
    connect(m_sideMetric, &QComboBox::currentIndexChanged, this, [this] { m_refresh.schedule(); });
    connect(m_unitTable, &QTableWidget::itemSelectionChanged, this, &ComparePanel::showUnit);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ComparePanel::updateTitle);
    for (QComboBox* box : {m_metric, m_factor})
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            if (m_shown)
                showModels();
        });
    connect(m_when, &QComboBox::currentIndexChanged, this, [this] { m_refresh.schedule(); });
    connect(m_modelTable, &QTableWidget::cellClicked, this, [this](int row) {
        if (row < static_cast<int>(m_factors.models.size()))
            chooseModel(m_factors.models[static_cast<std::size_t>(row)].model);
    });
    connect(m_factorPlot, &ScatterPlot::clicked, this, [this](int point) {
        if (point >= 0 && point < static_cast<int>(m_pointModels.size()))
            chooseModel(m_pointModels[static_cast<std::size_t>(point)]);
    });
    connect(m_unitPlot, &ScatterPlot::clicked, this, &ComparePanel::pickUnit);
    connect(m_unitPlot, &ScatterPlot::brushedPoints, this, &ComparePanel::brushUnits);
}

void ComparePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    arrangePlots();
    if (m_isStale)
        m_refresh.schedule();
}

void ComparePanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    arrangePlots();
}

void ComparePanel::arrangePlots() {
    const auto direction = width() >= widthBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    for (QBoxLayout* sides : {m_sidesLayout, m_modelsLayout}) {
        if (sides->direction() == direction)
            continue;
        sides->setDirection(direction);
        sides->setStretch(0, direction == QBoxLayout::LeftToRight ? 1 : 0); // beside each other they are as wide
    }
}

ComparePanel::Choice ComparePanel::choice() const {
    Choice choice{.sets = m_areas->sets(), .metric = {}, .isAtSelectedStep = m_when->currentIndex() == 1};
    choice.sets.rois = m_rois->sets().rois;
    choice.sets.windows = m_selection.selection().windows;
    if (m_sideMetric->currentIndex() > 0)
        choice.metric = static_cast<CurveMetric>(m_sideMetric->currentData().toInt());
    return choice;
}

ComparePanel::Reading ComparePanel::read(const ScoreSource& source, std::shared_ptr<const ScoreFile> file,
                                         const Selection& selection, const Choice& choice, const JobContext& job) {
    Reading reading{.sides = {}, .factors = {}, .courses = {}, .selection = selection};
    const ScoreIndex& index = source.index();
    reading.factors = modelFactors(source, choice.isAtSelectedStep ? std::optional(selection.step) : std::nullopt);
    for (int model = 0; model < static_cast<int>(index.models.size()); ++model)
        reading.courses.push_back(source.summary(model));
    const auto other = otherSide(selection, index);
    const auto a = indicesOf(selection, index);
    const auto b = other ? indicesOf(*other, index) : std::nullopt;
    if (file && a && b)
        reading.sides = compareSides(*file, comparedUnits, sideOf(selection, *a, index), sideOf(*other, *b, index),
                                     choice.sets, choice.metric, job);
    return reading;
}

void ComparePanel::refresh() {
    const ScoreIndex* index = m_data.index();
    m_isStale = true;
    if (index == nullptr || index->models.empty()) {
        updateTitle();
        return showMessage(tr("Open scores of models to compare them."));
    }
    // What is read when this one is there.
    if (!isVisible() || m_isReading)
        return;
    m_isStale = false;
    m_isReading = true;
    m_job = m_data.runner().run<Reading>(
        this,
        [source = m_data.source(), file = m_data.scoreFile(), selection = m_selection.selection(),
         choice = choice()](JobContext& job) { return read(*source, file, selection, choice, job); },
        [this](JobOutcome<Reading> outcome) { take(std::move(outcome)); });
}

void ComparePanel::take(JobOutcome<Reading> outcome) {
    m_isReading = false;
    if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
        showError(*error);
    } else {
        auto& reading = std::get<Reading>(outcome);
        m_sides = std::move(reading.sides);
        m_factors = std::move(reading.factors);
        m_courses = std::move(reading.courses);
        m_shown = std::move(reading.selection);
        showContent();
        showSides();
        showModels();
        updateTitle();
    }
    if (m_isStale)
        m_refresh.schedule();
}

QString ComparePanel::reasonWithoutSides() const {
    const ScoreIndex* index = m_data.index();
    if (!m_shown || index == nullptr)
        return {};
    const QString noOther = comparisonText(*m_shown, *index).noOther;
    if (!noOther.isEmpty())
        return tr("Nothing to compare with: %1.").arg(noOther);
    return m_sides.empty() ? tr("A is compared with B once the encoding has finished.") : QString();
}

void ComparePanel::showSides() {
    const int chosen = std::max(0, m_unitTable->currentRow());
    const QSignalBlocker blocker(m_unitTable);
    m_unitTable->setRowCount(static_cast<int>(m_sides.size()));
    for (int row = 0; row < static_cast<int>(m_sides.size()); ++row) {
        const SideComparison& side = m_sides[static_cast<std::size_t>(row)];
        const PairedTest& test = side.test;
        const QString none = QStringLiteral("–");
        setRow(*m_unitTable, row,
               side.missing.empty()
                   ? QStringList{unitTitle(side.unit), countText(test.n), scoreText(test.meanDifference),
                                 cellText(test.statistic), test.n > 0 ? probabilityText(test.p) : none,
                                 test.n > 0 ? probabilityText(test.smallestP) : none}
                   : QStringList{unitTitle(side.unit), none, none, none, none, none});
    }
    m_unitTable->setVisible(!m_sides.empty());
    fitHeight(*m_unitTable);
    if (!m_sides.empty())
        m_unitTable->selectRow(std::min(chosen, static_cast<int>(m_sides.size()) - 1));
    showUnit();
}

void ComparePanel::showUnit() {
    const int row = m_unitTable->currentRow();
    const QString reason = reasonWithoutSides();
    const bool isThere = reason.isEmpty() && row >= 0 && row < static_cast<int>(m_sides.size());
    m_unitPlot->setVisible(false);
    if (!isThere)
        return m_unitText->setText(reason);
    const SideComparison& side = m_sides[static_cast<std::size_t>(row)];
    QString text = sentenceOf(side);
    if (side.ids.size() > mostPoints)
        text += tr(" So many vertices are better seen on the cortex.");
    m_unitText->setText(text);
    if (!side.missing.empty() || side.ids.size() > mostPoints)
        return;
    std::vector<ScatterPlot::Point> points;
    for (std::size_t unit = 0; unit < side.ids.size(); ++unit)
        points.push_back({.name = unitName(side.ids[unit]), .x = side.b[unit], .y = side.a[unit]});
    const ComparisonText names = comparisonText(*m_shown, *m_data.index());
    const bool isR = side.metric == CurveMetric::EncodingFmri || side.metric == CurveMetric::EncodingMeg;
    const QString score = isR ? tr("R") : metricTitle(side.metric).toLower();
    m_unitPlot->setPoints(std::move(points), {tr("B · %1 (%2)").arg(names.b, score), tr("B (%1)").arg(score), tr("B")},
                          {tr("A · %1 (%2)").arg(names.a, score), tr("A (%1)").arg(score), tr("A")});
    m_unitPlot->setVisible(true);
    markSelected();
}

void ComparePanel::updateTitle() {
    const ScoreIndex* index = m_data.index();
    if (index == nullptr || !m_shown)
        return setTitle({tr("Comparison")});
    if (m_tabs->currentIndex() == 1)
        return setTitle({tr("Models"), metricTitle(metric()), tr("mean of the subjects"),
                         m_when->currentIndex() == 0 ? tr("at the end of training") : checkpointText(m_shown->step)});
    const ComparisonText names = comparisonText(*m_shown, *index);
    QStringList parts{m_sideMetric->currentIndex() == 0 ? tr("Comparison of encoding scores")
                                                        : tr("Comparison · %1").arg(metricTitle(*choice().metric))};
    if (names.noOther.isEmpty())
        parts << tr("A: %1 | B: %2").arg(names.a, names.b);
    const auto indices = indicesOf(*m_shown, *index);
    if (indices && !names.differs.model)
        parts << modelLabel(index->models[static_cast<std::size_t>(indices->model)]);
    if (indices && !names.differs.step)
        parts << checkpointText(m_shown->step);
    const auto metric = choice().metric;
    const bool isOverLayers = metric == CurveMetric::Spatial || metric == CurveMetric::Temporal;
    if (indices && !names.differs.layer && !isOverLayers)
        parts << layerPlaceText(index->models[static_cast<std::size_t>(indices->model)], m_shown->layer);
    if (indices && !names.differs.recording && !index->fmri.empty())
        parts << subjectsText(index->fmri, indices->recording);
    setTitle(parts);
}

void ComparePanel::themeChanged() {
    m_unitPlot->setTheme(theme());
    m_factorPlot->setTheme(theme());
}

} // namespace brainlike
