#pragma once

#include "core/surface/Hemisphere.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// A property of the cortex (METHODS 8) on the vertices of a study's template: myelin, thickness, …
struct Property {
    std::string name, unit, description;
    std::string source;                 ///< whose values: a publication, or the file
    std::vector<std::string> citations; ///< to be cited with results; empty for a user's own files
    std::string placement;              ///< how the values came to the template, in words
    std::vector<std::string> notes;     ///< what a user should know before trusting it
    bool isPerVertex = false;           ///< else a value an area, the same at all its vertices
    std::vector<double> values;         ///< left vertices, then right ones; NaN where it is not known
};

/// All but the values: name, unit, hemispheres ("lh", "rh", "both"), source, citations, placement, notes.
[[nodiscard]] nlohmann::json jsonOf(const Property& property, VertexCounts counts);

/// Whether any vertex of a hemisphere has a value.
[[nodiscard]] bool isKnownIn(const Property& property, VertexCounts counts, Hemisphere hemisphere);

/// The cortex that properties are brought to.
struct PropertyTarget {
    std::string templateName;
    VertexCounts counts;
    Parcellation parcellation;
    std::function<Mesh(Hemisphere)> readSphere; ///< called only where a map is brought over by registered spheres
};

/// A value of an area.
struct AreaValue {
    Hemisphere hemisphere = Hemisphere::Left;
    std::string area; ///< short name: "V1"
    double value = 0;
};

/// The values of areas on all their vertices, left then right; NaN elsewhere.
///
/// @param place  of messages: where the areas are from
/// @throws ValueError for an area that the parcellation does not have, or one with two values
[[nodiscard]] std::vector<double> spreadOverAreas(const std::vector<AreaValue>& areas, const PropertyTarget& target,
                                                  const std::string& place);

} // namespace brainlike
