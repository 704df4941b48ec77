#include "views/timecourse/TimeCoursePlot.h"

#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double nearPixels = 6;

QCPItemStraightLine* straightLine(QCustomPlot* plot, QPointF first, QPointF second) {
    auto* line = new QCPItemStraightLine(plot);
    line->point1->setCoords(first);
    line->point2->setCoords(second);
    return line;
}

QCPItemTracer* dot(QCustomPlot* plot) {
    auto* tracer = new QCPItemTracer(plot);
    tracer->setStyle(QCPItemTracer::tsCircle);
    tracer->setSize(9);
    tracer->setVisible(false);
    return tracer;
}

void moveDot(QCPItemTracer& tracer, double x, double y) {
    tracer.position->setCoords(x, y);
    tracer.setVisible(std::isfinite(x) && std::isfinite(y));
}

} // namespace

TimeCoursePlot::TimeCoursePlot(QWidget* parent) : QCustomPlot(parent) {
    setObjectName("timeCoursePlot");
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 120);
    axisRect()->setMinimumMargins(QMargins(0, 22, 22, 0));
    createItems();
}

void TimeCoursePlot::createItems() {
    addLayer("band", layer("main"), limBelow);
    addLayer("emphasis", layer("main"), limAbove);
    addLayer("cursor", layer("axes"), limAbove);
    m_bandLow = addGraph();
    m_bandHigh = addGraph();
    for (QCPGraph* graph : {m_bandLow, m_bandHigh}) {
        graph->setLayer("band");
        graph->setPen(Qt::NoPen);
    }
    m_bandHigh->setChannelFillGraph(m_bandLow);
    m_zero = straightLine(this, {0, 0}, {1, 0});
    m_onset = straightLine(this, {0, 0}, {0, 1});
    m_zero->setLayer("grid");
    m_onset->setLayer("grid");
    m_cursorLine = straightLine(this, {0, 0}, {0, 1});
    m_cursorLabel = new QCPItemText(this);
    m_cursorLabel->setClipToAxisRect(false);
    m_cursorLabel->setPadding(QMargins(6, 1, 6, 1));
    m_cursorLabel->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_cursorLabel->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_cursorDot = dot(this);
    m_hoverDot = dot(this);
    for (QCPAbstractItem* item :
         std::initializer_list<QCPAbstractItem*>{m_cursorLine, m_cursorLabel, m_cursorDot, m_hoverDot})
        item->setLayer("cursor");
    m_cursorLine->setVisible(false);
    m_cursorLabel->setVisible(false);
}

void TimeCoursePlot::setTheme(const Theme& theme) {
    m_theme = theme;
    stylePlot(*this, theme);
    m_zero->setPen(QPen(theme.mutedText, 1));
    m_onset->setPen(QPen(theme.mutedText, 1, Qt::DashLine));
    m_cursorLine->setPen(QPen(theme.accent, 1.5));
    m_cursorLabel->setBrush(theme.accent);
    m_cursorLabel->setPen(Qt::NoPen);
    m_cursorLabel->setColor(Qt::white);
    m_cursorLabel->setFont(font());
    m_cursorDot->setPen(QPen(theme.panel, 1.5));
    m_cursorDot->setBrush(theme.accent);
    m_hoverDot->setBrush(theme.panel);
    setWindows(std::vector<TimeSpan>(m_windows));
    updateTicks();
    drawLines();
}

void TimeCoursePlot::setTimes(const std::vector<double>& times) {
    m_times.clear();
    for (const double time : times)
        m_times.push_back(time * 1000);
    showAllTimes();
}

void TimeCoursePlot::showAllTimes() {
    if (!m_times.empty())
        xAxis->setRange(m_times.front(), m_times.back());
    updateTicks();
    placeWindowLabels();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setWindows(const std::vector<TimeSpan>& windows) {
    for (QCPItemRect* item : m_windowItems)
        removeItem(item);
    for (QCPItemText* item : m_windowLabels)
        removeItem(item);
    m_windowItems.clear();
    m_windowLabels.clear();
    m_windows = windows;
    for (std::size_t index = 0; index < windows.size(); ++index) {
        auto* item = new QCPItemRect(this);
        item->setLayer("background");
        for (QCPItemPosition* corner : {item->topLeft, item->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptPlotCoords);
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        item->topLeft->setCoords(windows[index].start * 1000, 0);
        item->bottomRight->setCoords(windows[index].end * 1000, 1);
        item->setPen(Qt::NoPen);
        item->setBrush(faded(m_theme.accent, index % 2 == 0 ? 0.10 : 0.18));
        m_windowItems.push_back(item);

        auto* label = new QCPItemText(this);
        label->setLayer("grid");
        label->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label->position->setCoords((windows[index].start + windows[index].end) * 500, 0);
        label->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
        label->setText(QStringLiteral("%1–%2").arg(windows[index].start * 1000).arg(windows[index].end * 1000));
        label->setColor(m_theme.mutedText);
        label->setFont(font());
        m_windowLabels.push_back(label);
    }
    placeWindowLabels();
}

void TimeCoursePlot::placeWindowLabels() {
    for (std::size_t index = 0; index < m_windowLabels.size(); ++index) {
        const double width =
            xAxis->coordToPixel(m_windows[index].end * 1000) - xAxis->coordToPixel(m_windows[index].start * 1000);
        m_windowLabels[index]->setVisible(width >
                                          QFontMetrics(font()).horizontalAdvance(m_windowLabels[index]->text()) + 8);
    }
}

void TimeCoursePlot::setCourses(std::shared_ptr<const TimeCourses> courses) {
    m_courses = std::move(courses);
    const std::size_t count = m_courses ? static_cast<std::size_t>(m_courses->mean.rows()) : 0;
    while (m_lines.size() > count) {
        removeGraph(m_lines.back());
        m_lines.pop_back();
    }
    while (m_lines.size() < count)
        m_lines.push_back(addGraph());
    for (std::size_t layer = 0; layer < count; ++layer) {
        QVector<double> keys, values;
        for (std::size_t time = 0; time < m_times.size(); ++time) {
            keys.push_back(m_times[time]);
            values.push_back(static_cast<double>(m_courses->mean(static_cast<int>(layer), static_cast<int>(time))));
        }
        m_lines[layer]->setData(keys, values, true);
    }
    drawLines();
}

void TimeCoursePlot::setEmphasis(int layer) {
    if (m_emphasis == layer)
        return;
    m_emphasis = layer;
    drawLines();
}

void TimeCoursePlot::setCursor(std::optional<int> timeIndex) {
    if (m_cursor == timeIndex)
        return;
    m_cursor = timeIndex;
    drawCursor();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setValueRange(double low, double high) {
    if (yAxis->range().lower == low && yAxis->range().upper == high)
        return;
    yAxis->setRange(low, high);
    updateTicks();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::drawLines() {
    const int count = static_cast<int>(m_lines.size());
    for (int layer = 0; layer < count; ++layer) {
        const bool strong = layer == m_emphasis || layer == m_hoveredLayer;
        const QColor color = layerColor(layer, count, m_theme);
        QCPGraph* line = m_lines[static_cast<std::size_t>(layer)];
        line->setPen(
            QPen(strong ? color : faded(color, 0.65), strong ? 2.6 : 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        line->setLayer(strong ? "emphasis" : "main");
    }
    drawBand();
    drawCursor();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::drawBand() {
    QVector<double> keys, low, high;
    const bool shown = m_courses && m_emphasis >= 0 && m_emphasis < m_courses->mean.rows();
    for (std::size_t time = 0; shown && time < m_times.size(); ++time) {
        const double mean = static_cast<double>(m_courses->mean(m_emphasis, static_cast<int>(time)));
        const double sem = static_cast<double>(m_courses->sem(m_emphasis, static_cast<int>(time)));
        if (!std::isfinite(mean) || !std::isfinite(sem))
            continue;
        keys.push_back(m_times[time]);
        low.push_back(mean - sem);
        high.push_back(mean + sem);
    }
    m_bandLow->setData(keys, low, true);
    m_bandHigh->setData(keys, high, true);
    m_bandHigh->setBrush(
        faded(layerColor(m_emphasis, static_cast<int>(m_lines.size()), m_theme), m_theme.dark ? 0.35 : 0.25));
}

void TimeCoursePlot::drawCursor() {
    const bool shown = m_cursor && static_cast<std::size_t>(*m_cursor) < m_times.size();
    m_cursorLine->setVisible(shown);
    m_cursorLabel->setVisible(shown);
    m_cursorDot->setVisible(false);
    if (!shown)
        return;
    const double time = milliseconds(*m_cursor);
    m_cursorLine->point1->setCoords(time, 0);
    m_cursorLine->point2->setCoords(time, 1);
    m_cursorLabel->setText(millisecondsText(time / 1000));
    m_cursorLabel->position->setCoords(time, 0);
    const double fromLeft = (time - xAxis->range().lower) / xAxis->range().size() * axisRect()->width();
    const double half = QFontMetrics(font()).horizontalAdvance(m_cursorLabel->text()) / 2.0 + 8;
    const auto side = fromLeft < half                         ? Qt::AlignLeft
                      : axisRect()->width() - fromLeft < half ? Qt::AlignRight
                                                              : Qt::AlignHCenter;
    m_cursorLabel->setPositionAlignment(Qt::AlignBottom | side);
    m_cursorLabel->setVisible(xAxis->range().contains(time));
    if (m_courses && m_emphasis >= 0 && m_emphasis < m_courses->mean.rows())
        moveDot(*m_cursorDot, time, static_cast<double>(m_courses->mean(m_emphasis, *m_cursor)));
}

void TimeCoursePlot::drawHover(int layer, int timeIndex) {
    const int shown = timeIndex < 0 ? -1 : layer;
    if (m_hoveredLayer != shown) {
        m_hoveredLayer = shown;
        drawLines();
    }
    m_hoverDot->setVisible(false);
    const int marked = shown >= 0 ? shown : m_emphasis;
    if (timeIndex >= 0 && m_courses && marked >= 0 && marked < m_courses->mean.rows()) {
        m_hoverDot->setPen(QPen(layerColor(marked, static_cast<int>(m_lines.size()), m_theme), 2));
        moveDot(*m_hoverDot, milliseconds(timeIndex), static_cast<double>(m_courses->mean(marked, timeIndex)));
    }
    replot(rpQueuedReplot);
}

void TimeCoursePlot::updateTicks() {
    setRoundTicks(*xAxis, 62);
    setRoundTicks(*yAxis, 40);
    setFittingLabel(*xAxis, {QStringLiteral("Time after image onset (ms)"), QStringLiteral("Time (ms)")});
    setFittingLabel(*yAxis, {QStringLiteral("Encoding score R"), QStringLiteral("Score R")});
}

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
        const double away = m_lines[layer]->selectTest(position, false);
        if (away >= 0 && away < distance) {
            distance = away;
            nearest = static_cast<int>(layer);
        }
    }
    return nearest;
}

void TimeCoursePlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_times.empty())
        return;
    m_pressed = event->pos();
    m_dragging = false;
    Q_EMIT timePicked(timeIndexAt(event->position().x()));
}

void TimeCoursePlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_times.empty())
        return;
    const int time = timeIndexAt(event->position().x());
    if (m_pressed) {
        m_dragging = m_dragging || (event->pos() - *m_pressed).manhattanLength() > 4;
        if (m_dragging)
            Q_EMIT timePicked(time);
        return;
    }
    const int layer = layerAt(event->position());
    drawHover(layer, time);
    Q_EMIT hovered(layer, time);
}

void TimeCoursePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (m_pressed && !m_dragging && event->button() == Qt::LeftButton)
        if (const int layer = layerAt(event->position()); layer >= 0)
            Q_EMIT layerClicked(layer);
    m_pressed.reset();
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
    placeWindowLabels();
    drawCursor();
    replot(rpQueuedReplot);
    event->accept();
}

void TimeCoursePlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    drawHover(-1, -1);
    Q_EMIT hovered(-1, -1);
}

void TimeCoursePlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateTicks();
    placeWindowLabels();
    drawCursor();
}

} // namespace brainlike
