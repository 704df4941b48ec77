#pragma once

#include "core/session/RegionChoice.h"
#include "core/study/ScoreSource.h"
#include "core/study/TimeWindow.h"

#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace brainlike {

/// Whose scores to read: fMRI's, or those of a MEG window.
struct LayerScoresRequest {
    int model = 0;
    std::optional<int> vertex;    ///< flat index; nothing: the mean over all vertices
    std::optional<int> recording; ///< nothing: the group
    /// The mean over the chosen areas' vertices, or over those of the current region; nothing: over all vertices.
    std::optional<RegionChoice> regions;
    /// MEG instead: the mean over channels × times of the window, of the group; recording is one of MEG's.
    std::optional<TimeWindow> window;
    friend bool operator==(const LayerScoresRequest&, const LayerScoresRequest&) = default;
};

/// Scores of one checkpoint, a value a layer; NaN where not computed.
struct LayerProfile {
    std::vector<double> mean;
    std::vector<double> sem; ///< over subjects; NaN for one recording or one subject
    /// R of the best layer (of all vertices: its mean over vertices, METHODS 6 "Encoding score of a set"); NaN unless
    /// every layer is computed.
    double best = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] int computedCount() const;
    /// Index of the highest mean, the earlier of equal ones; −1 where none is computed.
    [[nodiscard]] int bestLayer() const;
    /// Index of the highest mean but the best layer's; −1 with fewer than two.
    [[nodiscard]] int runnerUp() const;
};

/// Profiles by checkpoint index.
using LayerProfiles = std::map<int, LayerProfile>;

/// Reads the profiles of the given checkpoints. Means over vertices or a window leave NaN out; the SEM of such a mean
/// is over the subjects' own means (of MEG, of a finished file alone).
///
/// @throws ValueError for a window without a sampled time
[[nodiscard]] LayerProfiles readLayerProfiles(const ScoreSource& source, const LayerScoresRequest& request,
                                              const std::vector<int>& steps);

} // namespace brainlike
