// What the points of A against B select, and what marks them.

#include "views/compare/ComparePanel.h"
#include "views/plots/ScatterPlot.h"

#include <QTableWidget>

#include <algorithm>
#include <cmath>

namespace brainlike {

const SideComparison* ComparePanel::shownSide() const {
    const int row = m_unitTable->currentRow();
    return m_unitPlot->isHidden() || row < 0 || row >= static_cast<int>(m_sides.size())
               ? nullptr
               : &m_sides[static_cast<std::size_t>(row)];
}

UnitBox* ComparePanel::boxOf(CompareUnit unit) const {
    return unit == CompareUnit::Rois ? m_rois : unit == CompareUnit::Areas ? m_areas : nullptr;
}

/// The MEG sample nearest to the middle of a window.
std::optional<double> ComparePanel::sampleIn(double middle) const {
    const auto& times = m_data.index()->times;
    if (times.empty() || !std::isfinite(middle))
        return std::nullopt;
    return *std::ranges::min_element(times, {}, [&](double sample) { return std::abs(sample - middle); });
}

void ComparePanel::pickUnit(int point) {
    const SideComparison* side = shownSide();
    if (side == nullptr || point < 0 || point >= static_cast<int>(side->ids.size()))
        return;
    const auto at = static_cast<std::size_t>(point);
    const std::string id = side->ids[at];
    const ComparedUnit unit = side->units[at];
    if (side->unit == CompareUnit::Subjects) {
        const auto& recordings = m_data.index()->fmri;
        const auto found = std::ranges::find(recordings, id, &ScoredRecording::subject);
        if (found == recordings.end())
            return; // with MEG alone
        m_selection.edit([&](Selection& next) {
            next.recording = next.recording == found->id ? std::nullopt : std::optional(found->id);
        });
        return;
    }
    m_selection.edit([&](Selection& next) {
        if (const auto sample = sampleIn(unit.middle); sample && side->unit == CompareUnit::Windows)
            next.time = sample;
        if (unit.centre)
            next.vertex = unit.centre;
        if (const UnitBox* box = boxOf(side->unit))
            box->choose(next, {box->linkOf(id, unit.areas)});
    });
}

void ComparePanel::brushUnits(const std::vector<int>& points) {
    const SideComparison* side = shownSide();
    const UnitBox* box = side != nullptr ? boxOf(side->unit) : nullptr;
    if (box == nullptr)
        return; // subjects, vertices and windows are selected one at a time
    std::vector<UnitLink> links;
    for (const int point : points)
        links.push_back(box->linkOf(side->ids.at(static_cast<std::size_t>(point)),
                                    side->units.at(static_cast<std::size_t>(point)).areas));
    m_selection.edit([&](Selection& next) { box->choose(next, links); });
}

bool ComparePanel::isPicked(const SideComparison& side, std::size_t unit) const {
    const Selection& selection = m_selection.selection();
    const ComparedUnit& shown = side.units[unit];
    if (side.unit == CompareUnit::Subjects) {
        const auto& recordings = m_data.index()->fmri;
        const auto found = std::ranges::find(recordings, side.ids[unit], &ScoredRecording::subject);
        return found != recordings.end() && selection.recording == found->id;
    }
    if (side.unit == CompareUnit::Windows)
        return selection.time && selection.time == sampleIn(shown.middle);
    return selection.vertex &&
           std::ranges::binary_search(shown.members, m_data.index()->vertexCounts.flatIndex(*selection.vertex));
}

void ComparePanel::markSelected() {
    const SideComparison* side = shownSide();
    if (side == nullptr)
        return;
    const UnitBox* box = boxOf(side->unit);
    int picked = -1;
    std::vector<int> brushed;
    for (std::size_t unit = 0; unit < side->ids.size(); ++unit) {
        if (picked < 0 && isPicked(*side, unit))
            picked = static_cast<int>(unit);
        if (box != nullptr && box->isChosen(box->linkOf(side->ids[unit], side->units[unit].areas)))
            brushed.push_back(static_cast<int>(unit));
    }
    m_unitPlot->setPicked(picked);
    m_unitPlot->setBrushed(std::move(brushed));
}

} // namespace brainlike
