#include "views/plots/ScatterPlot.h"

#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr double reach = 9;           ///< pixels around a point that belong to it
constexpr std::size_t fewPoints = 40; ///< so many can all be named

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : QCustomPlot(parent), m_line(addGraph()), m_dots(addGraph()), m_ring(addGraph()), m_name(new QCPItemText(this)) {
    setObjectName("scatterPlot");
    setMouseTracking(true);
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 160);
    m_dots->setLineStyle(QCPGraph::lsNone);
    m_ring->setLineStyle(QCPGraph::lsNone);
    m_name->setLayer("legend");
    m_name->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_name->setPadding(QMargins(4, 1, 4, 1));
    m_name->setVisible(false);
    axisRect()->setMinimumMargins(QMargins(0, 8, 12, 0));
}

void ScatterPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    stylePlot(*this, theme);
    m_line->setPen(QPen(faded(theme.text, 0.55), 1.6));
    m_dots->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.panel, 1), faded(theme.encoding, 0.85), 8));
    m_ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.accent, 2.2), Qt::NoBrush, 14));
    m_name->setColor(theme.text);
    m_name->setBrush(faded(theme.panel, 0.85));
    m_name->setFont(font());
    draw();
}

void ScatterPlot::setPoints(std::vector<Point> points, const QStringList& xLabels, const QStringList& yLabels) {
    m_points = std::move(points);
    m_xLabels = xLabels;
    m_yLabels = yLabels;
    m_picked = m_hovered = -1;
    double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
    if (!m_points.empty()) {
        const auto [left, right] = std::ranges::minmax(m_points, {}, &Point::x);
        const auto [low, high] = std::ranges::minmax(m_points, {}, &Point::y);
        xLow = left.x, xHigh = right.x, yLow = low.y, yHigh = high.y;
    }
    const double width = std::max(xHigh - xLow, 1e-12), height = std::max(yHigh - yLow, 1e-12);
    xAxis->setRange(xLow - 0.06 * width, xHigh + 0.08 * width);
    yAxis->setRange(yLow - 0.07 * height, yHigh + 0.09 * height);
    draw();
}

void ScatterPlot::setPicked(int index) {
    if (index == m_picked)
        return;
    m_picked = index;
    draw();
}

QPointF ScatterPlot::positionOf(int index) const {
    const Point& point = m_points.at(static_cast<std::size_t>(index));
    return {xAxis->coordToPixel(point.x), yAxis->coordToPixel(point.y)};
}

int ScatterPlot::pointAt(QPointF position) const {
    int nearest = -1;
    double distance = reach;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index) {
        const QPointF away = positionOf(index) - position;
        if (const double length = std::hypot(away.x(), away.y()); length < distance) {
            distance = length;
            nearest = index;
        }
    }
    return nearest;
}

void ScatterPlot::drawLine() {
    double meanX = 0, meanY = 0;
    for (const Point& point : m_points) {
        meanX += point.x / static_cast<double>(m_points.size());
        meanY += point.y / static_cast<double>(m_points.size());
    }
    double squares = 0, products = 0;
    for (const Point& point : m_points) {
        squares += (point.x - meanX) * (point.x - meanX);
        products += (point.x - meanX) * (point.y - meanY);
    }
    if (m_points.size() < 3 || !(squares > 0)) {
        m_line->setData(QVector<double>(), QVector<double>());
        return;
    }
    const auto [left, right] = std::ranges::minmax(m_points, {}, &Point::x);
    const auto at = [&](double x) { return meanY + products / squares * (x - meanX); };
    m_line->setData({left.x, right.x}, {at(left.x), at(right.x)});
}

/// Names beside the points where they have room, those further from the middle first.
void ScatterPlot::nameFew() {
    for (QCPItemText* name : m_names)
        removeItem(name);
    m_names.clear();
    if (m_points.size() > fewPoints)
        return;
    const QFontMetrics metrics(font());
    std::vector<QRectF> taken;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        taken.emplace_back(positionOf(index) - QPointF(5, 5), QSizeF(10, 10));
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index) {
        const QString& text = m_points[static_cast<std::size_t>(index)].name;
        const QSizeF size(metrics.horizontalAdvance(text), metrics.height() - 2);
        for (const QPointF corner : {QPointF(7, -size.height() / 2), QPointF(-7 - size.width(), -size.height() / 2),
                                     QPointF(-size.width() / 2, -6 - size.height()), QPointF(-size.width() / 2, 6)}) {
            const QRectF box(positionOf(index) + corner, size);
            if (!QRectF(axisRect()->rect()).contains(box) ||
                std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(box); }))
                continue;
            auto* name = m_names.emplace_back(new QCPItemText(this));
            name->setText(text);
            name->setFont(font());
            name->setColor(m_theme.mutedText);
            name->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
            name->position->setType(QCPItemPosition::ptAbsolute);
            name->position->setCoords(box.topLeft());
            taken.push_back(box);
            break;
        }
    }
}

void ScatterPlot::draw() {
    QVector<double> x, y;
    for (const Point& point : m_points) {
        x.push_back(point.x);
        y.push_back(point.y);
    }
    m_dots->setData(x, y);
    drawLine();
    updateTicks();
    nameFew();
    const int named = m_hovered >= 0 ? m_hovered : m_picked;
    m_ring->setData(m_picked >= 0 ? QVector<double>{x[m_picked]} : QVector<double>(),
                    m_picked >= 0 ? QVector<double>{y[m_picked]} : QVector<double>());
    m_name->setVisible(named >= 0 && m_points.size() > fewPoints);
    if (named >= 0) {
        m_name->setText(m_points[static_cast<std::size_t>(named)].name);
        const bool atRight = positionOf(named).x() > axisRect()->center().x();
        m_name->setPositionAlignment((atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
        m_name->position->setCoords(x[named], y[named]);
    }
    replot(rpQueuedReplot);
}

void ScatterPlot::updateTicks() {
    setRoundTicks(*xAxis, 60);
    setRoundTicks(*yAxis, 34);
    setFittingLabel(*xAxis, m_xLabels.isEmpty() ? QStringList{QString()} : m_xLabels);
    setFittingLabel(*yAxis, m_yLabels.isEmpty() ? QStringList{QString()} : m_yLabels);
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
    const int index = pointAt(event->position());
    if (index == m_hovered)
        return;
    m_hovered = index;
    draw();
    Q_EMIT hovered(index);
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (const int index = pointAt(event->position()); index >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT clicked(index);
}

void ScatterPlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    m_hovered = -1;
    draw();
    Q_EMIT hovered(-1);
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    draw();
}

} // namespace brainlike
