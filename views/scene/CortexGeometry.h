#pragma once

#include "core/base/JobContext.h"
#include "core/surface/FaceTree.h"
#include "core/surface/Geometry.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"
#include "core/templates/SurfaceBlend.h"
#include "core/templates/Template.h"
#include "views/scene/AreaOutlines.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// How far lines lie above the surface, mm.
inline constexpr float outlineLift = 0.05F;

/// Corners of the box that holds a hemisphere's drawn points, mm.
struct Extent {
    Eigen::Vector3d low = Eigen::Vector3d::Zero();
    Eigen::Vector3d high = Eigen::Vector3d::Zero();
    [[nodiscard]] Eigen::Vector3d centre() const { return 0.5 * (low + high); }
};

/// One hemisphere of what is drawn.
struct CortexSide {
    Mesh mesh;                          ///< the surface drawn, mm
    RowMatrix<float> normals;           ///< vertices × 3, unit length, outward
    std::vector<float> folding;         ///< positive = sulcus; empty: unknown
    std::vector<std::uint8_t> isCortex; ///< 0 on the medial wall, a value a vertex
    SmoothOutlines outlines;            ///< borders between areas
    RowMatrix<float> head;              ///< vertices × 3, where the vertex lies in the head, mm; empty: unknown
    Extent extent;                      ///< of the points of any face
    FaceTree tree;                      ///< for picking
};

/// Everything drawn of a template at one surface kind, both hemispheres. Large and constant: shared, never copied.
struct CortexGeometry {
    std::string templateName;
    CoordinateSpace space; ///< of `CortexSide::head`
    SurfaceBlend surface;
    VertexCounts counts;
    std::array<CortexSide, 2> sides;
    std::optional<Parcellation> parcellation;
    std::vector<SurfaceKind> surfaces; ///< that the template has

    [[nodiscard]] const CortexSide& side(Hemisphere hemisphere) const { return sides[indexOf(hemisphere)]; }
};

/// Reads a surface of a template with folding, parcellation, outlines and positions in the head. Takes a while: call it
/// in a job.
/// @throws NotFoundError if the template lacks the surface, FormatError for damaged files, CancelledError
[[nodiscard]] std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, SurfaceKind surface,
                                                                       JobContext& context);

/// The same for a place between two surfaces.
[[nodiscard]] std::shared_ptr<const CortexGeometry>
loadCortexGeometry(const Template& source, const SurfaceBlend& surface, JobContext& context);

/// What is drawn between two surfaces of a template: every vertex on the straight line between its two places, normals
/// and all else worked out from that. Quick: what does not depend on the place is taken over.
///
/// @param share  of the way, 0 … 1
/// On the way to a flat surface the closed one is first turned and moved to lie over it, and all is worked out anew.
/// @throws ShapeError if the two do not have the same faces, or vertices where one is flat
[[nodiscard]] std::shared_ptr<const CortexGeometry> blendedGeometry(const CortexGeometry& from,
                                                                    const CortexGeometry& to, double share);

/// What `loadCortexGeometry` works out from the meshes: normals, medial wall, outlines, extent and tree. `folding` and
/// `head` of the sides are kept.
void completeCortexGeometry(CortexGeometry& geometry);

} // namespace brainlike
