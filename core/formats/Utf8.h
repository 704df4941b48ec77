#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// UTF-8 of four-byte characters, as NumPy stores text; nothing if one of them is no character.
[[nodiscard]] std::optional<std::string> utf8FromUtf32(std::string_view bytes, bool isBigEndian);

} // namespace brainlike
