#pragma once

#include "core/formats/GiftiFile.h"

#include <filesystem>
#include <string_view>

namespace brainlike {

/// Reads GIFTI's XML through expat.
/// @param file  for messages
/// @throws FormatError naming the line
[[nodiscard]] GiftiImage parseGifti(std::string_view xml, const std::filesystem::path& file);

} // namespace brainlike
