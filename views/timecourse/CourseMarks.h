#pragma once

#include "core/scores/CourseSignificance.h"
#include "core/study/TimeWindow.h"
#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <QRectF>
#include <QStringList>

#include <array>
#include <optional>
#include <vector>

namespace brainlike {

/// One end of a window.
struct WindowEdge {
    int window = 0;
    bool isEnd = false;
};

/// What tests of the emphasised course say, for drawing.
struct CourseSignificance {
    std::vector<double> shares;   ///< channels with q below the level, 0 … 1, a value a time; NaN: not known
    std::vector<bool> meanPasses; ///< the mean over channels does, a value a time
    std::optional<BaselineBand> band;
    std::optional<double> onset;   ///< s
    bool isOnsetTested = false;    ///< by the test of the mean; else by the chance band
    std::optional<double> maximum; ///< T_max, s
};

/// What is drawn behind and below the lines of a time course: windows with their names, the chance band, the bars of
/// significance, marks of onset and T_max. Times in ms on the plot's axis.
class CourseMarks {
public:
    explicit CourseMarks(QCustomPlot& plot);

    void setTheme(const Theme& theme);
    void setWindows(const std::vector<TimeWindow>& windows);
    [[nodiscard]] const std::vector<TimeWindow>& windows() const { return m_windows; }
    /// @param times  ms
    void setSignificance(const CourseSignificance& significance, const std::vector<double>& times);
    /// Onset and T_max of B, above those of A.
    void setOtherMarks(const CourseSignificance& significance);
    /// Finds room for the marks and the names of windows; after a change of the axis or the size.
    void place();

    /// What is marked.
    enum class Mark { Onset, Maximum, OtherOnset, OtherMaximum };
    /// Where a mark is drawn, in the plot's pixels; empty where there is none.
    [[nodiscard]] QRectF rectOf(Mark mark) const;
    [[nodiscard]] QString textOf(Mark mark) const;
    /// Names of windows that are shown.
    [[nodiscard]] QStringList labels() const;

    /// The end of a window at most a few pixels from a horizontal place.
    [[nodiscard]] std::optional<WindowEdge> edgeAt(double x) const;
    /// The narrowest window over a time (s).
    [[nodiscard]] std::optional<int> windowAt(double seconds) const;

private:
    void placeLabels();
    void placeMarks();
    void drawBars(const CourseSignificance& significance, const std::vector<double>& times);

    QCustomPlot& m_plot;
    Theme m_theme;
    std::vector<TimeWindow> m_windows;
    std::vector<QCPItemRect*> m_rects;
    std::vector<QCPItemText*> m_labels;
    std::vector<QCPItemLine*> m_leaders; ///< from labels that stand aside to their windows
    QCPItemRect* m_band;
    QCPItemPixmap* m_bars;
    QCPItemText* m_onset;
    QCPItemText* m_maximum;
    QCPItemText* m_otherOnset;
    QCPItemText* m_otherMaximum;
    std::array<std::optional<double>, 4> m_times; ///< of the marks, s
};

/// Name of a window that only says its ends: "80–130 ms".
[[nodiscard]] QString windowSpanText(double start, double end);
/// Its name; with the span where the name does not say it: "early (0–200 ms)".
[[nodiscard]] QString windowText(const TimeWindow& window);
/// A window of these ends: a name that only said the ends says the new ones.
[[nodiscard]] TimeWindow withEnds(const TimeWindow& window, double start, double end);

} // namespace brainlike
