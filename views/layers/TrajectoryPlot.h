#pragma once

#include "views/state/PlotLibrary.h"
#include "views/state/StepAxis.h"
#include "views/state/Theme.h"

#include <cstdint>
#include <vector>

namespace brainlike {

/// Score of the best layer over training: log step, the untrained model left of a broken axis, one dot a checkpoint,
/// hollow on the axis where it is not computed, the selected one marked.
class TrajectoryPlot : public QCustomPlot {
    Q_OBJECT
public:
    /// A checkpoint's score; NaN: not computed.
    struct Point {
        std::int64_t step = 0;
        double score = 0;
        QColor color;
    };

    explicit TrajectoryPlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param points  a point a checkpoint, ascending
    void setPoints(const std::vector<Point>& points);
    /// @param index  selected checkpoint, −1: none
    void setCurrent(int index);
    void setValueRange(double low, double high);
    /// Checkpoint nearest to a horizontal place, or −1.
    [[nodiscard]] int checkpointAt(double x) const;
    [[nodiscard]] double positionOf(int index) const;

Q_SIGNALS:
    void checkpointClicked(int index);
    /// @param index  −1 once the pointer left
    void hovered(int index);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    void drawLines();
    void updateTicks();

    Theme m_theme;
    std::vector<Point> m_points;
    StepAxis m_axis;
    int m_current = -1;

    QCPGraph* m_line;
    QCPGraph* m_acrossBreak;
    QCPGraph* m_missing;
    QCPGraph* m_ring;
    std::vector<QCPGraph*> m_dots;
    QCPItemStraightLine* m_currentLine;
    QCPItemStraightLine* m_zero;
    QCPItemText* m_break;
};

} // namespace brainlike
