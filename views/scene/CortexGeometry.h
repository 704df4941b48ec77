#pragma once

#include "core/base/JobContext.h"
#include "core/surface/Mesh.h"
#include "core/surface/Parcellation.h"
#include "core/templates/Template.h"
#include "views/scene/AreaOutlines.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// One hemisphere of what is drawn.
struct CortexSide {
    Mesh mesh;                          ///< the surface drawn, mm
    RowMatrix<float> normals;           ///< vertices × 3, unit length, outward
    std::vector<float> folding;         ///< positive = sulcus; empty: unknown
    std::vector<std::uint8_t> isCortex; ///< 0 on the medial wall, a value a vertex
    SmoothOutlines outlines;            ///< borders between areas
    RowMatrix<float> pial;              ///< vertices × 3, where the vertex lies in the head, mm; empty: unknown
};

/// Everything drawn of a template at one surface kind, both hemispheres. Large and constant: shared, never copied.
struct CortexGeometry {
    std::string templateName;
    SurfaceKind surface = SurfaceKind::Inflated;
    VertexCounts counts;
    std::array<CortexSide, 2> sides;
    std::optional<Parcellation> parcellation;

    [[nodiscard]] const CortexSide& side(Hemisphere hemisphere) const { return sides[indexOf(hemisphere)]; }
};

/// Reads a surface of a template with folding, parcellation, outlines and pial positions. Takes a while: call it in a
/// job.
/// @throws NotFoundError if the template lacks the surface, FormatError for damaged files, CancelledError
[[nodiscard]] std::shared_ptr<const CortexGeometry> loadCortexGeometry(const Template& source, SurfaceKind surface,
                                                                       JobContext& context);

/// What `loadCortexGeometry` works out from the meshes: normals, medial wall and outlines. `folding` and `pial` of the
/// sides are kept.
void completeCortexGeometry(CortexGeometry& geometry);

} // namespace brainlike
