#include "views/halftimes/HalfTimesPanel.h"

#include "core/session/SelectionDefaults.h"
#include "views/halftimes/HalfTimeBars.h"
#include "views/halftimes/HalfTimeTexts.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/ComparisonText.h"
#include "views/state/LayerText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"
#include "views/state/WrappingChoices.h"

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

bool isPoint(const HalfTimeUnit& unit) {
    return std::isfinite(unit.place) && std::isfinite(unit.halfTime.step);
}

/// Smallest first; what is not finite last.
bool comesBefore(double a, double b) {
    return std::isfinite(a) && (!std::isfinite(b) || a < b);
}

/// Place in an order by half-time: the censored are early, those without one last.
double orderOf(const HalfTime& half) {
    return half.status == HalfTimeStatus::AtOrBeforeFirst ? -1 : half.step;
}

bool asksForSame(const TableRequest& a, const TableRequest& b) {
    return a.level == b.level && a.model == b.model && a.subject == b.subject && a.layer == b.layer && a.sets == b.sets;
}

} // namespace

HalfTimesPanel::HalfTimesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : UnitPanel("halfTimesPanel", tr("Half-times"), selection, scores, parent),
      m_level(new UnitBox(selection, scores, {TableLevel::Roi, TableLevel::Area, TableLevel::Window}, this)),
      m_form(new QComboBox(this)), m_order(new QComboBox(this)), m_axis(new QComboBox(this)),
      m_pages(new QStackedWidget(this)), m_bars(new HalfTimeBars(this)), m_scatter(new ScatterPlot(this)) {
    buildChoices();
    m_pages->addWidget(m_bars);
    m_pages->addWidget(m_scatter);
    contentLayout()->addWidget(m_pages, 1);
    setMinimumSize(260, 220);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &HalfTimesPanel::onSelection);
    const auto hover = [this](int row) {
        m_hovered = row;
        updateTexts();
    };
    connect(m_bars, &HalfTimeBars::hovered, this, hover);
    connect(m_scatter, &ScatterPlot::hovered, this, hover);
    m_scatter->setBrushable(true);
    m_scatter->setBand(true);
    connect(m_scatter, &ScatterPlot::brushedPoints, this, &HalfTimesPanel::choose);
    connect(m_bars, &HalfTimeBars::clicked, this, &HalfTimesPanel::pick);
    connect(m_scatter, &ScatterPlot::clicked, this, &HalfTimesPanel::pick);
    restart();
}

HalfTimesPanel::~HalfTimesPanel() = default;

void HalfTimesPanel::buildChoices() {
    m_form->addItem(tr("Bars"), static_cast<int>(Form::Bars));
    m_form->addItem(tr("Against distance or time"), static_cast<int>(Form::AgainstPlace));
    m_order->addItem(tr("By distance or time"), static_cast<int>(Order::Place));
    m_order->addItem(tr("By half-time"), static_cast<int>(Order::HalfTime));
    m_axis->setObjectName("halfTimesAxis");
    m_axis->addItems({tr("Log axis"), tr("Linear axis")});
    m_axis->hide();
    const std::vector<std::pair<QComboBox*, QString>> boxes{{m_level, tr("Units of analysis")},
                                                            {m_form, tr("Form of the plot")},
                                                            {m_order, tr("Order of the bars")},
                                                            {m_axis, tr("Axis of half-times")}};
    choicesLayout()->addWidget(new WrappingChoices(boxes, this));
    connect(m_level, &UnitBox::unitsChanged, this, &HalfTimesPanel::restart);
    connect(m_axis, &QComboBox::activated, this, &HalfTimesPanel::arrange);
    connect(m_form, &QComboBox::activated, this, &HalfTimesPanel::arrange);
    connect(m_order, &QComboBox::activated, this, &HalfTimesPanel::arrange);
}

void HalfTimesPanel::themeChanged() {
    m_bars->setTheme(theme());
    m_scatter->setTheme(theme());
}

HalfTimesPanel::Form HalfTimesPanel::form() const {
    return static_cast<Form>(m_form->currentData().toInt());
}

void HalfTimesPanel::onSelection(const Selection& before, const Selection& after) {
    m_bars->setStep(after.step);
    if (!std::ranges::equal(requests(), m_asked, asksForSame))
        restart();
    else if (before.vertex != after.vertex || before.time != after.time || before.regions != after.regions)
        markSelected();
    else
        updateTexts();
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
    if (const QString none = noRecordingText(m_selection.selection(), *index, kind()); !none.isEmpty())
        return none;
    const auto shown = indicesOf(m_selection.selection(), *index, kind());
    if (!shown)
        return tr("Choose a model and a step");
    if (index->models[static_cast<std::size_t>(shown->model)].steps.size() < 2)
        return tr("This model has one checkpoint: there is no training to take half-times of");
    return m_level->missingText();
}

TableRequest HalfTimesPanel::requestFor(const Selection& side) const {
    TableRequest request{.what = "half-time", .level = std::string(nameOf(level())), .model = side.model};
    if (const ScoreIndex* index = m_data.index())
        if (std::string subject = subjectOf(side, *index); !subject.empty())
            request.subject = std::move(subject);
    request.layer = side.layer;
    request.sets = m_level->sets();
    return request;
}

std::vector<TableRequest> HalfTimesPanel::requests() const {
    std::vector<TableRequest> wanted{requestFor(m_selection.selection())};
    if (const auto b = other(kind()); b && !asksForSame(wanted.front(), requestFor(*b)))
        wanted.push_back(requestFor(*b));
    return wanted;
}

QString HalfTimesPanel::noOtherHere() const {
    if (m_asked.size() > 1)
        return {};
    if (!other(kind()) && !other())
        return noOtherText();
    const ComparedFields differs = comparisonText(m_selection.selection(), *m_data.index()).differs;
    if (differs.step)
        return tr("No B here: half-times are taken over all checkpoints, and B is another one of the same model");
    return differs.recording ? tr("No B here: one of both subjects has no MEG in this study")
                             : tr("No B here: A and B are the same");
}

void HalfTimesPanel::forget() {
    m_units.reset();
    m_others.reset();
    m_asked.clear();
    m_hovered = -1;
}

void HalfTimesPanel::startReading() {
    m_asked = requests();
    read<Read>(
        [scores = m_data.scoreFile(), asked = m_asked](JobContext& job) {
            Read found{halfTimeUnits(*scores, asked.front(), job), std::nullopt};
            if (asked.size() > 1)
                found.b = halfTimeUnits(*scores, asked.back(), job);
            return found;
        },
        [this](Read found) { showUnits(std::move(found)); });
}

void HalfTimesPanel::showUnits(Read read) {
    m_units = std::move(read.a);
    m_others = std::move(read.b);
    showContent();
    arrange();
}

void HalfTimesPanel::showTitle() {
    const QStringList a = titleParts(m_selection.selection(), *m_units);
    const auto b = other(kind());
    setTitle(m_others && b ? comparedTitle(a, titleParts(*b, *m_others)) : a);
}

/// "15 ROIs" of bars; of points "24 points of 30, ROIs of a hemisphere": those without a half-time are not drawn.
QString HalfTimesPanel::shownText(const HalfTimeUnits& units) const {
    const bool areBars = form() == Form::Bars;
    const auto isOfForm = [&](const HalfTimeUnit& unit) {
        return units.level != TableLevel::Roi || isOneSided(unit) != areBars;
    };
    const auto all = std::ranges::count_if(units.units, isOfForm);
    if (areBars)
        return QStringLiteral("%1 %2").arg(all).arg(m_level->unitsText());
    const auto drawn =
        std::ranges::count_if(units.units, [&](const HalfTimeUnit& unit) { return isOfForm(unit) && isPoint(unit); });
    const QString name =
        units.level == TableLevel::Roi ? tr("%1 of a hemisphere").arg(m_level->unitsText()) : m_level->unitsText();
    return tr("%1 of %2 %3 drawn").arg(drawn).arg(all).arg(name);
}

QStringList HalfTimesPanel::titleParts(const Selection& side, const HalfTimeUnits& units) const {
    const ScoreIndex& index = *m_data.index();
    const auto shown = indicesOf(side, index, kind());
    const ScoredModel& model = index.models[static_cast<std::size_t>(shown->model)];
    const bool isMeg = units.level == TableLevel::Window;
    return {isMeg ? tr("Half-time of the MEG encoding score") : tr("Half-time of the encoding score"),
            QString::fromStdString(model.label), layerPlaceText(model, side.layer),
            subjectsText(isMeg ? index.meg : index.fmri, shown->recording), shownText(units)};
}

/// Units that the form shows: as bars each ROI once, in the scatter each hemisphere's and only those with both values.
std::vector<int> HalfTimesPanel::shownUnits() const {
    std::vector<int> shown;
    const bool areBars = form() == Form::Bars;
    for (int at = 0; at < static_cast<int>(m_units->units.size()); ++at) {
        const HalfTimeUnit& unit = m_units->units[static_cast<std::size_t>(at)];
        const bool isOther = m_units->level == TableLevel::Roi && isOneSided(unit) == areBars;
        if (!isOther && (areBars || isPoint(unit)))
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
    m_order->setVisible(form() == Form::Bars);
    m_axis->setVisible(form() != Form::Bars);
    m_hovered = -1;
    m_rows = shownUnits();
    form() == Form::Bars ? showBars() : showScatter();
    m_pages->setCurrentWidget(form() == Form::Bars ? static_cast<QWidget*>(m_bars) : m_scatter);
    showTitle();
    markSelected();
}

void HalfTimesPanel::showBars() {
    const ScoreIndex& index = *m_data.index();
    std::vector<HalfTimeBars::Bar> bars;
    for (const int at : m_rows) {
        const HalfTimeUnit& unit = m_units->units[static_cast<std::size_t>(at)];
        HalfTimeBars::Bar bar{unitName(unit.id), unit.halfTime, unit.interval};
        if (const HalfTimeUnit* twin = m_others ? unitOf(*m_others, unit.id) : nullptr) {
            bar.other = twin->halfTime;
            bar.otherInterval = twin->interval;
            bar.difference = earlierText(halfTimeDifference(unit.halfTime, twin->halfTime));
        }
        bars.push_back(std::move(bar));
    }
    std::vector<std::int64_t> steps;
    for (const TableRequest& asked : m_asked) {
        const auto& own = std::ranges::find(index.models, *asked.model, &ScoredModel::id)->steps;
        steps.insert(steps.end(), own.begin(), own.end());
    }
    std::ranges::sort(steps);
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    m_bars->setBars(std::move(bars), steps);
    m_bars->setStep(m_selection.selection().step);
}

void HalfTimesPanel::showScatter() {
    const bool areWindows = m_units->level == TableLevel::Window;
    std::vector<ScatterPlot::Point> points;
    const auto add = [&](const HalfTimeUnit& unit, bool isOther) {
        points.push_back({unitName(unit.id), (areWindows ? 1000 : 1) * unit.place, unit.halfTime.step, isOther});
    };
    for (const int at : m_rows)
        add(m_units->units[static_cast<std::size_t>(at)], false);
    if (m_others)
        for (const HalfTimeUnit& unit : m_others->units)
            if (isPoint(unit) && (m_others->level != TableLevel::Roi || isOneSided(unit)))
                add(unit, true);
    m_scatter->setLogarithmic(m_axis->currentIndex() == 0);
    m_scatter->setPoints(std::move(points),
                         areWindows ? QStringList{tr("Middle of the window (ms)")}
                                    : QStringList{tr("Distance from V1 (mm)")},
                         {tr("Half-time of the encoding score (steps)"), tr("Half-time (steps)")});
}

/// The MEG sample nearest to a time.
double HalfTimesPanel::sampleNear(double time) const {
    const auto& times = m_data.index()->times;
    return *std::ranges::min_element(times, {}, [&](double sample) { return std::abs(sample - time); });
}

/// The unit of a row of the bars or of a point, of A or B; null where there is none.
const HalfTimeUnit* HalfTimesPanel::unitAt(int row) const {
    if (row < 0 || !m_units)
        return nullptr;
    if (row < static_cast<int>(m_rows.size()))
        return &m_units->units[static_cast<std::size_t>(unitOfRow(row))];
    const auto& points = m_scatter->points();
    if (!m_others || form() == Form::Bars || row >= static_cast<int>(points.size()))
        return nullptr;
    const auto found = std::ranges::find_if(m_others->units, [&](const HalfTimeUnit& unit) {
        return unitName(unit.id) == points[static_cast<std::size_t>(row)].name;
    });
    return found == m_others->units.end() ? nullptr : &*found;
}

void HalfTimesPanel::pick(int row) {
    const HalfTimeUnit* picked = unitAt(row);
    if (picked == nullptr)
        return;
    const HalfTimeUnit unit = *picked;
    m_selection.edit([&](Selection& next) {
        if (unit.centre)
            next.vertex = unit.centre;
        else if (m_units->level == TableLevel::Window && std::isfinite(unit.place))
            next.time = sampleNear(unit.place);
    });
    // Windows and ROIs may overlap: the one that was clicked is meant.
    m_bars->setPicked(form() == Form::Bars ? row : -1);
}

void HalfTimesPanel::choose(const std::vector<int>& points) {
    std::vector<UnitLink> units;
    for (const int point : points)
        if (const HalfTimeUnit* unit = unitAt(point); unit != nullptr && level() != TableLevel::Window)
            units.push_back(m_level->linkOf(unit->id, unit->areas));
    if (level() != TableLevel::Window)
        m_selection.edit([&](Selection& next) { m_level->choose(next, units); });
}

void HalfTimesPanel::markSelected() {
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
    std::vector<int> brushed;
    for (int point = 0; form() != Form::Bars && point < static_cast<int>(m_scatter->points().size()); ++point)
        if (const HalfTimeUnit* unit = unitAt(point); unit && m_level->isChosen(m_level->linkOf(unit->id, unit->areas)))
            brushed.push_back(point);
    m_scatter->setBrushed(std::move(brushed));
    updateTexts();
}

QString HalfTimesPanel::placeText(const HalfTimeUnit& unit) const {
    if (m_units->level == TableLevel::Window)
        return tr(" · middle %1").arg(millisecondsText(unit.place));
    return std::isfinite(unit.place) ? tr(" · %1 mm from V1").arg(unit.place, 0, 'f', 0) : QString();
}

/// A, B and A − B of what is pointed at.
QStringList HalfTimesPanel::unitLines(const HalfTimeUnit& unit) const {
    const HalfTimeUnit* a = unitOf(*m_units, unit.id);
    const QString name = unitName(unit.id) + ": ";
    if (!m_others)
        return {name + halfTimeText(unit) + placeText(unit)};
    const HalfTimeUnit* b = unitOf(*m_others, unit.id);
    QStringList lines{tr("● A ") + name + (a ? halfTimeText(*a) + placeText(*a) : tr("not computed")),
                      tr("○ B ") + (b ? halfTimeText(*b) : tr("not computed"))};
    const auto difference = a && b ? halfTimeDifference(a->halfTime, b->halfTime) : HalfTimeDifference{};
    return lines << (std::isfinite(difference.steps)
                         ? tr("A − B: %1 steps, %2").arg(valueText(difference.steps), earlierText(difference))
                         : tr("A − B: needs a half-time of both"));
}

void HalfTimesPanel::updateTexts() {
    if (!m_units)
        return;
    if (const HalfTimeUnit* unit = unitAt(m_hovered))
        return setReadouts(unitLines(*unit));
    const auto text = [&](const HalfTimeUnits& units) {
        return form() == Form::Bars ? reachedText(units, m_rows) : placeCorrelationText(units);
    };
    QStringList lines{text(*m_units)};
    if (m_others) {
        lines = {tr("● A: ") + text(*m_units), tr("○ B: ") + text(*m_others),
                 comparisonSummary(compareHalfTimes(*m_units, *m_others, m_rows))};
    } else if (const QString reason = noOtherHere(); !reason.isEmpty()) {
        lines << reason;
    }
    setReadouts(lines);
    m_bars->setAccessibleDescription(title() + ". " + lines.join(QStringLiteral(". ")));
    m_scatter->setAccessibleDescription(m_bars->accessibleDescription());
}

} // namespace brainlike
