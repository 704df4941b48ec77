#pragma once

#include "core/surface/Mesh.h"
#include "tests/support/TestFiles.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace brainlike::test {

inline Mesh octahedron() {
    Mesh mesh{RowMatrix<float>(6, 3), RowMatrix<std::int32_t>(8, 3)};
    mesh.points << 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1;
    mesh.faces << 0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5;
    return mesh;
}

/// The coarsest of the icosahedral family: 12 vertices.
inline Mesh icosahedron() {
    const float g = (1 + std::sqrt(5.0F)) / 2;
    Mesh mesh{RowMatrix<float>(12, 3), RowMatrix<std::int32_t>(20, 3)};
    mesh.points << -1, g, 0, 1, g, 0, -1, -g, 0, 1, -g, 0, 0, -1, g, 0, 1, g, 0, -1, -g, 0, 1, -g, g, 0, -1, g, 0, 1,
        -g, 0, -1, -g, 0, 1;
    mesh.faces << 0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8, 3,
        9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1;
    return mesh;
}

inline std::string bigEndian(std::int32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(static_cast<std::uint32_t>(value) >> shift);
    return bytes;
}

inline std::string bigEndian(float value) {
    return bigEndian(std::bit_cast<std::int32_t>(value));
}

inline void writeBytes(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

inline void writeFreeSurferTemplate(const std::filesystem::path& folder, const Mesh& mesh,
                                    const std::vector<std::string>& surfaces) {
    std::string bytes = "\xFF\xFF\xFE" + std::string("made by a test\n\n") + bigEndian(mesh.vertexCount()) +
                        bigEndian(mesh.faceCount());
    for (const float coordinate : mesh.points.reshaped<Eigen::RowMajor>())
        bytes += bigEndian(coordinate);
    for (const std::int32_t corner : mesh.faces.reshaped<Eigen::RowMajor>())
        bytes += bigEndian(corner);
    for (const std::string& surface : surfaces)
        for (const char* side : {"lh.", "rh."})
            writeBytes(folder / (side + surface), bytes);
}

inline void writeFreeSurferMap(const std::filesystem::path& file, const std::vector<float>& values) {
    std::string bytes =
        "\xFF\xFF\xFF" + bigEndian(static_cast<std::int32_t>(values.size())) + bigEndian(0) + bigEndian(1);
    for (const float value : values)
        bytes += bigEndian(value);
    writeBytes(file, bytes);
}

/// {lh,rh}.NAME.annot with the areas unknown, V1, MT in turn.
inline void writeAnnotations(const std::filesystem::path& folder, const std::string& name, int vertexCount) {
    const auto text = [](const std::string& word) {
        return bigEndian(static_cast<std::int32_t>(word.size() + 1)) + word + '\0';
    };
    std::string bytes = bigEndian(vertexCount);
    for (int vertex = 0; vertex < vertexCount; ++vertex)
        bytes += bigEndian(vertex) + bigEndian(vertex % 3 + 1);
    bytes += bigEndian(1) + bigEndian(-2) + bigEndian(3) + text("table") + bigEndian(3);
    int red = 0;
    for (const char* area : {"???", "L_V1_ROI", "L_MT_ROI"}) {
        bytes += bigEndian(red) + text(area) + bigEndian(red + 1) + bigEndian(0) + bigEndian(0) + bigEndian(0);
        ++red;
    }
    for (const char* side : {"lh.", "rh."})
        writeBytes(folder / (side + name + ".annot"), bytes);
}

/// White and pial surfaces under nilearn's names.
inline void writeGiftiTemplate(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const char* name : {"white_left.gii", "white_right.gii", "pial_left.gii", "pial_right.gii"})
        std::filesystem::copy_file(dataFile("formats/surfaces/text.surf.gii"), folder / name);
}

} // namespace brainlike::test
