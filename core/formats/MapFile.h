#pragma once

#include "core/formats/FreeSurferLabel.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace brainlike {

/// One thing that a file holds for a hemisphere: values a vertex, labels with their colours, a surface, or the vertices
/// that a label marks.
struct MapItem {
    std::string name;               ///< of the map within the file; empty where the file has none
    std::optional<Hemisphere> side; ///< by the file's metadata, else by its name; nothing if neither tells
    std::variant<std::vector<float>, Annotation, Mesh, FreeSurferLabel> content;
};

/// What a file holds for the cortex.
struct MapFile {
    std::string format; ///< "GIFTI", "FreeSurfer annot", …
    std::vector<MapItem> items;
};

/// Reads whatever a file holds for the cortex, told by its content, not by its name: GIFTI (surface, func, shape,
/// label), CIFTI (dscalar, dlabel), FreeSurfer surface, curv, annot, label, MGH or MGZ, NPY (a vector, or maps × vertices in either
/// order: the longer axis is of vertices). A map of both
/// hemispheres in a file gives an item each, of the same name.
/// @throws NotFoundError, FileError; FormatError naming the place, or what can be read if it is none of these
[[nodiscard]] MapFile readMapFile(const std::filesystem::path& file);

/// The format that a file's content (unpacked) is of: MapFile::format; empty if it is none that readMapFile reads.
[[nodiscard]] std::string mapFormatOf(std::string_view bytes, const std::filesystem::path& file);

} // namespace brainlike
