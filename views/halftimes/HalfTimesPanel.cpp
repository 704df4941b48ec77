#include "views/halftimes/HalfTimesPanel.h"

#include "core/session/SelectionDefaults.h"
#include "views/halftimes/HalfTimeBars.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/ChoiceRow.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QShowEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

bool isOneSided(const HalfTimeUnit& unit) {
    return unit.id.starts_with("lh:") || unit.id.starts_with("rh:");
}

/// Smallest first; what is not finite last.
bool comesBefore(double a, double b) {
    return std::isfinite(a) && (!std::isfinite(b) || a < b);
}

/// Place in an order by half-time: the censored are early, those without one last.
double orderOf(const HalfTime& half) {
    return half.status == HalfTimeStatus::AtOrBeforeFirst ? -1 : half.step;
}

} // namespace

HalfTimesPanel::HalfTimesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("halfTimesPanel", tr("Half-times"), parent), m_selection(selection), m_data(scores),
      m_level(new QComboBox(this)), m_form(new QComboBox(this)), m_order(new QComboBox(this)),
      m_pages(new QStackedWidget(this)), m_bars(new HalfTimeBars(this)), m_scatter(new ScatterPlot(this)),
      m_readout(new ElidedLabel(this)) {
    buildChoices();
    m_readout->setObjectName("halfTimesReadout");
    m_pages->addWidget(m_bars);
    m_pages->addWidget(m_scatter);
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_pages, 1);
    setMinimumSize(260, 220);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &HalfTimesPanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &HalfTimesPanel::restart);
    const auto hover = [this](int row) {
        m_hovered = row;
        updateTexts();
    };
    connect(m_bars, &HalfTimeBars::hovered, this, hover);
    connect(m_scatter, &ScatterPlot::hovered, this, hover);
    connect(m_bars, &HalfTimeBars::clicked, this, &HalfTimesPanel::pick);
    connect(m_scatter, &ScatterPlot::clicked, this, &HalfTimesPanel::pick);
    restart();
}

HalfTimesPanel::~HalfTimesPanel() = default;

void HalfTimesPanel::buildChoices() {
    const std::pair<TableLevel, QString> levels[] = {
        {TableLevel::Roi, tr("ROIs")}, {TableLevel::Area, tr("Areas")}, {TableLevel::Window, tr("MEG windows")}};
    for (const auto& [level, text] : levels)
        m_level->addItem(text, static_cast<int>(level));
    m_form->addItem(tr("Bars"), static_cast<int>(Form::Bars));
    m_form->addItem(tr("Against distance or time"), static_cast<int>(Form::AgainstPlace));
    m_order->addItem(tr("By distance or time"), static_cast<int>(Order::Place));
    m_order->addItem(tr("By half-time"), static_cast<int>(Order::HalfTime));
    contentLayout()->addLayout(choiceRow(
        {{m_level, tr("Units of analysis")}, {m_form, tr("Form of the plot")}, {m_order, tr("Order of the bars")}}, 6));
    connect(m_level, &QComboBox::activated, this, &HalfTimesPanel::restart);
    connect(m_form, &QComboBox::activated, this, &HalfTimesPanel::arrange);
    connect(m_order, &QComboBox::activated, this, &HalfTimesPanel::arrange);
}

void HalfTimesPanel::themeChanged() {
    m_bars->setTheme(theme());
    m_scatter->setTheme(theme());
}

void HalfTimesPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        restart();
}

TableLevel HalfTimesPanel::level() const {
    return static_cast<TableLevel>(m_level->currentData().toInt());
}

HalfTimesPanel::Form HalfTimesPanel::form() const {
    return static_cast<Form>(m_form->currentData().toInt());
}

void HalfTimesPanel::onSelection(const Selection& before, const Selection& after) {
    m_bars->setStep(after.step);
    if (before.model != after.model || before.recording != after.recording || before.layer != after.layer)
        restart();
    else if (before.vertex != after.vertex || before.time != after.time)
        markPicked();
}

QString HalfTimesPanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return tr("No study is open");
    if (index->models.empty())
        return tr("No scores here to take half-times of");
    if (level() == TableLevel::Window ? index->meg.empty() : index->fmri.empty())
        return level() == TableLevel::Window ? tr("No MEG in this study") : tr("No fMRI in this study");
    if (!m_data.scoreFile())
        return tr("Shown once all scores are computed");
    const auto shown = indicesOf(m_selection.selection(), *index);
    if (!shown)
        return tr("Choose a model and a step");
    if (index->models[static_cast<std::size_t>(shown->model)].steps.size() < 2)
        return tr("This model has one checkpoint: there is no training to take half-times of");
    return {};
}

void HalfTimesPanel::restart() {
    m_reading.cancel();
    m_isStale = !isVisible();
    if (m_isStale)
        return;
    m_units.reset();
    m_hovered = -1;
    const QString missing = missingText();
    if (!missing.isEmpty()) {
        setTitle({});
        showMessage(missing);
        return;
    }
    const Selection& selection = m_selection.selection();
    TableRequest request{.what = "half-time", .level = std::string(nameOf(level())), .model = selection.model};
    if (level() != TableLevel::Window)
        request.subject = selection.recording;
    request.layer = selection.layer;
    m_reading = m_data.runner().run<HalfTimeUnits>(
        this, [scores = m_data.scoreFile(), request](JobContext& job) { return halfTimeUnits(*scores, request, job); },
        [this](JobOutcome<HalfTimeUnits> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                showError(*error);
            else
                showUnits(std::get<HalfTimeUnits>(std::move(outcome)));
        });
}

void HalfTimesPanel::showUnits(HalfTimeUnits units) {
    m_units = std::move(units);
    setTitle(titleParts());
    showContent();
    arrange();
}

QStringList HalfTimesPanel::titleParts() const {
    const ScoreIndex& index = *m_data.index();
    const Selection& selection = m_selection.selection();
    const auto shown = indicesOf(selection, index);
    const bool isMeg = level() == TableLevel::Window;
    QStringList parts{isMeg ? tr("Half-time of the MEG encoding score") : tr("Half-time of the encoding score")};
    parts << QString::fromStdString(index.models[static_cast<std::size_t>(shown->model)].label);
    parts << (selection.layer ? tr("layer ") + QString::fromStdString(*selection.layer) : tr("best layer"));
    return parts << (isMeg ? subjectsText(index.meg, std::nullopt) : subjectsText(index.fmri, shown->recording));
}

/// Units that the form shows: as bars each ROI once, in the scatter each hemisphere's and only those with both values.
std::vector<int> HalfTimesPanel::shownUnits() const {
    std::vector<int> shown;
    const bool areBars = form() == Form::Bars;
    for (int at = 0; at < static_cast<int>(m_units->units.size()); ++at) {
        const HalfTimeUnit& unit = m_units->units[static_cast<std::size_t>(at)];
        const bool isOther = m_units->level == TableLevel::Roi && isOneSided(unit) == areBars;
        const bool isPoint = std::isfinite(unit.place) && std::isfinite(unit.halfTime.step);
        if (!isOther && (areBars || isPoint))
            shown.push_back(at);
    }
    const bool byPlace = static_cast<Order>(m_order->currentData().toInt()) == Order::Place;
    std::ranges::stable_sort(shown, [&](int a, int b) {
        const auto& first = m_units->units[static_cast<std::size_t>(a)];
        const auto& second = m_units->units[static_cast<std::size_t>(b)];
        return byPlace ? comesBefore(first.place, second.place)
                       : comesBefore(orderOf(first.halfTime), orderOf(second.halfTime));
    });
    return shown;
}

void HalfTimesPanel::arrange() {
    if (!m_units)
        return;
    m_order->setEnabled(form() == Form::Bars);
    m_hovered = -1;
    m_rows = shownUnits();
    std::vector<HalfTimeBars::Bar> bars;
    std::vector<ScatterPlot::Point> points;
    for (const int at : m_rows) {
        const HalfTimeUnit& unit = m_units->units[static_cast<std::size_t>(at)];
        const double place = m_units->level == TableLevel::Window ? 1000 * unit.place : unit.place;
        if (form() == Form::Bars)
            bars.push_back({unitName(unit.id), unit.halfTime, unit.interval});
        else
            points.push_back({unitName(unit.id), place, unit.halfTime.step});
    }
    if (form() == Form::Bars) {
        const auto shown = indicesOf(m_selection.selection(), *m_data.index());
        m_bars->setBars(std::move(bars), m_data.index()->models[static_cast<std::size_t>(shown->model)].steps);
        m_bars->setStep(m_selection.selection().step);
    } else {
        m_scatter->setPoints(std::move(points),
                             m_units->level == TableLevel::Window ? QStringList{tr("Middle of the window (ms)")}
                                                                  : QStringList{tr("Distance from V1 (mm)")},
                             {tr("Half-time of the encoding score (steps)"), tr("Half-time (steps)")});
    }
    m_pages->setCurrentWidget(form() == Form::Bars ? static_cast<QWidget*>(m_bars) : m_scatter);
    markPicked();
}

/// The MEG sample nearest to a time.
double HalfTimesPanel::sampleNear(double time) const {
    const auto& times = m_data.index()->times;
    return *std::ranges::min_element(times, {}, [&](double sample) { return std::abs(sample - time); });
}

void HalfTimesPanel::pick(int row) {
    const HalfTimeUnit& unit = m_units->units[static_cast<std::size_t>(unitOfRow(row))];
    m_selection.edit([&](Selection& next) {
        if (unit.centre)
            next.vertex = unit.centre;
        else if (m_units->level == TableLevel::Window && std::isfinite(unit.place))
            next.time = sampleNear(unit.place);
    });
    // Windows and ROIs may overlap: the one that was clicked is meant.
    m_bars->setPicked(form() == Form::Bars ? row : -1);
}

void HalfTimesPanel::markPicked() {
    if (!m_units)
        return;
    const Selection& selection = m_selection.selection();
    const auto isPicked = [&](const HalfTimeUnit& unit) {
        if (m_units->level == TableLevel::Window)
            return selection.time && *selection.time == sampleNear(unit.place);
        return selection.vertex &&
               std::ranges::binary_search(unit.members, m_data.index()->vertexCounts.flatIndex(*selection.vertex));
    };
    const auto found =
        std::ranges::find_if(m_rows, [&](int at) { return isPicked(m_units->units[static_cast<std::size_t>(at)]); });
    const int row = found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
    m_bars->setPicked(form() == Form::Bars ? row : -1);
    m_scatter->setPicked(form() == Form::Bars ? -1 : row);
    updateTexts();
}

QString HalfTimesPanel::unitText(const HalfTimeUnit& unit) const {
    QString text = unitName(unit.id) + ": ";
    const HalfTime& half = unit.halfTime;
    if (half.status == HalfTimeStatus::Ok) {
        text += tr("half-time %1 steps").arg(interpolatedStepText(half.step));
        if (std::isfinite(unit.interval.low))
            text += tr(" (95 % %1 to %2)")
                        .arg(interpolatedStepText(unit.interval.low), interpolatedStepText(unit.interval.high));
        text += tr(", %1 of training").arg(percentText(half.share));
    } else if (half.status == HalfTimeStatus::AtOrBeforeFirst) {
        text += tr("half of the final score at the first checkpoint already (%1)").arg(checkpointText(half.firstStep));
    } else {
        text += tr("no half-time, the final score is not above 0");
    }
    if (m_units->level == TableLevel::Window)
        text += tr(" · middle %1").arg(millisecondsText(unit.place));
    else if (std::isfinite(unit.place))
        text += tr(" · %1 mm from V1").arg(unit.place, 0, 'f', 0);
    return text;
}

QString HalfTimesPanel::summaryText() const {
    std::vector<const HalfTimeUnit*> reached;
    for (const int at : m_rows)
        if (m_units->units[static_cast<std::size_t>(at)].halfTime.status == HalfTimeStatus::Ok)
            reached.push_back(&m_units->units[static_cast<std::size_t>(at)]);
    if (reached.empty())
        return tr("None of %1 has a half-time").arg(m_rows.size());
    const auto [first, last] =
        std::ranges::minmax_element(reached, {}, [](const HalfTimeUnit* unit) { return unit->halfTime.step; });
    QString text = tr("%1 of %2 have one: first %3 (%4), last %5 (%6)")
                       .arg(reached.size())
                       .arg(m_rows.size())
                       .arg(unitName((*first)->id), interpolatedStepText((*first)->halfTime.step),
                            unitName((*last)->id), interpolatedStepText((*last)->halfTime.step));
    text += m_units->noInterval.empty() ? tr(" · whiskers: 95 % over subjects")
                                        : tr(" · no intervals: %1").arg(QString::fromStdString(m_units->noInterval));
    return text;
}

QString HalfTimesPanel::correlationText() const {
    const Correlation& found = m_units->againstPlace;
    if (!m_units->noPlace.empty())
        return QString::fromStdString(m_units->noPlace);
    if (!std::isfinite(found.r))
        return tr("No correlation: %1 (n %2)").arg(QString::fromUtf8(nameOf(found.status).data())).arg(found.n);
    QString text = tr("r %1, n %2, p %3").arg(scoreText(found.r)).arg(found.n).arg(probabilityText(found.p));
    if (std::isfinite(found.ciLow))
        text += tr(", 95 % %1 to %2").arg(scoreText(found.ciLow), scoreText(found.ciHigh));
    return text + tr(" · units without a half-time are left out");
}

void HalfTimesPanel::updateTexts() {
    if (!m_units)
        return;
    if (m_hovered >= 0 && m_hovered < static_cast<int>(m_rows.size())) {
        m_readout->setFullText(unitText(m_units->units[static_cast<std::size_t>(unitOfRow(m_hovered))]));
        return;
    }
    const QString text = form() == Form::Bars ? summaryText() : correlationText();
    m_readout->setFullText(text);
    m_bars->setAccessibleDescription(title() + ". " + text);
    m_scatter->setAccessibleDescription(title() + ". " + text);
}

} // namespace brainlike
