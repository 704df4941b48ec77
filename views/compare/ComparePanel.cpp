#include "views/compare/ComparePanel.h"

#include "core/session/Comparison.h"
#include "core/session/RegionEdit.h"
#include "core/session/SelectionDefaults.h"
#include "core/study/ScoreFile.h"
#include "views/compare/CompareTexts.h"
#include "views/compare/PlainTable.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

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

CompareSide sideOf(const Selection& selection, const SelectionIndices& indices) {
    return {.model = indices.model, .step = indices.step, .layer = selection.layer, .subject = selection.recording};
}

bool isOfOther(const Selection& before, const Selection& after) {
    return before.model != after.model || before.step != after.step || before.layer != after.layer ||
           before.recording != after.recording || before.difference != after.difference;
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
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
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
    layout->addWidget(m_unitTable);
    layout->addWidget(m_unitText);
    layout->addWidget(m_unitPlot, 1);
    m_tabs->addTab(scrolled(page), tr("A against B"));
}

void ComparePanel::connectState() {
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (isOfOther(before, after))
            m_refresh.schedule();
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
    connect(m_unitPlot, &ScatterPlot::clicked, this, [this](int point) {
        const int row = m_unitTable->currentRow();
        if (row < 0 || row >= static_cast<int>(m_sides.size()) || point < 0)
            return;
        const SideComparison& side = m_sides[static_cast<std::size_t>(row)];
        const std::string& id = side.ids.at(static_cast<std::size_t>(point));
        if (side.unit == CompareUnit::Areas)
            m_selection.edit([name = id.substr(id.find(':') + 1)](Selection& next) {
                next.regions.areas = {name};
                showChosen(next);
            });
    });
}

void ComparePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        m_refresh.schedule();
}

ComparePanel::Reading ComparePanel::read(const ScoreSource& source, std::shared_ptr<const ScoreFile> file,
                                         const Selection& selection, bool isAtSelectedStep, const JobContext& job) {
    Reading reading{.sides = {}, .factors = {}, .courses = {}, .selection = selection};
    const ScoreIndex& index = source.index();
    reading.factors = modelFactors(source, isAtSelectedStep ? std::optional(selection.step) : std::nullopt);
    for (int model = 0; model < static_cast<int>(index.models.size()); ++model)
        reading.courses.push_back(source.summary(model));
    const auto other = otherSide(selection, index);
    const auto a = indicesOf(selection, index);
    const auto b = other ? indicesOf(*other, index) : std::nullopt;
    if (file && a && b)
        reading.sides = compareSides(*file, comparedUnits, sideOf(selection, *a), sideOf(*other, *b), job);
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
         isAtStep = m_when->currentIndex() == 1](JobContext& job) {
            return read(*source, file, selection, isAtStep, job);
        },
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
    m_unitPlot->setPoints(std::move(points), {tr("B · %1 (R)").arg(names.b), tr("B (R)")},
                          {tr("A · %1 (R)").arg(names.a), tr("A (R)")});
    m_unitPlot->setVisible(true);
}

void ComparePanel::updateTitle() {
    const ScoreIndex* index = m_data.index();
    if (index == nullptr || !m_shown)
        return setTitle({tr("Comparison")});
    if (m_tabs->currentIndex() == 1)
        return setTitle({tr("Models"), metricTitle(metric()), tr("mean of the subjects"),
                         m_when->currentIndex() == 0 ? tr("at the end of training") : checkpointText(m_shown->step)});
    const ComparisonText names = comparisonText(*m_shown, *index);
    QStringList parts{tr("Comparison of encoding scores")};
    if (names.noOther.isEmpty())
        parts << tr("A: %1 | B: %2").arg(names.a, names.b);
    const auto indices = indicesOf(*m_shown, *index);
    if (indices && !names.differs.model)
        parts << modelLabel(index->models[static_cast<std::size_t>(indices->model)]);
    if (indices && !names.differs.step)
        parts << checkpointText(m_shown->step);
    if (!names.differs.layer)
        parts << (m_shown->layer ? QString::fromStdString(*m_shown->layer) : tr("best layer"));
    if (indices && !names.differs.recording && !index->fmri.empty())
        parts << subjectsText(index->fmri, indices->recording);
    setTitle(parts);
}

void ComparePanel::themeChanged() {
    m_unitPlot->setTheme(theme());
    m_factorPlot->setTheme(theme());
}

} // namespace brainlike
