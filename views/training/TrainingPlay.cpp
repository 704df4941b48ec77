#include "views/training/TrainingBar.h"
#include "views/training/TrainingTrack.h"
#include "views/training/TransportButton.h"

#include <QMenu>

#include <algorithm>
#include <array>

// Playing: from checkpoint to checkpoint, in a loop, back and forth, faster and slower.

namespace brainlike {
namespace {

constexpr std::array speeds{0.5, 1.0, 2.0};
constexpr double checkpointMilliseconds = 800;
/// Many checkpoints go by faster: the whole training takes about so long.
constexpr double trainingMilliseconds = 40000, shortestMilliseconds = 40;

} // namespace

void TrainingBar::stepBy(int count) {
    const int model = modelIndex();
    if (model < 0)
        return;
    const int last = static_cast<int>(m_data.index()->models[static_cast<std::size_t>(model)].steps.size()) - 1;
    pause();
    selectCheckpoint(std::clamp(std::max(0, checkpoint()) + count, 0, std::max(0, last)));
}

/// Of a checkpoint on, in a direction; one beyond the ends where there is none. All count while none is computed.
int TrainingBar::nextComputed(int from, int direction) const {
    const auto& computed = m_curves[static_cast<std::size_t>(modelIndex())].computed;
    const bool any = std::ranges::find(computed, true) != computed.end();
    while (from >= 0 && from < static_cast<int>(computed.size()) && any && !computed[static_cast<std::size_t>(from)])
        from += direction;
    return from;
}

void TrainingBar::advance() {
    const int model = modelIndex();
    if (model < 0)
        return pause();
    const int count = static_cast<int>(m_curves[static_cast<std::size_t>(model)].size());
    const auto isThere = [count](int checkpoint) { return checkpoint >= 0 && checkpoint < count; };
    if (!isBouncing())
        m_direction = 1;
    int target = nextComputed(checkpoint() + m_direction, m_direction);
    if (!isThere(target) && isBouncing()) {
        m_direction = -m_direction;
        target = nextComputed(checkpoint() + m_direction, m_direction);
    } else if (!isThere(target) && isLooping()) {
        target = nextComputed(0, 1);
    }
    isThere(target) ? selectCheckpoint(target) : pause();
}

int TrainingBar::interval() const {
    const int model = modelIndex();
    const double count = model < 0 ? 1 : static_cast<double>(m_curves[static_cast<std::size_t>(model)].size());
    return static_cast<int>(std::clamp(trainingMilliseconds / count, shortestMilliseconds, checkpointMilliseconds) /
                            speed());
}

void TrainingBar::play() {
    const int model = modelIndex();
    if (model < 0 || isPlaying())
        return;
    const int last = static_cast<int>(m_data.index()->models[static_cast<std::size_t>(model)].steps.size()) - 1;
    m_direction = 1;
    if (checkpoint() >= last && !isBouncing())
        selectCheckpoint(0);
    m_timer.start(interval());
    tellBlendTime();
    updateButtons();
    Q_EMIT playingChanged(true);
}

void TrainingBar::pause() {
    if (!isPlaying())
        return;
    m_timer.stop();
    tellBlendTime();
    updateButtons();
    Q_EMIT playingChanged(false);
}

void TrainingBar::setBlending(bool isBlending) {
    if (isBlending == m_isBlending)
        return;
    m_isBlending = isBlending;
    tellBlendTime();
    Q_EMIT blendingChanged(isBlending);
}

/// The exact map stays for the rest of the time to the next checkpoint.
void TrainingBar::tellBlendTime() {
    Q_EMIT blendTimeChanged(m_isBlending && isPlaying() ? interval() * 3 / 4 : 0);
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
bool TrainingBar::isBouncing() const {
    return m_bounce->isChecked();
}

void TrainingBar::setLooping(bool looping) {
    m_loop->setChecked(looping);
    if (looping)
        m_bounce->setChecked(false);
    updateButtons();
}

void TrainingBar::setBouncing(bool bouncing) {
    m_bounce->setChecked(bouncing);
    if (bouncing)
        m_loop->setChecked(false);
    updateButtons();
}

void TrainingBar::fillMenu(QMenu& menu) {
    const auto addChoice = [&](const QString& text, TransportButton* button) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        connect(action, &QAction::triggered, button, &QAbstractButton::setChecked);
        connect(button, &QAbstractButton::toggled, action, &QAction::setChecked);
    };
    addChoice(tr("Loop"), m_loop);
    addChoice(tr("Back and forth"), m_bounce);
    menu.addAction(tr("Next speed"), this, &TrainingBar::cycleSpeed);
    menu.addAction(tr("Axis: steps, images or share"), this, &TrainingBar::cycleUnit);
    QAction* blend = menu.addAction(tr("Blend colours while playing"));
    blend->setObjectName("blendColours");
    blend->setCheckable(true);
    blend->setChecked(m_isBlending);
    connect(blend, &QAction::triggered, this, &TrainingBar::setBlending);
    connect(this, &TrainingBar::blendingChanged, blend, &QAction::setChecked);
}

void TrainingBar::cycleUnit() {
    const int model = modelIndex();
    const bool hasImages = model >= 0 && m_curves[static_cast<std::size_t>(model)].batchSize.has_value();
    m_unit = m_unit == TrainingUnit::Steps && hasImages ? TrainingUnit::Images
             : m_unit != TrainingUnit::Share            ? TrainingUnit::Share
                                                        : TrainingUnit::Steps;
    m_track->setUnit(m_unit);
    updateButtons();
}

void TrainingBar::cycleSpeed() {
    m_speedIndex = (m_speedIndex + 1) % static_cast<int>(speeds.size());
    m_timer.setInterval(interval());
    tellBlendTime();
    updateButtons();
}

} // namespace brainlike
