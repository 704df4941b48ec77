#pragma once

#include "views/scene/CortexView.h"

#include <optional>
#include <vector>

namespace brainlike {

/// Lines on a hemisphere as they are seen in all panels that show it, without the parts that the brain hides: chains of
/// pixels. Lines that share their ends exactly are joined.
/// @param lines    points × 3, mm, every two rows one line
/// @param part     of which of several maps beside each other; nothing: of all
/// @param spacing  pixels between two places of a line that are looked at for what hides them; 0: every one
[[nodiscard]] std::vector<std::vector<PixelPoint>> visibleLines(const CortexView& view, Hemisphere hemisphere,
                                                                const RowMatrix<float>& lines,
                                                                std::optional<int> part = {}, double spacing = 0);

} // namespace brainlike
