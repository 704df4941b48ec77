#include "views/state/CortexAnnotations.h"

#include <QFontMetricsF>
#include <QObject>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr double pickRadius = 5;
constexpr double orientationRadius = 9;
/// Between colour bars below each other.
constexpr double betweenBars = 16;
/// Around the letters of a note.
constexpr double platePadding = 8;

/// Keeps text legible where an enlarged brain lies below it; invisible on the empty background.
void paintPlate(QPainter& painter, const QRectF& box, const Theme& theme) {
    QColor ground = theme.panel;
    ground.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 6, 6);
}

/// A ring that shows on any colour: bright, with a dark edge on either side.
void paintPick(QPainter& painter, QPointF at) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 4.5));
    painter.drawEllipse(at, pickRadius, pickRadius);
    painter.setPen(QPen(Qt::white, 2));
    painter.drawEllipse(at, pickRadius, pickRadius);
}

void paintOrientation(QPainter& painter, const OrientationMark& mark, const Theme& theme) {
    constexpr double reach = orientationRadius + 15;
    paintPlate(painter, QRectF(mark.centre - QPointF(reach, reach), 2 * QSizeF(reach, reach)), theme);
    painter.setPen(QPen(theme.mutedText, 1));
    for (const auto& [direction, letter] : mark.letters) {
        const QPointF tip = mark.centre + orientationRadius * direction;
        const QPointF text = mark.centre + (orientationRadius + 7) * direction;
        painter.drawLine(mark.centre, tip);
        painter.drawText(QRectF(text.x() - 8, text.y() - 8, 16, 16), Qt::AlignCenter | Qt::TextDontClip, letter);
    }
}

void paintScale(QPainter& painter, const ScaleBar& scale, const Theme& theme) {
    paintPlate(painter, QRectF(scale.left + QPointF(-6, -22), QSizeF(scale.length + 12, 28)), theme);
    painter.setPen(QPen(theme.mutedText, 1.5, Qt::SolidLine, Qt::FlatCap));
    const QPointF right = scale.left + QPointF(scale.length, 0);
    painter.drawLine(scale.left, right);
    for (const QPointF& end : {scale.left, right})
        painter.drawLine(end - QPointF(0, 3), end + QPointF(0, 3));
    painter.drawText(QRectF(scale.left.x(), scale.left.y() - 20, scale.length, 16),
                     Qt::AlignHCenter | Qt::AlignBottom | Qt::TextDontClip, scale.text);
}

/// Heights that sum up to no more than `height`: the tallest give way first, none below its least.
std::vector<double> sharedHeights(std::vector<double> wanted, const std::vector<double>& least, double height) {
    double level = *std::ranges::max_element(wanted);
    const auto total = [&](double cap) {
        double sum = 0;
        for (std::size_t i = 0; i < wanted.size(); ++i)
            sum += std::max(least[i], std::min(wanted[i], cap));
        return sum;
    };
    double low = 0, high = level;
    for (int round = 0; round < 40 && total(high) > height; ++round) {
        level = 0.5 * (low + high);
        (total(level) > height ? high : low) = level;
        if (high - low < 0.25) {
            high = low;
            break;
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i] = std::max(least[i], std::min(wanted[i], high));
    return wanted;
}

using NamedBars = std::vector<std::pair<int, ColorBar>>;

/// Bars shortened until they fit into a height. @returns false if they do not
bool shorten(NamedBars& bars, const QFont& font, double height) {
    const auto least = [&] {
        double sum = (betweenBars + 1) * static_cast<double>(bars.size());
        for (const auto& [id, bar] : bars)
            sum += leastBarHeight(bar, font);
        return sum;
    };
    for (auto& [id, bar] : bars)
        if (bar.isLegend() && least() > height)
            bar = shortLegend(bar);
    // What is drawn comes before what is said of it.
    if (bars.size() == 1)
        for (QString& note = bars.front().second.note; !note.isEmpty() && least() > height;)
            note.truncate(std::max<qsizetype>(0, note.lastIndexOf('\n')));
    return least() <= height;
}

void layOutBars(BarColumn& column, const NamedBars& bars, const QFont& font, double height) {
    std::vector<double> wanted, least;
    for (const auto& [id, bar] : bars) {
        wanted.push_back(colorBarSize(bar, font, std::numeric_limits<float>::max()).height());
        least.push_back(std::min(wanted.back(), leastBarHeight(bar, font)));
    }
    // A bar's size is rounded up.
    const double free = height - betweenBars * static_cast<double>(bars.size() - 1) - static_cast<double>(bars.size());
    const auto heights = sharedHeights(wanted, least, free);
    double top = 0;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const QSizeF size = colorBarSize(bars[i].second, font, heights[i]);
        column.bars.push_back({bars[i].first, bars[i].second, QRectF(QPointF(0, top), size)});
        column.box |= column.bars.back().box;
        top += size.height() + betweenBars;
    }
}

/// Letters that can be read on any colour.
void paintAreaNames(QPainter& painter, const CortexAnnotations& annotations, const QFont& font) {
    const QFontMetricsF metrics(font);
    for (const auto& [centre, name] : annotations.areaNames) {
        QPainterPath letters;
        letters.addText(centre + QPointF(-0.5 * metrics.horizontalAdvance(name), 0.5 * metrics.capHeight()), font,
                        name);
        painter.strokePath(letters, QPen(QColor(255, 255, 255, 220), 2.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.fillPath(letters, QColor(10, 12, 16));
    }
}

/// What each map beside others is, and words in place of those that are not there.
void paintHeadings(QPainter& painter, const CortexAnnotations& annotations, const QFont& font, const Theme& theme) {
    for (const auto& [box, text] : annotations.headings) {
        // What differs often stands at the end: letters become smaller, and then the middle gives way.
        const double wanted = QFontMetricsF(headingFont(font)).horizontalAdvance(text);
        const bool isLong = wanted > box.width();
        const QFont bold = isLong ? headingFont(areaNameFont(font)) : headingFont(font);
        const QFontMetricsF metrics(bold);
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, box.width());
        const QRectF line = metrics.boundingRect(box, Qt::AlignHCenter | Qt::AlignTop, shown);
        paintPlate(painter, line.adjusted(-4, -1, 4, 1), theme);
        painter.setFont(bold);
        painter.setPen(theme.text);
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop, shown);
    }
    painter.setFont(font);
    constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
    for (const auto& [box, text] : annotations.missing) {
        const QRectF words = QFontMetricsF(font).boundingRect(box, flags, text);
        paintPlate(painter, words.adjusted(-8, -6, 8, 6), theme);
        painter.setPen(theme.text);
        painter.drawText(box, flags, text);
    }
}

} // namespace

QFont headingFont(const QFont& font) {
    QFont bold = font;
    bold.setBold(true);
    return bold;
}

QFont areaNameFont(const QFont& font) {
    QFont small = font;
    if (font.pixelSize() > 0)
        small.setPixelSize(std::max(1, static_cast<int>(std::lround(0.85 * font.pixelSize()))));
    else
        small.setPointSizeF(0.85 * font.pointSizeF());
    return small;
}

QString labelIn(const QString& text, double width, const QFont& font) {
    constexpr qsizetype leastLetters = 4;
    // Neighbours are further apart than this.
    constexpr double overhang = 8;
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, width + overhang);
    return shown == text || shown.size() > leastLetters ? shown : QString();
}

const PlacedBar* BarColumn::of(int map) const {
    const auto found = std::ranges::find(bars, map, &PlacedBar::map);
    return found == bars.end() ? nullptr : &*found;
}

BarColumn barColumn(const std::vector<std::pair<int, ColorBar>>& bars, const QFont& font, double height) {
    BarColumn column;
    const QFontMetricsF metrics(font);
    NamedBars shown = bars;
    while (!shown.empty()) {
        const std::size_t left = bars.size() - shown.size();
        const double noteHeight = left > 0 ? metrics.height() + betweenBars : 0;
        NamedBars shorter = shown;
        if (!shorten(shorter, font, height - noteHeight) && shown.size() > 1) {
            shown.pop_back();
            continue;
        }
        layOutBars(column, shorter, font, height - noteHeight);
        if (left > 0) {
            column.note = left == 1 ? QObject::tr("1 more map") : QObject::tr("%1 more maps").arg(left);
            column.noteBox = QRectF(0, column.box.bottom() + betweenBars, metrics.horizontalAdvance(column.note) + 1,
                                    metrics.height());
            column.box |= column.noteBox;
        }
        break;
    }
    return column;
}

void placeColumn(BarColumn& column, const QRectF& panels, double pictureWidth) {
    const QPointF corner(pictureWidth - cortexMargin - column.box.width(),
                         panels.center().y() - 0.5 * column.box.height());
    const QPointF by = corner - column.box.topLeft();
    for (PlacedBar& bar : column.bars)
        bar.box.translate(by);
    column.noteBox.translate(by);
    column.box.translate(by);
}

void paintCortexAnnotations(QPainter& painter, const CortexAnnotations& annotations, const QFont& font,
                            const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const auto& [box, text] : annotations.labels) {
        const QString shown = labelIn(text, box.width(), font);
        if (shown.isEmpty())
            continue;
        const QRectF line = QFontMetricsF(font).boundingRect(box, Qt::AlignHCenter | Qt::AlignTop, shown);
        paintPlate(painter, line.adjusted(-4, 0, 4, 0), theme);
        painter.setPen(theme.mutedText);
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignTop | Qt::TextDontClip, shown);
    }
    const QFont small = areaNameFont(font);
    painter.setFont(small);
    for (const OrientationMark& mark : annotations.orientations)
        paintOrientation(painter, mark, theme);
    for (const ScaleBar& scale : annotations.scales)
        paintScale(painter, scale, theme);
    painter.setFont(font);
    paintAreaNames(painter, annotations, small);
    for (const QPointF& pick : annotations.picks)
        paintPick(painter, pick);
    paintHeadings(painter, annotations, font, theme);
    const BarColumn& column = annotations.column;
    if (!column.bars.empty())
        paintPlate(painter, column.box.adjusted(-platePadding, -platePadding, platePadding, platePadding), theme);
    if (!column.note.isEmpty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(column.noteBox, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, column.note);
    }
    painter.restore();
    for (const PlacedBar& bar : column.bars)
        paintColorBar(painter, bar.box, bar.bar, font, theme);
}

} // namespace brainlike
