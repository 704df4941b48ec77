#pragma once

#include "core/roi/RoiSet.h"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// Whose borders are drawn where outlines are shown.
enum class OutlineSet {
    Areas,       ///< all areas of the parcellation
    ChosenAreas, ///< those chosen
    Rois         ///< the regions of interest
};

/// Areas and regions of interest: what is chosen, outlined and named on the cortex.
struct RegionChoice {
    OutlineSet outlined = OutlineSet::Areas;
    std::string parcellation;       ///< name; empty: the template's own
    std::vector<std::string> areas; ///< chosen ones of the parcellation, of both hemispheres, in the order of choice
    SharedRois rois;
    std::string roi;                  ///< the region that a brush changes; empty: a new one
    bool isolated = false;            ///< colours only in the chosen areas; without any, in the regions of interest
    bool areaNames = false;           ///< names are written where they fit
    bool significanceContour = false; ///< a line around where the group's q is below 0.01
    bool thresholdContour = false;    ///< a line where the map equals its threshold

    [[nodiscard]] bool isChosen(const std::string& area) const;
    friend bool operator==(const RegionChoice&, const RegionChoice&) = default;
};

/// Adds an area to those chosen, or takes it away.
void toggleArea(RegionChoice& regions, const std::string& area);

/// Puts what differs from a fresh choice into a selection's JSON.
void addJson(nlohmann::json& json, const RegionChoice& regions);
/// @throws FormatError naming the JSON pointer of what is wrong
[[nodiscard]] RegionChoice regionChoiceFromJson(const nlohmann::json& json, const std::string& place);

} // namespace brainlike
