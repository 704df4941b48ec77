#pragma once

#include "core/roi/RoiSet.h"
#include "core/study/ScoreSource.h"
#include "core/study/TimeWindow.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// The sets that scores are averaged over, in place of the study's; what is left open is the study's own.
struct SetChoice {
    std::string parcellation; ///< whose areas, by its name (parcellationNames); empty: the template's own
    /// Where parcellations beside the template's are looked for; null: the scores themselves.
    std::shared_ptr<const ScoreSource> labels;
    std::optional<SharedRois> rois;                 ///< regions of the user's as the ROIs
    std::optional<std::vector<TimeWindow>> windows; ///< MEG windows

    /// By what is chosen, wherever it is read from.
    friend bool operator==(const SetChoice& a, const SetChoice& b) {
        return a.parcellation == b.parcellation && a.rois == b.rois && a.windows == b.windows;
    }
};

} // namespace brainlike
