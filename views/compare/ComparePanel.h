#pragma once

#include "core/tables/CompareUnits.h"
#include "core/tables/ModelFactors.h"
#include "views/plots/UnitBox.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <memory>
#include <optional>
#include <vector>

class QBoxLayout;
class QComboBox;
class QTableWidget;
class QTabWidget;

namespace brainlike {

class ScatterPlot;
class ScoreFile;

/// A against B with a test at every unit, and what size, training and images do over models. The numbers are those of
/// the tables `compare` and `model-factors`. Clicking a point selects what it stands for: an area or ROI and the vertex
/// in its middle, a vertex, a time within a window, a subject; a lasso chooses areas. What is selected is marked.
/// Clicking a model's row or point selects the model. Reads only while it is seen.
class ComparePanel : public Panel {
    Q_OBJECT
public:
    ComparePanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);

    /// Outcomes as shown, a unit each; empty while there are none.
    [[nodiscard]] const std::vector<SideComparison>& sides() const { return m_sides; }
    [[nodiscard]] const ModelFactors& factors() const { return m_factors; }

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What is compared, as chosen here.
    struct Choice {
        SetChoice sets;
        std::optional<CurveMetric> metric;
        bool isAtSelectedStep = false; ///< of the table of models
    };
    struct Reading {
        std::vector<SideComparison> sides;
        ModelFactors factors;
        std::vector<SummaryCurves> courses; ///< a model each
        Selection selection;                ///< what it was read for
    };
    static Reading read(const ScoreSource& source, std::shared_ptr<const ScoreFile> file, const Selection& selection,
                        const Choice& choice, const JobContext& job);
    void buildSides();
    void buildModels();
    void connectState();
    void refresh();
    void take(JobOutcome<Reading> outcome);
    void showSides();
    void showUnit();
    void pickUnit(int point);
    void brushUnits(const std::vector<int>& points);
    void markSelected();
    /// Beside the tables where there is room for that, else below.
    void arrangePlots();
    void showModels();
    void showFactorPlot();
    void updateTitle();
    void chooseModel(int model);
    enum class Factor { Size, Steps, Images }; ///< what models differ in, as in its box
    [[nodiscard]] CurveMetric metric() const;
    [[nodiscard]] Factor factor() const;
    [[nodiscard]] Choice choice() const;
    /// The comparison that the plot shows; null where there is none.
    [[nodiscard]] const SideComparison* shownSide() const;
    /// The box of a unit's sets; null for units without any.
    [[nodiscard]] UnitBox* boxOf(CompareUnit unit) const;
    [[nodiscard]] bool isPicked(const SideComparison& side, std::size_t unit) const;
    [[nodiscard]] std::optional<double> sampleIn(double middle) const;
    [[nodiscard]] QString reasonWithoutSides() const;
    [[nodiscard]] const ModelFactor* selectedFactor() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QTabWidget* m_tabs;
    UnitBox *m_rois, *m_areas;
    QComboBox* m_sideMetric;
    QBoxLayout *m_sidesLayout, *m_modelsLayout;
    QTableWidget* m_unitTable;
    QLabel* m_unitText;
    ScatterPlot* m_unitPlot;
    QComboBox *m_metric, *m_factor, *m_when;
    QTableWidget* m_modelTable;
    QLabel* m_modelText;
    ScatterPlot* m_factorPlot;
    std::vector<SideComparison> m_sides;
    ModelFactors m_factors;
    std::vector<SummaryCurves> m_courses;
    std::optional<Selection> m_shown; ///< what the numbers are of
    std::vector<int> m_pointModels;   ///< of the points of the plot against size
    OncePerTurn m_refresh;
    bool m_isStale = true, m_isReading = false;
    JobHandle m_job;
};

} // namespace brainlike
