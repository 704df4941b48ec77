#pragma once

#include "core/formats/ArrayInfo.h"

#include <filesystem>
#include <vector>

namespace brainlike {

/// What a FreeSurfer MGH file holds: maps (frames) of a value a vertex or voxel.
struct MghImage {
    Shape shape;                            ///< width, height, depth; a surface's vertices lie along one of them
    std::vector<std::vector<float>> frames; ///< each width · height · depth values, width fastest
};

/// Reads .mgh or .mgz (told by content) with values of the types uchar, short, int or float.
/// @throws NotFoundError, FileError, FormatError naming the byte
[[nodiscard]] MghImage readMgh(const std::filesystem::path& path);

} // namespace brainlike
