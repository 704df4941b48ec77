#pragma once

#include "core/study/StudyIndex.h"

namespace brainlike {

// Memory that merging parts takes, in bytes.

/// Each thread: one layer of one kind at one checkpoint, with all recordings.
[[nodiscard]] double mergeTaskBytes(const StudyOutline& outline);

/// Shared by all threads: the group mean of every layer of one checkpoint, and what its best layers are told from.
[[nodiscard]] double mergeSharedBytes(const StudyOutline& outline);

/// Dimensions whose best layers are told at a time.
[[nodiscard]] int bestLayerBlock(int recordings, int layers);

} // namespace brainlike
