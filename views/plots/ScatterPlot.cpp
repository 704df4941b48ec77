#include "views/plots/ScatterPlot.h"

#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr double reach = 9;           ///< pixels around a point that belong to it
constexpr double dragDistance = 5;    ///< pixels from where a press becomes a lasso
constexpr std::size_t fewPoints = 40; ///< so many can all be named
constexpr std::size_t manyPoints = 250;

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : QCustomPlot(parent), m_line(addGraph()), m_dots(addGraph()), m_brush(addGraph()), m_ring(addGraph()),
      m_name(new QCPItemText(this)) {
    setObjectName("scatterPlot");
    setMouseTracking(true);
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 160);
    m_dots->setLineStyle(QCPGraph::lsNone);
    m_brush->setLineStyle(QCPGraph::lsNone);
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
    if (m_lineKind == Line::Identity && !m_points.empty()) {
        const auto [low, high] = std::ranges::minmax(m_points, {}, &Point::x);
        m_line->setData({low.x, high.x}, {low.x, high.x});
        return;
    }
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

void ScatterPlot::setBrushed(std::vector<int> indices) {
    if (indices == m_brushed)
        return;
    m_brushed = std::move(indices);
    draw();
}

void ScatterPlot::draw() {
    const bool areMany = m_points.size() > manyPoints;
    const double opacity = (areMany ? 0.55 : 0.85) * (m_brushed.empty() ? 1 : 0.5);
    const double size = areMany ? 5 : 8;
    m_dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.panel, areMany ? 0.5 : 1),
                                            faded(m_theme.encoding, opacity), size));
    m_brush->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.panel, 1), m_theme.accent, size + 1));
    QVector<double> x, y;
    for (const Point& point : m_points) {
        x.push_back(point.x);
        y.push_back(point.y);
    }
    m_dots->setData(x, y);
    QVector<double> brushedX, brushedY;
    for (const int index : m_brushed)
        if (index < static_cast<int>(m_points.size())) {
            brushedX.push_back(x[index]);
            brushedY.push_back(y[index]);
        }
    m_brush->setData(brushedX, brushedY);
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
    setRoundTicks(*xAxis, 84);
    setRoundTicks(*yAxis, 34);
    setFittingLabel(*xAxis, m_xLabels.isEmpty() ? QStringList{QString()} : m_xLabels);
    setFittingLabel(*yAxis, m_yLabels.isEmpty() ? QStringList{QString()} : m_yLabels);
}

void ScatterPlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (m_lasso.size() < 2)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 1.5));
    painter.setBrush(faded(m_theme.accent, 0.12));
    painter.drawPolygon(m_lasso);
}

void ScatterPlot::mousePressEvent(QMouseEvent* event) {
    if (m_isBrushable && event->button() == Qt::LeftButton)
        m_pressed = event->position();
}

void ScatterPlot::endLasso(bool isAdded) {
    std::vector<int> caught;
    for (int index = 0; index < static_cast<int>(m_points.size()); ++index)
        if (m_lasso.containsPoint(positionOf(index), Qt::OddEvenFill) ||
            (isAdded && std::ranges::find(m_brushed, index) != m_brushed.end()))
            caught.push_back(index);
    m_lasso.clear();
    update();
    Q_EMIT brushedPoints(caught);
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
    if (m_pressed && event->buttons().testFlag(Qt::LeftButton)) {
        const QPointF way = event->position() - *m_pressed;
        if (m_lasso.isEmpty() && std::hypot(way.x(), way.y()) < dragDistance)
            return;
        if (m_lasso.isEmpty())
            m_lasso << *m_pressed;
        m_lasso << event->position();
        update();
        return;
    }
    const int index = pointAt(event->position());
    if (index == m_hovered)
        return;
    m_hovered = index;
    draw();
    Q_EMIT hovered(index);
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const bool wasPressed = m_pressed.has_value();
    m_pressed.reset();
    if (!m_lasso.isEmpty())
        endLasso(event->modifiers().testFlag(Qt::ControlModifier) || event->modifiers().testFlag(Qt::ShiftModifier));
    else if (const int index = pointAt(event->position()); index >= 0)
        Q_EMIT clicked(index);
    else if (wasPressed)
        Q_EMIT brushedPoints({});
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
