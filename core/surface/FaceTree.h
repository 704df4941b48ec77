#pragma once

#include "core/surface/Mesh.h"

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

namespace brainlike {

/// Where a line of sight meets a mesh first.
struct SightHit {
    int face = -1;
    double height = 0; ///< towards the viewer from the origin of the mesh's coordinates, mm
};

/// Boxes around boxes around the faces of a mesh: finds in microseconds what is seen at a pixel. Holds no mesh; give
/// it the one it was made for.
class FaceTree {
public:
    FaceTree() = default;
    explicit FaceTree(const Mesh& mesh);

    /// The tree of another mesh with the same faces: as exact, and many times quicker than building one.
    [[nodiscard]] FaceTree refitted(const Mesh& mesh) const;

    /// The face that is nearest to the viewer among those that a line of sight meets (on their edges too).
    ///
    /// @param axes  rows: right, up, towards the viewer; orthonormal
    /// @param at    place of the line along right and up, mm
    [[nodiscard]] std::optional<SightHit> frontmost(const Mesh& mesh, const Eigen::Matrix3d& axes,
                                                    const Eigen::Vector2d& at) const;

private:
    struct Node {
        Eigen::Vector3f low = Eigen::Vector3f::Zero(), high = Eigen::Vector3f::Zero();
        std::int32_t first = 0; ///< of a leaf: its first face in m_order; else the second child (the first one follows)
        std::int32_t count = 0; ///< faces of a leaf; 0: not a leaf
    };
    void build(const std::vector<Eigen::Vector3f>& middles, std::int32_t first, std::int32_t last);
    void fit(const Mesh& mesh);

    std::vector<Node> m_nodes; ///< parents before their children
    std::vector<std::int32_t> m_order;
};

} // namespace brainlike
