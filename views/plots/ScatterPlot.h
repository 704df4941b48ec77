#pragma once

#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <QPolygonF>
#include <QStringList>

#include <optional>
#include <vector>

namespace brainlike {

/// Points in a plane with names, the line of least squares through them, the picked point ringed. Where points can be
/// brushed, dragging draws a lasso.
class ScatterPlot : public QCustomPlot {
    Q_OBJECT
public:
    struct Point {
        QString name;
        double x = 0, y = 0;
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
    /// @param index  of the picked point, −1: none
    void setPicked(int index);
    [[nodiscard]] int picked() const { return m_picked; }
    void setLine(Line line) { m_lineKind = line; }
    /// Lets points be caught with a lasso; with Ctrl or Shift added to those brushed.
    void setBrushable(bool brushable) { m_isBrushable = brushable; }
    /// @param indices  points drawn as brushed
    void setBrushed(std::vector<int> indices);
    [[nodiscard]] const std::vector<int>& brushed() const { return m_brushed; }
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
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    void drawLine();
    void nameFew();
    void updateTicks();
    void endLasso(bool isAdded);

    Theme m_theme;
    std::vector<Point> m_points;
    QStringList m_xLabels, m_yLabels;
    int m_picked = -1;
    int m_hovered = -1;
    Line m_lineKind = Line::LeastSquares;
    bool m_isBrushable = false;
    std::vector<int> m_brushed;
    std::optional<QPointF> m_pressed;
    QPolygonF m_lasso; ///< empty until the pointer has moved

    QCPGraph* m_line;
    QCPGraph* m_dots;
    QCPGraph* m_brush;
    QCPGraph* m_ring;
    QCPItemText* m_name;
    std::vector<QCPItemText*> m_names;
};

} // namespace brainlike
