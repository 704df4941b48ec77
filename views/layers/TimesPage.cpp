#include "views/layers/TimesPage.h"

#include "core/study/ScoreFile.h"
#include "views/layers/LayerTexts.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"
#include "views/state/SubjectsText.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr std::size_t keptTimes = 256;

} // namespace

TimesPage::TimesPage(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : ScatterPage(selection, scores, parent) {
    plot().setAccessibleName(tr("Time of the maximum over layer depth"));
}

TimesPage::~TimesPage() = default;

void TimesPage::forget() {
    m_job.cancel();
    m_reading.clear();
    m_times.clear();
    m_layers.clear();
    plot().setPoints({}, {}, {});
    stateMessage({});
}

TimesPage::Checkpoint TimesPage::checkpointOf(const SelectionIndices& indices) {
    return {indices.model, indices.step, indices.recording};
}

std::shared_ptr<const LayerTimes> TimesPage::timesOf(const LayersSide& side) const {
    const auto found = std::ranges::find(m_times, checkpointOf(side.indices), &Times::first);
    return found == m_times.end() ? nullptr : found->second;
}

void TimesPage::read(std::vector<Checkpoint> checkpoints) {
    std::erase_if(checkpoints, [this](const Checkpoint& checkpoint) {
        return std::ranges::find(m_times, checkpoint, &Times::first) != m_times.end();
    });
    if (checkpoints.empty() || checkpoints == m_reading)
        return;
    m_reading = checkpoints;
    m_job = m_data.read<std::vector<Times>>(
        this,
        [scores = m_data.scoreFile(), checkpoints](const ScoreSource&) {
            std::vector<Times> times;
            for (const Checkpoint& checkpoint : checkpoints)
                times.emplace_back(checkpoint, std::make_shared<const LayerTimes>(layerTimes(
                                                   *scores, checkpoint.model, checkpoint.step, checkpoint.recording)));
            return times;
        },
        [this](std::vector<Times> times) {
            m_reading.clear();
            for (auto& read : times)
                m_times.push_front(std::move(read));
            while (m_times.size() > keptTimes)
                m_times.pop_back();
            scheduleUpdate();
        },
        [this](const ErrorDetails& error) { stateMessage(QString::fromStdString(messageOf(error))); });
}

void TimesPage::refresh() {
    const QString missing = missingOf(RecordingKind::Meg);
    if (!missing.isEmpty()) {
        stateMessage(missing);
        return;
    }
    const LayersSide a = *sideA();
    const auto b = sideB();
    std::vector<Checkpoint> wanted{checkpointOf(a.indices)};
    if (b)
        wanted.push_back(checkpointOf(b->indices));
    read(wanted);
    if (!timesOf(a) || (b && !timesOf(*b)))
        return;
    showTimes(a, b);
    QStringList title = b ? comparedTitle(titleOf(a), titleOf(*b)) : titleOf(a);
    if (const QString none = noOtherText(); !none.isEmpty())
        title << tr("A alone: %1").arg(none);
    stateContent(title);
}

QStringList TimesPage::titleOf(const LayersSide& side) const {
    return {tr("T_max over depth"), QString::fromStdString(modelOf(side).label), checkpointText(side.selection.step),
            subjectsText(m_data.index()->meg, side.indices.recording)};
}

void TimesPage::addPoints(std::vector<ScatterPlot::Point>& points, const LayersSide& side, bool isOther) {
    const auto times = timesOf(side);
    const ScoredModel& model = modelOf(side);
    const int count = static_cast<int>(model.layerNames.size());
    for (int layer = 0; layer < count; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        if (!std::isfinite(times->times[at]))
            continue;
        points.push_back({QString::fromStdString(model.layerNames[at]), model.layerDepths[at], 1000 * times->times[at],
                          isOther, layerColor(layer, count, theme()), 1});
        m_layers.emplace_back(side, layer);
    }
}

void TimesPage::showTimes(const LayersSide& a, const std::optional<LayersSide>& b) {
    m_layers.clear();
    std::vector<ScatterPlot::Point> points;
    addPoints(points, a, false);
    // Layers make no difference here.
    const bool isOther = b && checkpointOf(b->indices) != checkpointOf(a.indices);
    if (isOther)
        addPoints(points, *b, true);
    plot().setPoints(std::move(points), {tr("Relative depth of the layer"), tr("Relative depth")},
                     {tr("T_max (ms after image onset)"), tr("T_max (ms)")});
    const auto picked = std::ranges::find_if(m_layers, [&](const auto& point) {
        return point.first.selection == a.selection && a.indices.layer == point.second;
    });
    plot().setPicked(picked == m_layers.end() ? -1 : static_cast<int>(picked - m_layers.begin()));
    const QString ofA = tr("temporal score ") + correlationText(timesOf(a)->temporal, tr("layers"));
    QString ofB;
    if (isOther)
        ofB = tr("B: ") + correlationText(timesOf(*b)->temporal, tr("layers"));
    else if (b)
        ofB = tr("A and B differ in what MEG scores over depth do not depend on");
    setCorrelations((isOther ? tr("A: ") : QString()) + ofA, ofB);
}

QString TimesPage::pointText(int point) const {
    const auto& [side, layer] = m_layers[static_cast<std::size_t>(point)];
    const ScoredModel& model = modelOf(side);
    const auto at = static_cast<std::size_t>(layer);
    const auto times = timesOf(side);
    return (plot().points()[static_cast<std::size_t>(point)].isOther ? tr("B: ") : QString()) +
           tr("%1 · depth %2 · T_max %3")
               .arg(QString::fromStdString(model.layerNames[at]), scoreText(model.layerDepths[at]),
                    millisecondsText(times->times[at]));
}

void TimesPage::pick(int point) {
    const auto& [side, layer] = m_layers[static_cast<std::size_t>(point)];
    const std::string name = modelOf(side).layerNames[static_cast<std::size_t>(layer)];
    const auto a = sideA();
    if (a && std::ranges::find(modelOf(*a).layerNames, name) != modelOf(*a).layerNames.end())
        m_selection.edit(
            [&](Selection& next) { next.layer = next.layer == name ? std::nullopt : std::optional(name); });
}

} // namespace brainlike
