#pragma once

#include "views/state/Theme.h"
#include "views/training/TrainingCurves.h"

#include <QString>

#include <vector>

namespace brainlike {

/// The three exact scores at a checkpoint beside those at another one and their difference, of each model, as rich
/// text. A model without a checkpoint of that step says so: nothing is interpolated.
///
/// @param current  the selected model's
/// @param others   further models that are shown
/// @param pointed, selected  checkpoints of the selected model; selected −1: none
[[nodiscard]] QString checkpointTip(const TrainingCurves& current, const std::vector<const TrainingCurves*>& others,
                                    int pointed, int selected, const Theme& theme);

} // namespace brainlike
