#include "views/property/NullPlot.h"

#include "views/state/PlotStyle.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr int bins = 50;

} // namespace

NullPlot::NullPlot(QWidget* parent)
    : QWidget(parent), m_counts(bins, 0), m_observed(std::numeric_limits<double>::quiet_NaN()) {
    setObjectName("nullPlot");
    setAccessibleName(tr("Correlations of the spun property"));
    setToolTip(tr("Correlations after random rotations of the property on the sphere (spin test).\nThe line is the "
                  "correlation as it lies; p is the share of rotations whose |r| is at least as large."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NullPlot::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void NullPlot::setValues(const std::vector<double>& null, double observed) {
    m_counts.assign(bins, 0);
    for (const double r : null)
        if (std::isfinite(r))
            ++m_counts[static_cast<std::size_t>(std::clamp(static_cast<int>((r + 1) / 2 * bins), 0, bins - 1))];
    m_observed = observed;
    update();
}

void NullPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(font());
    const QRectF area = QRectF(rect()).adjusted(24, 4, -24, -metrics.height() - 4);
    const auto xOf = [&area](double r) { return area.left() + (r + 1) / 2 * area.width(); };
    const int tallest = std::max(1, *std::max_element(m_counts.begin(), m_counts.end()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(m_theme.text, 0.30));
    for (int bin = 0; bin < bins; ++bin) {
        const double height = area.height() * m_counts[static_cast<std::size_t>(bin)] / tallest;
        painter.drawRect(QRectF(xOf(-1 + 2.0 * bin / bins) + 0.5, area.bottom() - height,
                                std::max(1.0, area.width() / bins - 1), height));
    }
    painter.setPen(QPen(m_theme.mutedText, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    for (const double tick : {-1.0, -0.5, 0.0, 0.5, 1.0}) {
        const QString text = tick == 0 ? QStringLiteral("0") : QString::number(tick).replace('-', QChar(0x2212));
        painter.drawText(QRectF(xOf(tick) - 24, area.bottom() + 2, 48, metrics.height()), Qt::AlignCenter, text);
    }
    if (!std::isfinite(m_observed))
        return;
    painter.setPen(QPen(m_theme.accent, 2));
    painter.drawLine(QPointF(xOf(m_observed), area.top()), QPointF(xOf(m_observed), area.bottom()));
    painter.setPen(QPen(m_theme.accent, 1, Qt::DotLine));
    painter.drawLine(QPointF(xOf(-m_observed), area.top()), QPointF(xOf(-m_observed), area.bottom()));
}

} // namespace brainlike
