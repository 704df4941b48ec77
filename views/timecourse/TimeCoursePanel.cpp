#include "views/timecourse/TimeCoursePanel.h"

#include "core/session/Comparison.h"
#include "core/session/WindowChoice.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"
#include "views/timecourse/CourseComparison.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/TimeCoursePlot.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QStackedLayout>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace brainlike {

TimeCoursePanel::TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("timeCoursePanel", QStringLiteral("MEG time course"), parent), m_selection(selection), m_data(scores),
      m_reader(new CourseReader(scores, this)), m_plot(new TimeCoursePlot(this)),
      m_difference(new TimeCoursePlot(this, TimeCoursePlot::Values::Difference)), m_grid(new ScoreGrid(this)),
      m_otherGrid(new ScoreGrid(this)), m_differenceGrid(new ScoreGrid(this)), m_heads(new TopographyStrip(this)),
      m_strip(new LayerStrip(this)), m_readout(new ElidedLabel(this)), m_note(new ElidedLabel(this)),
      m_otherNote(new ElidedLabel(this)), m_headsCaption(new ElidedLabel(this)), m_header(new QWidget(this)),
      m_modes(new QButtonGroup(this)), m_linesChoice(new QComboBox(this)), m_sensorsButton(new QToolButton(this)),
      m_pictureArea(new QWidget(this)), m_pictures(new QStackedLayout(m_pictureArea)),
      m_grids(new QBoxLayout(QBoxLayout::LeftToRight)), m_refresh([this] { refresh(); }) {
    m_readout->setObjectName("timeCourseReadout");
    m_note->setObjectName("timeCourseNote");
    m_otherNote->setObjectName("otherCourseNote");
    m_headsCaption->setObjectName("headsCaption");
    m_note->installEventFilter(this);
    buildHeader();
    buildPictures();
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_pictureArea, 3);
    contentLayout()->addWidget(m_strip);
    contentLayout()->addWidget(m_note);
    contentLayout()->addWidget(m_otherNote);
    contentLayout()->addWidget(m_headsCaption);
    contentLayout()->addWidget(m_heads, 2);
    setMinimumSize(240, 200);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &TimeCoursePanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &TimeCoursePanel::onSource);
    connect(&scores, &ScoreData::arrived, this, [this] {
        m_reader->noteArrival();
        readWanted();
        m_refresh.schedule();
    });
    connect(m_reader, &CourseReader::changed, this, [this] {
        ++m_version;
        m_refresh.schedule();
    });
    connect(m_reader, &CourseReader::failed, this, [this](const ErrorDetails& error) { showError(error); });
    connectPlot();
    connectGridAndHeads();
    onSource();
}

TimeCoursePanel::~TimeCoursePanel() = default;

void TimeCoursePanel::setMode(MegMode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    m_hover = {};
    m_modes->button(static_cast<int>(mode))->setChecked(true);
    readWanted();
    m_refresh.schedule();
}

void TimeCoursePanel::setLinesOf(LinesOf lines) {
    m_linesChoice->setCurrentIndex(static_cast<int>(lines));
    setMode(MegMode::Lines);
    if (lines == m_linesOf)
        return;
    m_linesOf = lines;
    m_hover = {};
    readWanted();
    m_refresh.schedule();
}

/// Beside B there is one line each.
LinesOf TimeCoursePanel::linesNow() const {
    return m_mode == MegMode::Lines && !m_other ? m_linesOf : LinesOf::Layers;
}

void TimeCoursePanel::setSensorsShown(bool shown) {
    (hasRoomForHeads() ? m_headsBelow : m_headsInstead) = shown;
    m_refresh.schedule();
}

bool TimeCoursePanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::ToolTip && indices()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                           note() + QStringLiteral("\n\n") + significanceTip(context(), m_significance), m_note);
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void TimeCoursePanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    m_refresh.schedule();
}

void TimeCoursePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    readWanted();
    m_refresh.schedule();
}

void TimeCoursePanel::themeChanged() {
    m_plot->setTheme(theme());
    m_difference->setTheme(theme());
    for (ScoreGrid* grid : {m_grid, m_otherGrid, m_differenceGrid})
        grid->setTheme(theme());
    m_heads->setTheme(theme());
    m_strip->setTheme(theme());
    for (ElidedLabel* label : {m_note, m_otherNote, m_headsCaption}) {
        QPalette muted = label->palette();
        for (const auto role : {QPalette::WindowText, QPalette::Text})
            muted.setColor(role, theme().mutedText);
        label->setPalette(muted);
    }
}

void TimeCoursePanel::onSelection(const Selection& before, const Selection& after) {
    if (before.sensors != after.sensors)
        m_reader->setChannels(chosenChannels());
    const bool isElsewhere = before.model != after.model || before.step != after.step ||
                             before.sensors != after.sensors || before.recording != after.recording ||
                             before.isCompared != after.isCompared ||
                             (after.isCompared && before.difference != after.difference);
    if (isElsewhere)
        readWanted();
    if (isElsewhere || before.layer != after.layer || before.time != after.time || before.windows != after.windows)
        m_refresh.schedule();
}

/// What is shown, and beside it the last checkpoints, which ranges are of; all of them for maps over checkpoints.
void TimeCoursePanel::readWanted() {
    const auto shown = indices();
    if (!shown || !isVisible() || m_data.index()->meg.empty())
        return;
    std::vector<CourseReader::Checkpoint> now{{shown->model, shown->step, shown->recording.value_or(-1)}};
    const auto side = comparedSide(m_selection.selection(), *m_data.index(), RecordingKind::Meg);
    if (const auto b = side ? indicesOf(*side, *m_data.index(), RecordingKind::Meg) : std::nullopt)
        now.push_back({b->model, b->step, b->recording.value_or(-1)});
    m_reader->readShown(now);
    std::vector<CourseReader::Checkpoint> beside;
    for (const auto& [model, step, recording] : now) {
        const int count = static_cast<int>(m_data.index()->models[static_cast<std::size_t>(model)].steps.size());
        for (int other = m_mode == MegMode::Steps ? 0 : count - 1; other < count; ++other)
            beside.push_back({model, other, recording});
    }
    if (m_mode == MegMode::Lines && !side)
        std::ranges::copy(lineCheckpoints(context(), m_linesOf), std::back_inserter(beside));
    std::erase_if(beside, [&](const auto& checkpoint) { return std::ranges::find(now, checkpoint) != now.end(); });
    m_reader->readBeside(beside);
}

void TimeCoursePanel::onSource() {
    m_shown.reset();
    m_otherShown.reset();
    m_other.reset();
    m_hover = {};
    m_significance = m_otherSignificance = {};
    m_tested = {};
    m_gridKey.clear();
    m_linesKey.clear();
    m_lines = {};
    m_valueRangeOf = {false, -1};
    m_reader->restart();
    if (const ScoreIndex* index = m_data.index()) {
        m_plot->setTimes(index->times);
        m_difference->setTimes(index->times);
        m_reader->setChannels(chosenChannels());
    }
    readWanted();
    refresh();
}

std::optional<SelectionIndices> TimeCoursePanel::indices() const {
    const ScoreIndex* index = m_data.index();
    return index ? indicesOf(m_selection.selection(), *index, RecordingKind::Meg) : std::nullopt;
}

CourseContext TimeCoursePanel::context() const {
    const SelectionIndices shown = *indices();
    return {.index = m_data.index(),
            .model = shown.model,
            .step = shown.step,
            .layer = emphasizedLayer(),
            .isLayerChosen = shown.layer.has_value(),
            .time = selectedTime(),
            .chosenChannels = static_cast<int>(chosenChannels().size()),
            .recording = shown.recording};
}

std::vector<int> TimeCoursePanel::chosenChannels() const {
    std::vector<int> channels;
    const ScoreIndex* index = m_data.index();
    const auto& wanted = m_selection.selection().sensors;
    for (std::size_t channel = 0; index && !wanted.empty() && channel < index->channelNames.size(); ++channel)
        if (std::ranges::find(wanted, index->channelNames[channel]) != wanted.end())
            channels.push_back(static_cast<int>(channel));
    return channels;
}

std::vector<TimeWindow> TimeCoursePanel::windows() const {
    const ScoreIndex* index = m_data.index();
    return index ? windowsOf(m_selection.selection(), *index) : std::vector<TimeWindow>();
}

QString TimeCoursePanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return QStringLiteral("No study is open");
    if (index->meg.empty())
        return QStringLiteral("No MEG in this study");
    if (const QString none = noRecordingText(m_selection.selection(), *index, RecordingKind::Meg); !none.isEmpty())
        return none;
    if (!indices())
        return QStringLiteral("Choose a model and a step");
    return {};
}

void TimeCoursePanel::refresh() {
    const QString missing = missingText();
    const ScoreIndex* index = m_data.index();
    m_header->setVisible(index != nullptr && !index->meg.empty());
    if (!missing.isEmpty()) {
        const bool isSubject = index && !subjectOf(m_selection.selection(), *index).empty();
        setTitle(isSubject ? QStringList{tr("MEG"), missing} : QStringList());
        showMessage(missing);
        return;
    }
    if (!isVisible())
        return; // it is brought up to date once it is seen
    const SelectionIndices shown = *indices();
    const auto found = m_reader->courses({shown.model, shown.step, shown.recording.value_or(-1)});
    if (found && *found)
        return showCourses(*found);
    updateTitle();
    if (found) {
        const QString name = checkpointText(m_selection.selection().step);
        showMessage((name.at(0).toUpper() + name.mid(1)) + QStringLiteral(" is not computed yet"));
    } else if (!m_shown) {
        showMessage(QStringLiteral("Reading…"));
    }
}

void TimeCoursePanel::updateTitle() {
    const QStringList a = courseTitle(context(), m_mode, m_other.has_value(), m_linesOf);
    setTitle(m_other ? comparedTitle(a, courseTitle(*m_other, m_mode, true)) : a);
}

void TimeCoursePanel::showCourses(const std::shared_ptr<const TimeCourses>& courses) {
    m_shown = courses;
    m_other = otherContext();
    m_otherShown = m_other ? m_reader->courses(checkpointOf(*m_other)).value_or(nullptr) : nullptr;
    const CourseContext shown = context();
    updateTitle();
    showLines();
    std::vector<CourseReader::Layer> sensors{layerOf(shown)};
    if (m_other && m_other->layer >= 0)
        sensors.push_back(layerOf(*m_other));
    m_reader->readSensors(sensors);
    const bool isGrid = m_mode == MegMode::Layers || m_mode == MegMode::Steps;
    m_pictures->setCurrentIndex(isGrid ? 1 : 0);
    if (isGrid) {
        showGrid();
    } else {
        showChannels();
        showDifference();
    }
    showSignificance();
    showHeads();
    updateReadout();
    showContent();
}

void TimeCoursePanel::showLines() {
    const CourseContext shown = context();
    const LinesOf of = linesNow();
    // Drawn anew where what they are of is something else: lines of layers by their courses alone.
    std::vector<int> key{static_cast<int>(of), m_version, shown.model, shown.step, shown.recording.value_or(-1)};
    if (of != LinesOf::Layers)
        key.insert(key.end(), {shown.isLayerChosen ? shown.layer : -1, shown.time.value_or(-1)});
    const auto drawn = m_lines.courses;
    if (std::exchange(m_linesKey, key) != key || of == LinesOf::Layers)
        m_lines = courseLines(shown, of, *m_reader, m_shown);
    if (m_lines.courses != drawn)
        m_plot->setCourses(m_lines.courses);
    m_strip->setLayers(m_lines.names);
    m_strip->setNamed(of == LinesOf::Models || of == LinesOf::Subjects);
    m_strip->setMarked(m_lines.emphasized);
}

int TimeCoursePanel::emphasizedLayer() const {
    if (const auto shown = indices(); shown && shown->layer)
        return *shown->layer;
    const std::optional<int> time = selectedTime();
    if (!time || !m_shown || *time >= m_shown->mean.cols())
        return peak().first;
    return bestLayerAt(*m_shown, *time);
}

std::optional<int> TimeCoursePanel::selectedTime() const {
    const std::optional<double> time = m_selection.selection().time;
    const std::vector<double>& times = m_data.index()->times;
    if (!time || times.empty())
        return std::nullopt;
    const auto nearest = std::ranges::min_element(times, {}, [&](double sampled) { return std::abs(sampled - *time); });
    return static_cast<int>(nearest - times.begin());
}

/// Of the chosen layer, else of all.
std::pair<int, int> TimeCoursePanel::peak() const {
    const auto shown = indices();
    if (!m_shown || !shown || !shown->layer)
        return m_shown ? peakOf(*m_shown) : std::pair{-1, -1};
    const int time = peakOf({m_shown->mean.row(*shown->layer), {}}).second;
    return time < 0 ? std::pair{-1, -1} : std::pair{*shown->layer, time};
}

std::shared_ptr<const SensorScores> TimeCoursePanel::shownSensors() const {
    return m_reader->sensors(layerOf(context()));
}

} // namespace brainlike
