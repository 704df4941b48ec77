#pragma once

#include "views/scene/CortexView.h"

#include <optional>
#include <vector>

namespace brainlike {

/// Lines on a hemisphere as they are seen in all panels that show it, without the parts that the brain hides: chains of
/// pixels. Lines that share their ends exactly are joined.
/// @param lines  points × 3, mm, every two rows one line
/// @param part   of which of several maps beside each other; nothing: of all
[[nodiscard]] std::vector<std::vector<PixelPoint>> visibleLines(const CortexView& view, Hemisphere hemisphere,
                                                                const RowMatrix<float>& lines,
                                                                std::optional<int> part = {});

} // namespace brainlike
