#include "views/timecourse/TimeCoursePanel.h"

#include "views/state/NumberText.h"
#include "views/timecourse/CourseReader.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/ScoreGrid.h"
#include "views/timecourse/TimeCoursePlot.h"
#include "views/timecourse/TopographyStrip.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QStackedLayout>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {

TimeCoursePanel::TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("timeCoursePanel", QStringLiteral("MEG time course"), parent), m_selection(selection), m_data(scores),
      m_reader(new CourseReader(scores, this)), m_plot(new TimeCoursePlot(this)), m_grid(new ScoreGrid(this)),
      m_heads(new TopographyStrip(this)), m_strip(new LayerStrip(this)), m_readout(new ElidedLabel(this)),
      m_note(new ElidedLabel(this)), m_headsCaption(new ElidedLabel(this)), m_modes(new QButtonGroup(this)),
      m_sensorsButton(new QToolButton(this)), m_pictureArea(new QWidget(this)),
      m_pictures(new QStackedLayout(m_pictureArea)), m_refresh([this] { refresh(); }) {
    m_plot->setAccessibleName(QStringLiteral("MEG encoding score over time, one line a layer"));
    m_grid->setAccessibleName(QStringLiteral("MEG encoding score in colours"));
    m_readout->setObjectName("timeCourseReadout");
    m_note->setObjectName("timeCourseNote");
    m_headsCaption->setObjectName("headsCaption");
    m_note->installEventFilter(this);
    buildHeader();
    m_pictures->addWidget(m_plot);
    m_pictures->addWidget(m_grid);
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_pictureArea, 3);
    contentLayout()->addWidget(m_strip);
    contentLayout()->addWidget(m_note);
    contentLayout()->addWidget(m_headsCaption);
    contentLayout()->addWidget(m_heads, 2);
    setMinimumSize(240, 200);
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &TimeCoursePanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &TimeCoursePanel::onSource);
    connect(&scores, &ScoreData::arrived, this, [this] {
        if (const auto shown = indices())
            m_reader->readCheckpoint({shown->model, shown->step});
        m_reader->readAll();
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

void TimeCoursePanel::buildHeader() {
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    const std::vector<std::pair<QString, QString>> modes{
        {QStringLiteral("Lines"), QStringLiteral("A line a layer: mean over channels")},
        {QStringLiteral("Channels"), QStringLiteral("A line a channel, of one layer (butterfly)")},
        {QStringLiteral("Layers"), QStringLiteral("Layers × time: scores in colours, a row a layer")},
        {QStringLiteral("Steps"), QStringLiteral("Steps × time: scores in colours, a row a checkpoint")}};
    for (int mode = 0; mode < static_cast<int>(modes.size()); ++mode) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("megMode%1").arg(mode));
        button->setText(modes[static_cast<std::size_t>(mode)].first);
        button->setToolTip(modes[static_cast<std::size_t>(mode)].second);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setChecked(mode == static_cast<int>(m_mode));
        m_modes->addButton(button, mode);
        row->addWidget(button);
    }
    m_sensorsButton->setObjectName("showSensors");
    m_sensorsButton->setText(QStringLiteral("Sensors"));
    m_sensorsButton->setToolTip(QStringLiteral("Show the sensors on the head"));
    m_sensorsButton->setCheckable(true);
    m_sensorsButton->setAutoRaise(true);
    row->addStretch(1);
    row->addWidget(m_sensorsButton);
    contentLayout()->addLayout(row);
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int mode) { setMode(static_cast<MegMode>(mode)); });
    connect(m_sensorsButton, &QToolButton::clicked, this, &TimeCoursePanel::setSensorsShown);
}

void TimeCoursePanel::connectPlot() {
    connect(m_plot, &TimeCoursePlot::timePicked, this, &TimeCoursePanel::selectTime);
    connect(m_plot, &TimeCoursePlot::layerClicked, this, &TimeCoursePanel::toggleLayer);
    connect(m_plot, &TimeCoursePlot::hovered, this, [this](int layer, int time) {
        m_hover = {.layer = layer, .time = time};
        updateReadout();
    });
    connect(m_plot, &TimeCoursePlot::channelHovered, this, [this](int channel, int time) {
        m_hover = {.channel = channel, .time = time};
        updateReadout();
    });
    connect(m_plot, &TimeCoursePlot::channelClicked, this, [this](int channel) {
        const std::vector<int> chosen = chosenChannels();
        chooseSensors(chosen == std::vector<int>{channel} ? std::vector<int>() : std::vector<int>{channel});
    });
    connect(m_plot, &TimeCoursePlot::windowsEdited, this, [this](const std::vector<TimeWindow>& edited) {
        m_selection.edit([&](Selection& selection) { selection.windows = edited; });
    });
    connect(m_plot, &TimeCoursePlot::windowsReset, this,
            [this] { m_selection.edit([](Selection& selection) { selection.windows.reset(); }); });
    connect(m_strip, &LayerStrip::layerClicked, this, &TimeCoursePanel::toggleLayer);
    connect(m_strip, &LayerStrip::layerHovered, this, [this](int layer) {
        m_hover = {.layer = layer};
        updateReadout();
    });
}

void TimeCoursePanel::connectGridAndHeads() {
    connect(m_grid, &ScoreGrid::cellPicked, this, &TimeCoursePanel::pickCell);
    connect(m_grid, &ScoreGrid::cellHovered, this, [this](int row, int time) {
        m_hover = {.row = row, .time = time};
        updateReadout();
    });
    connect(m_heads, &TopographyStrip::sensorsChosen, this, &TimeCoursePanel::chooseSensors);
    connect(m_heads, &TopographyStrip::sensorHovered, this, [this](int head, int sensor) {
        m_hover = {.channel = sensor, .head = head};
        updateReadout();
    });
}

void TimeCoursePanel::setMode(MegMode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    m_hover = {};
    m_modes->button(static_cast<int>(mode))->setChecked(true);
    m_refresh.schedule();
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

void TimeCoursePanel::themeChanged() {
    m_plot->setTheme(theme());
    m_grid->setTheme(theme());
    m_heads->setTheme(theme());
    m_strip->setTheme(theme());
    for (ElidedLabel* label : {m_note, m_headsCaption}) {
        QPalette muted = label->palette();
        for (const auto role : {QPalette::WindowText, QPalette::Text})
            muted.setColor(role, theme().mutedText);
        label->setPalette(muted);
    }
}

void TimeCoursePanel::onSelection(const Selection& before, const Selection& after) {
    if (before.sensors != after.sensors)
        m_reader->setChannels(chosenChannels());
    const bool isElsewhere = before.model != after.model || before.step != after.step;
    if (const auto shown = indices(); shown && (isElsewhere || before.sensors != after.sensors))
        m_reader->readCheckpoint({shown->model, shown->step});
    if (isElsewhere || before.layer != after.layer || before.time != after.time || before.sensors != after.sensors ||
        before.windows != after.windows)
        m_refresh.schedule();
}

void TimeCoursePanel::onSource() {
    m_shown.reset();
    m_hover = {};
    m_significance = {};
    m_gridKey = {-1, -1, -1, -1, -1};
    m_reader->restart();
    if (const ScoreIndex* index = m_data.index()) {
        m_plot->setTimes(index->times);
        m_reader->setChannels(chosenChannels());
    }
    if (const auto shown = indices())
        m_reader->readCheckpoint({shown->model, shown->step});
    m_reader->readAll();
    refresh();
}

std::optional<SelectionIndices> TimeCoursePanel::indices() const {
    const ScoreIndex* index = m_data.index();
    return index ? indicesOf(m_selection.selection(), *index) : std::nullopt;
}

CourseContext TimeCoursePanel::context() const {
    const SelectionIndices shown = *indices();
    return {.index = m_data.index(),
            .model = shown.model,
            .step = shown.step,
            .layer = emphasizedLayer(),
            .isLayerChosen = shown.layer.has_value(),
            .time = selectedTime(),
            .chosenChannels = static_cast<int>(chosenChannels().size())};
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
    if (const auto& own = m_selection.selection().windows)
        return *own;
    if (const ScoreIndex* index = m_data.index(); index && !index->windows.empty())
        return index->windows;
    std::vector<TimeWindow> paper;
    for (const auto& [start, end] : {std::pair{0.080, 0.130}, std::pair{0.130, 0.180}, std::pair{0.500, 0.550}})
        paper.push_back({windowSpanText(start, end).toStdString(), start, end});
    return paper;
}

QString TimeCoursePanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return QStringLiteral("No study is open");
    if (index->meg.empty())
        return QStringLiteral("No MEG in this study");
    if (!indices())
        return QStringLiteral("Choose a model and a step");
    return {};
}

void TimeCoursePanel::refresh() {
    const QString missing = missingText();
    if (!missing.isEmpty()) {
        setTitle({});
        showMessage(missing);
        return;
    }
    const SelectionIndices shown = *indices();
    const auto found = m_reader->courses({shown.model, shown.step});
    if (!found) {
        setTitle(courseTitle(context(), m_mode));
        if (!m_shown)
            showMessage(QStringLiteral("Reading…"));
        return;
    }
    if (!*found) {
        const QString name = checkpointText(m_selection.selection().step);
        setTitle(courseTitle(context(), m_mode));
        showMessage((name.at(0).toUpper() + name.mid(1)) + QStringLiteral(" is not computed yet"));
        return;
    }
    showCourses(*found);
}

void TimeCoursePanel::showCourses(const std::shared_ptr<const TimeCourses>& courses) {
    if (m_shown != courses) {
        m_shown = courses;
        m_plot->setCourses(courses);
    }
    const CourseContext shown = context();
    setTitle(courseTitle(shown, m_mode));
    QStringList names;
    for (const std::string& name : m_data.index()->models[static_cast<std::size_t>(shown.model)].layerNames)
        names.push_back(QString::fromStdString(name));
    m_strip->setLayers(names);
    m_strip->setMarked(shown.layer);
    m_reader->readSensors({shown.model, shown.step, shown.layer});
    const bool isGrid = m_mode == MegMode::Layers || m_mode == MegMode::Steps;
    m_pictures->setCurrentIndex(isGrid ? 1 : 0);
    if (isGrid)
        showGrid();
    else
        showChannels();
    showSignificance();
    showHeads();
    updateReadout();
    showContent();
}

int TimeCoursePanel::emphasizedLayer() const {
    if (const auto shown = indices(); shown && shown->layer)
        return *shown->layer;
    const std::optional<int> time = selectedTime();
    if (!time || !m_shown || *time >= m_shown->mean.cols())
        return peak().first;
    int best = -1;
    for (int layer = 0; layer < m_shown->mean.rows(); ++layer) {
        const float value = m_shown->mean(layer, *time);
        if (std::isfinite(value) && (best < 0 || value > m_shown->mean(best, *time)))
            best = layer;
    }
    return best;
}

std::optional<int> TimeCoursePanel::selectedTime() const {
    const std::optional<double> time = m_selection.selection().time;
    const std::vector<double>& times = m_data.index()->times;
    if (!time || times.empty())
        return std::nullopt;
    const auto nearest = std::ranges::min_element(times, {}, [&](double sampled) { return std::abs(sampled - *time); });
    return static_cast<int>(nearest - times.begin());
}

std::pair<int, int> TimeCoursePanel::peak() const {
    std::pair<int, int> best{-1, -1};
    float highest = -std::numeric_limits<float>::infinity();
    for (int layer = 0; m_shown && layer < m_shown->mean.rows(); ++layer)
        for (int time = 0; time < m_shown->mean.cols(); ++time)
            if (m_shown->mean(layer, time) > highest) {
                highest = m_shown->mean(layer, time);
                best = {layer, time};
            }
    return best;
}

std::shared_ptr<const SensorScores> TimeCoursePanel::shownSensors() const {
    const CourseContext shown = context();
    return m_reader->sensors({shown.model, shown.step, shown.layer});
}

} // namespace brainlike
