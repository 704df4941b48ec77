#pragma once

#include "core/formats/GiftiFile.h"
#include "core/formats/XmlReader.h"

#include <charconv>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace brainlike {

/// The number that the whole text is; nothing for any other text.
template <typename Number>
[[nodiscard]] std::optional<Number> numberFrom(std::string_view text) {
    Number value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = result.ec == std::errc() && result.ptr == text.data() + text.size();
    return isWhole ? std::optional(value) : std::nullopt;
}

/// Key and colour of a <Label> of GIFTI or CIFTI, whose name is its text; nothing without a key.
[[nodiscard]] std::optional<GiftiLabel> labelFrom(const XmlAttributes& attributes);

/// Labels by keys as an annotation: keys replaced by positions in the table, −1 where it has none.
[[nodiscard]] Annotation annotationFrom(const std::vector<GiftiLabel>& labels, std::span<const std::int32_t> keys);

} // namespace brainlike
