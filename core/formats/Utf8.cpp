#include "core/formats/Utf8.h"

#include <array>
#include <cstdint>

namespace brainlike {
namespace {

void append(std::string& text, std::uint32_t character) {
    if (character < 0x80) {
        text += static_cast<char>(character);
        return;
    }
    const int following = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
    constexpr std::array<std::uint32_t, 4> leads{0, 0xC0, 0xE0, 0xF0};
    text += static_cast<char>(leads[static_cast<std::size_t>(following)] | character >> (6 * following));
    for (int index = following - 1; index >= 0; --index)
        text += static_cast<char>(0x80U | ((character >> (6 * index)) & 0x3FU));
}

} // namespace

std::optional<std::string> utf8FromUtf32(std::string_view bytes, bool isBigEndian) {
    std::string text;
    for (std::size_t start = 0; start + 4 <= bytes.size(); start += 4) {
        std::uint32_t character = 0;
        for (std::size_t index = 0; index < 4; ++index) {
            const std::size_t from = start + (isBigEndian ? index : 3 - index);
            character = character << 8 | static_cast<unsigned char>(bytes[from]);
        }
        if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
            return std::nullopt;
        append(text, character);
    }
    return text;
}

} // namespace brainlike
