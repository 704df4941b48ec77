#include "views/timecourse/TimeCoursePlot.h"

#include <QContextMenuEvent>
#include <QMenu>

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

constexpr double nearPixels = 6;
/// A window that is drawn shorter than this was a slip of the hand, s.
constexpr double shortestWindow = 0.005;
constexpr double usualWindow = 0.05;

/// Whole milliseconds.
double rounded(double seconds) {
    return std::round(seconds * 1000) / 1000;
}

TimeWindow newWindow(double first, double second) {
    const double start = std::min(first, second), end = std::max(first, second);
    return {windowSpanText(start, end).toStdString(), start, end};
}

} // namespace

double TimeCoursePlot::milliseconds(int timeIndex) const {
    return m_times.at(static_cast<std::size_t>(timeIndex));
}

int TimeCoursePlot::timeIndexAt(double x) const {
    const double time = xAxis->pixelToCoord(x);
    const auto after = std::ranges::lower_bound(m_times, time);
    if (m_times.empty() || after == m_times.begin())
        return m_times.empty() ? -1 : 0;
    const auto index = static_cast<int>(after - m_times.begin());
    if (after == m_times.end() || time - *(after - 1) <= *after - time)
        return index - 1;
    return index;
}

int TimeCoursePlot::layerAt(QPointF position) const {
    int nearest = -1;
    double distance = nearPixels;
    for (std::size_t layer = 0; layer < m_lines.size(); ++layer) {
        const double away = m_lines[layer]->visible() ? m_lines[layer]->selectTest(position, false) : -1;
        if (away >= 0 && away < distance) {
            distance = away;
            nearest = static_cast<int>(layer);
        }
    }
    return nearest;
}

int TimeCoursePlot::channelAt(QPointF position) const {
    const int time = timeIndexAt(position.x());
    if (!m_channels || time < 0 || time >= m_channels->mean.cols())
        return -1;
    int nearest = -1;
    double distance = nearPixels;
    for (int channel = 0; channel < m_channels->mean.rows(); ++channel) {
        const auto value = static_cast<double>(m_channels->mean(channel, time));
        const double away = std::isfinite(value) ? std::abs(yAxis->coordToPixel(value) - position.y()) : distance;
        if (away < distance) {
            distance = away;
            nearest = channel;
        }
    }
    return nearest;
}

double TimeCoursePlot::secondsAt(double x) const {
    const double time = std::clamp(xAxis->pixelToCoord(x), m_times.front(), m_times.back());
    return rounded(time / 1000);
}

void TimeCoursePlot::dragWindow(double x) {
    std::vector<TimeWindow> windows = m_windowsBefore;
    const double at = secondsAt(x);
    if (m_newWindow) {
        windows.push_back(newWindow(*m_newWindow, at));
    } else {
        TimeWindow& window = windows[static_cast<std::size_t>(m_edge->window)];
        const double other = m_edge->isEnd ? window.start : window.end;
        window = withEnds(window, std::min(at, other), std::max(at, other));
    }
    setWindows(windows);
}

void TimeCoursePlot::finishWindow() {
    const bool tooShort = m_newWindow && (windows().size() == m_windowsBefore.size() ||
                                          windows().back().end - windows().back().start < shortestWindow);
    m_edge.reset();
    m_newWindow.reset();
    if (tooShort)
        setWindows(m_windowsBefore);
    else if (windows() != m_windowsBefore)
        Q_EMIT windowsEdited(windows());
}

void TimeCoursePlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_times.empty())
        return;
    const bool isNew = event->modifiers().testFlag(Qt::ShiftModifier);
    m_edge = isNew ? std::nullopt : m_marks.edgeAt(event->position().x());
    m_windowsBefore = windows();
    if (isNew)
        m_newWindow = secondsAt(event->position().x());
    if (isNew || m_edge)
        return;
    m_pressed = event->pos();
    m_dragging = false;
    Q_EMIT timePicked(timeIndexAt(event->position().x()));
}

void TimeCoursePlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_times.empty())
        return;
    if (m_edge || m_newWindow) {
        dragWindow(event->position().x());
        return;
    }
    const int time = timeIndexAt(event->position().x());
    if (m_pressed) {
        m_dragging = m_dragging || (event->pos() - *m_pressed).manhattanLength() > 4;
        if (m_dragging)
            Q_EMIT timePicked(time);
        return;
    }
    setCursor(m_marks.edgeAt(event->position().x()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (m_channels) {
        drawHover(-1, time);
        Q_EMIT channelHovered(channelAt(event->position()), time);
        return;
    }
    const int layer = layerAt(event->position());
    drawHover(layer, time);
    Q_EMIT hovered(layer, time);
}

void TimeCoursePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (m_edge || m_newWindow)
        finishWindow();
    if (m_pressed && !m_dragging && event->button() == Qt::LeftButton) {
        if (const int channel = channelAt(event->position()); m_channels && channel >= 0)
            Q_EMIT channelClicked(channel);
        else if (const int layer = layerAt(event->position()); !m_channels && layer >= 0)
            Q_EMIT layerClicked(layer);
    }
    m_pressed.reset();
}

void TimeCoursePlot::contextMenuEvent(QContextMenuEvent* event) {
    if (m_times.empty())
        return;
    QMenu menu(this);
    const double at = secondsAt(event->pos().x());
    const auto edit = [this](std::vector<TimeWindow> edited) { Q_EMIT windowsEdited(edited); };
    menu.addAction(QStringLiteral("New window here"), this, [&] {
        auto edited = windows();
        edited.push_back(newWindow(rounded(at - usualWindow / 2), rounded(at + usualWindow / 2)));
        edit(std::move(edited));
    });
    if (const auto window = m_marks.windowAt(at)) {
        const auto place = static_cast<std::ptrdiff_t>(*window);
        menu.addAction(QStringLiteral("Remove window %1").arg(windowText(windows()[static_cast<std::size_t>(*window)])),
                       this, [this, edit, place] {
                           auto edited = windows();
                           edited.erase(edited.begin() + place);
                           edit(std::move(edited));
                       });
    }
    menu.addAction(QStringLiteral("The study's windows"), this, [this] { Q_EMIT windowsReset(); });
    menu.addAction(QStringLiteral("Whole time"), this, [this] { showAllTimes(); });
    menu.exec(event->globalPos());
}

void TimeCoursePlot::mouseDoubleClickEvent(QMouseEvent*) {
    showAllTimes();
}

void TimeCoursePlot::wheelEvent(QWheelEvent* event) {
    if (m_times.size() < 2 || event->angleDelta().y() == 0)
        return;
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const double whole = m_times.back() - m_times.front();
    const double size = std::clamp(xAxis->range().size() * factor, std::min(whole, 100.0), whole);
    const double at = xAxis->pixelToCoord(event->position().x());
    const double share = (at - xAxis->range().lower) / xAxis->range().size();
    const double low = std::clamp(at - share * size, m_times.front(), m_times.back() - size);
    xAxis->setRange(low, low + size);
    updateTicks();
    m_marks.place();
    drawCursor();
    replot(rpQueuedReplot);
    event->accept();
}

void TimeCoursePlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    drawHover(-1, -1);
    Q_EMIT hovered(-1, -1);
    Q_EMIT channelHovered(-1, -1);
}

void TimeCoursePlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateLayout(); // labels are chosen by the room of the axes
    updateTicks();
    m_marks.place();
    drawCursor();
}

} // namespace brainlike
