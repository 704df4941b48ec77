#pragma once

#include <string_view>

namespace brainlike {

enum class RecordingKind { Fmri, Meg };
[[nodiscard]] std::string_view nameOf(RecordingKind kind); ///< "fmri", "meg"

} // namespace brainlike
