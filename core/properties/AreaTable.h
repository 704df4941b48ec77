#pragma once

#include "core/surface/Hemisphere.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// A user's table of areas: a row an area, a column a property.
struct AreaTable {
    std::vector<std::string> properties;                ///< names of the columns of numbers
    std::vector<std::string> areas;                     ///< short names, a row each
    std::vector<std::optional<Hemisphere>> hemispheres; ///< nothing where the table does not say
    std::vector<std::vector<double>> values;            ///< rows × properties; NaN where empty
};

/// Reads comma- or tab-separated text (RFC 4180 quotes) whose first line names the columns: one with the areas (`area`,
/// `region`, `parcel`, `label`, `name`, `roi`), if need be one with the hemispheres (`hemisphere` or `hemi`), all
/// others properties. "L_V1_ROI" and "lh:V1" tell the hemisphere too. Empty, NA and NaN are missing; rows of the medial
/// wall and unknown labels are left out.
///
/// @param file  for messages
/// @throws FormatError naming row (from 0, the first after the names) and column
[[nodiscard]] AreaTable parseAreaTable(std::string_view text, const std::filesystem::path& file);

} // namespace brainlike
