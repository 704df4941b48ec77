#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <optional>

namespace brainlike {

/// Indices of what a selection names, in a source's lists.
struct SelectionIndices {
    int model = -1;
    int step = -1;
    std::optional<int> layer;     ///< nothing: the best layer
    std::optional<int> recording; ///< nothing: the group mean
};

/// Looks a selection's names up.
/// @returns nothing if the source has no such model, step, layer or recording
[[nodiscard]] std::optional<SelectionIndices> indicesOf(const Selection& selection, const ScoreIndex& index);

/// The selection nearest to `wanted` that the source can show: names that do not exist fall back to the first model,
/// the last checkpoint (or the one nearest in log step when the model has others), the best layer, the group mean.
[[nodiscard]] Selection fittedTo(const Selection& wanted, const ScoreIndex& index);

} // namespace brainlike
