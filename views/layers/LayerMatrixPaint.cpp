#include "core/color/ColorScale.h"
#include "views/layers/LayerMatrix.h"
#include "views/state/ColorBar.h"
#include "views/state/PlotStyle.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

// How a layer matrix is drawn.

namespace brainlike {
namespace {

constexpr double gap = 6;         ///< between blocks, and between the grid and what is around it
constexpr double namedColumn = 9; ///< pixels of a column from which its name has room
const QString sideLetters[] = {QStringLiteral("L"), QStringLiteral("R")};

ColorBar barOf(const LayerMatrixContent& content, const Theme& theme) {
    return scoreBar(content.scale,
                    {static_cast<std::uint8_t>(theme.grid.red()), static_cast<std::uint8_t>(theme.grid.green()),
                     static_cast<std::uint8_t>(theme.grid.blue()), 255});
}

} // namespace

QRectF LayerMatrix::gridRect() const {
    const QFontMetricsF metrics(font());
    double names = 0;
    for (const QString& name : m_content.layers)
        names = std::max(names, metrics.horizontalAdvance(name));
    const double left = std::min(names, 0.2 * width()) + metrics.height() + 2 * gap;
    const double right = width() - colorBarSize(barOf(m_content, m_theme), font(), height()).width() - 2 * gap;
    const double columnWidth = (right - left) / std::max(1, columnCount());
    double foot = 2.3 * metrics.height();
    if (columnWidth >= namedColumn) {
        double longest = 0;
        for (const auto& column : m_content.columns)
            longest = std::max(longest, metrics.horizontalAdvance(column.name));
        foot = std::min(longest, 0.3 * height()) + metrics.height() + gap;
    }
    return {left, 4, std::max(20.0, right - left), std::max(20.0, height() - foot - 4)};
}

QRectF LayerMatrix::blockRect(int side) const {
    const QRectF grid = gridRect();
    if (!hasSide(0) || !hasSide(1))
        return grid;
    const double half = (grid.height() - gap) / 2;
    return {grid.left(), side == 0 ? grid.top() : grid.bottom() - half, grid.width(), half};
}

bool LayerMatrix::areNamesShown() const {
    return gridRect().width() / std::max(1, columnCount()) >= namedColumn;
}

void LayerMatrix::paintEvent(QPaintEvent*) {
    if (columnCount() == 0 || layerCount() == 0)
        return;
    QPainter painter(this);
    for (int side = 0; side < 2; ++side)
        if (hasSide(side)) {
            paintBlock(painter, side);
            paintLayerNames(painter, side);
            paintBest(painter, side);
        }
    areNamesShown() ? paintColumnNames(painter) : paintDistances(painter);
    paintMarks(painter);
    const QRectF grid = gridRect();
    const ColorBar bar = barOf(m_content, m_theme);
    const double barWidth = colorBarSize(bar, font(), grid.height()).width();
    paintColorBar(painter, QRectF(width() - barWidth - 2, grid.top(), barWidth, grid.height()), bar, font(), m_theme);
}

void LayerMatrix::paintBlock(QPainter& painter, int side) const {
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(blockRect(side), m_images[static_cast<std::size_t>(side)]);
}

void LayerMatrix::paintBest(QPainter& painter, int side) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (int column = 0; column < columnCount(); ++column) {
        const int unit = unitAt(column, side);
        const int best = unit < 0 ? -1 : m_content.best[static_cast<std::size_t>(unit)];
        if (best < 0)
            continue;
        const QRectF cell = cellRect({column, side, best});
        if (const double size = std::min(cell.width(), cell.height()); size >= 5) {
            painter.setPen(QPen(QColor(20, 20, 24), 1));
            painter.setBrush(Qt::white);
            painter.drawEllipse(cell.center(), 0.3 * size, 0.3 * size);
        } else {
            painter.fillRect(cell.adjusted(0, 0, 0, 0), Qt::white);
        }
    }
    painter.restore();
}

void LayerMatrix::paintLayerNames(QPainter& painter, int side) const {
    const QFontMetricsF metrics(font());
    const QRectF block = blockRect(side);
    const double room = block.left() - metrics.height() - 2 * gap;
    double free = block.bottom() + metrics.height() / 2;
    painter.setPen(m_theme.mutedText);
    for (int layer = 0; layer < layerCount(); ++layer) {
        const double middle = cellRect({0, side, layer}).center().y();
        if (middle + metrics.height() / 2 > free)
            continue;
        free = middle - metrics.height() / 2;
        painter.setPen(layer == m_layer ? m_theme.text : m_theme.mutedText);
        painter.drawText(QRectF(metrics.height() + gap, middle - metrics.height() / 2, room, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_content.layers.at(layer), Qt::ElideMiddle, room));
    }
    painter.setPen(m_theme.text);
    painter.drawText(QRectF(2, block.top(), metrics.height(), block.height()), Qt::AlignCenter, sideLetters[side]);
}

void LayerMatrix::paintColumnNames(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    const QRectF grid = gridRect();
    const double room = height() - grid.bottom() - metrics.height() - gap;
    double free = -1;
    for (int column = 0; column < columnCount(); ++column) {
        const double middle = grid.left() + (column + 0.5) / columnCount() * grid.width();
        if (middle - metrics.height() / 2 < free)
            continue;
        free = middle + metrics.height() / 2 - 2;
        painter.save();
        painter.setPen(std::ranges::find(m_columns, column) != m_columns.end() ? m_theme.text : m_theme.mutedText);
        painter.translate(middle, grid.bottom() + 4);
        painter.rotate(-90);
        painter.drawText(
            QRectF(-room, -metrics.height() / 2, room, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(m_content.columns[static_cast<std::size_t>(column)].name, Qt::ElideRight, room));
        painter.restore();
    }
    painter.setPen(m_theme.mutedText);
    painter.drawText(QRectF(0, height() - metrics.height() - 1, width(), metrics.height()), Qt::AlignCenter,
                     m_content.orderTitle);
}

/// Where the distance of the columns passes round numbers.
void LayerMatrix::paintDistances(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    const QRectF grid = gridRect();
    painter.setPen(m_theme.mutedText);
    painter.drawText(QRectF(0, height() - metrics.height() - 1, width(), metrics.height()), Qt::AlignCenter,
                     m_content.orderTitle);
    const auto& columns = m_content.columns;
    if (!std::ranges::is_sorted(columns, {}, &LayerMatrixContent::Column::distance))
        return;
    double free = -1;
    for (const double tick : roundTicks(columns.front().distance, columns.back().distance, 6)) {
        const auto at = std::ranges::lower_bound(columns, tick, {}, &LayerMatrixContent::Column::distance);
        const double x = grid.left() + static_cast<double>(at - columns.begin()) / columnCount() * grid.width();
        const QString text = QString::number(tick);
        const double half = metrics.horizontalAdvance(text) / 2;
        if (x - half < free)
            continue;
        free = x + half + 6;
        painter.drawLine(QPointF(x, grid.bottom()), QPointF(x, grid.bottom() + 4));
        painter.drawText(QRectF(x - half - 1, grid.bottom() + 4, 2 * half + 2, metrics.height()), Qt::AlignCenter,
                         text);
    }
}

void LayerMatrix::paintMarks(QPainter& painter) const {
    const auto framed = [&](const QRectF& rect, const QColor& color) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.panel, 3.5));
        painter.drawRect(rect);
        painter.setPen(QPen(color, 1.8));
        painter.drawRect(rect);
    };
    for (int side = 0; side < 2; ++side) {
        if (!hasSide(side))
            continue;
        const QRectF block = blockRect(side);
        for (const int column : m_columns) {
            const QRectF cell = cellRect({column, side, 0});
            framed({cell.left(), block.top(), cell.width(), block.height()}, m_theme.accent);
        }
        if (m_layer >= 0 && m_layer < layerCount()) {
            const QRectF cell = cellRect({0, side, m_layer});
            framed({block.left(), cell.top(), block.width(), cell.height()}, m_theme.accent);
        }
    }
    if (m_pressed.isThere() && m_hovered.isThere()) {
        const QRectF swept = cellRect({m_pressed.column, m_hovered.side, 0})
                                 .united(cellRect({m_hovered.column, m_hovered.side, layerCount() - 1}));
        painter.fillRect(swept, faded(m_theme.accent, 0.25));
    } else if (m_hovered.isThere()) {
        framed(cellRect(m_hovered), m_theme.text);
    }
}

} // namespace brainlike
