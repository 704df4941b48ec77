#pragma once

#include "core/surface/Mesh.h"

#include <filesystem>

namespace brainlike {

/// Whether a mesh that was read can be used: some vertices, finite coordinates, faces of vertices that exist.
/// @throws FormatError naming the vertex or face
void checkMesh(const Mesh& mesh, const std::filesystem::path& file);

} // namespace brainlike
