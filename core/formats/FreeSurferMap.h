#pragma once

#include <filesystem>
#include <vector>

namespace brainlike {

/// Reads a FreeSurfer map with a value a vertex (lh.sulc, lh.curv, lh.thickness …; magic FF FF FF).
/// @throws NotFoundError, FileError, FormatError naming the byte
[[nodiscard]] std::vector<float> readFreeSurferMap(const std::filesystem::path& path);

} // namespace brainlike
