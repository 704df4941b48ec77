#pragma once

#include "core/formats/ArrayInfo.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace brainlike {

enum class GiftiEncoding { Text, Base64, PackedBase64 };

/// The bytes of an array's values from the text of its Data element.
/// @param isBigEndian  for text, which has no byte order: false
/// @throws FormatError if it is not exactly as many values as `info` says, before memory is taken for them
[[nodiscard]] std::string decodeGiftiData(std::string_view text, const ArrayInfo& info, GiftiEncoding encoding,
                                          const std::filesystem::path& file, const std::string& place);

} // namespace brainlike
