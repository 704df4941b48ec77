#pragma once

#include "core/color/ColorMap.h"

#include <filesystem>

namespace brainlike {

/// Reads a user's colour map: JSON as in `resources/colormaps` ("colors": a list of "#rrggbb"), ParaView's JSON
/// presets (the first one's "RGBPoints") or ParaView's XML (the first ColorMap's Points). Points are interpolated
/// linearly in sRGB to 256 colours.
///
/// @throws FileError if it cannot be read; FormatError naming the place for anything but such a map
[[nodiscard]] ColorMap readColorMap(const std::filesystem::path& file);

/// The bundled map of this name or, for anything with a suffix, the file.
/// @throws NotFoundError listing the names; what `readColorMap` throws
[[nodiscard]] ColorMap colorMapFrom(const std::string& nameOrFile);
/// Whether `colorMapFrom` reads a file for it.
[[nodiscard]] bool isColorMapFile(const std::string& nameOrFile);

} // namespace brainlike
