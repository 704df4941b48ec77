#pragma once

#include "core/tables/HalfTimeUnits.h"
#include "views/plots/UnitBox.h"
#include "views/plots/UnitPanel.h"

#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;

namespace brainlike {

class HalfTimeBars;
class ScatterPlot;

/// When in training each ROI, area or MEG window reaches half of its final score: as bars with intervals, or against
/// the distance from V1 (of windows, against time). The numbers are those of `brainlike scores --what half-time`.
/// Compared with another model, layer or subject: A filled, B hollow; half-times have no checkpoint.
///
/// Clicking a unit picks the middle of its area, or the middle of its window; the picked vertex or time lights its
/// unit. A lasso around points chooses their areas; those chosen elsewhere are marked.
class HalfTimesPanel : public UnitPanel {
    Q_OBJECT
public:
    HalfTimesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~HalfTimesPanel() override;

    /// What is shown; nothing while it is read.
    [[nodiscard]] const std::optional<HalfTimeUnits>& units() const { return m_units; }
    /// Those of B; nothing while A is shown alone.
    [[nodiscard]] const std::optional<HalfTimeUnits>& otherUnits() const { return m_others; }
    /// Index in `units` of a row of the bars, or of a point of A in the scatter.
    [[nodiscard]] int unitOfRow(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }

protected:
    void themeChanged() override;
    [[nodiscard]] QString missingText() const override;
    void forget() override;
    void startReading() override;

private:
    enum class Form { Bars, AgainstPlace };
    enum class Order { Place, HalfTime };
    struct Read {
        HalfTimeUnits a;
        std::optional<HalfTimeUnits> b;
    };

    void buildChoices();
    void onSelection(const Selection& before, const Selection& after);
    void showUnits(Read read);
    void arrange();
    void showBars();
    void showScatter();
    void pick(int row);
    void choose(const std::vector<int>& points);
    void markSelected();
    void updateTexts();
    [[nodiscard]] TableLevel level() const { return m_level->level(); }
    /// Of the recordings that the level's units are of.
    [[nodiscard]] RecordingKind kind() const {
        return level() == TableLevel::Window ? RecordingKind::Meg : RecordingKind::Fmri;
    }
    void showTitle();
    [[nodiscard]] Form form() const;
    [[nodiscard]] TableRequest requestFor(const Selection& side) const;
    /// Of A, and of B where it is another one.
    [[nodiscard]] std::vector<TableRequest> requests() const;
    /// Why B is not shown, while a comparison is wanted.
    [[nodiscard]] QString noOtherHere() const;
    [[nodiscard]] QStringList titleParts(const Selection& side, const HalfTimeUnits& units) const;
    [[nodiscard]] QString shownText(const HalfTimeUnits& units) const;
    [[nodiscard]] std::vector<int> shownUnits() const;
    [[nodiscard]] double sampleNear(double time) const;
    [[nodiscard]] const HalfTimeUnit* unitAt(int row) const;
    [[nodiscard]] QString placeText(const HalfTimeUnit& unit) const;
    [[nodiscard]] QStringList unitLines(const HalfTimeUnit& unit) const;

    UnitBox* m_level;
    QComboBox* m_form;
    QComboBox* m_order;
    QComboBox* m_axis;
    QStackedWidget* m_pages;
    HalfTimeBars* m_bars;
    ScatterPlot* m_scatter;

    std::vector<TableRequest> m_asked;
    std::optional<HalfTimeUnits> m_units, m_others;
    std::vector<int> m_rows; ///< units in the order they are shown in
    int m_hovered = -1;      ///< row
};

} // namespace brainlike
