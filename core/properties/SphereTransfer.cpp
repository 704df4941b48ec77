#include "core/properties/SphereTransfer.h"

#include "core/base/Error.h"

#include <cmath>
#include <limits>
#include <nanoflann.hpp>
#include <string>

namespace brainlike {
namespace {

using Directions = RowMatrix<double>;

Directions directionsOf(const Mesh& sphere) {
    if (sphere.vertexCount() == 0)
        throw ShapeError({.what = "A sphere has no vertices"});
    Directions directions = sphere.points.cast<double>();
    const Eigen::VectorXd radii = directions.rowwise().norm();
    for (Eigen::Index vertex = 0; vertex < radii.size(); ++vertex)
        if (!std::isfinite(radii[vertex]) || radii[vertex] == 0)
            throw ValueError({.what = "A vertex of the sphere has no direction",
                              .place = "vertex " + std::to_string(vertex),
                              .expected = "a point away from the origin"});
    directions.array().colwise() /= radii.array();
    return directions;
}

/// What nanoflann asks of a cloud of points.
struct Cloud {
    const Directions& points;
    [[nodiscard]] std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(points.rows()); }
    [[nodiscard]] double kdtree_get_pt(std::size_t point, std::size_t axis) const {
        return points(static_cast<Eigen::Index>(point), static_cast<Eigen::Index>(axis));
    }
    template <typename Box>
    bool kdtree_get_bbox(Box&) const {
        return false;
    }
};

/// The nearest point, the earlier of equals.
struct Nearest {
    using DistanceType = double;
    double distance = std::numeric_limits<double>::infinity();
    std::uint32_t point = 0;
    bool addPoint(double candidate, std::uint32_t index) {
        if (candidate < distance || (candidate == distance && index < point)) {
            distance = candidate;
            point = index;
        }
        return true;
    }
    [[nodiscard]] double worstDist() const { return std::nextafter(distance, std::numeric_limits<double>::infinity()); }
    [[nodiscard]] bool full() const { return true; }
    [[nodiscard]] std::size_t size() const { return 1; }
};

} // namespace

std::vector<std::int32_t> nearestOnSphere(const Mesh& from, const Mesh& to) {
    const Directions queries = directionsOf(from);
    const Directions points = directionsOf(to);
    const Cloud cloud{points};
    using Tree =
        nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Cloud>, Cloud, 3, std::uint32_t>;
    const Tree tree(3, cloud, nanoflann::KDTreeSingleIndexAdaptorParams(10));
    std::vector<std::int32_t> nearest;
    for (Eigen::Index vertex = 0; vertex < queries.rows(); ++vertex) {
        Nearest best;
        tree.findNeighbors(best, queries.row(vertex).data(), nanoflann::SearchParams());
        nearest.push_back(static_cast<std::int32_t>(best.point));
    }
    return nearest;
}

} // namespace brainlike
