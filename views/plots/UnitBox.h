#pragma once

#include "core/tables/TableRequest.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QComboBox>
#include <QTimer>

#include <string>
#include <vector>

namespace brainlike {

/// What is behind a unit for the rest of the window.
struct UnitLink {
    std::vector<std::string> areas; ///< that it is made of, without hemisphere; of the box's parcellation
    std::string region;             ///< the user's region that it is; empty: none
};

/// A box of units of analysis: the study's ROIs, the user's regions, the areas of each parcellation there is, vertices,
/// MEG windows. It says what tables are to be made of, follows regions and windows of the selection, and chooses and
/// recognises units there.
class UnitBox : public QComboBox {
    Q_OBJECT
public:
    /// @param levels  in the order of the entries; each one's first entry has it as its data
    UnitBox(SelectionModel& selection, ScoreData& scores, std::vector<TableLevel> levels, QWidget* parent);

    [[nodiscard]] TableLevel level() const;
    /// Whose sets they are; regions and windows as they were when the selection last stood still.
    [[nodiscard]] const SetChoice& sets() const { return m_sets; }
    /// Whether the units are regions of the user's.
    [[nodiscard]] bool areRegions() const;
    /// Why the entry has nothing to show: no regions of the user's. Empty where it has.
    [[nodiscard]] QString missingText() const;
    /// "areas", "areas of aparc", "ROIs", "regions of yours", "vertices", "windows of the study", "windows of yours".
    [[nodiscard]] QString unitsText() const;

    /// What is behind a unit of the shown level.
    /// @param areas  as ScoreSets::areasOf
    [[nodiscard]] UnitLink linkOf(const std::string& id, std::vector<std::string> areas) const;
    /// Chooses units on the cortex, in place of what was chosen; none: nothing is. Of regions the first one.
    void choose(Selection& next, const std::vector<UnitLink>& units) const;
    /// Whether all of a unit is chosen in the selection.
    [[nodiscard]] bool isChosen(const UnitLink& unit) const;

Q_SIGNALS:
    /// Another entry was chosen, or what is behind it is another one.
    void unitsChanged();

private:
    struct Entry {
        TableLevel level = TableLevel::Roi;
        std::string parcellation; ///< empty: the template's own
        bool areRegions = false;
        friend bool operator==(const Entry&, const Entry&) = default;
    };

    void readNames();
    void fill();
    void follow();
    void settle();
    [[nodiscard]] QString textOf(const Entry& entry) const;
    [[nodiscard]] const Entry& entry() const;
    [[nodiscard]] SetChoice setsNow() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    std::vector<TableLevel> m_levels;
    std::vector<Entry> m_entries;
    std::vector<std::string> m_names; ///< of parcellations; the first is the template's own
    SetChoice m_sets;
    QTimer m_settle;
    JobHandle m_reading;
};

} // namespace brainlike
