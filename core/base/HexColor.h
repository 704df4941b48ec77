#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// "#009e73" of red, green and blue.
[[nodiscard]] std::string hexOf(const std::array<std::uint8_t, 3>& color);
/// Nothing unless the text is "#rrggbb".
[[nodiscard]] std::optional<std::array<std::uint8_t, 3>> colorFromHex(std::string_view text);

} // namespace brainlike
