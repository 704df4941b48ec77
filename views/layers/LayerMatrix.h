#pragma once

#include "core/base/Matrix.h"
#include "core/color/ColorScale.h"
#include "views/state/Theme.h"

#include <QImage>
#include <QWidget>

#include <array>
#include <vector>

namespace brainlike {

/// What a layer matrix shows: layers from the bottom up, areas from left to right, a block a hemisphere.
struct LayerMatrixContent {
    struct Column {
        QString name;
        double distance = 0;              ///< from V1, mm; NaN: none
        std::array<int, 2> units{-1, -1}; ///< of the left and the right hemisphere; −1: none
    };
    QStringList layers;
    std::vector<Column> columns;
    RowMatrix<double> values; ///< layers × units; NaN: none
    std::vector<int> best;    ///< the best layer of each unit, −1: none
    ColorScale scale{.map = ColorMap::named("magma")};
    QString orderTitle; ///< how the columns are ordered
};

/// Scores of layers × areas as a picture, each cell in the colour of its value, the best layer of each area marked.
/// Nothing is interpolated. Pointing, clicking and dragging name cells and columns.
class LayerMatrix : public QWidget {
    Q_OBJECT
public:
    /// A cell: an index into the content's columns, the hemisphere (0 left, 1 right), a layer.
    struct Cell {
        int column = -1, side = 0, layer = -1;
        [[nodiscard]] bool isThere() const { return column >= 0 && layer >= 0; }
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    explicit LayerMatrix(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(LayerMatrixContent content);
    [[nodiscard]] const LayerMatrixContent& content() const { return m_content; }
    /// @param columns  chosen ones
    /// @param layer    −1: none
    void setMarked(std::vector<int> columns, int layer);
    [[nodiscard]] const std::vector<int>& markedColumns() const { return m_columns; }
    [[nodiscard]] int markedLayer() const { return m_layer; }
    [[nodiscard]] Cell cellAt(QPointF position) const;
    [[nodiscard]] QRectF cellRect(const Cell& cell) const;

Q_SIGNALS:
    void hovered(const brainlike::LayerMatrix::Cell& cell);
    void clicked(const brainlike::LayerMatrix::Cell& cell);
    /// Columns that were dragged over.
    void brushed(int first, int last);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int layerCount() const { return static_cast<int>(m_content.values.rows()); }
    [[nodiscard]] int columnCount() const { return static_cast<int>(m_content.columns.size()); }
    [[nodiscard]] int unitAt(int column, int side) const;
    [[nodiscard]] bool hasSide(int side) const;
    [[nodiscard]] bool areNamesShown() const;
    [[nodiscard]] QRectF gridRect() const;
    [[nodiscard]] QRectF blockRect(int side) const;
    void paintBlock(QPainter& painter, int side) const;
    void paintBest(QPainter& painter, int side) const;
    void paintLayerNames(QPainter& painter, int side) const;
    void paintColumnNames(QPainter& painter) const;
    void paintDistances(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;

    Theme m_theme;
    LayerMatrixContent m_content;
    std::array<QImage, 2> m_images; ///< a pixel a cell, the last layer at the top
    std::vector<int> m_columns;
    int m_layer = -1;
    Cell m_hovered, m_pressed;
};

} // namespace brainlike
