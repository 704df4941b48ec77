#include "core/session/Comparison.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"
#include "views/timecourse/CourseComparison.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"

#include <QBoxLayout>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

/// Height of a panel with a plot of A − B below that of A and B, in lines of text.
constexpr int linesForDifference = 24;

/// A panel lower than this has no room for heads below the courses.
constexpr int heightForHeads = 400;
constexpr int heightForNotes = 250; ///< pixels from which the layers' colours and the notes are shown

} // namespace

void TimeCoursePanel::showChannels() {
    const CourseContext shown = context();
    const ScoreExtent lines = m_reader->courseExtent(), sensors = m_reader->sensorExtent();
    const bool isButterfly = m_mode == MegMode::Channels;
    const ScoreExtent extent =
        isButterfly ? ScoreExtent{std::min(lines.low, sensors.low), std::max(lines.high, sensors.high)} : lines;
    // As it is until something would lie outside: steps are compared in one range.
    const std::pair key{isButterfly, shown.chosenChannels};
    const bool isOutside = extent.low < m_valueRange.low || extent.high > m_valueRange.high;
    if (const double size = extent.high - extent.low;
        size > 0 && (std::exchange(m_valueRangeOf, key) != key || isOutside)) {
        m_valueRange = {extent.low - 0.10 * size, extent.high + 0.06 * size};
        m_plot->setValueRange(m_valueRange.low, m_valueRange.high);
    }
    m_plot->setChannels(isButterfly ? shownSensors() : nullptr, isButterfly ? chosenChannels() : std::vector<int>());
    m_plot->setEmphasis(m_lines.emphasized);
    m_plot->setCursor(shown.time);
    m_plot->setWindows(windows());
    m_plot->setOther(m_otherShown, m_other ? m_other->layer : -1);
}

ScoreGridContent TimeCoursePanel::gridOf(const CourseContext& shown, const TimeCourses& courses) const {
    ScoreGridContent content = m_mode == MegMode::Steps ? stepGrid(shown, *m_reader) : layerGrid(shown, courses);
    content.scale = courseScale(m_reader->meanExtent().high);
    return content;
}

void TimeCoursePanel::showGrid() {
    const CourseContext shown = context();
    const bool isSteps = m_mode == MegMode::Steps;
    m_grid->setMarked(isSteps ? shown.step : shown.layer, shown.time);
    m_otherGrid->setMarked(!m_other ? -1 : isSteps ? m_other->step : m_other->layer, shown.time);
    m_differenceGrid->setMarked(-1, shown.time);
    const bool isStacked = width() < 1.6 * height();
    m_grids->setDirection(isStacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const auto keyOf = [&](const CourseContext& side) {
        return std::array{side.model, isSteps ? -1 : side.step, isSteps && side.isLayerChosen ? side.layer : -1,
                          side.recording.value_or(-1)};
    };
    const auto a = keyOf(shown);
    const auto b = m_other && m_otherShown ? keyOf(*m_other) : std::array{-2, -2, -2, -2};
    std::vector<int> key{static_cast<int>(m_mode), m_version, isStacked ? 1 : 0};
    key.insert(key.end(), a.begin(), a.end());
    key.insert(key.end(), b.begin(), b.end());
    if (key == m_gridKey)
        return;
    m_gridKey = std::move(key);
    m_grid->setContent(gridOf(shown, *m_shown));
    showOtherGrids();
}

/// @param b  B, which is a row of A's map where only the row differs
bool TimeCoursePanel::isRowOfSameGrid(const CourseContext& b) const {
    const CourseContext a = context();
    if (a.recording != b.recording)
        return false;
    if (m_mode == MegMode::Layers)
        return a.model == b.model && a.step == b.step;
    return a.model == b.model && a.isLayerChosen == b.isLayerChosen && (!a.isLayerChosen || a.layer == b.layer);
}

void TimeCoursePanel::showOtherGrids() {
    const bool isShown = m_other && m_otherShown && !isRowOfSameGrid(*m_other);
    m_otherGrid->setVisible(isShown);
    m_differenceGrid->setVisible(false);
    if (!isShown)
        return;
    const ComparisonText names = comparisonText(m_selection.selection(), *m_data.index());
    ScoreGridContent a = *m_grid->content(), b = gridOf(*m_other, *m_otherShown);
    a.caption = QStringLiteral("A: ") + names.a;
    b.caption = QStringLiteral("B: ") + names.b;
    auto difference = a.rowNames == b.rowNames ? gridDifference(a.values, b.values) : std::nullopt;
    if (difference) {
        ScoreGridContent content = a;
        content.caption = QStringLiteral("A − B");
        content.values = std::move(*difference);
        content.scale = differenceScale(largestOf(content.values));
        content.isDifference = true;
        m_differenceGrid->setContent(std::move(content));
        m_differenceGrid->setVisible(true);
    } else {
        b.caption += QStringLiteral(" (other rows than A: no A − B)");
    }
    const bool isStacked = m_grids->direction() == QBoxLayout::TopToBottom;
    a.isAxisShown = !isStacked;
    b.isAxisShown = !isStacked || !difference;
    m_grid->setContent(std::move(a));
    m_otherGrid->setContent(std::move(b));
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
    // Where it is low, the picture has the room.
    const bool areNoted = (hasRoom || !areShown) && height() >= heightForNotes;
    m_note->setVisible(areNoted);
    m_otherNote->setVisible(areNoted && !m_otherNote->fullText().isEmpty());
    m_strip->setVisible(areNoted && m_mode != MegMode::Layers);
    if (!areShown)
        return;
    const CourseContext shown = context();
    const auto sensors = shownSensors();
    m_heads->setMessage(m_reader->hasNoPositions() ? QStringLiteral("No sensor positions in this study") : QString());
    m_headsCaption->setFullText(
        QStringLiteral("Sensors · %1 · %2")
            .arg(layerText(shown), shown.chosenChannels == 0
                                       ? QStringLiteral("all %1").arg(m_data.index()->channelNames.size())
                                       : QStringLiteral("%1 chosen").arg(shown.chosenChannels)) +
        (sensors || !m_reader->isReadingSensors() ? QString() : QStringLiteral(" · reading…")));
    m_heads->setMap(m_reader->sensorMap());
    m_heads->setChosen(chosenChannels());
    m_heads->setScale(courseScale(m_reader->sensorExtent().high));
    if (!sensors)
        return;
    m_heads->setHeads(m_other ? headsCompared(shown, *sensors) : headsAlone(shown, *sensors));
}

std::vector<HeadValues> TimeCoursePanel::headsAlone(const CourseContext& shown, const SensorScores& sensors) const {
    const auto& times = m_data.index()->times;
    const int time = shown.time.value_or(std::max(0, peak().second));
    std::vector<HeadValues> heads{
        {(shown.time ? QString() : QStringLiteral("peak ")) + millisecondsText(times[static_cast<std::size_t>(time)]),
         columnOf(sensors.mean, time)}};
    for (const TimeWindow& window : windows())
        if (auto means = windowMeans(sensors, times, window); !means.empty())
            heads.push_back({QString::fromStdString(window.name), std::move(means)});
    return heads;
}

std::vector<HeadValues> TimeCoursePanel::headsCompared(const CourseContext& shown, const SensorScores& sensors) const {
    const int time = shown.time.value_or(std::max(0, peak().second));
    const QString at = millisecondsText(m_data.index()->times[static_cast<std::size_t>(time)]);
    std::vector<HeadValues> heads{{QStringLiteral("A ") + at, columnOf(sensors.mean, time)}};
    const auto other = m_reader->sensors(layerOf(*m_other));
    if (!other || other->mean.rows() != sensors.mean.rows() || other->mean.cols() <= time)
        return heads;
    heads.push_back({QStringLiteral("B ") + at, columnOf(other->mean, time)});
    HeadValues difference{QStringLiteral("A − B ") + at, {}, true};
    for (Eigen::Index channel = 0; channel < sensors.mean.rows(); ++channel)
        difference.values.push_back(sensors.mean(channel, time) - other->mean(channel, time));
    m_heads->setDifferenceScale(differenceScale(largestOf(sensors.mean - other->mean)));
    heads.push_back(std::move(difference));
    return heads;
}

std::optional<CourseContext> TimeCoursePanel::otherContext() const {
    const auto side = comparedSide(m_selection.selection(), *m_data.index(), RecordingKind::Meg);
    const auto found = side ? indicesOf(*side, *m_data.index(), RecordingKind::Meg) : std::nullopt;
    if (!found)
        return std::nullopt;
    const CourseContext a = context();
    CourseContext b = a;
    b.model = found->model;
    b.step = found->step;
    b.recording = found->recording;
    b.isLayerChosen = found->layer.has_value();
    if (found->layer)
        b.layer = *found->layer;
    else if (b.model != a.model) { // the same model's layer is A's
        const auto courses = m_reader->courses(checkpointOf(b)).value_or(nullptr);
        b.layer = !courses ? -1 : a.time ? bestLayerAt(*courses, *a.time) : peakOf(*courses).first;
    }
    const bool isSame = a.model == b.model && a.step == b.step && a.layer == b.layer && a.recording == b.recording;
    return isSame ? std::nullopt : std::optional(b);
}

QString TimeCoursePanel::noOtherHere() const {
    const Selection& selection = m_selection.selection();
    if (!selection.isCompared || m_other)
        return {};
    const ComparisonText text = comparisonText(selection, *m_data.index());
    if (!text.noOther.isEmpty())
        return QStringLiteral("No B: ") + text.noOther;
    const auto other = otherSide(selection, *m_data.index());
    const QString none = other ? noRecordingText(*other, *m_data.index(), RecordingKind::Meg) : QString();
    return QStringLiteral("No B here: ") + (none.isEmpty() ? QStringLiteral("A and B are the same") : none);
}

/// A − B of the emphasised layers below the courses; in a low panel the readout alone tells it.
void TimeCoursePanel::showDifference() {
    const CourseContext shown = context();
    const bool hasRoom = height() >= linesForDifference * fontMetrics().height();
    const auto difference =
        m_otherShown && hasRoom ? courseDifference(*m_shown, shown.layer, *m_otherShown, m_other->layer) : nullptr;
    m_difference->setVisible(difference != nullptr);
    m_plot->setAbove(difference != nullptr);
    if (!difference)
        return;
    // The range only grows while it is the same comparison: steps can be told apart by their size.
    const Difference& base = m_selection.selection().difference;
    const std::vector<int> comparison{shown.model,
                                      m_other->model,
                                      static_cast<int>(base.base),
                                      shown.chosenChannels,
                                      shown.recording.value_or(-1),
                                      m_other->recording.value_or(-1)};
    if (std::exchange(m_differenceOf, comparison) != comparison)
        m_largestDifference = 0;
    m_largestDifference = std::max(m_largestDifference, largestOf(difference->mean));
    const double end = m_largestDifference > 0 ? 1.15 * m_largestDifference : 0.01;
    m_difference->setValueRange(-end, end);
    m_difference->setCourses(difference);
    m_difference->setEmphasis(0);
    m_difference->setCursor(shown.time);
    m_difference->setWindows(windows());
}

QString TimeCoursePanel::otherNote() const {
    return m_otherNote->fullText();
}

QString TimeCoursePanel::readout() const {
    return m_readout->fullText();
}

QString TimeCoursePanel::note() const {
    return m_note->fullText();
}

QString TimeCoursePanel::cellText(int row, int time) const {
    const CourseContext shown = context();
    const bool isPair = m_other && m_otherShown && !isRowOfSameGrid(*m_other);
    if (m_mode == MegMode::Layers)
        return isPair ? coursePairText({shown, *m_other, m_shown.get(), m_otherShown.get()}, row, row, time)
                      : coursePointText(shown, *m_shown, row, time, {});
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(shown.model)].steps;
    const QString step = checkpointText(steps[static_cast<std::size_t>(row)]);
    const auto courses = m_reader->courses({shown.model, row, shown.recording.value_or(-1)}).value_or(nullptr);
    if (!courses)
        return step + QStringLiteral(" · not computed");
    const int layer = shown.isLayerChosen ? shown.layer : bestLayerAt(*courses, time);
    const auto others =
        isPair ? m_reader->courses({m_other->model, row, m_other->recording.value_or(-1)}).value_or(nullptr) : nullptr;
    if (others)
        return step + QStringLiteral(" · ") +
               coursePairText({shown, *m_other, courses.get(), others.get()}, layer,
                              m_other->isLayerChosen ? m_other->layer : bestLayerAt(*others, time), time);
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
        const QString layer = m_other && m_hover.head > 0 ? QString() : layerName(shown, shown.layer) + " · ";
        return QStringLiteral("%1 · %2 · %3R %4")
            .arg(head.caption, QString::fromStdString(m_data.index()->channelNames[channel]), layer,
                 scoreText(static_cast<double>(head.values[channel])));
    }
    const int selected = shown.time.value_or(peak().second);
    if (m_hover.channel >= 0 && sensors)
        return sensorText(shown, *sensors, m_hover.channel, m_hover.head == 0 ? selected : m_hover.time);
    const int time = m_hover.time >= 0 ? m_hover.time : selected;
    const int layer = m_hover.layer >= 0 ? m_hover.layer : shown.layer;
    if (m_otherShown && (m_hover.time >= 0 || m_hover.layer >= 0)) {
        const bool isSameLayer = m_other->model == shown.model && m_other->layer == shown.layer;
        return coursePairText({shown, *m_other, m_shown.get(), m_otherShown.get()}, layer,
                              isSameLayer ? layer : m_other->layer, time);
    }
    if (m_hover.time >= 0 || m_hover.layer >= 0)
        return linesNow() == LinesOf::Layers ? coursePointText(shown, *m_shown, layer, time, windows())
                                             : lineText(m_hover.layer >= 0 ? m_hover.layer : m_lines.emphasized, time);
    return {};
}

/// "300 ms · step 20,000 · block_07 · R 0.031 ± 0.004".
QString TimeCoursePanel::lineText(int line, int time) const {
    if (line < 0 || line >= static_cast<int>(m_lines.of.size()))
        return {};
    const CourseContext& of = m_lines.of[static_cast<std::size_t>(line)];
    const QString& name = m_lines.names[line];
    const auto courses = of.step < 0 ? nullptr : m_reader->courses(checkpointOf(of)).value_or(nullptr);
    const QString text = courses ? coursePointText(of, *courses, of.layer, time, windows()) : QString();
    return text.isEmpty() ? name + QStringLiteral(" · no score") : name + QStringLiteral(" · ") + text;
}

void TimeCoursePanel::updateReadout() {
    if (!m_data.index() || !m_shown || !indices())
        return;
    const CourseContext shown = context();
    QString text = hoverText();
    if (text.isEmpty() && m_otherShown) {
        text = coursePairText({shown, *m_other, m_shown.get(), m_otherShown.get()}, shown.layer, m_other->layer,
                              shown.time.value_or(peak().second));
    } else if (text.isEmpty()) {
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

/// Chooses what a line is of; a subject that is chosen already gives way to the mean.
void TimeCoursePanel::pickLine(int line) {
    const LinesOf of = linesNow();
    if (of == LinesOf::Layers)
        return toggleLayer(line);
    if (line < 0 || line >= static_cast<int>(m_lines.of.size()))
        return;
    const ScoreIndex& index = *m_data.index();
    const CourseContext picked = m_lines.of[static_cast<std::size_t>(line)];
    const ScoredModel& model = index.models[static_cast<std::size_t>(picked.model)];
    Selection next = m_selection.selection();
    next.model = model.id;
    if (of == LinesOf::Steps)
        next.step = model.steps[static_cast<std::size_t>(picked.step)];
    if (of == LinesOf::Subjects) {
        const std::string subject =
            picked.recording ? index.meg[static_cast<std::size_t>(*picked.recording)].subject : std::string();
        next.recording.reset();
        for (const ScoredRecording& known : subjectsOf(index))
            if (known.subject == subject && subject != subjectOf(m_selection.selection(), index))
                next.recording = known.id;
    }
    m_selection.apply(fittedTo(next, index));
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
