#pragma once

#include "core/formats/CiftiFile.h"

#include <filesystem>
#include <string_view>

namespace brainlike {

/// What a CIFTI file's XML says of its matrix.
struct CiftiAxes {
    std::vector<CiftiMap> maps;         ///< rows
    bool isLabels = false;              ///< of the rows
    std::vector<CiftiSurface> surfaces; ///< columns of a dense file
    std::vector<CiftiParcel> parcels;   ///< columns of a parcellated file
    std::size_t columns = 0;            ///< values a map
};

/// Reads the XML within a CIFTI-2 file.
/// @param file  for messages
/// @throws FormatError naming the line
[[nodiscard]] CiftiAxes parseCiftiXml(std::string_view xml, const std::filesystem::path& file);

} // namespace brainlike
