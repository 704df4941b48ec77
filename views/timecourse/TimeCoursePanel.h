#pragma once

#include "core/session/SelectionDefaults.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace brainlike {

class LayerStrip;
class TimeCoursePlot;
struct TimeSpan;

/// MEG encoding score over time, a line a layer, of the selected model and checkpoint: group R averaged over channels.
///
/// Clicking or dragging in the plot selects a sampled time; clicking a line (or a colour of the legend) selects its
/// layer, again the best layer. The vertical range is the whole study's, so that steps can be compared.
class TimeCoursePanel : public Panel {
    Q_OBJECT
public:
    TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~TimeCoursePanel() override;

    /// Windows to shade; METHODS 2's three by default.
    void setWindows(const std::vector<TimeSpan>& windows);
    /// Selects the sampled time `count` samples after the selected one (the peak when none is).
    void stepTime(int count);
    /// The line below the plot: layer, time and R of what is pointed at, selected, or else of the peak.
    [[nodiscard]] QString readout() const;

protected:
    void themeChanged() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    using Key = std::pair<int, int>; ///< model, step
    using Courses = std::map<Key, std::shared_ptr<const TimeCourses>>;

    void onSelection(const Selection& before, const Selection& after);
    void onSource();
    void readSelected();
    void readAll();
    void keep(Courses courses);
    void refresh();
    void showCourses(const SelectionIndices& shown, const std::shared_ptr<const TimeCourses>& courses);
    void updateReadout();
    void placeWindowsNote();
    void updateRange();
    void selectTime(int timeIndex);
    void toggleLayer(int layer);
    [[nodiscard]] std::optional<SelectionIndices> indices() const;
    [[nodiscard]] int emphasizedLayer() const;
    [[nodiscard]] std::optional<int> selectedTime() const;
    [[nodiscard]] std::pair<int, int> peak() const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QStringList titleParts(const SelectionIndices& shown) const;
    [[nodiscard]] QString pointText(int layer, int timeIndex) const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    TimeCoursePlot* m_plot;
    LayerStrip* m_strip;
    ElidedLabel* m_readout;
    QLabel* m_windowsNote;
    OncePerTurn m_refresh;
    JobHandle m_selectedRead, m_allRead;
    bool m_readingAll = false;
    bool m_readAgain = false;

    Courses m_courses; ///< what was read; nullptr: not computed
    std::shared_ptr<const TimeCourses> m_shown;
    std::vector<TimeSpan> m_windows;
    std::pair<int, int> m_hovered{-1, -1}; ///< layer, time
};

} // namespace brainlike
