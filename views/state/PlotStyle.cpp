#include "views/state/PlotStyle.h"

#include "core/color/ColorScale.h"
#include "views/state/NumberText.h"
#include "views/state/PlotLibrary.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

double luminance(const QColor& color) {
    return 0.299 * color.redF() + 0.587 * color.greenF() + 0.114 * color.blueF();
}

void styleAxis(QCPAxis& axis, const Theme& theme, const QFont& font) {
    axis.setBasePen(QPen(theme.mutedText, 1));
    axis.setTickPen(QPen(theme.mutedText, 1));
    axis.setSubTicks(false);
    axis.setTickLength(0, 4);
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.setTickLabelColor(theme.mutedText);
    axis.setLabelColor(theme.mutedText);
    axis.setTickLabelPadding(4);
    axis.setLabelPadding(axis.orientation() == Qt::Vertical ? 6 : 2);
    axis.grid()->setPen(QPen(theme.grid, 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

} // namespace

QColor toColor(Rgba8 color) {
    return {color.r, color.g, color.b, color.a};
}

QColor layerColor(int layer, int layerCount, const Theme& theme) {
    QColor color = toColor(LayerScale{layerCount}.colorOf(layer));
    for (int round = 0; theme.dark && round < 8 && luminance(color) < 0.26; ++round)
        color = color.lighter(115);
    for (int round = 0; !theme.dark && round < 8 && luminance(color) > 0.70; ++round)
        color = color.darker(107);
    return color;
}

QColor faded(QColor color, double opacity) {
    color.setAlphaF(static_cast<float>(color.alphaF() * opacity));
    return color;
}

void stylePlot(QCustomPlot& plot, const Theme& theme) {
    plot.setPlottingHint(QCP::phImmediateRefresh, false); // all that changed in a turn is painted at once
    plot.setPlottingHint(QCP::phFastPolylines);
    plot.layer("overlay")->setMode(QCPLayer::lmLogical); // one picture to clear and to copy instead of two
    plot.setAutoAddPlottableToLegend(false); // it is never seen, but would be laid out at every picture
    plot.legend->clearItems();
    plot.setAttribute(Qt::WA_OpaquePaintEvent); // nothing has to be painted below it
    plot.setBackground(QBrush(theme.panel));
    plot.setFont(plot.parentWidget() ? plot.parentWidget()->font() : plot.font());
    styleAxis(*plot.xAxis, theme, plot.font());
    styleAxis(*plot.yAxis, theme, plot.font());
    plot.xAxis->grid()->setVisible(false);
    plot.yAxis->setBasePen(Qt::NoPen);
    plot.yAxis->setTickPen(Qt::NoPen);
}

void setFittingLabel(QCPAxis& axis, const QStringList& labels) {
    const QRect rect = axis.axisRect()->rect();
    const int length = axis.orientation() == Qt::Horizontal ? rect.width() : rect.height();
    const QFontMetrics metrics(axis.labelFont());
    const auto fits = [&](const QString& label) { return metrics.horizontalAdvance(label) <= length; };
    const auto found = std::ranges::find_if(labels, fits);
    axis.setLabel(found == labels.end() ? labels.last() : *found);
}

void setRoundTicks(QCPAxis& axis, double pixelsPerTick) {
    const QRect rect = axis.axisRect()->rect();
    const double pixels = axis.orientation() == Qt::Horizontal ? rect.width() : rect.height();
    const int wanted = std::clamp(static_cast<int>(pixels / pixelsPerTick), 2, 10);
    const std::vector<double> values = roundTicks(axis.range().lower, axis.range().upper, wanted);
    const double spacing = values.size() > 1 ? values[1] - values[0] : axis.range().size();
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const double value : values)
        ticker->addTick(value, QString::fromStdString(tickText(value, spacing)));
    axis.setTicker(ticker);
}

void setPowerTicks(QCPAxis& axis) {
    constexpr double fewDecades = 2.5;
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const bool areFew = axis.range().size() < fewDecades;
    for (int power = static_cast<int>(std::floor(axis.range().lower)); power <= axis.range().upper; ++power)
        for (const int times : {1, 2, 5}) {
            const double value = times * std::pow(10.0, power);
            if (times == 1 || areFew)
                ticker->addTick(std::log10(value),
                                value < 1 ? valueText(value) : shortStepText(static_cast<std::int64_t>(value + 0.5)));
        }
    axis.setTicker(ticker);
}

} // namespace brainlike
