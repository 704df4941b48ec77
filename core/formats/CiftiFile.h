#pragma once

#include "core/base/Matrix.h"
#include "core/formats/GiftiFile.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Parcellation.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// One map of a CIFTI file: a row of values, and its label table if the values are labels.
struct CiftiMap {
    std::string name;
    std::vector<GiftiLabel> labels;
};

/// The vertices of one surface that a CIFTI file has values of.
struct CiftiSurface {
    std::string structure;  ///< "CIFTI_STRUCTURE_CORTEX_LEFT"
    int vertexCount = 0;    ///< of the whole surface
    std::size_t offset = 0; ///< column of the first of `vertices`
    std::vector<std::int32_t> vertices;
};

/// One parcel of a parcellated CIFTI file.
struct CiftiParcel {
    std::string name;
    std::vector<std::string> structures; ///< surfaces it has vertices of
};

/// What a CIFTI-2 file of scalars or labels holds: a value a map and grayordinate (or parcel).
struct CiftiImage {
    std::vector<CiftiMap> maps;
    bool isLabels = false;              ///< .dlabel.nii, .plabel.nii
    std::vector<CiftiSurface> surfaces; ///< of dense files; volume structures are left out
    std::vector<CiftiParcel> parcels;   ///< of parcellated files; else empty
    RowMatrix<float> values;            ///< maps × columns
};

/// Reads .dscalar.nii, .dlabel.nii, .pscalar.nii and .plabel.nii, gzipped or not, of either byte order.
/// Source: CIFTI-2 specification of 1 March 2014 (https://www.nitrc.org/projects/cifti); NIfTI-2 header.
/// @throws NotFoundError, FileError, FormatError naming byte, line of the XML or column
[[nodiscard]] CiftiImage readCifti(const std::filesystem::path& path);

/// Whether bytes begin as a NIfTI-2 file does (unpacked).
[[nodiscard]] bool isNifti2(std::string_view bytes);

/// A dense map on one hemisphere's cortex, a value a vertex of the whole surface, NaN where the file has none; nothing
/// if it has no such surface.
[[nodiscard]] std::optional<std::vector<float>> cortexMap(const CiftiImage& image, std::size_t map,
                                                          Hemisphere hemisphere);

/// Labels of one hemisphere's cortex, −1 where the file has none; nothing if it has no such surface.
/// @throws FormatError if the file holds no labels
[[nodiscard]] std::optional<Annotation> cortexLabels(const CiftiImage& image, std::size_t map, Hemisphere hemisphere,
                                                     const std::filesystem::path& file);

/// "CIFTI_STRUCTURE_CORTEX_LEFT" or "…_RIGHT" as a hemisphere; nothing for others.
[[nodiscard]] std::optional<Hemisphere> cortexOf(std::string_view structure);

} // namespace brainlike
