#include "views/state/ColorBar.h"

#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr double bandWidth = 14;
constexpr double labelGap = 6;
constexpr double titleGap = 8;
constexpr double tickLength = 4;
constexpr double continuousHeight = 220;
constexpr double tallestSwatch = 22;
/// The note is broken into lines no wider than this many average characters.
constexpr double noteCharacters = 16;
/// Side of the square that shows effect and significance.
constexpr double squareSide = 96;
/// Least height of a band whose ticks can be read.
constexpr double leastBand = 44;
constexpr double arrowHeight = 7;
constexpr double swatchSize = 12;

struct Tick {
    double place; ///< 0 at the bottom, 1 at the top
    QString text;
};

/// The scale that the band and its ticks are drawn along.
ColorScale axisOf(const ColorBar& bar) {
    ColorScale axis = *bar.scale;
    if (bar.axis) {
        axis.low = bar.axis->low;
        axis.high = bar.axis->high;
    }
    return axis;
}

/// Colour by the value from below to above, opacity by q from left to right.
bool isSquare(const ColorBar& bar) {
    return !bar.isLegend() && bar.significance == Significance::Fade;
}

double bandWidthOf(const ColorBar& bar) {
    return isSquare(bar) ? squareSide : bandWidth;
}

std::vector<Tick> scaleTicks(const ColorScale& scale, bool isSteps, double height, double lineHeight) {
    const int wanted = std::clamp(static_cast<int>(height / (2.2 * lineHeight)), 2, 6);
    const auto values =
        scale.isLogarithmic ? logTicks(scale.low, scale.high, wanted) : roundTicks(scale.low, scale.high, wanted);
    const double spacing = values.size() > 1 ? values[1] - values[0] : scale.high - scale.low;
    std::vector<Tick> ticks;
    for (const double value : values)
        ticks.push_back({scale.positionOf(value), isSteps ? shortStepText(std::llround(value))
                                                          : QString::fromStdString(tickText(value, spacing))});
    return ticks;
}

/// Names of layers beside the middle of their colour: all, or every n-th with the first and the last.
std::vector<Tick> layerTicks(const QStringList& layers, double height, double lineHeight) {
    const int count = static_cast<int>(layers.size());
    const int room = std::max(2, static_cast<int>(height / lineHeight));
    const int stride = (count + room - 1) / room;
    std::vector<Tick> ticks;
    for (int layer = 0; layer < count; ++layer) {
        const bool isLast = layer == count - 1;
        if (isLast || (layer % stride == 0 && (stride == 1 || layer + stride / 2 < count - 1)))
            ticks.push_back({(layer + 0.5) / count, layers[layer]});
    }
    return ticks;
}

std::vector<Tick> ticksOf(const ColorBar& bar, double height, double lineHeight) {
    return bar.scale ? scaleTicks(axisOf(bar), bar.isSteps, height, lineHeight)
                     : layerTicks(bar.layers, height, lineHeight);
}

/// Below a square, the arrow of its low end stands above the second axis.
double cutRoom(const ColorBar& bar) {
    return isSquare(bar) && bar.isCutLow ? arrowHeight + 2 : 0;
}

QFont titleFont(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

QRectF noteRect(const ColorBar& bar, const QFontMetricsF& metrics, double width) {
    if (bar.note.isEmpty())
        return {};
    const double wide = std::max(width, noteCharacters * metrics.averageCharWidth());
    return metrics.boundingRect(QRectF(0, 0, wide, 1000), Qt::TextWordWrap | Qt::AlignLeft, bar.note);
}

/// Heights of the parts of a bar, from the top.
struct Parts {
    double title, band, second, swatches, note;
};

Parts partsOf(const ColorBar& bar, const QFontMetricsF& metrics, double height) {
    const double title = bar.title.isEmpty() ? 0 : metrics.height() + titleGap;
    const QRectF noteBox = noteRect(bar, metrics, 0);
    const double note = noteBox.isNull() ? 0 : noteBox.height() + titleGap;
    const double ofLayers = std::min(tallestSwatch, 1.35 * metrics.height()) * static_cast<double>(bar.layers.size());
    const double wanted = isSquare(bar) ? std::max(squareSide, ofLayers) : bar.scale ? continuousHeight : ofLayers;
    // Half a line at either end, for the labels of the outermost ticks.
    const double second = isSquare(bar) ? 2 * metrics.height() + tickLength + cutRoom(bar) : 0;
    const double swatches =
        bar.swatches.empty() ? 0 : static_cast<double>(bar.swatches.size()) * (metrics.height() + 2) + titleGap;
    if (bar.isLegend())
        return {title, 0, 0, swatches, note};
    const double free = height - title - note - second - swatches - metrics.height();
    return {title, std::max(0.0, std::min(wanted, free)), second, swatches, note};
}

/// Columns of the band, from q = 1 to what counts as significant.
std::vector<double> columnsOf() {
    std::vector<double> opacities;
    constexpr int columns = 96;
    for (int column = 0; column < columns; ++column)
        opacities.push_back(
            opacityOfQ(std::pow(significantQ, static_cast<double>(column) / (columns - 1)), Significance::Fade));
    return opacities;
}

/// The surface's grey with a colour over it, as opaque as `share` and the map let it be.
QColor shownOn(const ColorBar& bar, Rgba8 color, double share) {
    color.a = static_cast<std::uint8_t>(std::lround(color.a * share * bar.opacity));
    return toColor(blend(bar.ground, color));
}

/// Rows from above, columns from q = 1 to what counts as significant.
QImage squareOf(const ColorBar& bar, const std::vector<Rgba8>& rows) {
    const auto columns = columnsOf();
    QImage image(static_cast<int>(columns.size()), static_cast<int>(rows.size()), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y,
                                shownOn(bar, rows[rows.size() - 1 - static_cast<std::size_t>(y)],
                                        columns[static_cast<std::size_t>(x)]));
    return image;
}

void paintBand(QPainter& painter, const QRectF& band, const ColorBar& bar) {
    QPainterPath outline;
    outline.addRoundedRect(band, 3, 3);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(band, toColor(bar.ground));
    const int count = bar.scale ? 256 : static_cast<int>(bar.layers.size());
    const auto axis = bar.scale ? std::optional(axisOf(bar)) : std::nullopt;
    std::vector<Rgba8> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back(axis ? bar.scale->colorOf(axis->valueAt((i + 0.5) / count))
                            : LayerScale{count, bar.vision}.colorOf(i));
    if (isSquare(bar)) {
        painter.drawImage(band, squareOf(bar, rows));
    } else {
        // Each colour reaches below its own part, so that no seam shows between them.
        const double step = band.height() / count;
        for (int i = 0; i < count; ++i)
            painter.fillRect(QRectF(band.left(), band.top(), band.width(), band.height() - i * step),
                             shownOn(bar, rows[static_cast<std::size_t>(i)], 1));
    }
    painter.restore();
}

/// Arrows at the ends beyond which values lie, in the colours of the ends.
void paintCuts(QPainter& painter, const QRectF& band, const ColorBar& bar, const Theme& theme) {
    const auto arrow = [&](double from, double to, double value) {
        Rgba8 color = bar.scale->colorOf(value);
        color.a = static_cast<std::uint8_t>(std::lround(color.a * bar.opacity));
        painter.setPen(QPen(theme.mutedText, 0.75));
        painter.setBrush(toColor(blend(bar.ground, color)));
        const double half = 0.5 * bandWidth - 1;
        const double middle = band.center().x();
        painter.drawPolygon(QPolygonF{QPointF(middle - half, from), QPointF(middle + half, from), QPointF(middle, to)});
    };
    if (bar.isCutHigh)
        arrow(band.top() - 1.5, band.top() - 1.5 - arrowHeight, bar.scale->high);
    if (bar.isCutLow)
        arrow(band.bottom() + 1.5, band.bottom() + 1.5 + arrowHeight, bar.scale->low);
}

void paintMark(QPainter& painter, double y, double left, const Theme& theme) {
    painter.setPen(QPen(theme.panel, 1));
    painter.setBrush(theme.text);
    painter.drawPolygon(QPolygonF{QPointF(left - 1, y), QPointF(left - 9, y - 5), QPointF(left - 9, y + 5)});
}

/// Lines where a threshold cuts, and in the window what can be dragged.
void paintHandles(QPainter& painter, const QRectF& band, const ColorBar& bar, const Theme& theme) {
    const ColorScale axis = axisOf(bar);
    const auto yOf = [&](double value) {
        return band.bottom() - std::clamp(axis.positionOf(value), 0.0, 1.0) * band.height();
    };
    for (const double mark : thresholdMarks(*bar.scale)) {
        if (bar.scale->threshold > bar.scale->low || (bar.scale->isTwoTailed && bar.scale->threshold > 0)) {
            painter.setPen(QPen(theme.text, 1.5));
            painter.drawLine(QPointF(band.left(), yOf(mark)), QPointF(band.right(), yOf(mark)));
        }
        if (bar.hasHandles)
            paintMark(painter, yOf(mark), band.left(), theme);
    }
    if (!bar.hasHandles)
        return;
    for (const double end : {bar.scale->low, bar.scale->high}) {
        painter.setPen(QPen(theme.text, 2));
        painter.drawLine(QPointF(band.left() + 1, yOf(end)), QPointF(band.right() - 1, yOf(end)));
    }
}

void paintTicks(QPainter& painter, const QRectF& box, const QRectF& band, const ColorBar& bar,
                const std::vector<Tick>& ticks) {
    const double line = QFontMetricsF(painter.font()).height();
    for (const Tick& tick : ticks) {
        const double y = band.bottom() - tick.place * band.height();
        double x = band.right() + labelGap;
        if (bar.scale) {
            painter.drawLine(QPointF(band.right() + 1, y), QPointF(band.right() + 1 + tickLength, y));
            x += tickLength;
        }
        painter.drawText(QRectF(x, y - line, box.right() - x + 1, 2 * line),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, tick.text);
    }
}

void paintSwatches(QPainter& painter, QPointF corner, const ColorBar& bar, const QFontMetricsF& metrics,
                   const Theme& theme) {
    for (std::size_t i = 0; i < bar.swatches.size(); ++i) {
        auto [color, text] = bar.swatches[i];
        if (!bar.hasLine || i + 1 < bar.swatches.size())
            color.a = static_cast<std::uint8_t>(std::lround(color.a * bar.opacity));
        const QRectF square(corner.x(), corner.y() + 0.5 * (metrics.height() - swatchSize), swatchSize, swatchSize);
        painter.setPen(QPen(theme.grid, 1));
        painter.setBrush(toColor(blend(bar.ground, color)));
        painter.drawRect(square);
        painter.setPen(bar.pointed == i ? theme.text : theme.mutedText);
        painter.drawText(QPointF(square.right() + labelGap, corner.y() + metrics.ascent()), text);
        corner.ry() += metrics.height() + 2;
    }
}

double swatchWidth(const ColorBar& bar, const QFontMetricsF& metrics) {
    double widest = 0;
    for (const auto& [color, text] : bar.swatches)
        widest = std::max(widest, swatchSize + labelGap + metrics.horizontalAdvance(text));
    return widest;
}

/// The second axis: p or q from 1 to where it is significant.
/// @param room  between the band and its axis
void paintSignificance(QPainter& painter, const QRectF& band, double room, const QFontMetricsF& metrics,
                       const QString& title) {
    const double line = band.bottom() + room + 1;
    for (const auto& [q, text] : {std::pair{1.0, "1"}, {0.1, "0.1"}, {significantQ, "<0.01"}}) {
        const double x = band.left() + std::log10(q) / std::log10(significantQ) * band.width();
        painter.drawLine(QPointF(x, line), QPointF(x, line + tickLength));
        const QString words = QString::fromUtf8(text);
        const double wide = metrics.horizontalAdvance(words);
        const double left = q == 1              ? x - 1
                            : q == significantQ ? x - wide + 0.5 * metrics.averageCharWidth()
                                                : x - 0.5 * wide;
        painter.drawText(QPointF(left, line + tickLength + metrics.ascent() + 1), words);
    }
    painter.drawText(QRectF(band.left(), line + tickLength + metrics.height(), band.width(), metrics.height()),
                     Qt::AlignHCenter | Qt::TextDontClip, title);
}

} // namespace

std::vector<double> thresholdMarks(const ColorScale& scale) {
    const bool cuts = scale.cuts();
    if (scale.isTwoTailed)
        return cuts ? std::vector{scale.threshold, -scale.threshold} : std::vector{0.0};
    return {cuts ? scale.threshold : scale.low};
}

QRectF colorBarBand(const ColorBar& bar, const QFont& font, const QRectF& box) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, box.height());
    return {box.left(), box.top() + parts.title + 0.5 * metrics.height(), bandWidthOf(bar), parts.band};
}

double leastBarHeight(const ColorBar& bar, const QFont& font) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, std::numeric_limits<double>::max());
    const double band = bar.isLegend()  ? 0
                        : isSquare(bar) ? std::min(parts.band, squareSide)
                                        : std::min(parts.band, leastBand);
    return parts.title + band + parts.second + parts.swatches + parts.note + (bar.isLegend() ? 0 : metrics.height());
}

QSizeF colorBarSize(const ColorBar& bar, const QFont& font, double height) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, height);
    double widest = 0;
    for (const Tick& tick : ticksOf(bar, parts.band, metrics.height()))
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    const double band =
        std::max(bandWidthOf(bar) + labelGap + (bar.scale ? tickLength : 0) + widest, swatchWidth(bar, metrics));
    const double title = QFontMetricsF(titleFont(font)).horizontalAdvance(bar.title);
    const double note = noteRect(bar, metrics, band).width();
    const double ends = bar.isLegend() ? 0 : metrics.height();
    return {std::ceil(std::max({band, title, note})),
            std::ceil(parts.title + ends + parts.band + parts.second + parts.swatches + parts.note)};
}

void paintColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const QFont& font, const Theme& theme) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, box.height());
    if (!bar.isLegend() && parts.band < metrics.height())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(titleFont(font));
    painter.setPen(theme.text);
    painter.drawText(QRectF(box.left(), box.top(), box.width() + 1, metrics.height()), Qt::AlignLeft | Qt::TextDontClip,
                     bar.title);
    const QRectF band = colorBarBand(bar, font, box);
    if (!bar.isLegend())
        paintBand(painter, band, bar);
    if (bar.scale) {
        paintCuts(painter, band, bar, theme);
        paintHandles(painter, band, bar, theme);
    }
    painter.setFont(font);
    painter.setPen(QPen(theme.mutedText, 1));
    paintTicks(painter, box, band, bar, ticksOf(bar, parts.band, metrics.height()));
    double top = bar.isLegend() ? box.top() + parts.title - titleGap : band.bottom() + 0.5 * metrics.height();
    if (isSquare(bar))
        paintSignificance(painter, band, cutRoom(bar), metrics,
                          bar.isOfOtherMap ? QObject::tr("p (opacity)") : QObject::tr("q (opacity)"));
    top += parts.second;
    paintSwatches(painter, {band.left(), top + titleGap}, bar, metrics, theme);
    top += parts.swatches + titleGap;
    if (!bar.note.isEmpty()) {
        painter.setPen(QPen(theme.mutedText, 1));
        painter.drawText(QRectF(box.left(), top, box.width() + 1, parts.note), Qt::TextWordWrap | Qt::AlignLeft,
                         bar.note);
    }
    painter.restore();
}

} // namespace brainlike
