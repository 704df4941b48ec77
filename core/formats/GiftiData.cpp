#include "core/formats/GiftiData.h"

#include "core/base/Error.h"
#include "core/formats/FileBytes.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace brainlike {
namespace {

constexpr std::size_t deflateRatio = 1032; // of deflate

struct DataPlace {
    const std::filesystem::path& file;
    const std::string& name;

    [[noreturn]] void fail(const std::string& what, const std::string& expected, const std::string& found) const {
        throw FormatError({.what = what,
                           .file = file,
                           .place = name,
                           .expected = expected,
                           .found = found,
                           .advice = "get or make the file again"});
    }
};

bool isBlank(char character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
}

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> base64Values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t index = 0; index < alphabet.size(); ++index)
        values[static_cast<unsigned char>(alphabet[index])] = static_cast<std::int8_t>(index);
    return values;
}();

std::string fromBase64(std::string_view text, const DataPlace& place) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int pending = 0;
    std::size_t padding = 0;
    for (const char character : text) {
        if (isBlank(character))
            continue;
        const int value = base64Values[static_cast<unsigned char>(character)];
        if (character == '=')
            ++padding;
        else if (value < 0 || padding > 0)
            place.fail("The array's base64 text is damaged", "letters, digits, + and /", std::string(1, character));
        else {
            bits = bits << 6 | static_cast<std::uint32_t>(value);
            pending += 6;
            if (pending >= 8) {
                pending -= 8;
                bytes += static_cast<char>(bits >> pending & 0xFFU);
            }
        }
    }
    if (pending == 6 || padding > 2)
        place.fail("The array's base64 text is cut", "groups of four characters", "a part of one");
    return bytes;
}

/// The next word of text; empty at the end.
std::string_view nextWord(std::string_view& text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    std::size_t length = 0;
    while (length < text.size() && !isBlank(text[length]))
        ++length;
    const auto word = text.substr(0, length);
    text.remove_prefix(length);
    return word;
}

template <typename Scalar>
void appendNumber(std::string_view word, std::string& bytes, const DataPlace& place) {
    Scalar value{};
    const char* begin = word.data() + (word.starts_with('+') ? 1 : 0);
    const auto result = std::from_chars(begin, word.data() + word.size(), value);
    if (result.ec != std::errc() || result.ptr != word.data() + word.size())
        place.fail("A value of the array cannot be read", "a number that fits the array's type", std::string(word));
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void appendNumber(ElementType type, std::string_view word, std::string& bytes, const DataPlace& place) {
    switch (type) {
    case ElementType::Float32:
        return appendNumber<float>(word, bytes, place);
    case ElementType::Float64:
        return appendNumber<double>(word, bytes, place);
    case ElementType::Int8:
        return appendNumber<std::int8_t>(word, bytes, place);
    case ElementType::Int16:
        return appendNumber<std::int16_t>(word, bytes, place);
    case ElementType::Int32:
        return appendNumber<std::int32_t>(word, bytes, place);
    case ElementType::Int64:
        return appendNumber<std::int64_t>(word, bytes, place);
    case ElementType::UInt16:
        return appendNumber<std::uint16_t>(word, bytes, place);
    case ElementType::UInt32:
        return appendNumber<std::uint32_t>(word, bytes, place);
    case ElementType::UInt64:
        return appendNumber<std::uint64_t>(word, bytes, place);
    default:
        return appendNumber<std::uint8_t>(word, bytes, place);
    }
}

std::string fromText(std::string_view text, const ArrayInfo& info, const DataPlace& place) {
    const std::size_t count = elementCount(info.shape);
    std::string bytes;
    std::size_t read = 0;
    for (auto word = nextWord(text); !word.empty(); word = nextWord(text), ++read) {
        if (read == count)
            place.fail("The array has more values than it says", std::to_string(count), "more");
        appendNumber(info.type, word, bytes, place);
    }
    if (read != count)
        place.fail("The array has fewer values than it says", std::to_string(count), std::to_string(read));
    return bytes;
}

} // namespace

std::string decodeGiftiData(std::string_view text, const ArrayInfo& info, GiftiEncoding encoding,
                            const std::filesystem::path& file, const std::string& placeName) {
    const DataPlace place{file, placeName};
    if (encoding == GiftiEncoding::Text)
        return fromText(text, info, place);
    std::string bytes = fromBase64(text, place);
    const std::size_t expected = elementCount(info.shape) * sizeOf(info.type);
    if (encoding == GiftiEncoding::PackedBase64) {
        if (expected / deflateRatio > bytes.size())
            place.fail("The array's packed data is too short for its size", describe(info),
                       std::to_string(bytes.size()) + " bytes packed");
        bytes = unpacked(bytes, expected, file, placeName);
    }
    if (bytes.size() != expected)
        place.fail("The array is not as long as it says", describe(info) + ", " + std::to_string(expected) + " bytes",
                   std::to_string(bytes.size()) + " bytes");
    return bytes;
}

} // namespace brainlike
