#pragma once

#include "views/plots/Lasso.h"
#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <QStringList>

#include <utility>
#include <vector>

namespace brainlike {

/// Points in a plane with names, the line of least squares through them, the picked point ringed. Points of B of a
/// comparison are hollow, with a dashed line of their own; a point of A and one of B with the same name are ringed
/// together. Where points can be brushed, dragging draws a lasso. Reached by Tab, ← and → go from point to point along x,
/// Home and End to the outermost.
class ScatterPlot : public QCustomPlot {
    Q_OBJECT
public:
    struct Point {
        QString name;
        double x = 0, y = 0;
        bool isOther = false; ///< of B
        QColor color{};       ///< invalid: that of all points
        double weight = 1;    ///< how many things it stands for: in its size and in the line
    };

    /// Which line is drawn.
    enum class Line {
        LeastSquares, ///< y on x
        Identity      ///< y = x
    };

    explicit ScatterPlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param xLabels, yLabels  names of the axes, longest first: the first that fits is shown
    void setPoints(std::vector<Point> points, const QStringList& xLabels, const QStringList& yLabels);
    [[nodiscard]] const std::vector<Point>& points() const { return m_points; }
    /// @param index  of the picked point, −1: none
    void setPicked(int index);
    [[nodiscard]] int picked() const { return m_picked; }
    void setLine(Line line) { m_lineKind = line; }
    /// Draws the line of least squares with its 95 % interval.
    void setBand(bool hasBand) { m_hasBand = hasBand; }
    /// Draws y on a logarithmic axis: points with y of 0 or below are not drawn; the line stays that through x and y.
    void setLogarithmic(bool isLogarithmic);
    [[nodiscard]] bool isLogarithmic() const { return m_isLogarithmic; }
    /// Lower and upper ends of the interval of A's line, as drawn; without a band empty.
    [[nodiscard]] std::vector<std::pair<QPointF, QPointF>> band() const;
    /// Lets points be caught with a lasso; with Ctrl or Shift added to those brushed.
    void setBrushable(bool brushable) { m_isBrushable = brushable; }
    /// @param indices  points drawn as brushed
    void setBrushed(std::vector<int> indices);
    [[nodiscard]] const std::vector<int>& brushed() const { return m_brushed; }
    /// Names that are written beside points.
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] QPointF positionOf(int index) const;
    /// Point within a few pixels of a place, or −1.
    [[nodiscard]] int pointAt(QPointF position) const;

Q_SIGNALS:
    void clicked(int index);
    /// @param index  −1 where there is no point
    void hovered(int index);
    /// Points a lasso caught (with those it was added to), ascending; none: it caught none, or the ground was clicked.
    void brushedPoints(const std::vector<int>& indices);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitRange();
    void draw();
    void drawDots();
    void drawBrush();
    void drawLines();
    void drawFit(bool isOther);
    void drawMarks();
    /// Where a value of y is on the axis; NaN where a logarithmic one has no place for it.
    [[nodiscard]] double placeOf(double y) const;
    [[nodiscard]] double dotSize() const;
    void nameFew();
    [[nodiscard]] std::vector<QPointF> linePixels() const;
    [[nodiscard]] std::vector<QRectF> placesOfName(QPointF point, QSizeF size) const;
    void updateTicks();
    void endLasso(bool isAdded);
    /// Points that are drawn, by x.
    [[nodiscard]] std::vector<int> alongX() const;

    Theme m_theme;
    std::vector<Point> m_points;
    QStringList m_xLabels, m_yLabels;
    int m_picked = -1;
    int m_hovered = -1;
    Line m_lineKind = Line::LeastSquares;
    bool m_isBrushable = false;
    bool m_hasBand = false;
    bool m_isLogarithmic = false;
    std::vector<int> m_brushed;
    Lasso m_lasso;

    /// A line of least squares and the ends of its interval.
    struct Fit {
        QCPGraph *line, *low, *high;
    };
    Fit m_fit, m_otherFit;
    std::vector<QCPGraph*> m_dots; ///< one a style: colour, hollow or not, size
    QCPGraph* m_brush;
    QCPGraph* m_ring;
    QCPItemText* m_name;
    std::vector<QCPItemText*> m_names;
};

} // namespace brainlike
