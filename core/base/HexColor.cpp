#include "core/base/HexColor.h"

#include <charconv>

namespace brainlike {

std::string hexOf(const std::array<std::uint8_t, 3>& color) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (const std::uint8_t channel : color) {
        text += digits[channel / 16U];
        text += digits[channel % 16U];
    }
    return text;
}

std::optional<std::array<std::uint8_t, 3>> colorFromHex(std::string_view text) {
    std::array<std::uint8_t, 3> color{};
    if (text.size() != 7 || text.front() != '#')
        return std::nullopt;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const char* digits = text.data() + 1 + 2 * channel;
        const auto [end, error] = std::from_chars(digits, digits + 2, color[channel], 16);
        if (error != std::errc() || end != digits + 2)
            return std::nullopt;
    }
    return color;
}

} // namespace brainlike
