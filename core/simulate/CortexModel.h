#pragma once

#include "core/base/Matrix.h"
#include "core/simulate/SimulationOptions.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"
#include "core/templates/Template.h"

#include <array>
#include <string>
#include <vector>

namespace brainlike {

/// What is planted in one area: means over its vertices.
struct PlantedArea {
    Hemisphere hemisphere = Hemisphere::Left;
    std::string name;
    double distance = 0;  ///< of its centroid to V1's, mm
    double depth = 0;     ///< preferred depth
    double amplitude = 0; ///< image-driven share of the standard deviation
};

/// Neighbours of every vertex along edges, one list after the other.
struct Neighbours {
    std::vector<int> starts;   ///< where a vertex's list starts; one more at the end
    std::vector<int> vertices; ///< flat indices
};

/// What is planted in the cortex: every vertex prefers factors of one depth, deeper with the place of its area in
/// the published hierarchy and with the distance to V1, and follows the images with an amplitude that depends on its
/// area. Left vertices, then right ones.
struct CortexModel {
    VertexCounts counts;
    RowMatrix<float> points; ///< pial, vertices × 3, mm
    Neighbours neighbours;
    std::vector<float> depth;     ///< preferred depth, 0 … 1
    std::vector<float> amplitude; ///< 0 on the medial wall
    std::vector<PlantedArea> areas;
};

/// @throws NotFoundError if the template has no parcellation, no V1 or no pial surface
[[nodiscard]] CortexModel cortexModel(const Template& brain, std::uint64_t seed);

/// The same for surfaces at hand.
/// @param pial  left, right
[[nodiscard]] CortexModel cortexModel(const std::array<Mesh, 2>& pial, const Parcellation& parcellation,
                                      std::uint64_t seed);

} // namespace brainlike
