#include "core/formats/FreeSurferSurface.h"

#include "core/formats/BigEndianReader.h"
#include "core/formats/Conversion.h"
#include "core/formats/MeshCheck.h"

namespace brainlike {
namespace {

constexpr std::uint32_t triangleMagic = 0xFFFFFE;
constexpr std::size_t tripletSize = 12; ///< bytes of a vertex, and of a face

template <typename Scalar>
RowMatrix<Scalar> readTriplets(BigEndianReader& reader, std::size_t rows) {
    RowMatrix<Scalar> matrix(static_cast<Eigen::Index>(rows), 3);
    const auto bytes = reader.readBytes(rows * tripletSize);
    (void)convertNumbers(elementTypeOf<Scalar>(), bytes.data(), rows * 3, true, matrix.data());
    return matrix;
}

} // namespace

Mesh readFreeSurferSurface(const std::filesystem::path& path) {
    BigEndianReader reader(path);
    if (const auto magic = reader.readUnsigned24(); magic != triangleMagic)
        reader.fail(0, "FF FF FE, a surface of triangles",
                    magic == 0xFFFFFF || magic == 0xFFFFFD ? "a surface of quadrangles or a map" : "another beginning");
    reader.skipLine();
    reader.skipLineFeed();
    const std::size_t vertices = reader.readCount(tripletSize, "vertices");
    const std::size_t faces = reader.readCount(1, "faces");
    reader.requireItems(vertices + faces, tripletSize, "vertices and faces");
    Mesh mesh;
    mesh.points = readTriplets<float>(reader, vertices);
    mesh.faces = readTriplets<std::int32_t>(reader, faces);
    checkMesh(mesh, path);
    return mesh;
}

} // namespace brainlike
