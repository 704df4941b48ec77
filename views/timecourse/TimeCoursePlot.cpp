#include "views/timecourse/TimeCoursePlot.h"

#include "views/plots/DashedGraph.h"
#include "views/plots/Ink.h"
#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

/// Left of the axis, of plots below each other: room for the labels of both.
constexpr int alignedMargin = 72;

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

/// Mean ± SEM of a layer where both are known.
struct Band {
    QVector<double> keys, low, high;
};

Band bandOf(const TimeCourses* courses, int layer, const std::vector<double>& times) {
    Band band;
    const bool shown = courses != nullptr && layer >= 0 && layer < courses->mean.rows();
    for (std::size_t time = 0; shown && time < times.size(); ++time) {
        const double mean = static_cast<double>(courses->mean(layer, static_cast<int>(time)));
        const double sem = static_cast<double>(courses->sem(layer, static_cast<int>(time)));
        if (!std::isfinite(mean) || !std::isfinite(sem))
            continue;
        band.keys.push_back(times[time]);
        band.low.push_back(mean - sem);
        band.high.push_back(mean + sem);
    }
    return band;
}

} // namespace

TimeCoursePlot::TimeCoursePlot(QWidget* parent, Values values) : QCustomPlot(parent), m_values(values) {
    setObjectName("timeCoursePlot");
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setAntialiasedElements(QCP::aeAll);
    setAntialiasedElement(QCP::aeFills, false); // bands are as wide as the plot, and their edges faint
    setMinimumSize(220, 84);
    axisRect()->setMinimumMargins(values == Values::Scores ? QMargins(0, 22, 22, 0)
                                                           : QMargins(alignedMargin, 4, 22, 0));
    createItems();
}

void TimeCoursePlot::createItems() {
    addLayer("band", layer("main"), limBelow);
    addLayer("emphasis", layer("main"), limAbove);
    addLayer("cursor", layer("axes"), limAbove);
    m_bandLow = addGraph();
    m_bandHigh = addGraph();
    m_otherLow = addGraph();
    m_otherHigh = addGraph();
    m_otherLine = new DashedGraph(*this);
    for (QCPGraph* graph : {m_bandLow, m_bandHigh, m_otherLow, m_otherHigh}) {
        graph->setLayer("band");
        graph->setPen(Qt::NoPen);
        graph->setAntialiasedFill(false);
    }
    m_bandHigh->setChannelFillGraph(m_bandLow);
    m_otherHigh->setChannelFillGraph(m_otherLow);
    m_otherLine->setLayer("emphasis");
    m_channelLines = new QCPCurve(xAxis, yAxis);
    m_chosenLines = new QCPCurve(xAxis, yAxis);
    m_channelLines->setLayer("band");
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
    m_marks.setTheme(theme);
    m_channelLines->setPen(QPen(inkOn(theme, theme.mutedText, theme.dark ? 0.35 : 0.30), 1));
    m_chosenLines->setPen(QPen(theme.accent, 1.4));
    updateTicks();
    drawOther();
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
        setTimeRange(m_times.front(), m_times.back());
}

void TimeCoursePlot::setAbove(bool isAbove) {
    if (m_isAbove == isAbove)
        return;
    m_isAbove = isAbove;
    xAxis->setTickLabels(!isAbove);
    axisRect()->setMinimumMargins(QMargins(isAbove ? alignedMargin : 0, 22, 22, 0));
    updateTicks();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setTimeRange(double low, double high) {
    xAxis->setRange(low, high);
    updateTicks();
    drawCursor();
    m_marks.place();
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setWindows(const std::vector<TimeWindow>& windows) {
    if (windows == m_marks.windows())
        return;
    m_marks.setWindows(windows);
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setSignificance(const CourseSignificance& significance) {
    m_marks.setSignificance(significance, m_times);
    replot(rpQueuedReplot);
}

void TimeCoursePlot::setChannels(std::shared_ptr<const SensorScores> channels, const std::vector<int>& chosen) {
    if (channels == m_channels && chosen == m_chosen)
        return;
    m_channels = std::move(channels);
    m_chosen = chosen;
    drawChannels();
    drawLines();
}

void TimeCoursePlot::drawChannels() {
    QVector<double> places, keys, values, chosenPlaces, chosenKeys, chosenValues;
    const auto add = [&](int channel, QVector<double>& place, QVector<double>& key, QVector<double>& value) {
        for (std::size_t time = 0; time <= m_times.size(); ++time) {
            const bool isEnd = time == m_times.size(); // a gap between this line and the next
            place.push_back(static_cast<double>(place.size()));
            key.push_back(isEnd ? m_times.back() : m_times[time]);
            value.push_back(isEnd ? std::nan("")
                                  : static_cast<double>(m_channels->mean(channel, static_cast<int>(time))));
        }
    };
    const bool fits = m_channels && m_channels->mean.cols() == static_cast<Eigen::Index>(m_times.size());
    for (int channel = 0; fits && channel < m_channels->mean.rows(); ++channel)
        add(channel, places, keys, values);
    for (const int channel : m_chosen)
        if (fits && channel < m_channels->mean.rows())
            add(channel, chosenPlaces, chosenKeys, chosenValues);
    m_channelLines->setData(places, keys, values, true);
    m_chosenLines->setData(chosenPlaces, chosenKeys, chosenValues, true);
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
        // Beside B the other layers step back.
        const double opacity = m_other ? 0.3 : 0.65;
        const QColor color = colorOf(layer, count);
        QCPGraph* line = m_lines[static_cast<std::size_t>(layer)];
        line->setPen(QPen(strong ? color : inkOn(m_theme, color, opacity), strong ? 2.6 : 1.3));
        line->setLayer(strong ? "emphasis" : "main");
        line->setVisible(!m_channels || layer == m_emphasis);
    }
    drawBand();
    drawCursor();
    replot(rpQueuedReplot);
}

QColor TimeCoursePlot::colorOf(int layer, int count) const {
    return m_values == Values::Difference ? m_theme.text : layerColor(layer, count, m_theme);
}

void TimeCoursePlot::drawBand() {
    const Band band = bandOf(m_courses.get(), m_emphasis, m_times);
    m_bandLow->setData(band.keys, band.low, true);
    m_bandHigh->setData(band.keys, band.high, true);
    m_bandHigh->setBrush(
        faded(layerColor(m_emphasis, static_cast<int>(m_lines.size()), m_theme), m_theme.dark ? 0.35 : 0.25));
}

void TimeCoursePlot::setOther(std::shared_ptr<const TimeCourses> courses, int layer) {
    if (courses == m_other && layer == m_otherLayer)
        return;
    m_other = std::move(courses);
    m_otherLayer = layer;
    drawOther();
    drawLines();
}

void TimeCoursePlot::setOtherMarks(const CourseSignificance& significance) {
    m_marks.setOtherMarks(significance);
    replot(rpQueuedReplot);
}

void TimeCoursePlot::drawOther() {
    const bool isThere = m_other && m_otherLayer >= 0 && m_otherLayer < m_other->mean.rows() &&
                         m_other->mean.cols() == static_cast<Eigen::Index>(m_times.size());
    QVector<double> keys, values;
    for (std::size_t time = 0; isThere && time < m_times.size(); ++time) {
        keys.push_back(m_times[time]);
        values.push_back(static_cast<double>(m_other->mean(m_otherLayer, static_cast<int>(time))));
    }
    const Band band = bandOf(isThere ? m_other.get() : nullptr, m_otherLayer, m_times);
    const QColor color = colorOf(m_otherLayer, isThere ? static_cast<int>(m_other->mean.rows()) : 1);
    m_otherLine->setData(keys, values, true);
    m_otherLine->setPen(QPen(color, 2.2, Qt::DashLine, Qt::FlatCap, Qt::RoundJoin));
    m_otherLow->setData(band.keys, band.low, true);
    m_otherHigh->setData(band.keys, band.high, true);
    m_otherHigh->setBrush(QBrush(faded(color, m_theme.dark ? 0.30 : 0.22), Qt::BDiagPattern));
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
    m_cursorLabel->setVisible(m_values == Values::Scores && xAxis->range().contains(time));
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
    setFittingLabel(
        *xAxis, m_isAbove ? QStringList{QString()}
                          : QStringList{QStringLiteral("Time after image onset (ms)"), QStringLiteral("Time (ms)")});
    if (m_values == Values::Difference)
        setFittingLabel(*yAxis, {QStringLiteral("A − B (R)"), QStringLiteral("A − B")});
    else
        setFittingLabel(*yAxis, {QStringLiteral("Encoding score R"), QStringLiteral("Score R"), QStringLiteral("R")});
}

} // namespace brainlike
