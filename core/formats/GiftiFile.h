#pragma once

#include "core/formats/ArrayInfo.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {

/// One data array of a GIFTI file, decoded but not yet converted.
struct GiftiArray {
    std::string intent; ///< "NIFTI_INTENT_POINTSET", …
    std::string name;   ///< the metadata's "Name", often empty
    ArrayInfo info;
    std::string bytes; ///< the values, `info.shape` in C order unless isFortranOrder
    bool isBigEndian = false;
    bool isFortranOrder = false;
};

/// One entry of the label table.
struct GiftiLabel {
    std::int32_t key = 0;
    std::string name;
    std::array<std::uint8_t, 4> color{0, 0, 0, 255};
};

/// What a GIFTI file holds.
struct GiftiImage {
    std::vector<GiftiArray> arrays;
    std::vector<GiftiLabel> labels;
    std::string structure; ///< the first "AnatomicalStructurePrimary": "CortexLeft", …; empty where none is told
};

/// A map of a GIFTI file: a value a vertex.
struct GiftiMap {
    std::string name;
    std::string intent;
    std::vector<float> values;
};

// All of them read .gii and .gii.gz (told by content), text, base64 and packed base64 data of either byte order; data
// in external files is refused. They throw NotFoundError, FileError, and FormatError naming line, array or face.

/// Everything in the file.
[[nodiscard]] GiftiImage readGifti(const std::filesystem::path& path);

/// A surface: the first point set with the first list of triangles. Coordinates as they lie, without the transform.
[[nodiscard]] Mesh readGiftiSurface(const std::filesystem::path& path);

/// All maps of a shape or functional file, in the file's order; the columns of a matrix are maps.
[[nodiscard]] std::vector<GiftiMap> readGiftiMaps(const std::filesystem::path& path);

/// The labels of a label file: its first label array, keys replaced by positions in the table.
[[nodiscard]] Annotation readGiftiLabels(const std::filesystem::path& path);

// The same of a file that was read; `path` is for messages.

/// Whether there are points or triangles.
[[nodiscard]] bool holdsSurface(const GiftiImage& image);
/// Whether there are maps that are not labels.
[[nodiscard]] bool holdsMaps(const GiftiImage& image);
[[nodiscard]] Mesh surfaceIn(const GiftiImage& image, const std::filesystem::path& path);
[[nodiscard]] std::vector<GiftiMap> mapsIn(const GiftiImage& image, const std::filesystem::path& path);
/// Every label array with its name; none if there is none.
[[nodiscard]] std::vector<std::pair<std::string, Annotation>> labelsIn(const GiftiImage& image,
                                                                       const std::filesystem::path& path);

} // namespace brainlike
