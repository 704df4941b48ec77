#include "core/stats/SpinAssigner.h"

#include "core/base/Error.h"
#include "core/stats/SpinMatching.h"

#include <cmath>
#include <string>

namespace brainlike {
namespace {

/// Squared distances between points (rows) and rotated points (columns), summed as SciPy's `distance_matrix` does.
void squaredDistances(const RowMatrix<double>& points, const RowMatrix<double>& rotated, RowMatrix<double>& squared) {
    squared.resize(points.rows(), rotated.cols());
    const double* x = rotated.data();
    const double* y = x + rotated.cols();
    const double* z = y + rotated.cols();
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
        const double px = points(i, 0), py = points(i, 1), pz = points(i, 2);
        double* row = squared.data() + i * squared.cols();
        for (Eigen::Index j = 0; j < squared.cols(); ++j) {
            const double dx = px - x[j], dy = py - y[j], dz = pz - z[j];
            row[j] = dx * dx + dy * dy + dz * dz;
        }
    }
}

} // namespace

SpinAssigner::SpinAssigner(const SpinPoints& points, SpinMethod method) : m_method(method) {
    validateSpinPoints(points);
    m_left = sideOf(points.left, method, "left hemisphere");
    m_right = sideOf(points.right, method, "right hemisphere");
}

SpinAssigner::Side SpinAssigner::sideOf(const RowMatrix<float>& points, SpinMethod method, const char* name) {
    Side side{.points = points.cast<double>()};
    if (method == SpinMethod::AlexanderBloch)
        side.neighbors = SpinNeighbors(points);
    else if (points.rows() > mostMatched)
        throw ValueError(
            {.what = "Too many points to match one to one",
             .place = name,
             .expected = "at most " + std::to_string(mostMatched) + " points with " + std::string(nameOf(method)),
             .found = std::to_string(points.rows()),
             .advice = "Use alexander-bloch for vertices, or average the map over parcels."});
    return side;
}

double SpinAssigner::assign(const SpinRotations& rotations, int spin, std::span<std::int32_t> sources,
                            Workspace& workspace) const {
    if (sources.size() != static_cast<std::size_t>(count()))
        throw ShapeError({.what = "A spin needs room for a source of each point",
                          .expected = std::to_string(count()),
                          .found = std::to_string(sources.size())});
    const auto leftCount = static_cast<std::size_t>(m_left.points.rows());
    const double left = assignSide(m_left, rotations.left(spin), sources.first(leftCount), workspace);
    const auto rightSources = sources.subspan(leftCount);
    const double right = assignSide(m_right, rotations.right(spin), rightSources, workspace);
    for (std::int32_t& source : rightSources)
        source += static_cast<std::int32_t>(leftCount);
    return (left + right) / count();
}

double SpinAssigner::assignSide(const Side& side, const Eigen::Matrix3d& rotation, std::span<std::int32_t> sources,
                                Workspace& workspace) const {
    if (sources.empty())
        return 0;
    if (m_method == SpinMethod::AlexanderBloch) // p is as far from q · R as q is from R · p
        return side.neighbors.nearestToRotated(rotation, sources);
    workspace.rotated.noalias() = rotation.transpose() * side.points.transpose();
    squaredDistances(side.points, workspace.rotated, workspace.costs);
    if (m_method == SpinMethod::Hungarian) {
        workspace.costs = workspace.costs.cwiseSqrt();
        matchOptimally(workspace.costs, sources);
    } else {
        matchFarthestFirst(workspace.costs, sources);
    }
    double sum = 0;
    for (Eigen::Index i = 0; i < side.points.rows(); ++i) {
        const std::int32_t source = sources[static_cast<std::size_t>(i)];
        sum += (side.points.row(i) - workspace.rotated.col(source).transpose()).norm();
    }
    return sum;
}

} // namespace brainlike
