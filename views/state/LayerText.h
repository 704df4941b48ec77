#pragma once

#include "core/study/ScoreSource.h"

#include <QString>

#include <optional>
#include <string>

namespace brainlike {

/// A layer and its place in depth, for titles: "block_07 (layer 7 of 12)"; nothing: "best of 12 layers".
[[nodiscard]] QString layerPlaceText(const ScoredModel& model, const std::optional<std::string>& layer);

} // namespace brainlike
