#pragma once

#include "core/base/Matrix.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// The vertices that a FreeSurfer label marks. How many vertices the surface has is not told by the file.
struct FreeSurferLabel {
    std::string name;                                 ///< of the header; empty where it has none
    std::string subject;                              ///< of the header, "fsaverage"; empty where it names none
    std::optional<std::array<std::uint8_t, 3>> color; ///< red, green, blue; only our own labels tell it
    std::vector<std::int32_t> vertices;               ///< in the file's order, each once
    std::vector<float> values;                        ///< a value a vertex (a statistic, often 0)
};

/// Reads a FreeSurfer .label: a line of comment, the number of vertices, then lines of vertex, x, y, z and value.
/// @throws NotFoundError, FileError, FormatError naming the line
[[nodiscard]] FreeSurferLabel readFreeSurferLabel(const std::filesystem::path& path);

/// Writes a label.
/// @param points  vertices × 3, mm: where each vertex of the surface lies; empty: 0 0 0
/// @throws ShapeError if there is no such vertex, FileError
void writeFreeSurferLabel(const std::filesystem::path& path, const FreeSurferLabel& label,
                          const RowMatrix<float>& points);

/// Whether bytes begin as such a label does.
[[nodiscard]] bool isFreeSurferLabel(std::string_view bytes);

} // namespace brainlike
