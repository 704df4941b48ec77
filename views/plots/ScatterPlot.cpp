#include "views/plots/ScatterPlot.h"

#include "core/stats/LinearFit.h"
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

constexpr int bandPlaces = 60; ///< along the line that are enough for its curves

/// The line of least squares, y on x, through the points of A or B; none with fewer than three or all x the same. A
/// point counts as often as its weight.
struct WeightedLine {
    double low = std::numeric_limits<double>::infinity(), high = -low; ///< range of x
    double meanX = 0, meanY = 0, slope = 0;
    bool isThere = false;

    [[nodiscard]] double at(double x) const { return meanY + slope * (x - meanX); }
};

WeightedLine leastSquares(const std::vector<ScatterPlot::Point>& points, bool isOther) {
    WeightedLine line;
    double count = 0, weights = 0, squares = 0, products = 0;
    for (const auto& point : points)
        if (point.isOther == isOther) {
            ++count;
            weights += point.weight;
            line.meanX += point.weight * point.x;
            line.meanY += point.weight * point.y;
            line.low = std::min(line.low, point.x);
            line.high = std::max(line.high, point.x);
        }
    line.meanX /= weights;
    line.meanY /= weights;
    for (const auto& point : points)
        if (point.isOther == isOther) {
            squares += point.weight * (point.x - line.meanX) * (point.x - line.meanX);
            products += point.weight * (point.x - line.meanX) * (point.y - line.meanY);
        }
    line.isThere = count >= 3 && squares > 0;
    line.slope = line.isThere ? products / squares : 0;
    return line;
}

/// Of points that count once each.
LinearFit fitOf(const std::vector<ScatterPlot::Point>& points, bool isOther) {
    std::vector<double> x, y;
    for (const auto& point : points)
        if (point.isOther == isOther) {
            x.push_back(point.x);
            y.push_back(point.y);
        }
    return linearFit(x, y);
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
    : QCustomPlot(parent), m_fit{addGraph(), addGraph(), addGraph()}, m_otherFit{addGraph(), addGraph(), addGraph()},
      m_brush(new DotGraph(*this)), m_ring(addGraph()), m_name(new QCPItemText(this)) {
    setObjectName("scatterPlot");
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus); // a click leaves the keys to the window
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
    m_fit.line->setPen(QPen(inkOn(theme, theme.text, 0.55), 1.6));
    m_otherFit.line->setPen(QPen(faded(theme.text, 0.55), 1.6, Qt::DashLine));
    for (const Fit& fit : {m_fit, m_otherFit}) {
        fit.low->setPen(Qt::NoPen);
        fit.high->setPen(Qt::NoPen);
        fit.high->setBrush(faded(theme.text, 0.09));
        fit.high->setChannelFillGraph(fit.low);
    }
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
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double xLow = infinity, xHigh = -infinity, yLow = infinity, yHigh = -infinity;
    for (const Point& point : m_points) {
        const double y = placeOf(point.y);
        if (!std::isfinite(y))
            continue;
        xLow = std::min(xLow, point.x), xHigh = std::max(xHigh, point.x);
        yLow = std::min(yLow, y), yHigh = std::max(yHigh, y);
    }
    if (xLow > xHigh)
        xLow = yLow = 0, xHigh = yHigh = 1;
    const double width = std::max(xHigh - xLow, 1e-12), height = std::max(yHigh - yLow, 1e-12);
    xAxis->setRange(xLow - 0.06 * width, xHigh + 0.08 * width);
    yAxis->setRange(yLow - 0.07 * height, yHigh + 0.09 * height);
}

double ScatterPlot::placeOf(double y) const {
    if (!m_isLogarithmic)
        return y;
    return y > 0 ? std::log10(y) : std::numeric_limits<double>::quiet_NaN();
}

void ScatterPlot::setLogarithmic(bool isLogarithmic) {
    if (isLogarithmic == m_isLogarithmic)
        return;
    m_isLogarithmic = isLogarithmic;
    fitRange();
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
    return {xAxis->coordToPixel(point.x), yAxis->coordToPixel(placeOf(point.y))};
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
    drawFit(false);
    drawFit(true);
    if (m_lineKind == Line::LeastSquares || m_points.empty())
        return;
    const auto [low, high] = std::ranges::minmax_element(m_points, {}, &Point::x);
    setPlaces(*m_fit.line, {{low->x, placeOf(low->x)}, {high->x, placeOf(high->x)}});
}

/// On a logarithmic axis these are curves, cut below it.
void ScatterPlot::drawFit(bool isOther) {
    const Fit& graphs = isOther ? m_otherFit : m_fit;
    const WeightedLine line = leastSquares(m_points, isOther);
    std::vector<QPointF> middle, low, high;
    const LinearFit fit = m_hasBand ? fitOf(m_points, isOther) : LinearFit();
    const int places = line.isThere && m_lineKind == Line::LeastSquares ? bandPlaces : 0;
    const double floor = m_isLogarithmic ? std::pow(10.0, yAxis->range().lower - yAxis->range().size()) : 0;
    const auto clipped = [&](double y) { return m_isLogarithmic ? std::max(y, floor) : y; };
    for (int place = 0; place <= places && places > 0; ++place) {
        const double x = std::lerp(line.low, line.high, static_cast<double>(place) / places);
        middle.emplace_back(x, placeOf(line.at(x)));
        if (const double half = fit.halfWidth(x); std::isfinite(half)) {
            low.emplace_back(x, placeOf(clipped(line.at(x) - half)));
            high.emplace_back(x, placeOf(clipped(line.at(x) + half)));
        }
    }
    setPlaces(*graphs.line, middle);
    setPlaces(*graphs.low, low);
    setPlaces(*graphs.high, high);
}

std::vector<std::pair<QPointF, QPointF>> ScatterPlot::band() const {
    std::vector<std::pair<QPointF, QPointF>> ends;
    for (int place = 0; place < m_fit.low->dataCount(); ++place)
        ends.emplace_back(QPointF(m_fit.low->dataMainKey(place), m_fit.low->dataMainValue(place)),
                          QPointF(m_fit.high->dataMainKey(place), m_fit.high->dataMainValue(place)));
    return ends;
}

/// The lines as they are drawn, a place every few pixels.
std::vector<QPointF> ScatterPlot::linePixels() const {
    constexpr int apart = 3;
    std::vector<QPointF> places;
    for (const QCPGraph* line : {m_fit.line, m_otherFit.line})
        for (int place = 1; place < line->dataCount(); ++place) {
            const QPointF from = line->dataPixelPosition(place - 1), to = line->dataPixelPosition(place);
            const double length = QLineF(from, to).length();
            const int count = std::isfinite(length) ? std::clamp(static_cast<int>(length / apart), 1, 1000) : 0;
            for (int at = 0; at <= count && count > 0; ++at)
                places.push_back(from + (to - from) * (static_cast<double>(at) / count));
        }
    return places;
}

/// Where a name of a size may be written beside a point, the best place first.
std::vector<QRectF> ScatterPlot::placesOfName(QPointF point, QSizeF size) const {
    const double w = size.width(), h = size.height();
    std::vector<QRectF> places;
    for (const QPointF corner :
         {QPointF(7, -h / 2), QPointF(-7 - w, -h / 2), QPointF(-w / 2, -6 - h), QPointF(-w / 2, 6), QPointF(4, -4 - h),
          QPointF(-4 - w, -4 - h), QPointF(4, 4), QPointF(-4 - w, 4)})
        if (const QRectF box(point + corner, size); QRectF(axisRect()->rect()).contains(box))
            places.push_back(box);
    return places;
}

/// Names beside the points where they have room: free of other points and names, and of the lines; where a line leaves
/// none, over it, on ground of their own.
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
    const std::vector<QPointF> lines = linePixels();
    const auto isFree = [&](const QRectF& box) {
        return std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(box); });
    };
    const auto isOffLines = [&](const QRectF& box) {
        return isFree(box) && std::ranges::none_of(lines, [&](QPointF place) { return box.contains(place); });
    };
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index) {
        if (hasTwin(m_points, m_points[static_cast<std::size_t>(index)]))
            continue; // the twin is named
        const QString& text = m_points[static_cast<std::size_t>(index)].name;
        const auto places =
            placesOfName(positionOf(index), QSizeF(metrics.horizontalAdvance(text), metrics.height() - 2));
        auto place = std::ranges::find_if(places, isOffLines);
        if (place == places.end())
            place = std::ranges::find_if(places, isFree);
        if (place == places.end())
            continue;
        auto* name = m_names.emplace_back(new QCPItemText(this));
        name->setText(text);
        name->setFont(font());
        name->setColor(m_theme.mutedText);
        if (!isOffLines(*place))
            name->setBrush(faded(m_theme.panel, 0.85));
        name->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        name->position->setType(QCPItemPosition::ptAbsolute);
        name->position->setCoords(place->topLeft());
        taken.push_back(*place);
    }
}

QStringList ScatterPlot::names() const {
    QStringList written;
    for (const QCPItemText* name : m_names)
        written << name->text();
    return written;
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
        styles[{point.isOther, color.rgb(), size}].emplace_back(point.x, placeOf(point.y));
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
                                 placeOf(m_points[static_cast<std::size_t>(index)].y));
    setPlaces(*m_brush, brushed);
}

/// Rings, and the name of the point that is pointed at or picked.
void ScatterPlot::drawMarks() {
    const auto pointOf = [&](int index) { return m_points[static_cast<std::size_t>(index)]; };
    std::vector<QPointF> ringed;
    for (const Point& point : m_points)
        if (m_picked >= 0 && (&point == &m_points[static_cast<std::size_t>(m_picked)] ||
                              (point.isOther != pointOf(m_picked).isOther && point.name == pointOf(m_picked).name)))
            ringed.emplace_back(point.x, placeOf(point.y));
    setPlaces(*m_ring, ringed);
    const int named = m_hovered >= 0 ? m_hovered : m_picked;
    m_name->setVisible(named >= 0 && m_points.size() > fewPoints);
    if (named < 0)
        return;
    m_name->setText(pointOf(named).name);
    const bool atRight = positionOf(named).x() > axisRect()->center().x();
    m_name->setPositionAlignment((atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    m_name->position->setCoords(pointOf(named).x, placeOf(pointOf(named).y));
}

void ScatterPlot::updateTicks() {
    setRoundTicks(*xAxis, 84);
    m_isLogarithmic ? setPowerTicks(*yAxis) : setRoundTicks(*yAxis, 34);
    setFittingLabel(*xAxis, m_xLabels.isEmpty() ? QStringList{QString()} : m_xLabels);
    setFittingLabel(*yAxis, m_yLabels.isEmpty() ? QStringList{QString()} : m_yLabels);
}

void ScatterPlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    QPainter painter(this);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    if (m_lasso.isDrawn())
        m_lasso.paint(painter, m_theme);
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateLayout(); // labels are chosen by the room of the axes
    draw();
}

} // namespace brainlike
