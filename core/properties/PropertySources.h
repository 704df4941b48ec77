#pragma once

#include "core/properties/Property.h"
#include "core/properties/PropertyPlacement.h"

#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// Which properties are wanted and what brings them to the template.
struct PropertyRequest {
    /// Names of published properties; files ("map.func.gii"), one a hemisphere joined by a comma
    /// ("lh.myelin.mgh,rh.myelin.mgh"); either named ("myelin=lh.map,rh.map"). None: all published ones.
    std::vector<std::string> sources;
    std::vector<std::filesystem::path> labels;  ///< parcellations of the files' own surface
    std::vector<std::filesystem::path> spheres; ///< the files' own surface, registered to fsaverage
    UntoldHemisphere untold = UntoldHemisphere::Unknown;
    ZeroMeaning zeros = ZeroMeaning::Value;
};

/// Reads what is wanted and brings it to the template, in the order given; a file of several maps gives several.
///
/// @throws NotFoundError for a source that is neither a published property nor a file; UsageError for more than two
///         files, or a name for a file of several maps; as readPropertyFile and placedProperty
[[nodiscard]] std::vector<Property> readProperties(const PropertyRequest& request, const PropertyTarget& target);

} // namespace brainlike
