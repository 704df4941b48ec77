#pragma once

#include "core/base/Matrix.h"
#include "core/study/AreaDistances.h"
#include "core/study/ScoreSource.h"

#include <limits>
#include <span>
#include <string>

namespace brainlike {

/// One value of a checkpoint, or NaN and why.
struct SummaryValue {
    double value = std::numeric_limits<double>::quiet_NaN();
    std::string reason = "not computed"; ///< empty where there is a value
};

/// The scores of one checkpoint of a model.
struct CheckpointSummary {
    SummaryValue encodingFmri, encodingMeg, spatial, temporal;
};

/// Encoding score at model level (mean of the best layer's R over the vertices that have one) and the spatial score
/// over areas; the MEG values stay as they are.
///
/// @param mean  group mean R, layers × vertices
void addFmri(CheckpointSummary& summary, const RowMatrix<float>& mean, const BestLayerMap& best,
             std::span<const double> layerDepths, const AreaDistances& areas);

/// Encoding score at model level over channels × times, and the temporal score; the fMRI values stay as they are.
///
/// @param mean  group mean R, layers × (channel × time)
void addMeg(CheckpointSummary& summary, const RowMatrix<float>& mean, const BestLayerMap& best,
            std::span<const double> layerDepths, std::span<const double> times);

} // namespace brainlike
