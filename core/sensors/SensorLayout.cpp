#include "core/sensors/SensorLayout.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double outermost = 0.95;

/// z component of (a − origin) × (b − origin): > 0 where b lies left of the way to a.
double turn(const SensorPlace& origin, const SensorPlace& a, const SensorPlace& b) {
    return (a[0] - origin[0]) * (b[1] - origin[1]) - (a[1] - origin[1]) * (b[0] - origin[0]);
}

bool isFinite(const std::array<double, 3>& position) {
    return std::ranges::all_of(position, [](double value) { return std::isfinite(value); });
}

/// Centre of the least-squares sphere: |p|² = 2 c·p + (r² − |c|²). Nothing for points of one plane.
std::optional<Eigen::Vector3d> sphereCenter(const Eigen::MatrixX3d& points) {
    const Eigen::RowVector3d mean = points.colwise().mean();
    const Eigen::MatrixX3d centered = points.rowwise() - mean;
    const Eigen::JacobiSVD<Eigen::MatrixX3d> shape(centered);
    if (shape.singularValues()(2) < 1e-3 * shape.singularValues()(0))
        return std::nullopt;
    Eigen::MatrixX4d system(points.rows(), 4);
    system << 2 * centered, Eigen::VectorXd::Ones(points.rows());
    const Eigen::Vector4d solution = system.colPivHouseholderQr().solve(centered.rowwise().squaredNorm());
    if (!solution.allFinite())
        return std::nullopt;
    return solution.head<3>() + mean.transpose();
}

SensorPlace flat(const Eigen::Vector3d& direction) {
    const double around = std::hypot(direction.x(), direction.y());
    const double angle = std::atan2(around, direction.z());
    const double scale = around > 0 ? angle / around : 0;
    return {direction.x() * scale, direction.y() * scale};
}

/// Moves the middle of the places' box to the origin and the outermost to 0.95.
void fitToHead(std::vector<SensorPlace>& places) {
    for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
        const auto [low, high] =
            std::ranges::minmax(places, {}, [axis](const SensorPlace& place) { return place[axis]; });
        const double middle = (low[axis] + high[axis]) / 2;
        for (SensorPlace& place : places)
            place[axis] -= middle;
    }
    double farthest = 0;
    for (const SensorPlace& place : places)
        farthest = std::max(farthest, std::hypot(place[0], place[1]));
    for (SensorPlace& place : places)
        for (double& value : place)
            value *= farthest > 0 ? outermost / farthest : 1;
}

bool spansAnArea(std::span<const SensorPlace> hull) {
    double area = 0;
    for (std::size_t i = 1; i + 1 < hull.size(); ++i)
        area += turn(hull[0], hull[i], hull[i + 1]) / 2;
    return area > 1e-6;
}

} // namespace

std::vector<SensorPlace> convexHull(std::span<const SensorPlace> points) {
    std::vector<SensorPlace> sorted(points.begin(), points.end());
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (sorted.size() < 3)
        return sorted;
    std::vector<SensorPlace> hull;
    const auto chain = [&hull](const auto& way) {
        const std::size_t start = hull.size();
        for (const SensorPlace& point : way) {
            while (hull.size() >= start + 2 && turn(hull[hull.size() - 2], hull.back(), point) <= 0)
                hull.pop_back();
            hull.push_back(point);
        }
        hull.pop_back();
    };
    chain(sorted);
    std::ranges::reverse(sorted);
    chain(sorted);
    return hull;
}

bool isInside(std::span<const SensorPlace> polygon, const SensorPlace& point) {
    bool inside = false;
    for (std::size_t i = 0, before = polygon.size() - 1; i < polygon.size(); before = i++) {
        const SensorPlace &a = polygon[i], &b = polygon[before];
        if ((a[1] > point[1]) != (b[1] > point[1]) &&
            point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0])
            inside = !inside;
    }
    return inside;
}

std::optional<SensorLayout> sensorLayout(std::span<const std::array<double, 3>> positions) {
    std::vector<std::size_t> placed;
    for (std::size_t sensor = 0; sensor < positions.size(); ++sensor)
        if (isFinite(positions[sensor]))
            placed.push_back(sensor);
    if (placed.size() < 3)
        return std::nullopt;
    Eigen::MatrixX3d points(static_cast<Eigen::Index>(placed.size()), 3);
    for (std::size_t i = 0; i < placed.size(); ++i)
        points.row(static_cast<Eigen::Index>(i)) = Eigen::Map<const Eigen::RowVector3d>(positions[placed[i]].data());
    const auto center = sphereCenter(points);
    std::vector<SensorPlace> places;
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        places.push_back(center ? flat(points.row(i).transpose() - *center) : SensorPlace{points(i, 0), points(i, 1)});
    fitToHead(places);
    SensorLayout layout{.places = std::vector<std::optional<SensorPlace>>(positions.size()),
                        .hull = convexHull(places)};
    if (!spansAnArea(layout.hull))
        return std::nullopt;
    for (std::size_t i = 0; i < placed.size(); ++i)
        layout.places[placed[i]] = places[i];
    return layout;
}

} // namespace brainlike
