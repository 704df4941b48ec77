#include "views/timecourse/TimeCoursePanel.h"

#include "views/state/NumberText.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/TimeCoursePlot.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

using Courses = std::map<std::pair<int, int>, std::shared_ptr<const TimeCourses>>;

Courses readCourses(const ScoreSource& source, const std::vector<std::pair<int, int>>& keys) {
    Courses courses;
    for (const auto& key : keys) {
        std::optional<TimeCourses> read = source.megTimeCourses(key.first, key.second);
        courses[key] = read ? std::make_shared<const TimeCourses>(std::move(*read)) : nullptr;
    }
    return courses;
}

bool isWhole(const std::shared_ptr<const TimeCourses>& courses) {
    return courses && courses->mean.allFinite();
}

} // namespace

TimeCoursePanel::TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("timeCoursePanel", QStringLiteral("MEG time course"), parent), m_selection(selection), m_data(scores),
      m_plot(new TimeCoursePlot(this)), m_strip(new LayerStrip(this)), m_readout(new ElidedLabel(this)),
      m_windowsNote(new QLabel(this)),
      m_refresh([this] { refresh(); }), m_windows{{0.080, 0.130}, {0.130, 0.180}, {0.500, 0.550}} {
    m_plot->setAccessibleName(QStringLiteral("MEG encoding score over time, one line a layer"));
    m_readout->setObjectName("timeCourseReadout");
    m_windowsNote->setObjectName("windowsNote");
    auto* legend = new QHBoxLayout;
    legend->addWidget(m_strip, 1);
    legend->addSpacing(16);
    legend->addWidget(m_windowsNote);
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_plot, 1);
    contentLayout()->addLayout(legend);
    setMinimumSize(240, 200);
    setWindows(std::vector<TimeSpan>(m_windows));
    themeChanged();

    connect(&selection, &SelectionModel::changed, this, &TimeCoursePanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &TimeCoursePanel::onSource);
    connect(&scores, &ScoreData::arrived, this, [this] {
        readSelected();
        readAll();
    });
    connect(m_plot, &TimeCoursePlot::timePicked, this, &TimeCoursePanel::selectTime);
    connect(m_plot, &TimeCoursePlot::layerClicked, this, &TimeCoursePanel::toggleLayer);
    connect(m_plot, &TimeCoursePlot::hovered, this, [this](int layer, int time) {
        m_hovered = {layer, time};
        updateReadout();
    });
    connect(m_strip, &LayerStrip::layerClicked, this, &TimeCoursePanel::toggleLayer);
    connect(m_strip, &LayerStrip::layerHovered, this, [this](int layer) {
        m_hovered = {layer, -1};
        updateReadout();
    });
    onSource();
}

TimeCoursePanel::~TimeCoursePanel() = default;

void TimeCoursePanel::setWindows(const std::vector<TimeSpan>& windows) {
    m_windows = windows;
    m_plot->setWindows(windows);
    QStringList texts;
    for (const TimeSpan& window : windows)
        texts << QStringLiteral("%1–%2").arg(window.start * 1000).arg(window.end * 1000);
    m_windowsNote->setText(QStringLiteral("shaded: %1 ms").arg(texts.join(QStringLiteral(", "))));
    placeWindowsNote();
}

void TimeCoursePanel::placeWindowsNote() {
    m_windowsNote->setVisible(!m_windows.empty() && width() > m_windowsNote->sizeHint().width() + 340);
}

void TimeCoursePanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    placeWindowsNote();
}

void TimeCoursePanel::themeChanged() {
    m_plot->setTheme(theme());
    m_strip->setTheme(theme());
    QPalette muted = m_windowsNote->palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text})
        muted.setColor(role, theme().mutedText);
    m_windowsNote->setPalette(muted);
}

void TimeCoursePanel::onSelection(const Selection& before, const Selection& after) {
    if (before.model != after.model || before.step != after.step) {
        readSelected();
        m_refresh.schedule();
    } else if (before.layer != after.layer || before.time != after.time) {
        m_refresh.schedule();
    }
}

void TimeCoursePanel::onSource() {
    m_courses.clear();
    m_shown.reset();
    m_selectedRead.cancel();
    m_allRead.cancel();
    m_readingAll = m_readAgain = false;
    m_hovered = {-1, -1};
    if (const ScoreIndex* index = m_data.index())
        m_plot->setTimes(index->times);
    readSelected();
    readAll();
    refresh();
}

std::optional<SelectionIndices> TimeCoursePanel::indices() const {
    const ScoreIndex* index = m_data.index();
    return index ? indicesOf(m_selection.selection(), *index) : std::nullopt;
}

void TimeCoursePanel::readSelected() {
    const auto wanted = indices();
    if (!wanted || m_data.index()->meg.empty())
        return;
    const Key key{wanted->model, wanted->step};
    const auto known = m_courses.find(key);
    if (known != m_courses.end() && isWhole(known->second) && m_data.source()->isComplete())
        return;
    m_selectedRead = m_data.read<Courses>(
        this, [key](const ScoreSource& source) { return readCourses(source, {key}); },
        [this](Courses courses) { keep(std::move(courses)); }, [this](const ErrorDetails& error) { showError(error); });
}

void TimeCoursePanel::readAll() {
    const ScoreIndex* index = m_data.index();
    if (!index || index->meg.empty())
        return;
    if (m_readingAll) {
        m_readAgain = true;
        return;
    }
    std::vector<Key> keys;
    for (std::size_t model = 0; model < index->models.size(); ++model)
        for (std::size_t step = 0; step < index->models[model].steps.size(); ++step) {
            const Key key{static_cast<int>(model), static_cast<int>(step)};
            const auto known = m_courses.find(key);
            if (known == m_courses.end() || !isWhole(known->second) || m_data.source()->isComplete())
                keys.push_back(key);
        }
    if (keys.empty())
        return;
    m_readingAll = true;
    m_allRead = m_data.read<Courses>(
        this, [keys](const ScoreSource& source) { return readCourses(source, keys); },
        [this](Courses courses) {
            m_readingAll = false;
            keep(std::move(courses));
            if (std::exchange(m_readAgain, false))
                readAll();
        },
        [this](const ErrorDetails&) { m_readingAll = false; });
}

void TimeCoursePanel::keep(Courses courses) {
    for (auto& [key, value] : courses)
        m_courses[key] = std::move(value);
    updateRange();
    m_refresh.schedule();
}

void TimeCoursePanel::updateRange() {
    double low = 0, high = 0;
    for (const auto& [key, courses] : m_courses) {
        if (!courses)
            continue;
        for (Eigen::Index at = 0; at < courses->mean.size(); ++at) {
            const double mean = static_cast<double>(courses->mean.data()[at]);
            const double sem = static_cast<double>(courses->sem.data()[at]);
            const double spread = std::isfinite(sem) ? sem : 0;
            if (!std::isfinite(mean))
                continue;
            low = std::min(low, mean - spread);
            high = std::max(high, mean + spread);
        }
    }
    if (high > low)
        m_plot->setValueRange(low - 0.04 * (high - low), high + 0.06 * (high - low));
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
    setTitle(titleParts(shown));
    const auto found = m_courses.find({shown.model, shown.step});
    if (found == m_courses.end()) {
        if (!m_shown)
            showMessage(QStringLiteral("Reading…"));
        return;
    }
    if (!found->second) {
        const QString name = checkpointText(m_selection.selection().step);
        showMessage((name.at(0).toUpper() + name.mid(1)) + QStringLiteral(" is not computed yet"));
        return;
    }
    showCourses(shown, found->second);
}

void TimeCoursePanel::showCourses(const SelectionIndices& shown, const std::shared_ptr<const TimeCourses>& courses) {
    if (m_shown != courses) {
        m_shown = courses;
        m_plot->setCourses(courses);
    }
    QStringList names;
    for (const std::string& name : m_data.index()->models[static_cast<std::size_t>(shown.model)].layerNames)
        names.push_back(QString::fromStdString(name));
    m_strip->setLayers(names);
    m_strip->setMarked(emphasizedLayer());
    m_plot->setEmphasis(emphasizedLayer());
    m_plot->setCursor(selectedTime());
    updateReadout();
    showContent();
}

QStringList TimeCoursePanel::titleParts(const SelectionIndices& shown) const {
    const ScoreIndex& index = *m_data.index();
    const ScoredModel& model = index.models[static_cast<std::size_t>(shown.model)];
    const QString who = index.meg.size() > 1
                            ? QStringLiteral("mean of %1 subjects").arg(index.meg.size())
                            : QStringLiteral("subject ") + QString::fromStdString(index.meg.front().subject);
    return {QString::fromStdString(model.label), checkpointText(m_selection.selection().step),
            who + QStringLiteral(", %1 channels").arg(index.channelNames.size())};
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

QString TimeCoursePanel::readout() const {
    return m_readout->fullText();
}

QString TimeCoursePanel::pointText(int layer, int timeIndex) const {
    const auto shown = indices();
    if (!shown || !m_shown || layer < 0 || timeIndex < 0 || layer >= m_shown->mean.rows() ||
        timeIndex >= m_shown->mean.cols())
        return {};
    const ScoreIndex& index = *m_data.index();
    const auto& names = index.models[static_cast<std::size_t>(shown->model)].layerNames;
    const double time = index.times[static_cast<std::size_t>(timeIndex)];
    QString text = millisecondsText(time) + QStringLiteral(" · ") +
                   QString::fromStdString(names[static_cast<std::size_t>(layer)]) + QStringLiteral(" · R ") +
                   scoreText(static_cast<double>(m_shown->mean(layer, timeIndex)),
                             static_cast<double>(m_shown->sem(layer, timeIndex)));
    for (const TimeSpan& window : m_windows)
        if (time >= window.start && time <= window.end)
            text += QStringLiteral(" · window %1–%2").arg(window.start * 1000).arg(millisecondsText(window.end));
    return text;
}

void TimeCoursePanel::updateReadout() {
    if (!m_data.index())
        return;
    const auto [layer, time] = m_hovered;
    const std::optional<int> selected = selectedTime();
    const auto [peakLayer, peakTime] = peak();
    const bool chosen = indices() && indices()->layer;
    if (time >= 0)
        m_readout->setFullText(pointText(layer >= 0 ? layer : emphasizedLayer(), time));
    else if (layer >= 0)
        m_readout->setFullText(pointText(layer, selected.value_or(peakTime)));
    else if (selected)
        m_readout->setFullText((chosen ? QString() : QStringLiteral("Best at ")) +
                               pointText(emphasizedLayer(), *selected));
    else
        m_readout->setFullText(QStringLiteral("Peak at ") + pointText(peakLayer, peakTime));
    m_plot->setAccessibleDescription(m_readout->fullText());
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

} // namespace brainlike
