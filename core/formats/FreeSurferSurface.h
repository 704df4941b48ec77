#pragma once

#include "core/surface/Mesh.h"

#include <filesystem>

namespace brainlike {

/// Reads a FreeSurfer triangle surface (lh.pial, lh.white …; magic FF FF FE). What follows the faces is left alone.
/// @throws NotFoundError, FileError, FormatError naming the byte, vertex or face
[[nodiscard]] Mesh readFreeSurferSurface(const std::filesystem::path& path);

} // namespace brainlike
