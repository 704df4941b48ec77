#pragma once

#include "core/study/Study.h"

#include <string_view>

namespace brainlike {

/// A score that a model has at each checkpoint.
enum class CurveMetric { EncodingFmri, EncodingMeg, Spatial, Temporal };

/// "encoding-fmri", "encoding-meg", "spatial", "temporal".
[[nodiscard]] std::string_view nameOf(CurveMetric metric);
[[nodiscard]] RecordingKind kindOf(CurveMetric metric);

} // namespace brainlike
