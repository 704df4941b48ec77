#pragma once

#include "core/session/Selection.h"
#include "core/session/SelectionDefaults.h"
#include "core/study/ScoreSource.h"

#include <cstdint>
#include <optional>
#include <vector>

// What maps of the cortex are worked out from; empty optionals mean "not computed (yet)".

namespace brainlike {

/// Best layer and its score a vertex; ties take the earlier layer, −1 and NaN where there is none.
struct BestLayers {
    std::vector<std::int16_t> layer;
    std::vector<float> score;
};

[[nodiscard]] std::optional<BestLayers> readBestLayers(const ScoreSource& source, const SelectionIndices& indices);

/// Score a vertex of the selected layer, or of each vertex's best one; of the recording, or of the group.
[[nodiscard]] std::optional<std::vector<float>> readScores(const ScoreSource& source, const SelectionIndices& indices);

/// The group's q at the selected layer, or at each vertex's best one; nothing for one subject, whose q is not stored.
[[nodiscard]] std::optional<std::vector<float>> readQ(const ScoreSource& source, const SelectionIndices& indices);

/// t of a one-sample test over subjects against 0; of one subject, t of r with n − 2 degrees of freedom (METHODS 7).
[[nodiscard]] std::optional<std::vector<float>> readT(const ScoreSource& source, const SelectionIndices& indices);

/// How far the winning layer is ahead, and how far chance alone would put it.
struct LayerMargins {
    std::vector<float> margin; ///< R of the best layer less that of the runner-up, mean over subjects
    std::vector<float> noise;  ///< standard error of that difference over subjects (paired, ddof 1)
};
/// Margins of the group's best layers; nothing with fewer than two subjects or layers.
[[nodiscard]] std::optional<LayerMargins> readMargins(const ScoreSource& source, const SelectionIndices& indices);

/// What a half-time is; what is not computed is none of these.
enum class HalfTimeState : std::uint8_t {
    NotComputed,
    Reached,
    AtOrBeforeFirst, ///< censored
    None             ///< the final score is not positive
};

/// Half-time of every vertex's score over the checkpoints of its model (METHODS 6).
struct HalfTimes {
    std::vector<float> step; ///< training steps; NaN unless reached
    std::vector<HalfTimeState> state;
    std::vector<float> finalScore;
    std::int64_t firstStep = 0, lastStep = 0; ///< first checkpoint with scores, and the last
};
/// Reads one checkpoint at a time. Nothing as long as the last checkpoint is not computed.
[[nodiscard]] std::optional<HalfTimes> readHalfTimes(const ScoreSource& source, const SelectionIndices& indices);

} // namespace brainlike
