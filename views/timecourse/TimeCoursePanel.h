#pragma once

#include "core/session/SelectionDefaults.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/timecourse/CourseLines.h"
#include "views/timecourse/ScoreGrid.h"
#include "views/timecourse/TimeCourseTexts.h"
#include "views/timecourse/TopographyStrip.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QBoxLayout;
class QButtonGroup;
class QComboBox;
class QStackedLayout;
class QToolButton;

namespace brainlike {

class LayerStrip;
class TimeCoursePlot;

/// MEG encoding score over time, of the selected model, checkpoint and subject (or the group): a line a layer, model,
/// checkpoint or subject (R averaged over the chosen channels), or a channel, or in colours over layers or checkpoints;
/// the sensors on the head below. Compared: A solid and B dashed with A − B below, maps of A, B and A − B, three heads.
///
/// Clicking or dragging selects a sampled time; clicking a line, a colour of the legend or a row its layer or
/// checkpoint; the sensors of the heads are chosen with the lasso. Ranges of values and colours are those of the
/// model's last checkpoint and of all that was shown, so that steps can be compared. Nothing else is read, and nothing
/// while the panel is not seen.
class TimeCoursePanel : public Panel {
    Q_OBJECT
public:
    TimeCoursePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~TimeCoursePanel() override;

    void setMode(MegMode mode);
    /// What the lines are of while there are lines.
    void setLinesOf(LinesOf lines);
    [[nodiscard]] LinesOf linesOf() const { return m_linesOf; }
    [[nodiscard]] MegMode mode() const { return m_mode; }
    /// The heads below the courses; a panel that is too low for both shows the courses alone.
    void setSensorsShown(bool shown);
    /// Windows in force: the selection's, else the study's, else METHODS 2's.
    [[nodiscard]] std::vector<TimeWindow> windows() const;
    /// Selects the sampled time `count` samples after the selected one (the peak when none is).
    void stepTime(int count);
    /// The line above the plot: layer, time and R of what is pointed at, selected, or else of the peak.
    [[nodiscard]] QString readout() const;
    /// The line below: onset, T_max, significance of the emphasised layer.
    [[nodiscard]] QString note() const;
    /// The line below that: the same of B, or why there is no B; empty while A is shown alone.
    [[nodiscard]] QString otherNote() const;

protected:
    void themeChanged() override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// What significance is worked out from.
    struct Tested {
        std::shared_ptr<const TimeCourses> courses, otherCourses;
        std::shared_ptr<const SensorScores> sensors, otherSensors;
        int layer = -1, otherLayer = -1;
        std::vector<int> channels;
        friend bool operator==(const Tested&, const Tested&) = default;
    };

    void buildHeader();
    void buildPictures();
    void connectPlot();
    void connectGridAndHeads();
    void onSelection(const Selection& before, const Selection& after);
    void onSource();
    void refresh();
    void showCourses(const std::shared_ptr<const TimeCourses>& courses);
    void showSignificance();
    [[nodiscard]] Tested testedNow() const;
    void testCourses(const Tested& now);
    void showChannels();
    void showDifference();
    void showGrid();
    void showOtherGrids();
    void readWanted();
    void updateTitle();
    [[nodiscard]] ScoreGridContent gridOf(const CourseContext& shown, const TimeCourses& courses) const;
    /// B as far as MEG has it; nothing where it is what A is.
    [[nodiscard]] std::optional<CourseContext> otherContext() const;
    /// B is a row of the map that shows A.
    [[nodiscard]] bool isRowOfSameGrid(const CourseContext& b) const;
    [[nodiscard]] QString noOtherHere() const;
    void showHeads();
    [[nodiscard]] bool hasRoomForHeads() const;
    void updateReadout();
    void selectTime(int timeIndex);
    void toggleLayer(int layer);
    void pickLine(int line);
    void showLines();
    [[nodiscard]] LinesOf linesNow() const;
    [[nodiscard]] QString lineText(int line, int time) const;
    void pickCell(int row, int time);
    void chooseSensors(const std::vector<int>& sensors);
    [[nodiscard]] std::optional<SelectionIndices> indices() const;
    [[nodiscard]] CourseContext context() const;
    [[nodiscard]] int emphasizedLayer() const;
    [[nodiscard]] std::optional<int> selectedTime() const;
    [[nodiscard]] std::pair<int, int> peak() const;
    [[nodiscard]] std::vector<int> chosenChannels() const;
    [[nodiscard]] std::shared_ptr<const SensorScores> shownSensors() const;
    [[nodiscard]] std::vector<HeadValues> headsAlone(const CourseContext& shown, const SensorScores& sensors) const;
    [[nodiscard]] std::vector<HeadValues> headsCompared(const CourseContext& shown, const SensorScores& sensors) const;
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
    TimeCoursePlot* m_difference;
    ScoreGrid* m_grid;
    ScoreGrid* m_otherGrid;
    ScoreGrid* m_differenceGrid;
    TopographyStrip* m_heads;
    LayerStrip* m_strip;
    ElidedLabel* m_readout;
    ElidedLabel* m_note;
    ElidedLabel* m_otherNote;
    ElidedLabel* m_headsCaption;
    QWidget* m_header;
    QButtonGroup* m_modes;
    QComboBox* m_linesChoice;
    QToolButton* m_sensorsButton;
    QWidget* m_pictureArea;
    QStackedLayout* m_pictures;
    QBoxLayout* m_grids;
    OncePerTurn m_refresh;

    MegMode m_mode = MegMode::Lines;
    LinesOf m_linesOf = LinesOf::Layers;
    CourseLines m_lines; ///< as drawn
    /// What these were made of.
    std::vector<int> m_linesKey;
    bool m_headsBelow = true;    ///< below the courses, where the panel is high enough for both
    bool m_headsInstead = false; ///< in their place, where it is not
    int m_version = 0;           ///< of what was read
    std::vector<int> m_gridKey;  ///< of what the grids show
    std::shared_ptr<const TimeCourses> m_shown;
    std::optional<CourseContext> m_other; ///< B, while it is compared with
    std::shared_ptr<const TimeCourses> m_otherShown;
    ScoreExtent m_valueRange; ///< of the vertical axis
    std::pair<bool, int> m_valueRangeOf{false, -1};
    double m_largestDifference = 0; ///< seen of this comparison
    std::vector<int> m_differenceOf;
    CourseSignificance m_significance, m_otherSignificance;
    Tested m_tested; ///< what these are of
    Hover m_hover;
};

} // namespace brainlike
