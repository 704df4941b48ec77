#include "core/formats/MeshCheck.h"

#include "core/base/Error.h"

#include <cmath>
#include <string>

namespace brainlike {

void checkMesh(const Mesh& mesh, const std::filesystem::path& file) {
    if (mesh.vertexCount() == 0)
        throw FormatError({.what = "The surface has no vertices", .file = file});
    for (int vertex = 0; vertex < mesh.vertexCount(); ++vertex)
        for (int axis = 0; axis < 3; ++axis)
            if (!std::isfinite(mesh.points(vertex, axis)))
                throw FormatError({.what = "The surface has a coordinate that is no number",
                                   .file = file,
                                   .place = "vertex " + std::to_string(vertex) + ", axis " + std::to_string(axis),
                                   .expected = "a finite number of millimetres",
                                   .found = std::to_string(mesh.points(vertex, axis))});
    for (int face = 0; face < mesh.faceCount(); ++face)
        for (int corner = 0; corner < 3; ++corner)
            if (mesh.faces(face, corner) < 0 || mesh.faces(face, corner) >= mesh.vertexCount())
                throw FormatError({.what = "A face of the surface names a vertex that does not exist",
                                   .file = file,
                                   .place = "face " + std::to_string(face) + ", corner " + std::to_string(corner),
                                   .expected = "0 to " + std::to_string(mesh.vertexCount() - 1),
                                   .found = std::to_string(mesh.faces(face, corner))});
}

} // namespace brainlike
