#pragma once

#include "core/study/ScoreSource.h"
#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <memory>
#include <optional>
#include <vector>

namespace brainlike {

/// A stretch of time to shade, s.
struct TimeSpan {
    double start = 0, end = 0;
};

/// Lines of R over time, one a layer, with the SEM band of the emphasised one, shaded windows, the onset and a time
/// cursor. Knows nothing of studies: it draws what it is given and says what was pointed at.
class TimeCoursePlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit TimeCoursePlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param times  sampled times, s, ascending
    void setTimes(const std::vector<double>& times);
    void setWindows(const std::vector<TimeSpan>& windows);
    void setCourses(std::shared_ptr<const TimeCourses> courses);
    /// @param layer  −1: none
    void setEmphasis(int layer);
    /// Index of the selected time, or nothing.
    void setCursor(std::optional<int> timeIndex);
    [[nodiscard]] std::optional<int> cursor() const { return m_cursor; }
    [[nodiscard]] int emphasis() const { return m_emphasis; }
    /// Scores at the lower and upper end of the vertical axis.
    void setValueRange(double low, double high);
    /// Whole sampled time again, after zooming.
    void showAllTimes();

    /// Index of the sampled time nearest to a horizontal place in the widget.
    [[nodiscard]] int timeIndexAt(double x) const;
    /// Layer whose line is at most a few pixels away, or −1.
    [[nodiscard]] int layerAt(QPointF position) const;

Q_SIGNALS:
    void timePicked(int timeIndex);
    void layerClicked(int layer);
    /// @param layer  −1 where no line is near
    /// @param timeIndex  −1 once the pointer left
    void hovered(int layer, int timeIndex);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void createItems();
    void drawLines();
    void drawBand();
    void drawCursor();
    void drawHover(int layer, int timeIndex);
    void placeWindowLabels();
    void updateTicks();
    [[nodiscard]] double milliseconds(int timeIndex) const;

    Theme m_theme;
    std::vector<double> m_times; ///< ms
    std::vector<TimeSpan> m_windows;
    std::shared_ptr<const TimeCourses> m_courses;
    int m_emphasis = -1;
    int m_hoveredLayer = -1;
    std::optional<int> m_cursor;
    std::optional<QPoint> m_pressed;
    bool m_dragging = false;

    std::vector<QCPItemRect*> m_windowItems;
    std::vector<QCPItemText*> m_windowLabels;
    QCPGraph* m_bandLow = nullptr;
    QCPGraph* m_bandHigh = nullptr;
    std::vector<QCPGraph*> m_lines;
    QCPItemStraightLine* m_onset = nullptr;
    QCPItemStraightLine* m_zero = nullptr;
    QCPItemStraightLine* m_cursorLine = nullptr;
    QCPItemText* m_cursorLabel = nullptr;
    QCPItemTracer* m_cursorDot = nullptr;
    QCPItemTracer* m_hoverDot = nullptr;
};

} // namespace brainlike
