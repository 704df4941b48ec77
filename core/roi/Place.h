#pragma once

#include "core/base/Matrix.h"
#include "core/surface/Geometry.h"
#include "core/surface/Parcellation.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace brainlike {

/// What a text of a place is looked up in.
struct PlaceBasis {
    VertexCounts counts;
    const Parcellation* parcellation = nullptr;         ///< null: no areas
    std::array<const RowMatrix<float>*, 2> positions{}; ///< vertices × 3, mm; null or empty: unknown
    CoordinateSpace space;                              ///< of the positions
};

/// Where a text leads.
struct Place {
    VertexId vertex;
    std::string area;               ///< the area that the text names; empty: none
    std::optional<double> distance; ///< of a coordinate from the vertex nearest to it, mm
};

/// The vertex nearest to the middle of some vertices, one of them; −1 for none.
/// @param positions  vertices × 3
[[nodiscard]] int middleVertex(const RowMatrix<float>& positions, std::span<const int> vertices);

/// What a text means: a vertex ("lh 12345"), a coordinate, or an area ("V1", "rh V1"; of the left hemisphere unless it
/// says so), in any case. Coordinates on fsaverage are of MNI152 ("-8 -92 3", "MNI152 -8, -92, 3") or MNI305 ("MNI305
/// -8 -92 3"); on other surfaces they are the surfaces' own ("-8 -92 3").
/// @returns nothing if it is none of these
/// @throws ValueError for a vertex that does not exist, and for coordinates of MNI on other surfaces than fsaverage
[[nodiscard]] std::optional<Place> placeFrom(std::string_view text, const PlaceBasis& basis);

} // namespace brainlike
