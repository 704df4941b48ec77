#include "views/layers/TrajectoryPlot.h"

#include "views/plots/DotGraph.h"
#include "views/plots/Ink.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr int heightForLabel = 100; ///< pixels from which steps are named below their axis

} // namespace

TrajectoryPlot::TrajectoryPlot(QWidget* parent)
    : QCustomPlot(parent), m_line(addGraph()), m_acrossBreak(addGraph()), m_missing(addGraph()), m_ring(addGraph()),
      m_currentLine(new QCPItemStraightLine(this)), m_zero(new QCPItemStraightLine(this)),
      m_break(new QCPItemText(this)) {
    setObjectName("trajectoryPlot");
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 72);
    addLayer("points", layer("main"), limAbove);
    for (QCPGraph* graph : {m_missing, m_ring}) {
        graph->setLayer("points");
        graph->setLineStyle(QCPGraph::lsNone);
    }
    m_zero->setLayer("grid");
    m_currentLine->setLayer("grid");
    m_zero->point1->setCoords(0, 0);
    m_zero->point2->setCoords(1, 0);
    m_break->setLayer("legend");
    m_break->setClipToAxisRect(false);
    m_break->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_break->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_break->setText(QStringLiteral("//"));
    m_break->setPadding(QMargins(1, 0, 1, 0));
    axisRect()->setMinimumMargins(QMargins(0, 10, 12, 0));
}

void TrajectoryPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    stylePlot(*this, theme);
    m_zero->setPen(QPen(theme.mutedText, 1));
    m_line->setPen(QPen(inkOn(theme, theme.text, 0.6), 1.6));
    m_acrossBreak->setPen(QPen(faded(theme.text, 0.4), 1.2, Qt::DotLine));
    m_currentLine->setPen(QPen(theme.accent, 1.5));
    m_missing->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.mutedText, 1.2), theme.panel, 7));
    m_ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.accent, 2), Qt::NoBrush, 15));
    m_break->setBrush(theme.panel);
    m_break->setColor(theme.mutedText);
    m_break->setFont(font());
    updateTicks();
    draw();
}

void TrajectoryPlot::setPoints(const std::vector<Point>& points) {
    m_points = points;
    std::vector<std::int64_t> steps;
    for (const Point& point : points)
        steps.push_back(point.step);
    m_axis = StepAxis(steps);
    const double margin = 0.05 * std::max(1.0, m_axis.high() - m_axis.low());
    xAxis->setRange(m_axis.low() - margin, m_axis.high() + margin);
    while (m_dots.size() > points.size()) {
        removeGraph(m_dots.back());
        m_dots.pop_back();
    }
    while (m_dots.size() < points.size()) {
        m_dots.push_back(new DotGraph(*this));
        m_dots.back()->setLayer("points");
    }
    updateTicks();
    draw();
}

void TrajectoryPlot::setCurrent(int index) {
    if (index == m_current)
        return;
    m_current = index;
    draw();
}

void TrajectoryPlot::setValueRange(double low, double high) {
    if (yAxis->range().lower == low && yAxis->range().upper == high)
        return;
    yAxis->setRange(low, high);
    updateTicks();
    draw();
}

double TrajectoryPlot::positionOf(int index) const {
    return m_axis.positionOf(static_cast<double>(m_points.at(static_cast<std::size_t>(index)).step));
}

void TrajectoryPlot::draw() {
    drawLines();
    QVector<double> missing, axisLine;
    m_ring->setData(QVector<double>(), QVector<double>());
    for (std::size_t index = 0; index < m_points.size(); ++index) {
        const Point& point = m_points[index];
        const double position = m_axis.positionOf(static_cast<double>(point.step));
        const bool there = std::isfinite(point.score);
        m_dots[index]->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.panel, 1), point.color, 8.5));
        m_dots[index]->setData(there ? QVector<double>{position} : QVector<double>(),
                               there ? QVector<double>{point.score} : QVector<double>());
        if (!there) {
            missing.push_back(position);
            axisLine.push_back(yAxis->range().lower + 0.05 * yAxis->range().size());
        } else if (static_cast<int>(index) == m_current) {
            m_ring->setData({position}, {point.score});
        }
    }
    m_missing->setData(missing, axisLine);
    const bool marked = m_current >= 0 && m_current < static_cast<int>(m_points.size());
    m_currentLine->setVisible(marked);
    if (marked) {
        m_currentLine->point1->setCoords(positionOf(m_current), 0);
        m_currentLine->point2->setCoords(positionOf(m_current), 1);
    }
    m_break->setVisible(m_axis.breakPosition().has_value());
    m_break->position->setCoords(m_axis.breakPosition().value_or(0), 1);
    replot(rpQueuedReplot);
}

void TrajectoryPlot::drawLines() {
    QVector<double> keys, values, breakKeys, breakValues;
    for (const Point& point : m_points) {
        if (!std::isfinite(point.score))
            continue;
        const double position = m_axis.positionOf(static_cast<double>(point.step));
        if (breakKeys.size() < 2 && (point.step == 0 || breakKeys.size() == 1)) {
            breakKeys.push_back(position);
            breakValues.push_back(point.score);
        }
        if (point.step > 0) {
            keys.push_back(position);
            values.push_back(point.score);
        }
    }
    m_line->setData(keys, values, true);
    m_acrossBreak->setData(breakKeys, breakValues, true);
}

void TrajectoryPlot::updateTicks() {
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const QFontMetrics metrics(font());
    double free = -std::numeric_limits<double>::infinity();
    for (const StepAxis::Tick& tick : m_axis.ticks()) {
        const double center = xAxis->coordToPixel(tick.position), half = metrics.horizontalAdvance(tick.label) / 2.0;
        const bool fits = center - half > free;
        ticker->addTick(tick.position, fits ? tick.label : QString());
        if (fits)
            free = center + half + 6;
    }
    xAxis->setTicker(ticker);
    xAxis->setLabel(height() < heightForLabel ? QString() : QStringLiteral("Training step"));
    setRoundTicks(*yAxis, 30);
    setFittingLabel(*yAxis, {QStringLiteral("Best layer's R"), QStringLiteral("Best R"), QStringLiteral("R")});
}

int TrajectoryPlot::checkpointAt(double x) const {
    int nearest = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        if (const double away = std::abs(xAxis->coordToPixel(positionOf(index)) - x); away < distance) {
            distance = away;
            nearest = index;
        }
    return nearest;
}

void TrajectoryPlot::mouseMoveEvent(QMouseEvent* event) {
    Q_EMIT hovered(checkpointAt(event->position().x()));
}

void TrajectoryPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (const int index = checkpointAt(event->position().x()); index >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT checkpointClicked(index);
}

void TrajectoryPlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    Q_EMIT hovered(-1);
}

void TrajectoryPlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateTicks();
    draw();
}

} // namespace brainlike
