#pragma once

#include "core/maps/MapParts.h"
#include "core/templates/TemplateFinder.h"

#include <string>
#include <vector>

namespace brainlike {

/// Where maps lie, and the surface that is shown first.
struct MapSurfaces {
    Template brain;
    std::string first; ///< "pial"; empty: any
    std::string note;  ///< what was assumed; empty: nothing
};

/// The surfaces among the parts: the template of their folder where they are a part of one, else they alone.
/// @returns nothing if there is no surface among them
/// @throws ShapeError if surfaces of a hemisphere differ in number of vertices
[[nodiscard]] std::optional<MapSurfaces> surfacesAmong(const std::vector<MapPart>& parts, const TemplateFinder& finder);

/// The template that has the parts' number of vertices; for marked vertices alone the one that their file names, else
/// fsaverage. The hemispheres must be settled.
/// @throws NotFoundError naming the places searched, or numbers of vertices that could be
[[nodiscard]] MapSurfaces surfacesFor(const std::vector<MapPart>& parts, const TemplateFinder& finder);

} // namespace brainlike
