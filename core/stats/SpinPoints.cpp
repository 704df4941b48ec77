#include "core/stats/SpinPoints.h"

#include "core/base/Error.h"

#include <cmath>
#include <string>
#include <vector>

namespace brainlike {
namespace {

constexpr double radiusTolerance = 0.01;

void requireThreeColumns(const RowMatrix<float>& points, const std::string& name) {
    if (points.rows() > 0 && points.cols() != 3)
        throw ShapeError({.what = "Points on a sphere need three coordinates",
                          .place = name,
                          .expected = "points × 3",
                          .found = std::to_string(points.rows()) + " × " + std::to_string(points.cols())});
}

void validateHemisphere(const RowMatrix<float>& points, const std::string& name) {
    requireThreeColumns(points, name);
    if (points.rows() == 0)
        return;
    const Eigen::VectorXd radii = points.cast<double>().rowwise().norm();
    for (Eigen::Index i = 0; i < radii.size(); ++i)
        if (!std::isfinite(radii[i]))
            throw ValueError({.what = "A point on the sphere has no finite coordinates",
                              .place = name + ", point " + std::to_string(i),
                              .expected = "three finite numbers",
                              .found = "NaN or Inf",
                              .advice = "Leave values out by NaN in the map, not in the coordinates."});
    const double mean = radii.mean();
    for (Eigen::Index i = 0; i < radii.size(); ++i)
        if (!(std::abs(radii[i] - mean) <= radiusTolerance * mean) || mean == 0)
            throw ValueError({.what = "These points do not lie on a sphere around the origin",
                              .place = name + ", point " + std::to_string(i),
                              .expected = "a radius within 1 % of the mean, " + std::to_string(mean),
                              .found = std::to_string(radii[i]),
                              .advice = "Use the template's sphere surface, not pial, white or inflated; "
                                        "centroids of parcels must lie on it too."});
}

} // namespace

void validateSpinPoints(const SpinPoints& points) {
    if (points.count() == 0)
        throw ShapeError({.what = "A spin test needs points on the sphere",
                          .expected = "at least one point in one hemisphere",
                          .found = "none"});
    validateHemisphere(points.left, "left hemisphere");
    validateHemisphere(points.right, "right hemisphere");
}

RowMatrix<float> sphereCentroids(const RowMatrix<float>& sphere, std::span<const int> labels, int labelCount) {
    requireThreeColumns(sphere, "sphere");
    if (static_cast<std::size_t>(sphere.rows()) != labels.size())
        throw ShapeError({.what = "A parcellation needs a label for each vertex of the sphere",
                          .expected = std::to_string(sphere.rows()),
                          .found = std::to_string(labels.size())});
    const RowMatrix<double> points = sphere.cast<double>();
    RowMatrix<double> sums = RowMatrix<double>::Zero(labelCount, 3);
    std::vector<int> counts(static_cast<std::size_t>(labelCount), 0);
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (labels[i] >= 0 && labels[i] < labelCount) {
            sums.row(labels[i]) += points.row(static_cast<Eigen::Index>(i));
            ++counts[static_cast<std::size_t>(labels[i])];
        }
    RowMatrix<float> centroids(labelCount, 3);
    for (int label = 0; label < labelCount; ++label) {
        const int count = counts[static_cast<std::size_t>(label)];
        if (count == 0)
            throw ValueError({.what = "A parcel without vertices has no centroid",
                              .place = "parcel " + std::to_string(label),
                              .expected = "at least one vertex",
                              .found = "none",
                              .advice = "Leave the parcel out."});
        Eigen::Index nearest = 0;
        (points.rowwise() - sums.row(label) / count).rowwise().squaredNorm().minCoeff(&nearest);
        centroids.row(label) = sphere.row(nearest);
    }
    return centroids;
}

} // namespace brainlike
