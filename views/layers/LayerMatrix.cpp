#include "views/layers/LayerMatrix.h"

#include "views/state/ColorBar.h"
#include "views/state/PlotStyle.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace brainlike {

LayerMatrix::LayerMatrix(QWidget* parent) : QWidget(parent) {
    setObjectName("layerMatrix");
    setMouseTracking(true);
    setMinimumSize(220, 140);
}

void LayerMatrix::setTheme(const Theme& theme) {
    m_theme = theme;
    setContent(std::move(m_content));
}

void LayerMatrix::setContent(LayerMatrixContent content) {
    m_content = std::move(content);
    const Rgba8 ground{static_cast<std::uint8_t>(m_theme.grid.red()), static_cast<std::uint8_t>(m_theme.grid.green()),
                       static_cast<std::uint8_t>(m_theme.grid.blue()), 255};
    for (int side = 0; side < 2; ++side) {
        QImage& image = m_images[static_cast<std::size_t>(side)];
        image = QImage(std::max(1, columnCount()), std::max(1, layerCount()), QImage::Format_ARGB32);
        image.fill(m_theme.panel);
        for (int column = 0; column < columnCount(); ++column)
            for (int layer = 0; layer < layerCount(); ++layer)
                if (const int unit = unitAt(column, side); unit >= 0)
                    image.setPixelColor(column, layerCount() - 1 - layer,
                                        toColor(blend(ground, m_content.scale.colorOf(m_content.values(layer, unit)))));
    }
    m_hovered = m_pressed = {};
    update();
}

void LayerMatrix::setMarked(std::vector<int> columns, int layer) {
    if (columns == m_columns && layer == m_layer)
        return;
    m_columns = std::move(columns);
    m_layer = layer;
    update();
}

int LayerMatrix::unitAt(int column, int side) const {
    return m_content.columns[static_cast<std::size_t>(column)].units[static_cast<std::size_t>(side)];
}

bool LayerMatrix::hasSide(int side) const {
    return std::ranges::any_of(m_content.columns, [side](const LayerMatrixContent::Column& column) {
        return column.units[static_cast<std::size_t>(side)] >= 0;
    });
}

LayerMatrix::Cell LayerMatrix::cellAt(QPointF position) const {
    for (int side = 0; side < 2; ++side) {
        const QRectF block = blockRect(side);
        if (!hasSide(side) || columnCount() == 0 || layerCount() == 0 || !block.contains(position))
            continue;
        const int column = static_cast<int>((position.x() - block.left()) / block.width() * columnCount());
        const int layer = static_cast<int>((block.bottom() - position.y()) / block.height() * layerCount());
        return {std::clamp(column, 0, columnCount() - 1), side, std::clamp(layer, 0, layerCount() - 1)};
    }
    return {};
}

QRectF LayerMatrix::cellRect(const Cell& cell) const {
    const QRectF block = blockRect(cell.side);
    const double width = block.width() / std::max(1, columnCount()),
                 height = block.height() / std::max(1, layerCount());
    return {block.left() + cell.column * width, block.bottom() - (cell.layer + 1) * height, width, height};
}

void LayerMatrix::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        m_pressed = cellAt(event->position());
}

void LayerMatrix::mouseMoveEvent(QMouseEvent* event) {
    const Cell cell = cellAt(event->position());
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    update();
    Q_EMIT hovered(cell);
}

void LayerMatrix::mouseReleaseEvent(QMouseEvent* event) {
    const Cell from = std::exchange(m_pressed, {});
    const Cell to = cellAt(event->position());
    if (event->button() != Qt::LeftButton || !from.isThere())
        return;
    update();
    if (to.isThere() && from.column != to.column)
        Q_EMIT brushed(std::min(from.column, to.column), std::max(from.column, to.column));
    else if (from == to)
        Q_EMIT clicked(to);
}

void LayerMatrix::leaveEvent(QEvent*) {
    m_hovered = {};
    update();
    Q_EMIT hovered(m_hovered);
}

} // namespace brainlike
