#include "views/halftimes/HalfTimeBars.h"

#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

constexpr double gap = 8;
constexpr double barHeight = 8;
constexpr double dotRadius = 3.5;
constexpr double mostNameShare = 0.35;     ///< of the width, for names
constexpr double barsWithDifference = 360; ///< width from which the words of A − B have room

bool isRowKey(const QEvent* event) {
    const int key = static_cast<const QKeyEvent*>(event)->key();
    return key == Qt::Key_Up || key == Qt::Key_Down;
}

QString noteFor(const HalfTime& half) {
    switch (half.status) {
    case HalfTimeStatus::Ok:
        return {};
    case HalfTimeStatus::AtOrBeforeFirst:
        return half.firstStep == 0 ? HalfTimeBars::tr("half of it untrained already")
                                   : HalfTimeBars::tr("≤ step %1").arg(stepText(half.firstStep));
    case HalfTimeStatus::FinalNotPositive:
        break;
    }
    return HalfTimeBars::tr("none: the final score is not above 0");
}

} // namespace

HalfTimeBars::HalfTimeBars(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName("halfTimeBars");
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Half-times"));
    viewport()->setMouseTracking(true);
    setMinimumSize(220, 120);
}

void HalfTimeBars::setTheme(const Theme& theme) {
    m_theme = theme;
    QPalette colors = palette();
    colors.setColor(QPalette::Base, theme.window);
    viewport()->setPalette(colors);
    layOut();
}

void HalfTimeBars::setBars(std::vector<Bar> bars, const std::vector<std::int64_t>& steps) {
    m_bars = std::move(bars);
    m_axis = StepAxis(steps);
    m_picked = m_hovered = -1;
    layOut();
}

void HalfTimeBars::setStep(std::int64_t step) {
    m_step = step;
    viewport()->update();
}

void HalfTimeBars::setPicked(int row) {
    if (row == m_picked)
        return;
    m_picked = row;
    if (row >= 0) {
        const QRectF box = rowBox(row);
        if (box.top() < m_plot.top())
            verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(m_plot.top() - box.top()));
        else if (box.bottom() > m_plot.bottom())
            verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                          static_cast<int>(std::ceil(box.bottom() - m_plot.bottom())));
    }
    viewport()->update();
}

/// Room for names at the left, for the steps' labels at the bottom, for the last label's half at the right.
void HalfTimeBars::layOut() {
    const QFontMetricsF metrics(font());
    m_rowHeight = std::ceil((isCompared() ? 1.7 : 1) * metrics.height() + 6);
    const QSizeF size = viewport()->size();
    double names = 0;
    m_differenceWidth = 0;
    for (const Bar& bar : m_bars) {
        names = std::max(names, metrics.horizontalAdvance(bar.name));
        if (isCompared() && size.width() >= barsWithDifference)
            m_differenceWidth = std::max(m_differenceWidth, metrics.horizontalAdvance(bar.difference) + gap);
    }
    const double firstLabel = m_axis.ticks().empty() ? 0 : metrics.horizontalAdvance(m_axis.ticks().front().label) / 2;
    const double left = std::max(std::min(names, mostNameShare * size.width()) + gap, firstLabel) + gap;
    m_plot = QRectF(left, 2, std::max(40.0, size.width() - left - 2.5 * gap - m_differenceWidth),
                    std::max(m_rowHeight, size.height() - metrics.height() - gap));
    const double wanted = m_rowHeight * static_cast<double>(m_bars.size());
    verticalScrollBar()->setPageStep(static_cast<int>(m_plot.height()));
    verticalScrollBar()->setSingleStep(static_cast<int>(m_rowHeight));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(wanted - m_plot.height()))));
    viewport()->update();
}

double HalfTimeBars::xOfPosition(double position) const {
    const double size = m_axis.high() - m_axis.low();
    return m_plot.left() + (size > 0 ? (position - m_axis.low()) / size : 0.5) * m_plot.width();
}

double HalfTimeBars::xOf(double step) const {
    return xOfPosition(m_axis.positionOf(step));
}

QRectF HalfTimeBars::rowBox(int row) const {
    return {0, m_plot.top() + row * m_rowHeight - verticalScrollBar()->value(),
            static_cast<double>(viewport()->width()), m_rowHeight};
}

int HalfTimeBars::rowAt(QPointF position) const {
    if (position.y() < m_plot.top() || position.y() >= m_plot.bottom())
        return -1;
    const int row = static_cast<int>((position.y() - m_plot.top() + verticalScrollBar()->value()) / m_rowHeight);
    return row < static_cast<int>(m_bars.size()) ? row : -1;
}

/// A lies in the upper half of a row that has B in its lower one.
QPointF HalfTimeBars::endOf(int row, const HalfTime& half, bool isOther) const {
    const QRectF box = rowBox(row);
    const double share = !isCompared() ? 0.5 : isOther ? 0.72 : 0.28;
    return {half.status == HalfTimeStatus::Ok ? xOf(half.step) : m_plot.left(), box.top() + share * box.height()};
}

QPointF HalfTimeBars::positionOf(int row) const {
    return endOf(row, m_bars.at(static_cast<std::size_t>(row)).halfTime, false);
}

QPointF HalfTimeBars::otherPositionOf(int row) const {
    const Bar& bar = m_bars.at(static_cast<std::size_t>(row));
    return bar.other ? endOf(row, *bar.other, true) : positionOf(row);
}

QString HalfTimeBars::noteOf(int row) const {
    return noteFor(m_bars.at(static_cast<std::size_t>(row)).halfTime);
}

void HalfTimeBars::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    paintGround(painter);
    painter.setClipRect(QRectF(0, m_plot.top(), viewport()->width(), m_plot.height()));
    const auto forEachRow = [&](void (HalfTimeBars::*paint)(QPainter&, int) const) {
        for (int row = 0; row < static_cast<int>(m_bars.size()); ++row)
            if (rowBox(row).bottom() > m_plot.top() && rowBox(row).top() < m_plot.bottom())
                (this->*paint)(painter, row);
    };
    forEachRow(&HalfTimeBars::paintRow);
    // It breaks the axis and the bars, not the words.
    if (const auto middle = m_axis.breakPosition())
        painter.fillRect(QRectF(xOfPosition(*middle) - 3, m_plot.top(), 6, m_plot.height()), m_theme.window);
    forEachRow(&HalfTimeBars::paintWords);
}

void HalfTimeBars::paintGround(QPainter& painter) const {
    painter.fillRect(m_plot, m_theme.panel);
    const QFontMetricsF metrics(font());
    double free = -std::numeric_limits<double>::infinity();
    for (const StepAxis::Tick& tick : m_axis.ticks()) {
        const double x = std::round(xOfPosition(tick.position)) + 0.5;
        painter.setPen(m_theme.grid);
        painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
        const double width = metrics.horizontalAdvance(tick.label);
        const double left = std::min(x - width / 2, m_plot.right() + 2.5 * gap - width - 1);
        if (left < free)
            continue;
        painter.setPen(m_theme.mutedText);
        painter.drawText(QRectF(left, m_plot.bottom() + 3, width + 1, metrics.height()), Qt::AlignCenter, tick.label);
        free = left + width + gap;
    }
    if (m_step) {
        painter.setPen(QPen(m_theme.accent, 1.2, Qt::DashLine));
        const double x = xOf(static_cast<double>(*m_step));
        painter.drawLine(QPointF(x, m_plot.top()), QPointF(x, m_plot.bottom()));
    }
}

std::vector<HalfTimeBars::Lane> HalfTimeBars::lanesOf(int row) const {
    const Bar& bar = m_bars[static_cast<std::size_t>(row)];
    std::vector<Lane> lanes{{bar.halfTime, bar.interval, positionOf(row)}};
    if (bar.other)
        lanes.push_back({*bar.other, bar.otherInterval, otherPositionOf(row), true});
    return lanes;
}

void HalfTimeBars::paintRow(QPainter& painter, int row) const {
    if (row == m_picked || row == m_hovered)
        painter.fillRect(rowBox(row), faded(m_theme.accent, row == m_picked ? 0.22 : 0.1));
    for (const Lane& lane : lanesOf(row))
        if (lane.halfTime.status == HalfTimeStatus::Ok)
            paintBar(painter, lane);
}

void HalfTimeBars::paintWords(QPainter& painter, int row) const {
    const QRectF box = rowBox(row);
    const Bar& bar = m_bars[static_cast<std::size_t>(row)];
    const QFontMetricsF metrics(font());
    const double width = m_plot.left() - gap;
    painter.setPen(m_theme.text);
    painter.drawText(QRectF(0, box.top(), width, box.height()), Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(bar.name, Qt::ElideMiddle, width));
    for (const Lane& lane : lanesOf(row))
        lane.halfTime.status == HalfTimeStatus::Ok ? paintWhiskers(painter, lane) : paintNote(painter, lane);
    painter.setPen(m_theme.mutedText);
    if (bar.other && m_differenceWidth > 0)
        painter.drawText(QRectF(m_plot.right() + 1.5 * gap, box.top(), m_differenceWidth + gap, box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, bar.difference);
}

/// @param length  to the right where it is positive
void HalfTimeBars::paintArrow(QPainter& painter, QPointF tip, double length) const {
    painter.drawPolygon(QPolygonF{tip, tip + QPointF(-length, -4.5), tip + QPointF(-length, 4.5)});
}

void HalfTimeBars::paintNote(QPainter& painter, const Lane& lane) const {
    const QFontMetricsF metrics(font());
    const bool isCensored = lane.halfTime.status == HalfTimeStatus::AtOrBeforeFirst;
    const double left = m_plot.left() + (isCensored ? 12 : 4);
    if (isCensored) {
        painter.setPen(QPen(m_theme.encoding, 1.2));
        painter.setBrush(lane.isOther ? QBrush(m_theme.panel) : QBrush(m_theme.encoding));
        paintArrow(painter, QPointF(m_plot.left() + 1, lane.end.y()), -8);
    }
    painter.setPen(m_theme.mutedText);
    const double room = m_plot.right() - left;
    painter.drawText(QRectF(left, lane.end.y() - metrics.height() / 2, room, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(noteFor(lane.halfTime), Qt::ElideRight, room));
}

void HalfTimeBars::paintBar(QPainter& painter, const Lane& lane) const {
    painter.setPen(lane.isOther ? QPen(faded(m_theme.encoding, 0.7), 1) : QPen(Qt::NoPen));
    painter.setBrush(lane.isOther ? QBrush(Qt::NoBrush) : QBrush(faded(m_theme.encoding, 0.35)));
    painter.drawRect(QRectF(m_plot.left(), lane.end.y() - barHeight / 2, lane.end.x() - m_plot.left(), barHeight));
}

/// An end that is censored is an arrow at the edge of the plot, any other one a stroke.
void HalfTimeBars::paintWhiskers(QPainter& painter, const Lane& lane) const {
    const BootstrapInterval& interval = lane.interval;
    if (!std::isnan(interval.low) && !std::isnan(interval.high)) {
        painter.setPen(QPen(m_theme.text, 1.3));
        painter.setBrush(m_theme.text);
        const double low = std::isinf(interval.low) ? m_plot.left() + 1 : xOf(interval.low);
        const double high = std::isinf(interval.high) ? m_plot.right() - 1 : xOf(interval.high);
        painter.drawLine(QPointF(low, lane.end.y()), QPointF(high, lane.end.y()));
        for (const auto& [end, x] : {std::pair(interval.low, low), std::pair(interval.high, high)}) {
            if (std::isinf(end))
                paintArrow(painter, QPointF(x, lane.end.y()), end < 0 ? -6 : 6);
            else
                painter.drawLine(QPointF(x, lane.end.y() - 3), QPointF(x, lane.end.y() + 3));
        }
    }
    painter.setPen(lane.isOther ? QPen(m_theme.encoding, 1.5) : QPen(m_theme.panel, 1));
    painter.setBrush(lane.isOther ? m_theme.panel : m_theme.encoding);
    painter.drawEllipse(lane.end, dotRadius, dotRadius);
}

void HalfTimeBars::point(int row) {
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
    Q_EMIT hovered(row);
}

bool HalfTimeBars::event(QEvent* event) {
    // With the focus here, these keys go through the rows, whatever they do in the window.
    if (event->type() == QEvent::ShortcutOverride && isRowKey(event)) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

bool HalfTimeBars::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        point(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

void HalfTimeBars::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void HalfTimeBars::mouseMoveEvent(QMouseEvent* event) {
    point(rowAt(event->position()));
}

void HalfTimeBars::mouseReleaseEvent(QMouseEvent* event) {
    if (const int row = rowAt(event->position()); row >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT clicked(row);
}

void HalfTimeBars::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_bars.size()) - 1;
    const int direction = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (direction == 0 || last < 0)
        return QAbstractScrollArea::keyPressEvent(event);
    Q_EMIT clicked(std::clamp(m_picked < 0 ? 0 : m_picked + direction, 0, last));
}

} // namespace brainlike
