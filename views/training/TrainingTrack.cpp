#include "views/training/TrainingTrack.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace brainlike {

TrainingTrack::TrainingTrack(QWidget* parent) : QAbstractSlider(parent) {
    setObjectName("trainingTrack");
    setAccessibleName(QStringLiteral("Training step"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setPageStep(3);
    setRange(0, 0);
}

void TrainingTrack::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void TrainingTrack::setCurves(const TrainingCurves& current, const std::vector<TrainingCurves>& others) {
    m_current = current;
    m_others = others;
    m_hovered = std::min(m_hovered, static_cast<int>(current.size()) - 1);
    setRange(0, std::max(0, static_cast<int>(current.size()) - 1));
    describe();
    update();
}

void TrainingTrack::setHint(const QString& hint) {
    m_hint = hint;
    update();
}

QSize TrainingTrack::sizeHint() const {
    return {720, 120};
}
QSize TrainingTrack::minimumSizeHint() const {
    return {280, 96};
}

TrackGeometry TrainingTrack::geometryNow() const {
    std::set<std::int64_t> steps(m_current.steps.begin(), m_current.steps.end());
    std::vector<const TrainingCurves*> shown{&m_current};
    for (const TrainingCurves& other : m_others) {
        steps.insert(other.steps.begin(), other.steps.end());
        shown.push_back(&other);
    }
    return TrackGeometry::of(rect(), font(), {steps.begin(), steps.end()}, shown);
}

QPointF TrainingTrack::positionOf(int checkpoint) const {
    const TrackGeometry geometry = geometryNow();
    return {geometry.x(static_cast<double>(m_current.steps.at(static_cast<std::size_t>(checkpoint)))), geometry.railY};
}

int TrainingTrack::checkpointAt(double x) const {
    const TrackGeometry geometry = geometryNow();
    int nearest = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at < m_current.size(); ++at)
        if (const double away = std::abs(geometry.x(static_cast<double>(m_current.steps[at])) - x); away < distance) {
            distance = away;
            nearest = static_cast<int>(at);
        }
    return nearest;
}

void TrainingTrack::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const TrackGeometry geometry = geometryNow();
    TrackPainter track(painter, geometry, m_theme);
    track.drawGround(m_hint);
    if (m_current.size() == 0)
        return;
    TrackState state{.current = value(),
                     .hovered = m_hovered,
                     .focused = hasFocus(),
                     .pressed = isSliderDown(),
                     .enabled = isEnabled()};
    for (const TrainingCurves& other : m_others)
        track.drawFaint(other);
    track.drawCurves(m_current);
    track.drawRail(m_current, state);
    track.drawHandle(m_current, state);
}

void TrainingTrack::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_current.size() == 0)
        return;
    QToolTip::hideText();
    setHovered(-1);
    setSliderDown(true);
    setValue(checkpointAt(event->position().x()));
    update();
}

void TrainingTrack::mouseMoveEvent(QMouseEvent* event) {
    if (m_current.size() == 0)
        return;
    const int checkpoint = checkpointAt(event->position().x());
    if (isSliderDown()) {
        setValue(checkpoint);
        return;
    }
    setHovered(checkpoint);
    // Above the track, so that the tip does not hide what it is about.
    const QPoint place(static_cast<int>(positionOf(checkpoint).x()) + 6, -6 * fontMetrics().height() - 24);
    QToolTip::showText(mapToGlobal(place), m_current.tip(static_cast<std::size_t>(checkpoint), m_theme), this, rect());
}

void TrainingTrack::mouseReleaseEvent(QMouseEvent*) {
    setSliderDown(false);
    update();
}

void TrainingTrack::leaveEvent(QEvent* event) {
    QAbstractSlider::leaveEvent(event);
    setHovered(-1);
}

void TrainingTrack::setHovered(int checkpoint) {
    if (checkpoint == m_hovered)
        return;
    m_hovered = checkpoint;
    update();
    Q_EMIT hovered(checkpoint);
}

void TrainingTrack::keyPressEvent(QKeyEvent* event) {
    // Up and down are the layer's keys (INTERFACE "Keys").
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        event->ignore();
    else
        QAbstractSlider::keyPressEvent(event);
}

void TrainingTrack::sliderChange(SliderChange change) {
    QAbstractSlider::sliderChange(change);
    if (change == SliderValueChange)
        describe();
    update();
}

void TrainingTrack::describe() {
    if (static_cast<std::size_t>(value()) < m_current.size())
        setAccessibleDescription(m_current.description(static_cast<std::size_t>(value())));
}

} // namespace brainlike
