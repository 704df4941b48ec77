#pragma once

#include "core/tables/PropertyScatter.h"
#include "views/plots/UnitBox.h"
#include "views/plots/UnitPanel.h"

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

class QComboBox;

namespace brainlike {

class NullPlot;
class ScatterPlot;

/// Half-time, score or best layer of every area or ROI, of a parcellation or set of the user's choice, against a
/// property of the cortex (expansion, thickness, timescale, myelin, or a map of the user's), with r, n, p, interval,
/// and the spin test filling in while it is computed. The numbers are those of `brainlike scores --what property`.
/// Compared: A filled, B hollow, both with their numbers and their spin test.
///
/// Clicking a point selects the middle of its area; the picked vertex lights its area's point. A lasso around points
/// chooses their areas; those chosen elsewhere are marked.
class PropertyPanel : public UnitPanel {
    Q_OBJECT
public:
    PropertyPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~PropertyPanel() override;

    /// What is shown; nothing while it is read.
    [[nodiscard]] const std::optional<PropertyScatter>& scatter() const { return m_scatter; }
    /// That of B; nothing while A is shown alone.
    [[nodiscard]] const std::optional<PropertyScatter>& otherScatter() const { return m_otherScatter; }
    /// Spins of the test that follows; for tests and slow machines.
    void setSpins(int spins);
    /// Correlates with a map or table of the user's from now on.
    void addPropertyFile(const std::filesystem::path& file);

protected:
    void themeChanged() override;
    [[nodiscard]] QString missingText() const override;
    void forget() override;
    void startReading() override;

private:
    /// Correlations of the spins so far, filled by the job.
    struct GrowingNull {
        std::mutex mutex;
        std::vector<double> values;
    };
    struct Read {
        PropertyScatter a;
        std::optional<PropertyScatter> b;
    };
    /// The spin test of A or B.
    struct Spins {
        std::optional<SpinTest> test; ///< once it is done
        int count = 0;                ///< spins so far
    };

    void buildChoices();
    void onSelection(const Selection& before, const Selection& after);
    void showScatter(Read read);
    void showPoints();
    /// @param side  0: A, 1: B, once A is done
    void startSpins(std::size_t side);
    void showNull(std::size_t side, const std::vector<double>& null);
    void choose(const std::vector<int>& points);
    void markSelected();
    void updateTexts();
    void choosePropertyFile();
    [[nodiscard]] TableRequest requestFor(const Selection& side) const;
    /// Of A, and of B where it is another one.
    [[nodiscard]] std::vector<TableRequest> requests() const;
    /// Why B is not shown, while a comparison is wanted.
    [[nodiscard]] QString noOtherHere() const;
    [[nodiscard]] QStringList titleParts(const Selection& side, const PropertyScatter& scatter) const;
    /// A, B and A − B of an area or ROI.
    [[nodiscard]] QStringList unitLines(const std::string& id) const;
    [[nodiscard]] QString correlationText(const PropertyScatter& scatter, const Spins& spins) const;
    [[nodiscard]] bool isOneSided() const;
    [[nodiscard]] bool isOfHalfTimes() const;
    [[nodiscard]] QString pointName(const ScatterPoint& point) const;
    /// A point of the plot: of A, then of B; null where there is none.
    [[nodiscard]] const ScatterPoint* pointAt(int index) const;
    [[nodiscard]] QString mapText(double value) const;
    [[nodiscard]] QStringList mapLabels() const;

    QComboBox* m_map;
    QComboBox* m_property;
    UnitBox* m_level;
    QComboBox* m_axis;
    ScatterPlot* m_plot;
    NullPlot* m_nullPlot;
    JobHandle m_spinning;

    int m_spins;
    std::vector<TableRequest> m_asked;
    std::optional<PropertyScatter> m_scatter, m_otherScatter;
    std::array<Spins, 2> m_spun;
    int m_hovered = -1;
};

} // namespace brainlike
