#pragma once

#include "core/session/SelectionDefaults.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/timecourse/TimeCourseTexts.h"

#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

class QButtonGroup;
class QStackedLayout;
class QToolButton;

namespace brainlike {

class CourseReader;
class LayerStrip;
class ScoreGrid;
class TimeCoursePlot;
class TopographyStrip;

/// MEG encoding score over time, of the selected model and checkpoint: a line a layer (group R averaged over the chosen
/// channels) or a channel, or in colours over layers or checkpoints; the sensors on the head below.
///
/// Clicking or dragging selects a sampled time; clicking a line, a colour of the legend or a row its layer or
/// checkpoint; the sensors of the heads are chosen with the lasso. Ranges of values and colours are the whole study's,
/// so that steps can be compared.
class TimeCoursePanel : public Panel {
    Q_OBJECT
public:
    TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~TimeCoursePanel() override;

    void setMode(MegMode mode);
    [[nodiscard]] MegMode mode() const { return m_mode; }
    /// The heads below the courses; a panel that is too low for both shows the courses alone.
    void setSensorsShown(bool shown);
    /// Windows in force: the selection's, else the study's, else METHODS 2's three.
    [[nodiscard]] std::vector<TimeWindow> windows() const;
    /// Selects the sampled time `count` samples after the selected one (the peak when none is).
    void stepTime(int count);
    /// The line above the plot: layer, time and R of what is pointed at, selected, or else of the peak.
    [[nodiscard]] QString readout() const;
    /// The line below: onset, T_max, significance of the emphasised layer.
    [[nodiscard]] QString note() const;

protected:
    void themeChanged() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildHeader();
    void connectPlot();
    void connectGridAndHeads();
    void onSelection(const Selection& before, const Selection& after);
    void onSource();
    void refresh();
    void showCourses(const std::shared_ptr<const TimeCourses>& courses);
    void showSignificance();
    void showChannels();
    void showGrid();
    void showHeads();
    [[nodiscard]] bool hasRoomForHeads() const;
    void updateReadout();
    void selectTime(int timeIndex);
    void toggleLayer(int layer);
    void pickCell(int row, int time);
    void chooseSensors(const std::vector<int>& sensors);
    [[nodiscard]] std::optional<SelectionIndices> indices() const;
    [[nodiscard]] CourseContext context() const;
    [[nodiscard]] int emphasizedLayer() const;
    [[nodiscard]] std::optional<int> selectedTime() const;
    [[nodiscard]] std::pair<int, int> peak() const;
    [[nodiscard]] std::vector<int> chosenChannels() const;
    [[nodiscard]] std::shared_ptr<const SensorScores> shownSensors() const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QString hoverText() const;
    [[nodiscard]] QString cellText(int row, int time) const;

    /// What the pointer is on; −1: nothing.
    struct Hover {
        int layer = -1, channel = -1, row = -1, time = -1, head = -1;
    };

    SelectionModel& m_selection;
    ScoreData& m_data;
    CourseReader* m_reader;
    TimeCoursePlot* m_plot;
    ScoreGrid* m_grid;
    TopographyStrip* m_heads;
    LayerStrip* m_strip;
    ElidedLabel* m_readout;
    ElidedLabel* m_note;
    ElidedLabel* m_headsCaption;
    QButtonGroup* m_modes;
    QToolButton* m_sensorsButton;
    QWidget* m_pictureArea;
    QStackedLayout* m_pictures;
    OncePerTurn m_refresh;

    MegMode m_mode = MegMode::Lines;
    bool m_headsBelow = true;    ///< below the courses, where the panel is high enough for both
    bool m_headsInstead = false; ///< in their place, where it is not
    int m_version = 0;           ///< of what was read
    std::tuple<int, int, int, int, int> m_gridKey{-1, -1, -1, -1, -1};
    std::shared_ptr<const TimeCourses> m_shown;
    CourseSignificance m_significance;
    Hover m_hover;
};

} // namespace brainlike
