#include "core/scores/TemporalScore.h"
#include "views/state/NumberText.h"
#include "views/timecourse/CourseReader.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/ScoreGrid.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"
#include "views/timecourse/TopographyStrip.h"

#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr double significanceLevel = 0.01;
/// A panel lower than this has no room for heads below the courses.
constexpr int heightForHeads = 400;

/// Scores from zero up; what lies below has the first colour.
ColorScale scaleUpTo(double highest) {
    return {.map = ColorMap::named("inferno"),
            .low = 0,
            .high = roundUp(highest),
            .threshold = -std::numeric_limits<double>::infinity()};
}

std::span<const float> rowSpan(const RowMatrix<float>& matrix, int row) {
    return {matrix.row(row).data(), static_cast<std::size_t>(matrix.cols())};
}

/// Layer with the highest score at a time, −1 where none has one.
int bestLayerAt(const TimeCourses& courses, int time) {
    int best = -1;
    for (int layer = 0; layer < courses.mean.rows(); ++layer)
        if (const float value = courses.mean(layer, time);
            std::isfinite(value) && (best < 0 || value > courses.mean(best, time)))
            best = layer;
    return best;
}

/// Test, band and marks of one layer's course.
CourseSignificance significanceOf(const TimeCourses& courses, int layer, const std::vector<double>& times,
                                  int subjects) {
    CourseSignificance result;
    const auto mean = rowSpan(courses.mean, layer);
    const CourseTest test = testCourse(mean, rowSpan(courses.sem, layer), subjects);
    std::vector<bool> isAbove(times.size());
    result.meanPasses.resize(times.size());
    result.band = baselineBand(mean, times);
    for (std::size_t time = 0; time < times.size(); ++time) {
        result.meanPasses[time] = test.q[time] < significanceLevel && mean[time] > 0;
        isAbove[time] = result.band && static_cast<double>(mean[time]) > result.band->high;
    }
    auto onset = onsetOf(result.meanPasses, times);
    result.isOnsetTested = onset.has_value();
    if (!onset)
        onset = onsetOf(isAbove, times);
    if (onset)
        result.onset = times[static_cast<std::size_t>(*onset)];
    const double maximum = timesOfMaximum(courses.mean.row(layer).cast<double>(), times).front();
    if (std::isfinite(maximum))
        result.maximum = maximum;
    return result;
}

/// Mean over the sampled times of a window, a value a channel; empty where it has none.
std::vector<float> windowMeans(const SensorScores& scores, const std::vector<double>& times, const TimeWindow& window) {
    std::vector<Eigen::Index> inside;
    for (std::size_t time = 0; time < times.size(); ++time)
        if (times[time] >= window.start && times[time] <= window.end)
            inside.push_back(static_cast<Eigen::Index>(time));
    std::vector<float> means;
    for (Eigen::Index channel = 0; !inside.empty() && channel < scores.mean.rows(); ++channel) {
        double sum = 0;
        for (const Eigen::Index time : inside)
            sum += static_cast<double>(scores.mean(channel, time));
        means.push_back(static_cast<float>(sum / static_cast<double>(inside.size())));
    }
    return means;
}

std::vector<float> columnOf(const RowMatrix<float>& matrix, int column) {
    std::vector<float> values;
    for (Eigen::Index row = 0; row < matrix.rows(); ++row)
        values.push_back(matrix(row, column));
    return values;
}

} // namespace

void TimeCoursePanel::showChannels() {
    const CourseContext shown = context();
    const ScoreExtent lines = m_reader->courseExtent(), sensors = m_reader->sensorExtent();
    const bool isButterfly = m_mode == MegMode::Channels;
    const ScoreExtent extent =
        isButterfly ? ScoreExtent{std::min(lines.low, sensors.low), std::max(lines.high, sensors.high)} : lines;
    const double size = extent.high - extent.low;
    if (size > 0)
        m_plot->setValueRange(extent.low - 0.10 * size, extent.high + 0.06 * size);
    m_plot->setChannels(isButterfly ? shownSensors() : nullptr, isButterfly ? chosenChannels() : std::vector<int>());
    m_plot->setEmphasis(shown.layer);
    m_plot->setCursor(shown.time);
    m_plot->setWindows(windows());
}

void TimeCoursePanel::showSignificance() {
    const CourseContext shown = context();
    if (shown.layer < 0)
        return;
    const auto& times = m_data.index()->times;
    m_significance = significanceOf(*m_shown, shown.layer, times, static_cast<int>(m_data.index()->meg.size()));
    if (const auto sensors = shownSensors())
        m_significance.shares = significantShares(sensors->q, chosenChannels(), significanceLevel);
    m_plot->setSignificance(m_significance);
    m_note->setFullText(significanceText(shown, m_significance));
    m_note->setAccessibleDescription(significanceTip(shown, m_significance));
}

void TimeCoursePanel::showGrid() {
    const CourseContext shown = context();
    const bool isSteps = m_mode == MegMode::Steps;
    const ScoredModel& model = m_data.index()->models[static_cast<std::size_t>(shown.model)];
    m_grid->setMarked(isSteps ? shown.step : shown.layer, shown.time);
    const std::tuple key{static_cast<int>(m_mode), shown.model, isSteps ? -1 : shown.step,
                         isSteps && shown.isLayerChosen ? shown.layer : -1, m_version};
    if (key == m_gridKey)
        return;
    m_gridKey = key;
    ScoreGridContent content{.rowTitle = isSteps ? QStringLiteral("Training step") : QStringLiteral("Layer"),
                             .rowNames = {},
                             .isFirstApart = isSteps && model.steps.front() == 0,
                             .times = m_data.index()->times,
                             .values = m_shown->mean,
                             .scale = scaleUpTo(m_reader->meanExtent().high)};
    for (int layer = 0; !isSteps && layer < m_shown->mean.rows(); ++layer)
        content.rowNames << layerName(shown, layer);
    const auto times = static_cast<Eigen::Index>(content.times.size());
    if (isSteps)
        content.values.setConstant(static_cast<Eigen::Index>(model.steps.size()), times,
                                   std::numeric_limits<float>::quiet_NaN());
    for (int step = 0; isSteps && step < static_cast<int>(model.steps.size()); ++step) {
        const std::int64_t number = model.steps[static_cast<std::size_t>(step)];
        content.rowNames << (number == 0 ? checkpointText(0) : shortStepText(number));
        const auto courses = m_reader->courses({shown.model, step}).value_or(nullptr);
        for (int time = 0; courses && time < times; ++time)
            if (const int layer = shown.isLayerChosen ? shown.layer : bestLayerAt(*courses, time); layer >= 0)
                content.values(step, time) = courses->mean(layer, time);
    }
    m_grid->setContent(std::move(content));
}

bool TimeCoursePanel::hasRoomForHeads() const {
    return height() >= heightForHeads;
}

void TimeCoursePanel::showHeads() {
    const bool hasRoom = hasRoomForHeads();
    const bool areShown = hasRoom ? m_headsBelow : m_headsInstead;
    m_sensorsButton->setChecked(areShown);
    m_heads->setVisible(areShown);
    m_headsCaption->setVisible(areShown);
    m_pictureArea->setVisible(hasRoom || !areShown);
    m_note->setVisible(hasRoom || !areShown);
    m_strip->setVisible(m_mode != MegMode::Layers && (hasRoom || !areShown));
    if (!areShown)
        return;
    const CourseContext shown = context();
    const auto sensors = shownSensors();
    m_heads->setMessage(m_reader->hasNoPositions() ? QStringLiteral("No sensor positions in this study") : QString());
    m_headsCaption->setFullText(
        QStringLiteral("Sensors · %1 · %2")
            .arg(layerText(shown), shown.chosenChannels == 0
                                       ? QStringLiteral("all %1").arg(m_data.index()->channelNames.size())
                                       : QStringLiteral("%1 chosen").arg(shown.chosenChannels)));
    m_heads->setMap(m_reader->sensorMap());
    m_heads->setChosen(chosenChannels());
    m_heads->setScale(scaleUpTo(m_reader->sensorExtent().high));
    if (!sensors)
        return;
    std::vector<HeadValues> heads;
    const auto& times = m_data.index()->times;
    const int time = shown.time.value_or(std::max(0, peak().second));
    heads.push_back(
        {(shown.time ? QString() : QStringLiteral("peak ")) + millisecondsText(times[static_cast<std::size_t>(time)]),
         columnOf(sensors->mean, time)});
    for (const TimeWindow& window : windows())
        if (auto means = windowMeans(*sensors, times, window); !means.empty())
            heads.push_back({QString::fromStdString(window.name), std::move(means)});
    m_heads->setHeads(std::move(heads));
}

QString TimeCoursePanel::readout() const {
    return m_readout->fullText();
}

QString TimeCoursePanel::note() const {
    return m_note->fullText();
}

QString TimeCoursePanel::cellText(int row, int time) const {
    const CourseContext shown = context();
    if (m_mode == MegMode::Layers)
        return coursePointText(shown, *m_shown, row, time, {});
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(shown.model)].steps;
    const QString step = checkpointText(steps[static_cast<std::size_t>(row)]);
    const auto courses = m_reader->courses({shown.model, row}).value_or(nullptr);
    if (!courses)
        return step + QStringLiteral(" · not computed");
    const int layer = shown.isLayerChosen ? shown.layer : bestLayerAt(*courses, time);
    return step + QStringLiteral(" · ") + coursePointText(shown, *courses, layer, time, {});
}

QString TimeCoursePanel::hoverText() const {
    const CourseContext shown = context();
    const auto sensors = shownSensors();
    if (m_hover.row >= 0)
        return cellText(m_hover.row, m_hover.time);
    if (m_hover.head > 0 && m_hover.channel >= 0 && sensors) {
        const HeadValues& head = m_heads->heads()[static_cast<std::size_t>(m_hover.head)];
        const auto channel = static_cast<std::size_t>(m_hover.channel);
        return QStringLiteral("%1 · %2 · %3 · R %4")
            .arg(head.caption, QString::fromStdString(m_data.index()->channelNames[channel]),
                 layerName(shown, shown.layer), scoreText(static_cast<double>(head.values[channel])));
    }
    const int selected = shown.time.value_or(peak().second);
    if (m_hover.channel >= 0 && sensors)
        return sensorText(shown, *sensors, m_hover.channel, m_hover.head == 0 ? selected : m_hover.time);
    if (m_hover.time >= 0 || m_hover.layer >= 0)
        return coursePointText(shown, *m_shown, m_hover.layer >= 0 ? m_hover.layer : shown.layer,
                               m_hover.time >= 0 ? m_hover.time : selected, windows());
    return {};
}

void TimeCoursePanel::updateReadout() {
    if (!m_data.index() || !m_shown || !indices())
        return;
    const CourseContext shown = context();
    QString text = hoverText();
    if (text.isEmpty()) {
        const auto [peakLayer, peakTime] = peak();
        text = shown.time
                   ? (shown.isLayerChosen ? QString() : QStringLiteral("Best at ")) +
                         coursePointText(shown, *m_shown, shown.layer, *shown.time, windows())
                   : QStringLiteral("Peak at ") + coursePointText(shown, *m_shown, peakLayer, peakTime, windows());
    }
    m_readout->setFullText(text);
    for (QWidget* picture : std::initializer_list<QWidget*>{m_plot, m_grid})
        picture->setAccessibleDescription(text);
}

void TimeCoursePanel::selectTime(int timeIndex) {
    const ScoreIndex* index = m_data.index();
    if (!index || timeIndex < 0 || static_cast<std::size_t>(timeIndex) >= index->times.size())
        return;
    m_selection.edit([&](Selection& selection) { selection.time = index->times[static_cast<std::size_t>(timeIndex)]; });
}

void TimeCoursePanel::stepTime(int count) {
    const ScoreIndex* index = m_data.index();
    if (!index || index->times.empty() || index->meg.empty())
        return;
    const std::optional<int> selected = selectedTime();
    const int from = selected ? *selected + count : std::max(0, peak().second);
    selectTime(std::clamp(from, 0, static_cast<int>(index->times.size()) - 1));
}

void TimeCoursePanel::toggleLayer(int layer) {
    const auto shown = indices();
    if (!shown)
        return;
    const auto& names = m_data.index()->models[static_cast<std::size_t>(shown->model)].layerNames;
    m_selection.edit([&](Selection& selection) {
        const std::string& name = names.at(static_cast<std::size_t>(layer));
        selection.layer = selection.layer == name ? std::nullopt : std::optional(name);
    });
}

void TimeCoursePanel::pickCell(int row, int time) {
    const auto shown = indices();
    if (!shown)
        return;
    const ScoreIndex& index = *m_data.index();
    const ScoredModel& model = index.models[static_cast<std::size_t>(shown->model)];
    m_selection.edit([&](Selection& selection) {
        selection.time = index.times.at(static_cast<std::size_t>(time));
        if (m_mode == MegMode::Layers)
            selection.layer = model.layerNames.at(static_cast<std::size_t>(row));
        else
            selection.step = model.steps.at(static_cast<std::size_t>(row));
    });
}

void TimeCoursePanel::chooseSensors(const std::vector<int>& sensors) {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return;
    std::vector<std::string> names;
    for (const int sensor : sensors)
        names.push_back(index->channelNames.at(static_cast<std::size_t>(sensor)));
    m_selection.edit([&](Selection& selection) { selection.sensors = names; });
}

} // namespace brainlike
