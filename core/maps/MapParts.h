#pragma once

#include "core/formats/MapFile.h"

#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// One thing of one file, and what it belongs together with.
struct MapPart {
    std::filesystem::path file;
    MapItem item;
    std::string base;     ///< the file's name without hemisphere and suffixes: "thickness"
    std::string name;     ///< as shown: the map's own name, else the base
    int place = 0;        ///< among the things of the file for the same hemisphere, from 0
    bool isWhole = false; ///< values of both hemispheres, left first

    /// Values or labels a vertex; 0 for surfaces and marked vertices.
    [[nodiscard]] int vertexCount() const;
    [[nodiscard]] const Mesh* surface() const { return std::get_if<Mesh>(&item.content); }
};

/// "lh.aparc.a2009s.annot" → "aparc.a2009s", "map_hemi-L.func.gii" → "map".
[[nodiscard]] std::string baseName(const std::filesystem::path& file);

/// What the files hold. @throws as readMapFile
[[nodiscard]] std::vector<MapPart> readParts(const std::vector<std::filesystem::path>& files);

/// Decides the hemisphere of what does not tell it: both where it is twice as long as a hemisphere, left and right
/// where two belong together, else left.
/// @param perHemisphere  vertices of a hemisphere; 0: not known yet, then by the sizes of the known templates
/// @returns what was assumed, a sentence each
[[nodiscard]] std::vector<std::string> settleHemispheres(std::vector<MapPart>& parts, int perHemisphere);

} // namespace brainlike
