#include "views/layers/DepthPlot.h"

#include "views/plots/DashedGraph.h"
#include "views/plots/DotGraph.h"
#include "views/plots/Ink.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr int heightForLabel = 120; ///< pixels from which depth is named below its axis

QVector<double> toVector(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

} // namespace

DepthPlot::DepthPlot(QWidget* parent)
    : QCustomPlot(parent), m_line(addGraph()), m_bandLow(addGraph()), m_bandHigh(addGraph()),
      m_otherSideLine(new DashedGraph(*this)), m_ring(addGraph()), m_winner(new QCPItemText(this)),
      m_selectedLine(new QCPItemStraightLine(this)), m_zero(new QCPItemStraightLine(this)) {
    setObjectName("depthPlot");
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    setAntialiasedElements(QCP::aeAll);
    setAntialiasedElement(QCP::aeFills, false); // the band is as wide as the plot, and its edge faint
    setMinimumSize(220, 84);
    addLayer("others", layer("main"), limBelow);
    addLayer("points", layer("main"), limAbove);
    for (QCPGraph* graph : {m_bandLow, m_bandHigh}) {
        graph->setLayer("others");
        graph->setPen(Qt::NoPen);
        graph->setAntialiasedFill(false);
    }
    m_bandHigh->setChannelFillGraph(m_bandLow);
    m_ring->setLayer("points");
    m_ring->setLineStyle(QCPGraph::lsNone);
    m_winner->setLayer("points");
    m_winner->setClipToAxisRect(false);
    m_zero->setLayer("grid");
    m_selectedLine->setLayer("grid");
    m_zero->point1->setCoords(0, 0);
    m_zero->point2->setCoords(1, 0);
    axisRect()->setMinimumMargins(QMargins(0, 10, 12, 0));
    xAxis->setRange(-0.04, 1.04);
}

void DepthPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    stylePlot(*this, theme);
    m_zero->setPen(QPen(theme.mutedText, 1));
    m_line->setPen(QPen(inkOn(theme, theme.text, 0.45), 1.3));
    m_bandHigh->setBrush(faded(theme.text, theme.dark ? 0.20 : 0.13));
    m_otherSideLine->setPen(QPen(theme.text, 1.4, Qt::DashLine));
    m_otherSideLine->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.text, 1.4), theme.panel, 7));
    m_selectedLine->setPen(QPen(theme.accent, 1.5));
    m_winner->setColor(theme.text);
    m_winner->setFont(font());
    m_winner->setBrush(faded(theme.panel, 0.8));
    m_winner->setPadding(QMargins(3, 0, 3, 0));
    updateTicks();
    draw();
}

void DepthPlot::setLayers(const std::vector<double>& depths, const std::vector<QString>& names) {
    if (depths == m_depths && names == m_names)
        return;
    m_depths = depths;
    m_names = names;
    for (QCPGraph* point : m_points)
        removeGraph(point);
    m_points.clear();
    for (std::size_t layer = 0; layer < depths.size(); ++layer) {
        m_points.push_back(new DotGraph(*this));
        m_points.back()->setLayer("points");
    }
    updateTicks();
}

void DepthPlot::setProfile(const LayerProfile& profile, const std::vector<LayerProfile>& others) {
    m_profile = profile;
    m_others = others;
    draw();
}

void DepthPlot::setOther(const std::vector<double>& depths, const LayerProfile& profile) {
    m_otherDepths = depths;
    m_otherSide = profile;
    drawOtherSide();
    replot(rpQueuedReplot);
}

void DepthPlot::drawOtherSide() {
    QVector<double> depths, scores;
    for (std::size_t layer = 0; layer < std::min(m_otherDepths.size(), m_otherSide.mean.size()); ++layer)
        if (std::isfinite(m_otherSide.mean[layer])) {
            depths.push_back(m_otherDepths[layer]);
            scores.push_back(m_otherSide.mean[layer]);
        }
    m_otherSideLine->setData(depths, scores, true);
}

void DepthPlot::setSelectedLayer(int layer) {
    if (layer == m_selected)
        return;
    m_selected = layer;
    draw();
}

void DepthPlot::setValueRange(double low, double high) {
    if (yAxis->range().lower == low && yAxis->range().upper == high)
        return;
    yAxis->setRange(low, high);
    updateTicks();
    replot(rpQueuedReplot);
}

void DepthPlot::draw() {
    const bool fits = m_profile.mean.size() == m_depths.size();
    m_line->setData(fits ? toVector(m_depths) : QVector<double>(), fits ? toVector(m_profile.mean) : QVector<double>(),
                    true);
    m_selectedLine->setVisible(fits && m_selected >= 0);
    if (m_selectedLine->visible()) {
        const double depth = m_depths.at(static_cast<std::size_t>(m_selected));
        m_selectedLine->point1->setCoords(depth, 0);
        m_selectedLine->point2->setCoords(depth, 1);
    }
    drawBand();
    drawOthers();
    drawPoints();
    drawWinner();
    replot(rpQueuedReplot);
}

void DepthPlot::drawBand() {
    QVector<double> depths, low, high;
    for (std::size_t layer = 0; layer < std::min(m_depths.size(), m_profile.mean.size()); ++layer) {
        if (!std::isfinite(m_profile.mean[layer]) || !std::isfinite(m_profile.sem[layer]))
            continue;
        depths.push_back(m_depths[layer]);
        low.push_back(m_profile.mean[layer] - m_profile.sem[layer]);
        high.push_back(m_profile.mean[layer] + m_profile.sem[layer]);
    }
    m_bandLow->setData(depths, low, true);
    m_bandHigh->setData(depths, high, true);
}

void DepthPlot::drawPoints() {
    const int count = static_cast<int>(m_points.size());
    for (int layer = 0; layer < count; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        const bool shown = m_profile.mean.size() == m_depths.size() && std::isfinite(m_profile.mean[at]);
        const bool strong = layer == m_selected || layer == m_hovered;
        m_points[at]->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.panel, 1),
                                                      layerColor(layer, count, m_theme), strong ? 13 : 9));
        m_points[at]->setData(shown ? QVector<double>{m_depths[at]} : QVector<double>(),
                              shown ? QVector<double>{m_profile.mean[at]} : QVector<double>());
    }
}

void DepthPlot::drawWinner() {
    const int best = m_profile.mean.size() == m_depths.size() ? m_profile.bestLayer() : -1;
    m_winner->setVisible(best >= 0);
    m_ring->setData(QVector<double>(), QVector<double>());
    if (best < 0)
        return;
    const auto at = static_cast<std::size_t>(best);
    const double sem = std::isfinite(m_profile.sem[at]) ? m_profile.sem[at] : 0;
    m_ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(m_theme.text, 1.6), Qt::NoBrush, 15));
    m_ring->setData({m_depths[at]}, {m_profile.mean[at]});
    m_winner->setText(m_names[at]);
    const double half = QFontMetrics(font()).horizontalAdvance(m_names[at]) / 2.0 + 4;
    const double left = (m_depths[at] - xAxis->range().lower) / xAxis->range().size() * axisRect()->width();
    const double shift = std::max(0.0, half - left) - std::max(0.0, half - (axisRect()->width() - left));
    // A fixed number of pixels above the ring or the error bar, whichever reaches higher.
    const double pixels = axisRect()->height() / yAxis->range().size();
    m_winner->position->setType(QCPItemPosition::ptPlotCoords);
    const double depth = m_depths[at] + shift / std::max(1, axisRect()->width()) * xAxis->range().size();
    const double above = m_profile.mean[at] + std::max(sem, 8 / pixels) + 2 / pixels;
    m_winner->position->setCoords(depth, above);
    m_winner->setPositionAlignment(Qt::AlignBottom | Qt::AlignHCenter);
    // In a low panel there is no room for it; the readout names the layer too.
    m_winner->setVisible((yAxis->range().upper - above) * pixels + axisRect()->top() >= QFontMetrics(font()).height());
}

void DepthPlot::drawOthers() {
    while (m_otherLines.size() > m_others.size()) {
        removeGraph(m_otherLines.back());
        m_otherLines.pop_back();
    }
    while (m_otherLines.size() < m_others.size()) {
        m_otherLines.push_back(addGraph());
        m_otherLines.back()->setLayer("others");
    }
    for (std::size_t index = 0; index < m_others.size(); ++index) {
        const bool fits = m_others[index].mean.size() == m_depths.size();
        m_otherLines[index]->setPen(QPen(inkOn(m_theme, m_theme.text, m_theme.dark ? 0.24 : 0.18), 1));
        m_otherLines[index]->setData(fits ? toVector(m_depths) : QVector<double>(),
                                     fits ? toVector(m_others[index].mean) : QVector<double>(), true);
    }
}

void DepthPlot::updateTicks() {
    setRoundTicks(*xAxis, 84);
    setRoundTicks(*yAxis, 34);
    const QString ends =
        m_names.size() > 1 ? QStringLiteral(" (%1 … %2)").arg(m_names.front(), m_names.back()) : QString();
    if (height() < heightForLabel)
        xAxis->setLabel({});
    else
        setFittingLabel(*xAxis, {QStringLiteral("Relative depth") + ends, QStringLiteral("Relative depth")});
    setFittingLabel(*yAxis, {QStringLiteral("Encoding score R"), QStringLiteral("Score R"), QStringLiteral("R")});
}

int DepthPlot::layerAt(double x) const {
    if (m_depths.empty())
        return -1;
    const double depth = xAxis->pixelToCoord(x);
    const auto nearest = std::ranges::min_element(m_depths, {}, [depth](double at) { return std::abs(at - depth); });
    return static_cast<int>(nearest - m_depths.begin());
}

void DepthPlot::mouseMoveEvent(QMouseEvent* event) {
    const int layer = layerAt(event->position().x());
    if (layer == m_hovered)
        return;
    m_hovered = layer;
    draw();
    Q_EMIT hovered(layer);
}

void DepthPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (const int layer = layerAt(event->position().x()); layer >= 0 && event->button() == Qt::LeftButton)
        Q_EMIT layerClicked(layer);
}

void DepthPlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    m_hovered = -1;
    draw();
    Q_EMIT hovered(-1);
}

void DepthPlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateLayout(); // labels are chosen by the room of the axes
    updateTicks();
    drawWinner();
}

} // namespace brainlike
