#pragma once

#include "core/base/Matrix.h"
#include "core/color/ColorScale.h"
#include "views/state/Theme.h"

#include <QImage>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

namespace brainlike {

/// What a score grid shows: rows from the bottom up, columns of times.
struct ScoreGridContent {
    QString caption{}; ///< above the picture; empty: none
    QString rowTitle;  ///< what the rows are: "Layer"
    QStringList rowNames;
    bool isFirstApart = false; ///< the first row is no neighbour of the second: the untrained model
    std::vector<double> times; ///< s, ascending
    RowMatrix<float> values;   ///< rows × times; NaN: not computed
    ColorScale scale;
    bool isDifference = false; ///< A − B
    bool isAxisShown = true;   ///< false: the times are those of a grid below
};

/// A picture of scores, a row a layer or checkpoint, a column a time, each cell in the colour of its score, with its
/// colour bar. Nothing is interpolated. Pointing and clicking name cells.
class ScoreGrid : public QWidget {
    Q_OBJECT
public:
    explicit ScoreGrid(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setContent(ScoreGridContent content);
    /// @param row  −1: none
    void setMarked(int row, std::optional<int> time);

    [[nodiscard]] const std::optional<ScoreGridContent>& content() const { return m_content; }
    /// Row and column under a place of the widget; {−1, −1} outside.
    [[nodiscard]] std::pair<int, int> cellAt(QPointF position) const;
    [[nodiscard]] QRectF cellRect(int row, int time) const;

Q_SIGNALS:
    void cellHovered(int row, int time);
    void cellPicked(int row, int time);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] int timeCount() const;
    [[nodiscard]] QRectF gridRect() const;
    [[nodiscard]] QRectF rowRect(int row) const;
    [[nodiscard]] double xOf(double seconds) const;
    void paintCells(QPainter& painter) const;
    void paintRowNames(QPainter& painter) const;
    void paintTimes(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;

    Theme m_theme;
    std::optional<ScoreGridContent> m_content;
    QImage m_image; ///< a pixel a cell, first row at the top
    int m_markedRow = -1;
    std::optional<int> m_markedTime;
};

} // namespace brainlike
