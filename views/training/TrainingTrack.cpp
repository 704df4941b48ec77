#include "views/training/TrainingTrack.h"

#include "views/training/CheckpointTip.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScreen>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

/// Between a tip and the track, px.
constexpr int tipGap = 4;

/// Moves the tip that is shown, whose size is known by now, above a place on the screen; as far as the screen goes.
void keepTipAbove(int top) {
    const auto widgets = QApplication::topLevelWidgets();
    const auto tip = std::ranges::find_if(
        widgets, [](const QWidget* widget) { return widget->inherits("QTipLabel") && widget->isVisible(); });
    if (tip != widgets.end())
        (*tip)->move((*tip)->x(),
                     std::max((*tip)->screen()->availableGeometry().top(), top - (*tip)->height() - tipGap));
}

} // namespace

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
    renew();
}

void TrainingTrack::setCurves(const TrainingCurves& current, std::vector<OtherModel> others) {
    m_current = current;
    m_others = std::move(others);
    const int last = std::max(0, static_cast<int>(current.size()) - 1);
    m_hovered = std::min(m_hovered, static_cast<int>(current.size()) - 1);
    m_other = -1;
    setRange(0, last);
    setPageStep(std::max(3, last / 20));
    describe();
    renew();
}

void TrainingTrack::setOther(int checkpoint) {
    if (checkpoint == m_other)
        return;
    m_other = checkpoint;
    describe();
    update();
}

void TrainingTrack::setUnit(TrainingUnit unit) {
    m_unit = unit;
    renew();
}

void TrainingTrack::setHint(const QString& hint) {
    if (hint == m_hint)
        return;
    m_hint = hint;
    renew();
}

void TrainingTrack::renew() {
    m_geometry.reset();
    m_ground = {};
    update();
}

void TrainingTrack::resizeEvent(QResizeEvent* event) {
    QAbstractSlider::resizeEvent(event);
    renew();
}

void TrainingTrack::changeEvent(QEvent* event) {
    QAbstractSlider::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        renew();
}

QSize TrainingTrack::sizeHint() const {
    return {720, 160};
}
QSize TrainingTrack::minimumSizeHint() const {
    return {280, 88};
}

const TrackGeometry& TrainingTrack::geometryNow() const {
    if (m_geometry)
        return *m_geometry;
    std::vector<const TrainingCurves*> shown{&m_current};
    for (const OtherModel& other : m_others)
        shown.push_back(&other.curves);
    m_geometry = TrackGeometry::of(rect(), font(), shown, m_unit);
    m_places.clear();
    for (const std::int64_t step : m_current.steps)
        m_places.push_back(m_geometry->x(static_cast<double>(step)));
    return *m_geometry;
}

QPointF TrainingTrack::positionOf(int checkpoint) const {
    const TrackGeometry& geometry = geometryNow();
    return {m_places.at(static_cast<std::size_t>(checkpoint)), geometry.railY};
}

QPointF TrainingTrack::otherPosition() const {
    return TrackPainter::otherGrip(geometryNow(),
                                   static_cast<double>(m_current.steps.at(static_cast<std::size_t>(m_other))))
        .center();
}

QStringList TrainingTrack::tickLabels() const {
    QStringList labels;
    for (const auto& [step, label] : geometryNow().ticks)
        labels << label;
    return labels;
}

int TrainingTrack::checkpointAt(double x) const {
    (void)geometryNow();
    if (m_places.empty())
        return -1;
    const auto after = std::ranges::lower_bound(m_places, x);
    if (after == m_places.begin())
        return 0;
    if (after == m_places.end())
        return static_cast<int>(m_places.size()) - 1;
    return static_cast<int>(after - m_places.begin()) - (x - *(after - 1) <= *after - x ? 1 : 0);
}

void TrainingTrack::paintGround() {
    m_ground = QPixmap(size() * devicePixelRatioF());
    m_ground.setDevicePixelRatio(devicePixelRatioF());
    m_ground.fill(Qt::transparent);
    QPainter painter(&m_ground);
    painter.setFont(font());
    TrackPainter track(painter, geometryNow(), m_theme);
    track.drawGround(m_hint);
    if (m_current.size() == 0)
        return;
    for (const OtherModel& other : m_others)
        track.drawOtherModel(other.curves, other.line, other.emphasised);
    track.drawCurves(m_current);
}

void TrainingTrack::paintEvent(QPaintEvent*) {
    if (m_ground.isNull() || m_ground.devicePixelRatio() != devicePixelRatioF())
        paintGround();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_ground);
    if (m_current.size() == 0)
        return;
    TrackPainter track(painter, geometryNow(), m_theme);
    const TrackState state{.current = value(),
                           .hovered = m_hovered,
                           .other = m_other,
                           .focused = hasFocus(),
                           .pressed = isSliderDown(),
                           .enabled = isEnabled()};
    track.drawRail(m_current, state);
    if (m_other >= 0)
        track.drawOther(m_current, m_other);
    track.drawHandle(m_current, state);
}

void TrainingTrack::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_current.size() == 0)
        return;
    QToolTip::hideText();
    setHovered(-1);
    if (isOnOther(event->position())) {
        m_isOtherDown = true;
        Q_EMIT otherPressed();
        return;
    }
    setSliderDown(true);
    setValue(checkpointAt(event->position().x()));
    update();
}

void TrainingTrack::mouseMoveEvent(QMouseEvent* event) {
    if (m_current.size() == 0)
        return;
    const int checkpoint = checkpointAt(event->position().x());
    if (m_isOtherDown) {
        if (checkpoint != m_other)
            Q_EMIT otherMoved(checkpoint);
        return;
    }
    if (isSliderDown()) {
        setValue(checkpoint);
        return;
    }
    setHovered(checkpoint);
    if (isOnOther(event->position()))
        QToolTip::showText(event->globalPosition().toPoint(),
                           QStringLiteral("B, which is compared with: drag it, or press Alt+← and Alt+→"), this);
    else
        showTip(checkpoint);
}

bool TrainingTrack::isOnOther(QPointF position) const {
    return m_other >= 0 && QRectF(otherPosition() - QPointF(11, 11), QSizeF(22, 22)).contains(position);
}

/// One checkpoint on or back, like a drag that ends there.
void TrainingTrack::moveOther(int count) {
    const int checkpoint = std::clamp(m_other + count, 0, static_cast<int>(m_current.size()) - 1);
    if (checkpoint == m_other)
        return;
    Q_EMIT otherPressed();
    Q_EMIT otherMoved(checkpoint);
    Q_EMIT otherReleased();
}

void TrainingTrack::showTip(int checkpoint) {
    std::vector<const TrainingCurves*> others;
    for (const OtherModel& other : m_others)
        others.push_back(&other.curves);
    const QString tip = checkpointTip(m_current, others, checkpoint, value(), m_theme);
    // Above the track, so that the tip does not hide what it is about.
    const QPoint place(static_cast<int>(positionOf(checkpoint).x()) + 6, 0);
    QToolTip::showText(mapToGlobal(place), tip, this, rect());
    keepTipAbove(mapToGlobal(QPoint(0, 0)).y());
}

void TrainingTrack::mouseReleaseEvent(QMouseEvent*) {
    if (std::exchange(m_isOtherDown, false))
        Q_EMIT otherReleased();
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
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (isSideways && event->modifiers().testFlag(Qt::AltModifier)) {
        if (m_other >= 0)
            moveOther(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
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
    if (static_cast<std::size_t>(value()) >= m_current.size())
        return;
    QString text = m_current.description(static_cast<std::size_t>(value()));
    if (m_other >= 0 && static_cast<std::size_t>(m_other) < m_current.size())
        text += QStringLiteral("; B: ") + m_current.description(static_cast<std::size_t>(m_other)) +
                QStringLiteral(" (Alt+← and Alt+→ move it)");
    setAccessibleDescription(text);
}

} // namespace brainlike
