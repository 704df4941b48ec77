#pragma once

#include "core/tables/PropertyScatter.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

class QComboBox;

namespace brainlike {

class NullPlot;
class ScatterPlot;

/// Half-time, score or best layer of every area or ROI against a property of the cortex (expansion, thickness,
/// timescale, myelin, or a map of the user's), with r, n, p, interval, and the spin test filling in while it is
/// computed. The numbers are those of `brainlike scores --what property`.
///
/// Clicking a point selects the middle of its area; the picked vertex lights its area's point.
class PropertyPanel : public Panel {
    Q_OBJECT
public:
    PropertyPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~PropertyPanel() override;

    /// "r 0.61, n 103 of 180, p 2e−11, 95 % 0.47 to 0.72 · spin p 0.011 (1,000 spins)", or what is pointed at.
    [[nodiscard]] QString readout() const { return m_readout->fullText(); }
    /// What is shown; nothing while it is read.
    [[nodiscard]] const std::optional<PropertyScatter>& scatter() const { return m_scatter; }
    /// Spins of the test that follows; for tests and slow machines.
    void setSpins(int spins);
    /// Correlates with a map or table of the user's from now on.
    void addPropertyFile(const std::filesystem::path& file);

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;

private:
    /// Correlations of the spins so far, filled by the job.
    struct GrowingNull {
        std::mutex mutex;
        std::vector<double> values;
    };

    void buildChoices();
    void onSelection(const Selection& before, const Selection& after);
    void restart();
    void showScatter(PropertyScatter scatter);
    void startSpins();
    void showNull(const std::vector<double>& null);
    void markPicked();
    void updateTexts();
    void choosePropertyFile();
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] TableRequest request() const;
    [[nodiscard]] QString pointText(const ScatterPoint& point) const;
    [[nodiscard]] QString mapText(double value) const;
    [[nodiscard]] QStringList mapLabels() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QComboBox* m_map;
    QComboBox* m_property;
    QComboBox* m_level;
    ScatterPlot* m_plot;
    NullPlot* m_nullPlot;
    ElidedLabel* m_readout;
    JobHandle m_reading, m_spinning;

    int m_spins;
    bool m_isStale = true;                      ///< to be read once the panel is seen
    std::vector<std::filesystem::path> m_files; ///< of the user's
    std::optional<PropertyScatter> m_scatter;
    std::optional<SpinTest> m_test;
    int m_spun = 0; ///< spins so far
    int m_hovered = -1;
};

} // namespace brainlike
