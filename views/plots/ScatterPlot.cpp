#include "views/plots/ScatterPlot.h"

#include "views/plots/DotGraph.h"
#include "views/plots/Ink.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace brainlike {
namespace {

constexpr double reach = 9;           ///< pixels around a point that belong to it
constexpr std::size_t fewPoints = 40; ///< so many can all be named
constexpr std::size_t manyPoints = 250;

/// Ends of the line of least squares, y on x, through the points of A or B; none with fewer than three or all x the
/// same. A point counts as often as its weight.
std::vector<QPointF> leastSquares(const std::vector<ScatterPlot::Point>& points, bool isOther) {
    double count = 0, weights = 0, meanX = 0, meanY = 0, squares = 0, products = 0;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& point : points)
        if (point.isOther == isOther) {
            ++count;
            weights += point.weight;
            meanX += point.weight * point.x;
            meanY += point.weight * point.y;
            low = std::min(low, point.x);
            high = std::max(high, point.x);
        }
    meanX /= weights;
    meanY /= weights;
    for (const auto& point : points)
        if (point.isOther == isOther) {
            squares += point.weight * (point.x - meanX) * (point.x - meanX);
            products += point.weight * (point.x - meanX) * (point.y - meanY);
        }
    if (count < 3 || !(squares > 0))
        return {};
    const auto at = [&](double x) { return QPointF(x, meanY + products / squares * (x - meanX)); };
    return {at(low), at(high)};
}

void setPlaces(QCPGraph& graph, const std::vector<QPointF>& places) {
    QVector<double> x, y;
    for (const QPointF& place : places) {
        x.push_back(place.x());
        y.push_back(place.y());
    }
    graph.setData(x, y);
}

/// Whether a point of B is there as one of A too.
bool hasTwin(const std::vector<ScatterPlot::Point>& points, const ScatterPlot::Point& point) {
    return point.isOther && std::ranges::any_of(points, [&](const ScatterPlot::Point& other) {
               return !other.isOther && other.name == point.name;
           });
}

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : QCustomPlot(parent), m_line(addGraph()), m_otherLine(addGraph()), m_brush(new DotGraph(*this)),
      m_ring(addGraph()), m_name(new QCPItemText(this)) {
    setObjectName("scatterPlot");
    setMouseTracking(true);
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 160);
    addLayer("marked", layer("main"), limAbove);
    m_ring->setLineStyle(QCPGraph::lsNone);
    for (QCPGraph* graph : {m_brush, m_ring})
        graph->setLayer("marked");
    m_name->setLayer("legend");
    m_name->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_name->setPadding(QMargins(4, 1, 4, 1));
    m_name->setVisible(false);
    axisRect()->setMinimumMargins(QMargins(0, 8, 12, 0));
}

void ScatterPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    stylePlot(*this, theme);
    m_line->setPen(QPen(inkOn(theme, theme.text, 0.55), 1.6));
    m_otherLine->setPen(QPen(faded(theme.text, 0.55), 1.6, Qt::DashLine));
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
    m_brushed.clear();
    fitRange();
    draw();
}

void ScatterPlot::fitRange() {
    double xLow = 0, xHigh = 1, yLow = 0, yHigh = 1;
    if (!m_points.empty()) {
        const auto [left, right] = std::ranges::minmax_element(m_points, {}, &Point::x);
        const auto [low, high] = std::ranges::minmax_element(m_points, {}, &Point::y);
        xLow = left->x, xHigh = right->x, yLow = low->y, yHigh = high->y;
    }
    const double width = std::max(xHigh - xLow, 1e-12), height = std::max(yHigh - yLow, 1e-12);
    xAxis->setRange(xLow - 0.06 * width, xHigh + 0.08 * width);
    yAxis->setRange(yLow - 0.07 * height, yHigh + 0.09 * height);
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

void ScatterPlot::drawLines() {
    if (m_lineKind == Line::LeastSquares || m_points.empty()) {
        setPlaces(*m_line, leastSquares(m_points, false));
        setPlaces(*m_otherLine, leastSquares(m_points, true));
        return;
    }
    const auto [low, high] = std::ranges::minmax_element(m_points, {}, &Point::x);
    setPlaces(*m_line, {{low->x, low->x}, {high->x, high->x}});
    setPlaces(*m_otherLine, {});
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
        if (hasTwin(m_points, m_points[static_cast<std::size_t>(index)]))
            continue; // the twin is named
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

void ScatterPlot::setBrushed(std::vector<int> indices) {
    if (indices == m_brushed)
        return;
    m_brushed = std::move(indices);
    draw();
}

/// Points of one style are a graph.
void ScatterPlot::drawDots() {
    const bool areMany = m_points.size() > manyPoints;
    const double opacity = (areMany ? 0.55 : 0.85) * (m_brushed.empty() ? 1 : 0.5);
    using Style = std::tuple<bool, QRgb, double>;
    std::map<Style, std::vector<QPointF>> styles;
    for (const Point& point : m_points) {
        const QColor color = point.color.isValid() ? point.color : m_theme.encoding;
        // Its area grows with the weight, in steps of half a doubling.
        const double size = std::min(14.0, dotSize() * std::exp2(std::round(std::log2(point.weight) * 2) / 4));
        styles[{point.isOther, color.rgb(), size}].emplace_back(point.x, point.y);
    }
    while (m_dots.size() > styles.size()) {
        removeGraph(m_dots.back());
        m_dots.pop_back();
    }
    while (m_dots.size() < styles.size())
        m_dots.push_back(new DotGraph(*this));
    std::size_t at = 0;
    for (const auto& [style, places] : styles) {
        const auto& [isOther, rgb, size] = style;
        const QColor color = faded(QColor(rgb), opacity);
        const QPen pen = isOther ? QPen(color, areMany ? 1 : 1.5) : QPen(m_theme.panel, areMany ? 0.5 : 1);
        m_dots[at]->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, pen, isOther ? QBrush(Qt::NoBrush) : QBrush(color), size));
        setPlaces(*m_dots[at++], places);
    }
}

double ScatterPlot::dotSize() const {
    return m_points.size() > manyPoints ? 5 : 8;
}

void ScatterPlot::draw() {
    drawDots();
    drawBrush();
    drawLines();
    updateTicks();
    updateLayout(); // names are placed beside points, which move with the width of the ticks' numbers
    nameFew();
    drawMarks();
    replot(rpQueuedReplot);
}

void ScatterPlot::drawBrush() {
    m_brush->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.panel, 1), m_theme.accent, dotSize() + 1));
    std::vector<QPointF> brushed;
    for (const int index : m_brushed)
        if (index < static_cast<int>(m_points.size()))
            brushed.emplace_back(m_points[static_cast<std::size_t>(index)].x,
                                 m_points[static_cast<std::size_t>(index)].y);
    setPlaces(*m_brush, brushed);
}

/// Rings, and the name of the point that is pointed at or picked.
void ScatterPlot::drawMarks() {
    const auto pointOf = [&](int index) { return m_points[static_cast<std::size_t>(index)]; };
    std::vector<QPointF> ringed;
    for (const Point& point : m_points)
        if (m_picked >= 0 && (&point == &m_points[static_cast<std::size_t>(m_picked)] ||
                              (point.isOther != pointOf(m_picked).isOther && point.name == pointOf(m_picked).name)))
            ringed.emplace_back(point.x, point.y);
    setPlaces(*m_ring, ringed);
    const int named = m_hovered >= 0 ? m_hovered : m_picked;
    m_name->setVisible(named >= 0 && m_points.size() > fewPoints);
    if (named < 0)
        return;
    m_name->setText(pointOf(named).name);
    const bool atRight = positionOf(named).x() > axisRect()->center().x();
    m_name->setPositionAlignment((atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    m_name->position->setCoords(pointOf(named).x, pointOf(named).y);
}

void ScatterPlot::updateTicks() {
    setRoundTicks(*xAxis, 84);
    setRoundTicks(*yAxis, 34);
    setFittingLabel(*xAxis, m_xLabels.isEmpty() ? QStringList{QString()} : m_xLabels);
    setFittingLabel(*yAxis, m_yLabels.isEmpty() ? QStringList{QString()} : m_yLabels);
}

void ScatterPlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (!m_lasso.isDrawn())
        return;
    QPainter painter(this);
    m_lasso.paint(painter, m_theme);
}

void ScatterPlot::mousePressEvent(QMouseEvent* event) {
    if (m_isBrushable && event->button() == Qt::LeftButton)
        m_lasso.press(event->position());
}

void ScatterPlot::endLasso(bool isAdded) {
    std::vector<int> caught;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        if (m_lasso.contains(positionOf(index)) || (isAdded && std::ranges::find(m_brushed, index) != m_brushed.end()))
            caught.push_back(index);
    m_lasso.end();
    update();
    Q_EMIT brushedPoints(caught);
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_lasso.isPressed() && event->buttons().testFlag(Qt::LeftButton)) {
        if (m_lasso.moveTo(event->position()))
            update();
        return;
    }
    const int index = pointAt(event->position());
    if (index == m_hovered)
        return;
    m_hovered = index;
    drawMarks();
    replot(rpQueuedReplot);
    Q_EMIT hovered(index);
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (m_lasso.isDrawn())
        return endLasso(event->modifiers().testFlag(Qt::ControlModifier) ||
                        event->modifiers().testFlag(Qt::ShiftModifier));
    const bool wasPressed = m_lasso.isPressed();
    m_lasso.end();
    if (const int index = pointAt(event->position()); index >= 0)
        Q_EMIT clicked(index);
    else if (wasPressed)
        Q_EMIT brushedPoints({});
}

void ScatterPlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    m_hovered = -1;
    drawMarks();
    replot(rpQueuedReplot);
    Q_EMIT hovered(-1);
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateLayout(); // labels are chosen by the room of the axes
    draw();
}

} // namespace brainlike
