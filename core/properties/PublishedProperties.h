#pragma once

#include "core/properties/Property.h"

#include <string>
#include <vector>

namespace brainlike {

/// Names of the properties whose published values come with the program, in the order of METHODS 8.
[[nodiscard]] std::vector<std::string> publishedPropertyNames();

/// The values of one of them in the areas it is known of, each in the hemisphere its source is of.
/// @throws NotFoundError naming those there are
[[nodiscard]] std::vector<AreaValue> publishedAreaValues(const std::string& name);

/// One of them: means over the 180 areas of HCP-MMP1, of the hemisphere its source is of, with citations
/// (resources/properties/published.json).
///
/// @throws NotFoundError naming those there are; ValueError if the target has other areas
[[nodiscard]] Property publishedProperty(const std::string& name, const PropertyTarget& target);

} // namespace brainlike
