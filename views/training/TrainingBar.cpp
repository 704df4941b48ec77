#include "views/training/TrainingBar.h"

#include "views/state/NumberText.h"
#include "views/training/TrainingLegend.h"
#include "views/training/TrainingTrack.h"
#include "views/training/TransportButton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace brainlike {
namespace {

constexpr std::array speeds{0.5, 1.0, 2.0};
constexpr double checkpointMilliseconds = 800;

std::vector<SummaryCurves> readAllSummaries(const ScoreSource& source) {
    std::vector<SummaryCurves> summaries;
    for (std::size_t model = 0; model < source.index().models.size(); ++model)
        summaries.push_back(source.summary(static_cast<int>(model)));
    return summaries;
}

} // namespace

TrainingBar::TrainingBar(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_data(scores), m_theme(Theme::of(palette())),
      m_refresh([this] { refresh(); }) {
    setObjectName("trainingBar");
    setAccessibleName(QStringLiteral("Training"));
    setAutoFillBackground(true);
    createWidgets();
    connectWidgets();
    applyTheme();
    updateButtons();
    onSource();
}

TrainingBar::~TrainingBar() = default;

void TrainingBar::createWidgets() {
    m_play = new TransportButton(TransportButton::Sign::Play, 44, this);
    m_speed = new TransportButton(TransportButton::Sign::Text, 24, this);
    m_loop = new TransportButton(TransportButton::Sign::Loop, 24, this);
    m_play->setObjectName("playButton");
    m_speed->setObjectName("speedButton");
    m_loop->setObjectName("loopButton");
    m_loop->setCheckable(true);
    m_loop->setAccessibleName(QStringLiteral("Loop"));
    m_loop->setToolTip(QStringLiteral("Start over after the last checkpoint"));
    m_legend = new TrainingLegend(this);
    m_track = new TrainingTrack(this);

    auto* small = new QHBoxLayout;
    small->setSpacing(2);
    small->addWidget(m_speed);
    small->addWidget(m_loop);
    auto* transport = new QVBoxLayout;
    transport->setSpacing(6);
    transport->addStretch(1);
    transport->addWidget(m_play, 0, Qt::AlignHCenter);
    transport->addLayout(small);
    transport->addStretch(1);
    auto* plot = new QVBoxLayout;
    plot->setSpacing(2);
    plot->addWidget(m_legend);
    plot->addWidget(m_track, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(12);
    layout->addLayout(transport);
    layout->addLayout(plot, 1);
}

void TrainingBar::connectWidgets() {
    connect(m_play, &QAbstractButton::clicked, this, &TrainingBar::togglePlay);
    connect(m_speed, &QAbstractButton::clicked, this, &TrainingBar::cycleSpeed);
    connect(m_loop, &QAbstractButton::toggled, this, [this] { updateButtons(); });
    connect(m_track, &QAbstractSlider::valueChanged, this, [this](int checkpoint) {
        pause();
        selectCheckpoint(checkpoint);
    });
    connect(&m_timer, &QTimer::timeout, this, &TrainingBar::advance);
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.model != after.model || before.step != after.step)
            m_refresh.schedule();
    });
    connect(&m_data, &ScoreData::sourceChanged, this, &TrainingBar::onSource);
    connect(&m_data, &ScoreData::arrived, this, &TrainingBar::readSummaries);
}

void TrainingBar::onSource() {
    pause();
    m_read.cancel();
    m_reading = m_readAgain = false;
    m_summaries.clear();
    readSummaries();
    refresh();
}

void TrainingBar::readSummaries() {
    if (!m_data.source())
        return;
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    m_read = m_data.read<std::vector<SummaryCurves>>(
        this, readAllSummaries,
        [this](std::vector<SummaryCurves> summaries) {
            m_reading = false;
            m_summaries = std::move(summaries);
            m_refresh.schedule();
            if (std::exchange(m_readAgain, false))
                readSummaries();
        },
        [this](const ErrorDetails& error) {
            m_reading = false;
            m_track->setHint(QString::fromStdString(error.what));
        });
}

int TrainingBar::modelIndex() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return -1;
    const auto found = std::ranges::find(index->models, m_selection.selection().model, &ScoredModel::id);
    return found == index->models.end() ? -1 : static_cast<int>(found - index->models.begin());
}

int TrainingBar::checkpoint() const {
    const int model = modelIndex();
    if (model < 0)
        return -1;
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(model)].steps;
    const auto found = std::ranges::find(steps, m_selection.selection().step);
    return found == steps.end() ? -1 : static_cast<int>(found - steps.begin());
}

QString TrainingBar::hint(const SummaryCurves& summary) const {
    if (m_summaries.empty())
        return QStringLiteral("Reading…");
    const auto any = [](const std::vector<double>& values) { return !values.empty() && std::isfinite(values.back()); };
    if (any(summary.encodingFmri) || any(summary.encodingMeg) || any(summary.spatial) || any(summary.temporal))
        return {};
    return QStringLiteral("The curves appear once the last checkpoint is computed");
}

void TrainingBar::refresh() {
    const ScoreIndex* index = m_data.index();
    const int model = modelIndex();
    if (!index || model < 0 || index->models[static_cast<std::size_t>(model)].steps.empty()) {
        showNothing(index ? QStringLiteral("Choose a model") : QStringLiteral("No study is open"));
        return;
    }
    const QSignalBlocker blocker(m_track);
    std::vector<TrainingCurves> others;
    TrainingCurves current;
    SummaryCurves shown;
    for (std::size_t at = 0; at < index->models.size(); ++at) {
        const SummaryCurves summary = at < m_summaries.size() ? m_summaries[at] : SummaryCurves{};
        TrainingCurves curves = TrainingCurves::of(index->models[at], summary, !index->fmri.empty());
        if (static_cast<int>(at) == model) {
            current = std::move(curves);
            shown = summary;
        } else {
            others.push_back(std::move(curves));
        }
    }
    m_track->setEnabled(true);
    m_track->setHint(hint(shown));
    m_track->setCurves(current, others);
    m_track->setValue(std::max(0, checkpoint()));
    m_legend->setCurves(current);
    m_legend->setCheckpoint(checkpoint());
    updateButtons();
}

void TrainingBar::showNothing(const QString& why) {
    const QSignalBlocker blocker(m_track);
    pause();
    m_track->setCurves({}, {});
    m_track->setHint(why);
    m_track->setEnabled(false);
    m_legend->setCurves({});
    m_legend->setCheckpoint(-1);
    updateButtons();
}

void TrainingBar::selectCheckpoint(int checkpoint) {
    const int model = modelIndex();
    if (model < 0)
        return;
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(model)].steps;
    if (checkpoint >= 0 && checkpoint < static_cast<int>(steps.size()))
        m_selection.edit([&](Selection& selection) { selection.step = steps[static_cast<std::size_t>(checkpoint)]; });
}

void TrainingBar::stepBy(int count) {
    const int model = modelIndex();
    if (model < 0)
        return;
    const int last = static_cast<int>(m_data.index()->models[static_cast<std::size_t>(model)].steps.size()) - 1;
    pause();
    selectCheckpoint(std::clamp(std::max(0, checkpoint()) + count, 0, std::max(0, last)));
}

void TrainingBar::advance() {
    const int model = modelIndex();
    if (model < 0)
        return pause();
    const ScoreIndex& index = *m_data.index();
    const ScoredModel& scored = index.models[static_cast<std::size_t>(model)];
    const SummaryCurves summary = static_cast<std::size_t>(model) < m_summaries.size()
                                      ? m_summaries[static_cast<std::size_t>(model)]
                                      : SummaryCurves{};
    const std::vector<bool> computed = TrainingCurves::of(scored, summary, !index.fmri.empty()).computed;
    const bool any = std::ranges::find(computed, true) != computed.end();
    const auto next = [&](int from) {
        while (from < static_cast<int>(computed.size()) && any && !computed[static_cast<std::size_t>(from)])
            ++from;
        return from;
    };
    int target = next(checkpoint() + 1);
    if (target >= static_cast<int>(computed.size())) {
        if (!isLooping())
            return pause();
        target = next(0);
    }
    selectCheckpoint(target);
}

void TrainingBar::play() {
    const int model = modelIndex();
    if (model < 0 || isPlaying())
        return;
    const int last = static_cast<int>(m_data.index()->models[static_cast<std::size_t>(model)].steps.size()) - 1;
    if (checkpoint() >= last)
        selectCheckpoint(0);
    m_timer.start(static_cast<int>(checkpointMilliseconds / speed()));
    updateButtons();
    Q_EMIT playingChanged(true);
}

void TrainingBar::pause() {
    if (!isPlaying())
        return;
    m_timer.stop();
    updateButtons();
    Q_EMIT playingChanged(false);
}

void TrainingBar::togglePlay() {
    isPlaying() ? pause() : play();
}

double TrainingBar::speed() const {
    return speeds.at(static_cast<std::size_t>(m_speedIndex));
}
bool TrainingBar::isLooping() const {
    return m_loop->isChecked();
}
void TrainingBar::setLooping(bool looping) {
    m_loop->setChecked(looping);
}

void TrainingBar::cycleSpeed() {
    m_speedIndex = (m_speedIndex + 1) % static_cast<int>(speeds.size());
    m_timer.setInterval(static_cast<int>(checkpointMilliseconds / speed()));
    updateButtons();
}

void TrainingBar::updateButtons() {
    m_play->setEnabled(modelIndex() >= 0);
    m_play->setSign(isPlaying() ? TransportButton::Sign::Pause : TransportButton::Sign::Play);
    m_play->setAccessibleName(isPlaying() ? QStringLiteral("Pause") : QStringLiteral("Play"));
    m_play->setToolTip(isPlaying() ? QStringLiteral("Pause (Space)") : QStringLiteral("Play the training (Space)"));
    m_speed->setText(QString::number(speed()) + QStringLiteral("×"));
    m_speed->setAccessibleName(QStringLiteral("Speed ") + m_speed->text());
    m_speed->setToolTip(QStringLiteral("Speed of playing: %1; click for the next").arg(m_speed->text()));
    m_loop->setAccessibleDescription(isLooping() ? QStringLiteral("on") : QStringLiteral("off"));
    m_speed->update();
}

void TrainingBar::applyTheme() {
    for (TransportButton* button : {m_play, m_speed, m_loop})
        button->setTheme(m_theme);
    m_legend->setTheme(m_theme);
    m_track->setTheme(m_theme);
}

void TrainingBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_theme = Theme::of(palette());
    applyTheme();
}

void TrainingBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space)
        togglePlay();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        stepBy(event->key() == Qt::Key_Left ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace brainlike
