#include "core/surface/Geometry.h"

#include "core/base/Error.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

void checkLabels(const Mesh& mesh, const Annotation& annotation) {
    if (static_cast<int>(annotation.labels.size()) != mesh.vertexCount())
        throw ShapeError({.what = "The parcellation does not belong to the surface",
                          .expected = std::to_string(mesh.vertexCount()) + " labels",
                          .found = std::to_string(annotation.labels.size())});
}

Eigen::Vector3d pointOf(const Mesh& mesh, Eigen::Index vertex) {
    return mesh.points.row(vertex).transpose().cast<double>();
}

} // namespace

std::optional<Eigen::Vector3d> areaCentroid(const Mesh& mesh, const Annotation& annotation, std::string_view areaName) {
    const RowMatrix<double> centroids = areaCentroids(mesh, annotation);
    for (std::size_t area = 0; area < annotation.areas.size(); ++area) {
        const Eigen::Vector3d centroid = centroids.row(static_cast<Eigen::Index>(area));
        if (annotation.areas[area].name == areaName && centroid.allFinite())
            return centroid;
    }
    return std::nullopt;
}

RowMatrix<double> areaCentroids(const Mesh& mesh, const Annotation& annotation) {
    checkLabels(mesh, annotation);
    const auto areas = static_cast<Eigen::Index>(annotation.areas.size());
    RowMatrix<double> sums = RowMatrix<double>::Zero(areas, 3);
    Eigen::VectorXd counts = Eigen::VectorXd::Zero(areas);
    for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex) {
        const Eigen::Index area = annotation.labels[vertex];
        if (area < 0)
            continue;
        sums.row(area) += pointOf(mesh, static_cast<Eigen::Index>(vertex)).transpose();
        counts[area] += 1;
    }
    for (Eigen::Index area = 0; area < areas; ++area) {
        if (counts[area] > 0)
            sums.row(area) /= counts[area];
        else
            sums.row(area).setConstant(missing);
    }
    return sums;
}

std::vector<double> areaDistances(const Mesh& mesh, const Annotation& annotation, std::string_view origin) {
    const RowMatrix<double> centroids = areaCentroids(mesh, annotation);
    std::vector<double> distances(annotation.areas.size(), missing);
    if (const auto from = areaCentroid(mesh, annotation, origin))
        for (std::size_t area = 0; area < distances.size(); ++area)
            distances[area] = (centroids.row(static_cast<Eigen::Index>(area)).transpose() - *from).norm();
    return distances;
}

std::vector<double> vertexDistances(const Mesh& mesh, const Annotation& annotation, std::string_view origin) {
    std::vector<double> distances(static_cast<std::size_t>(mesh.vertexCount()), missing);
    if (const auto from = areaCentroid(mesh, annotation, origin))
        for (std::size_t vertex = 0; vertex < distances.size(); ++vertex)
            distances[vertex] = (pointOf(mesh, static_cast<Eigen::Index>(vertex)) - *from).norm();
    return distances;
}

Eigen::Vector3d mni152FromMni305(const Eigen::Vector3d& point) {
    Eigen::Matrix<double, 3, 4> affine;
    affine << 0.9975, -0.0073, 0.0176, -0.0429, //
        0.0146, 1.0009, -0.0024, 1.5496,        //
        -0.0130, -0.0093, 0.9971, 1.1840;
    return affine * point.homogeneous();
}

int nearestVertex(const Mesh& mesh, const Eigen::Vector3d& point) {
    if (mesh.vertexCount() == 0)
        return -1;
    Eigen::Index nearest = 0;
    (mesh.points.cast<double>().rowwise() - point.transpose()).rowwise().squaredNorm().minCoeff(&nearest);
    return static_cast<int>(nearest);
}

VertexNeighbors vertexNeighbors(const Mesh& mesh) {
    std::vector<std::pair<int, int>> edges;
    edges.reserve(static_cast<std::size_t>(mesh.faceCount()) * 6);
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face)
        for (int corner = 0; corner < 3; ++corner) {
            const int from = mesh.faces(face, corner);
            const int to = mesh.faces(face, (corner + 1) % 3);
            if (from == to)
                continue;
            edges.emplace_back(from, to);
            edges.emplace_back(to, from);
        }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    VertexNeighbors result;
    result.offsets.assign(static_cast<std::size_t>(mesh.vertexCount()) + 1, 0);
    for (const auto& [from, to] : edges) {
        ++result.offsets[static_cast<std::size_t>(from) + 1];
        result.neighbors.push_back(to);
    }
    for (std::size_t vertex = 1; vertex < result.offsets.size(); ++vertex)
        result.offsets[vertex] += result.offsets[vertex - 1];
    return result;
}

RowMatrix<float> normalsOf(const Mesh& mesh) {
    RowMatrix<double> normals = RowMatrix<double>::Zero(mesh.points.rows(), 3);
    const float* points = mesh.points.data();
    const std::int32_t* corners = mesh.faces.data();
    const auto point = [points](std::int32_t vertex) {
        return Eigen::Map<const Eigen::Vector3f>(points + 3 * std::ptrdiff_t{vertex}).cast<double>();
    };
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face, corners += 3) {
        const Eigen::Vector3d first = point(corners[0]);
        const Eigen::Vector3d normal = (point(corners[1]) - first).cross(Eigen::Vector3d(point(corners[2]) - first));
        for (int corner = 0; corner < 3; ++corner)
            Eigen::Map<Eigen::Vector3d>(normals.data() + 3 * std::ptrdiff_t{corners[corner]}) += normal;
    }
    for (Eigen::Index vertex = 0; vertex < normals.rows(); ++vertex)
        normals.row(vertex).stableNormalize();
    return normals.cast<float>();
}

} // namespace brainlike
