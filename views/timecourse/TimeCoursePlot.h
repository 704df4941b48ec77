#pragma once

#include "core/study/ScoreSource.h"
#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"
#include "views/timecourse/CourseMarks.h"

#include <memory>
#include <optional>
#include <vector>

namespace brainlike {

/// Lines of R over time, one a layer (or one a channel, with the emphasised layer's mean), with the SEM band of the
/// emphasised one, windows, significance, the image's onset and a time cursor. Knows nothing of studies: it draws what
/// it is given and says what was pointed at. Edges of windows can be dragged, a new one drawn with Shift.
class TimeCoursePlot : public QCustomPlot {
    Q_OBJECT
public:
    /// What the vertical axis is of.
    enum class Values {
        Scores,    ///< R
        Difference ///< A − B: one line, in the text's colour
    };

    explicit TimeCoursePlot(QWidget* parent = nullptr, Values values = Values::Scores);

    void setTheme(const Theme& theme);
    /// @param times  sampled times, s, ascending
    void setTimes(const std::vector<double>& times);
    void setWindows(const std::vector<TimeWindow>& windows);
    [[nodiscard]] const std::vector<TimeWindow>& windows() const { return m_marks.windows(); }
    void setSignificance(const CourseSignificance& significance);
    /// A line a channel instead of a layer.
    /// @param channels  null: lines of layers
    /// @param chosen    channels whose lines stand out
    void setChannels(std::shared_ptr<const SensorScores> channels, const std::vector<int>& chosen);
    void setCourses(std::shared_ptr<const TimeCourses> courses);
    /// B of a comparison: one layer, dashed, with its band.
    /// @param courses  null: none
    void setOther(std::shared_ptr<const TimeCourses> courses, int layer);
    /// Onset and T_max of B.
    void setOtherMarks(const CourseSignificance& significance);
    [[nodiscard]] const CourseMarks& marks() const { return m_marks; }
    [[nodiscard]] const std::shared_ptr<const TimeCourses>& courses() const { return m_courses; }
    [[nodiscard]] const std::shared_ptr<const TimeCourses>& other() const { return m_other; }
    [[nodiscard]] int otherLayer() const { return m_otherLayer; }
    /// @param layer  −1: none
    void setEmphasis(int layer);
    /// Index of the selected time, or nothing.
    void setCursor(std::optional<int> timeIndex);
    [[nodiscard]] std::optional<int> cursor() const { return m_cursor; }
    [[nodiscard]] int emphasis() const { return m_emphasis; }
    /// Scores at the lower and upper end of the vertical axis.
    void setValueRange(double low, double high);
    /// Whether another plot with the same times lies below, which has their axis.
    void setAbove(bool isAbove);
    /// The stretch of time that is shown, ms.
    void setTimeRange(double low, double high);
    /// Whole sampled time again, after zooming.
    void showAllTimes();

    /// Index of the sampled time nearest to a horizontal place in the widget.
    [[nodiscard]] int timeIndexAt(double x) const;
    /// Layer whose line is at most a few pixels away, or −1.
    [[nodiscard]] int layerAt(QPointF position) const;
    /// Channel whose line is at most a few pixels above or below, or −1.
    [[nodiscard]] int channelAt(QPointF position) const;

Q_SIGNALS:
    void timePicked(int timeIndex);
    void layerClicked(int layer);
    /// @param layer  −1 where no line is near
    /// @param timeIndex  −1 once the pointer left
    void hovered(int layer, int timeIndex);
    void channelClicked(int channel);
    /// @param channel  −1 where no line is near
    void channelHovered(int channel, int timeIndex);
    /// A window was moved, made or removed.
    void windowsEdited(const std::vector<brainlike::TimeWindow>& windows);
    /// The study's windows are wanted again.
    void windowsReset();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void createItems();
    void drawLines();
    void drawBand();
    void drawOther();
    [[nodiscard]] QColor colorOf(int layer, int count) const;
    void drawCursor();
    void drawHover(int layer, int timeIndex);
    void drawChannels();
    void updateTicks();
    /// A window's end, or a new window's, follows the pointer.
    void dragWindow(double x);
    void finishWindow();
    [[nodiscard]] double secondsAt(double x) const;
    [[nodiscard]] double milliseconds(int timeIndex) const;

    Theme m_theme;
    std::vector<double> m_times; ///< ms
    CourseMarks m_marks{*this};
    std::shared_ptr<const TimeCourses> m_courses;
    std::shared_ptr<const TimeCourses> m_other;
    int m_otherLayer = -1;
    Values m_values;
    std::shared_ptr<const SensorScores> m_channels;
    std::vector<int> m_chosen;
    std::optional<WindowEdge> m_edge;        ///< being dragged
    std::optional<double> m_newWindow;       ///< where a new one began, s
    std::vector<TimeWindow> m_windowsBefore; ///< dragging began
    int m_emphasis = -1;
    int m_hoveredLayer = -1;
    std::optional<int> m_cursor;
    std::optional<QPoint> m_pressed;
    bool m_dragging = false;
    bool m_isAbove = false;

    QCPGraph* m_bandLow = nullptr;
    QCPGraph* m_bandHigh = nullptr;
    QCPGraph* m_otherLow = nullptr;
    QCPGraph* m_otherHigh = nullptr;
    QCPGraph* m_otherLine = nullptr;
    std::vector<QCPGraph*> m_lines;
    QCPCurve* m_channelLines = nullptr;
    QCPCurve* m_chosenLines = nullptr;
    QCPItemStraightLine* m_onset = nullptr;
    QCPItemStraightLine* m_zero = nullptr;
    QCPItemStraightLine* m_cursorLine = nullptr;
    QCPItemText* m_cursorLabel = nullptr;
    QCPItemTracer* m_cursorDot = nullptr;
    QCPItemTracer* m_hoverDot = nullptr;
};

} // namespace brainlike
