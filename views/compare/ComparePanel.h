#pragma once

#include "core/tables/CompareUnits.h"
#include "core/tables/ModelFactors.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QTableWidget;
class QTabWidget;

namespace brainlike {

class ScatterPlot;
class ScoreFile;

/// A against B with a test at every unit, and what size, training and images do over models. The numbers are those of
/// the tables `compare` and `model-factors`. Clicking an area's point chooses the area, clicking a model's row or point
/// the model. Reads only while it is seen.
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

private:
    struct Reading {
        std::vector<SideComparison> sides;
        ModelFactors factors;
        std::vector<SummaryCurves> courses; ///< a model each
        Selection selection;                ///< what it was read for
    };
    static Reading read(const ScoreSource& source, std::shared_ptr<const ScoreFile> file, const Selection& selection,
                        bool isAtSelectedStep, const JobContext& job);
    void buildSides();
    void buildModels();
    void connectState();
    void refresh();
    void take(JobOutcome<Reading> outcome);
    void showSides();
    void showUnit();
    void showModels();
    void showFactorPlot();
    void updateTitle();
    void chooseModel(int model);
    [[nodiscard]] CurveMetric metric() const;
    [[nodiscard]] QString reasonWithoutSides() const;
    [[nodiscard]] const ModelFactor* selectedFactor() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QTabWidget* m_tabs;
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
