#pragma once

#include "core/tables/HalfTimeUnits.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;

namespace brainlike {

class HalfTimeBars;
class ScatterPlot;

/// When in training each ROI, area or MEG window reaches half of its final score: as bars with intervals, or against
/// the distance from V1 (of windows, against time). The numbers are those of `brainlike scores --what half-time`.
///
/// Clicking a unit picks the middle of its area, or the middle of its window; the picked vertex or time lights its
/// unit.
class HalfTimesPanel : public Panel {
    Q_OBJECT
public:
    HalfTimesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~HalfTimesPanel() override;

    /// What is pointed at, or what holds of all units, in words.
    [[nodiscard]] QString readout() const { return m_readout->fullText(); }
    /// What is shown; nothing while it is read.
    [[nodiscard]] const std::optional<HalfTimeUnits>& units() const { return m_units; }
    /// Index in `units` of a row of the bars, or of a point of the scatter.
    [[nodiscard]] int unitOfRow(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Form { Bars, AgainstPlace };
    enum class Order { Place, HalfTime };

    void buildChoices();
    void onSelection(const Selection& before, const Selection& after);
    void restart();
    void showUnits(HalfTimeUnits units);
    void arrange();
    void pick(int row);
    void markPicked();
    void updateTexts();
    [[nodiscard]] TableLevel level() const;
    [[nodiscard]] Form form() const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QStringList titleParts() const;
    [[nodiscard]] std::vector<int> shownUnits() const;
    [[nodiscard]] double sampleNear(double time) const;
    [[nodiscard]] QString unitText(const HalfTimeUnit& unit) const;
    [[nodiscard]] QString summaryText() const;
    [[nodiscard]] QString correlationText() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QComboBox* m_level;
    QComboBox* m_form;
    QComboBox* m_order;
    QStackedWidget* m_pages;
    HalfTimeBars* m_bars;
    ScatterPlot* m_scatter;
    ElidedLabel* m_readout;
    JobHandle m_reading;

    bool m_isStale = true; ///< to be read once the panel is seen
    std::optional<HalfTimeUnits> m_units;
    std::vector<int> m_rows; ///< units in the order they are shown in
    int m_hovered = -1;      ///< row
};

} // namespace brainlike
