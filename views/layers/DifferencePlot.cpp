#include "views/layers/DifferencePlot.h"

#include "core/color/ColorScale.h"
#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr int lowPlot = 130; ///< pixels

} // namespace

DifferencePlot::DifferencePlot(QWidget* parent)
    : QCustomPlot(parent), m_sticks(addGraph()), m_zero(new QCPItemStraightLine(this)) {
    setObjectName("differencePlot");
    setAntialiasedElements(QCP::aeAll);
    setMinimumSize(220, 80);
    m_sticks->setLineStyle(QCPGraph::lsImpulse);
    m_zero->setLayer("grid");
    m_zero->point1->setCoords(0, 0);
    m_zero->point2->setCoords(1, 0);
    axisRect()->setMinimumMargins(QMargins(0, 8, 12, 0));
    xAxis->setRange(-0.04, 1.04);
}

void DifferencePlot::setTheme(const Theme& theme) {
    stylePlot(*this, theme);
    m_zero->setPen(QPen(theme.mutedText, 1));
    m_sticks->setPen(QPen(theme.text, 1.6));
    m_sticks->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.panel, 1), theme.text, 8));
    updateTicks();
    replot(rpQueuedReplot);
}

void DifferencePlot::setDifferences(const std::vector<double>& depths, const std::vector<double>& values,
                                    double reach) {
    m_values = values;
    double most = reach;
    QVector<double> x, y;
    for (std::size_t at = 0; at < std::min(depths.size(), values.size()); ++at)
        if (std::isfinite(values[at])) {
            x.push_back(depths[at]);
            y.push_back(values[at]);
            most = std::max(most, std::abs(values[at]));
        }
    m_sticks->setData(x, y, true);
    yAxis->setRange(-1.3 * std::max(most, 1e-6), 1.3 * std::max(most, 1e-6));
    updateTicks();
    replot(rpQueuedReplot);
}

void DifferencePlot::updateTicks() {
    setRoundTicks(*xAxis, 84);
    setRoundTicks(*yAxis, 34);
    // The plot above says the same of the same axis.
    xAxis->setLabel(height() < lowPlot ? QString() : QStringLiteral("Relative depth"));
    setFittingLabel(*yAxis, {QStringLiteral("A − B (R)"), QStringLiteral("A − B")});
}

void DifferencePlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    updateTicks();
}

} // namespace brainlike
