#pragma once

#include "core/base/Matrix.h"
#include "core/study/ScoreSource.h"

#include <span>
#include <vector>

namespace brainlike {

/// Scores of every layer of one recording at one checkpoint, layers × dimensions; NaN = not computed.
using LayerScores = RowMatrix<float>;

/// Group statistics of one kind at one checkpoint, each layers × dimensions.
struct GroupMaps {
    RowMatrix<float> mean, sem, t, p, q;
};

/// Mean, SEM, t-test against 0 and Benjamini–Hochberg q over recordings. q is over all dimensions (vertices of both
/// hemispheres, or channels × times) a layer at a time.
///
/// @param recordings  each layers × dimensions, at least one
/// @param imageCount  images behind a single recording's scores: its p is that of r (METHODS 7)
/// @throws ShapeError if shapes differ
[[nodiscard]] GroupMaps groupMaps(std::span<const LayerScores> recordings, int imageCount);

/// One recording's scores of one layer, channels × times, with q over all of them.
[[nodiscard]] SensorScores recordingSensors(const RowMatrix<float>& scores, int imageCount);

/// Best layer of every dimension from the group mean, with margin and agreement of the recordings.
[[nodiscard]] BestLayerMap bestLayerMap(const RowMatrix<float>& mean, std::span<const LayerScores> recordings);

/// Mean over channels of the group mean of every layer, and its SEM over the recordings' own means over channels.
///
/// @param mean       group mean, layers × (channel × time, channel-major)
/// @param timeCount  times of a channel
/// @param channels   those to average over; empty: all
/// @throws ShapeError if the columns are not a multiple of `timeCount`; ValueError for a channel that is not there
[[nodiscard]] TimeCourses timeCourses(const RowMatrix<float>& mean, std::span<const LayerScores> recordings,
                                      int timeCount, std::span<const int> channels = {});

} // namespace brainlike
