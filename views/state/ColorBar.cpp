#include "views/state/ColorBar.h"

#include "views/state/PlotStyle.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

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

struct Tick {
    double place; ///< 0 at the bottom, 1 at the top
    QString text;
};

std::vector<Tick> scaleTicks(const ColorScale& scale, double height, double lineHeight) {
    const int wanted = std::clamp(static_cast<int>(height / (2.2 * lineHeight)), 2, 6);
    const auto values = roundTicks(scale.low, scale.high, wanted);
    const double spacing = values.size() > 1 ? values[1] - values[0] : scale.high - scale.low;
    std::vector<Tick> ticks;
    for (const double value : values)
        ticks.push_back(
            {(value - scale.low) / (scale.high - scale.low), QString::fromStdString(tickText(value, spacing))});
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
    return bar.scale ? scaleTicks(*bar.scale, height, lineHeight) : layerTicks(bar.layers, height, lineHeight);
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
    double title, band, note;
};

Parts partsOf(const ColorBar& bar, const QFontMetricsF& metrics, double height) {
    const double title = bar.title.isEmpty() ? 0 : metrics.height() + titleGap;
    const QRectF noteBox = noteRect(bar, metrics, 0);
    const double note = noteBox.isNull() ? 0 : noteBox.height() + titleGap;
    const double wanted =
        bar.scale ? continuousHeight
                  : std::min(tallestSwatch, 1.35 * metrics.height()) * static_cast<double>(bar.layers.size());
    // Half a line at either end, for the labels of the outermost ticks.
    const double free = height - title - note - metrics.height();
    return {title, std::max(0.0, std::min(wanted, free)), note};
}

void paintBand(QPainter& painter, const QRectF& band, const ColorBar& bar) {
    QPainterPath outline;
    outline.addRoundedRect(band, 3, 3);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(band, toColor(bar.ground));
    const int count = bar.scale ? 256 : static_cast<int>(bar.layers.size());
    const double step = band.height() / count;
    for (int i = 0; i < count; ++i) {
        const Rgba8 color =
            bar.scale ? bar.scale->colorOf(bar.scale->low + (bar.scale->high - bar.scale->low) * (i + 0.5) / count)
                      : LayerScale{count}.colorOf(i);
        // Each colour reaches below its own part, so that no seam shows between them.
        const double bottom = band.bottom() - i * step;
        painter.fillRect(QRectF(band.left(), band.top(), band.width(), bottom - band.top()),
                         toColor(blend(bar.ground, color)));
    }
    painter.restore();
}

} // namespace

ColorBar scoreBar(const ColorScale& scale, Rgba8 ground) {
    return {.title = QObject::tr("R (Pearson)"), .scale = scale, .layers = {}, .ground = ground, .note = {}};
}

ColorBar valueBar(const QString& title, const ColorScale& scale, Rgba8 ground) {
    constexpr qsizetype longest = 24;
    ColorBar bar = scoreBar(scale, ground);
    bar.title = title.size() <= longest ? title : title.left(longest / 2) + "…" + title.right(longest / 2 - 1);
    return bar;
}

ColorBar layerBar(const std::vector<std::string>& layerNames, const ColorScale& scale, Rgba8 ground) {
    ColorBar bar{.title = QObject::tr("Best layer"), .scale = {}, .layers = {}, .ground = ground, .note = {}};
    for (const std::string& name : layerNames)
        bar.layers << QString::fromStdString(name);
    const double opaque = scale.threshold + scale.fade * (scale.high - scale.low);
    const QString limit = QString::fromStdString(tickText(opaque, 0.001 * std::ceil(1000 * opaque)));
    if (scale.fade > 0)
        bar.note = QObject::tr("Pale where R is below %1").arg(limit);
    else if (scale.threshold > 0)
        bar.note = QObject::tr("Shown where R is at least %1").arg(limit);
    return bar;
}

QSizeF colorBarSize(const ColorBar& bar, const QFont& font, double height) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, height);
    double widest = 0;
    for (const Tick& tick : ticksOf(bar, parts.band, metrics.height()))
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    const double band = bandWidth + labelGap + (bar.scale ? tickLength : 0) + widest;
    const double title = QFontMetricsF(titleFont(font)).horizontalAdvance(bar.title);
    const double note = noteRect(bar, metrics, band).width();
    return {std::ceil(std::max({band, title, note})),
            std::ceil(parts.title + metrics.height() + parts.band + parts.note)};
}

void paintColorBar(QPainter& painter, const QRectF& box, const ColorBar& bar, const QFont& font, const Theme& theme) {
    const QFontMetricsF metrics(font);
    const Parts parts = partsOf(bar, metrics, box.height());
    if (parts.band < metrics.height())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(titleFont(font));
    painter.setPen(theme.text);
    painter.drawText(QRectF(box.left(), box.top(), box.width() + 1, metrics.height()), Qt::AlignLeft | Qt::TextDontClip,
                     bar.title);
    const QRectF band(box.left(), box.top() + parts.title + 0.5 * metrics.height(), bandWidth, parts.band);
    paintBand(painter, band, bar);
    painter.setFont(font);
    painter.setPen(QPen(theme.mutedText, 1));
    for (const Tick& tick : ticksOf(bar, parts.band, metrics.height())) {
        const double y = band.bottom() - tick.place * band.height();
        double x = band.right() + labelGap;
        if (bar.scale) {
            painter.drawLine(QPointF(band.right() + 1, y), QPointF(band.right() + 1 + tickLength, y));
            x += tickLength;
        }
        painter.drawText(QRectF(x, y - metrics.height(), box.right() - x + 1, 2 * metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, tick.text);
    }
    if (!bar.note.isEmpty()) {
        const double top = band.bottom() + 0.5 * metrics.height() + titleGap;
        painter.drawText(QRectF(box.left(), top, box.width() + 1, parts.note), Qt::TextWordWrap | Qt::AlignLeft,
                         bar.note);
    }
    painter.restore();
}

} // namespace brainlike
