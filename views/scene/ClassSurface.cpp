#include "views/scene/ClassSurface.h"

#include "core/base/Error.h"

#include <algorithm>
#include <string>

namespace brainlike {
namespace {

using Triangle = std::array<std::int32_t, 3>;

float placeOfBorder(std::span<const std::int16_t> classes, const SmoothBorder& border, int low, int high) {
    const bool isSmooth = border.isOfAll || classes[static_cast<std::size_t>(low)] == border.ofClass ||
                          classes[static_cast<std::size_t>(high)] == border.ofClass;
    const auto found = isSmooth ? border.places.find({low, high}) : border.places.end();
    return found == border.places.end() ? 0.5F : found->second;
}

/// The middle of where the borders cross a face's edges, by its corners.
std::array<float, 3> weightsOfCentre(std::span<const std::int16_t> classes, const SmoothBorder& border,
                                     const std::array<int, 3>& face) {
    std::array<float, 3> weights{};
    for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t next = (i + 1) % 3;
        const bool isOrdered = face[i] < face[next];
        const std::size_t low = isOrdered ? i : next, high = isOrdered ? next : i;
        const float place = placeOfBorder(classes, border, face[low], face[high]);
        weights[low] += (1 - place) / 3;
        weights[high] += place / 3;
    }
    return weights;
}

class Cutter {
public:
    Cutter(const Mesh& mesh, std::span<const std::int16_t> classes, const SmoothBorder& border)
        : m_vertexCount(mesh.vertexCount()), m_classes(classes), m_border(border) {
        m_faces.reserve(static_cast<std::size_t>(mesh.faceCount()) * 5 / 4);
    }

    void keep(const Triangle& face) { m_faces.push_back(face); }

    /// One corner differs from the two others: its tip, and the rest as two triangles.
    void cutTip(int tip, int left, int right) {
        m_faces.push_back({tip, middle(tip, left, tip), middle(tip, right, tip)});
        const int nearLeft = middle(tip, left, left);
        const int nearRight = middle(tip, right, right);
        m_faces.push_back({nearLeft, left, right});
        m_faces.push_back({nearLeft, right, nearRight});
    }

    /// Three different corners: each keeps the part up to the middles of its edges and the face's centre.
    void cutThreeWays(const Triangle& face) {
        for (std::size_t i = 0; i < 3; ++i) {
            const int corner = face[i];
            const int next = face[(i + 1) % 3];
            const int last = face[(i + 2) % 3];
            const std::array<int, 3> around{corner, next, last};
            const int centre = add(
                {.owner = corner, .of = around, .count = 3, .weights = weightsOfCentre(m_classes, m_border, around)});
            m_faces.push_back({corner, middle(corner, next, corner), centre});
            m_faces.push_back({corner, centre, middle(corner, last, corner)});
        }
    }

    [[nodiscard]] ClassSurface result() {
        ClassSurface surface;
        surface.added = std::move(m_added);
        surface.faces.resize(static_cast<Eigen::Index>(m_faces.size()), 3);
        std::copy_n(m_faces.empty() ? nullptr : m_faces.front().data(), 3 * m_faces.size(), surface.faces.data());
        return surface;
    }

private:
    int add(const ClassSurface::Point& point) {
        m_added.push_back(point);
        return m_vertexCount + static_cast<int>(m_added.size()) - 1;
    }
    int middle(int a, int b, int owner) {
        const auto [low, high] = std::minmax(a, b);
        return add({.owner = owner, .of = {low, high, high}, .count = 2, .place = placeOn(low, high)});
    }
    [[nodiscard]] float placeOn(int low, int high) const { return placeOfBorder(m_classes, m_border, low, high); }

    int m_vertexCount;
    std::span<const std::int16_t> m_classes;
    const SmoothBorder& m_border;
    std::vector<ClassSurface::Point> m_added;
    std::vector<Triangle> m_faces;
};

} // namespace

ClassSurface cutByClass(const Mesh& mesh, std::span<const std::int16_t> classes, const SmoothBorder& border) {
    if (static_cast<int>(classes.size()) != mesh.vertexCount())
        throw ShapeError({.what = "The classes do not fit the surface",
                          .expected = std::to_string(mesh.vertexCount()),
                          .found = std::to_string(classes.size())});
    Cutter cutter(mesh, classes, border);
    const auto classOf = [&](int vertex) { return classes[static_cast<std::size_t>(vertex)]; };
    for (Eigen::Index row = 0; row < mesh.faces.rows(); ++row) {
        const int a = mesh.faces(row, 0);
        const int b = mesh.faces(row, 1);
        const int c = mesh.faces(row, 2);
        const bool ab = classOf(a) == classOf(b);
        const bool bc = classOf(b) == classOf(c);
        const bool ca = classOf(c) == classOf(a);
        if (ab && bc)
            cutter.keep({a, b, c});
        else if (bc)
            cutter.cutTip(a, b, c);
        else if (ca)
            cutter.cutTip(b, c, a);
        else if (ab)
            cutter.cutTip(c, a, b);
        else
            cutter.cutThreeWays({a, b, c});
    }
    return cutter.result();
}

void moveBorder(ClassSurface& surface, std::span<const std::int16_t> classes, const SmoothBorder& border) {
    for (ClassSurface::Point& point : surface.added)
        if (point.count == 2)
            point.place = placeOfBorder(classes, border, point.of[0], point.of[1]);
        else
            point.weights = weightsOfCentre(classes, border, point.of);
}

bool followPlaces(const Mesh& mesh, std::span<const std::int16_t> classes, const EdgePlaces& places) {
    constexpr Eigen::Index mostFaces = 20000;
    constexpr int mostEdges = 2000;
    int edges = 0, known = 0;
    const Eigen::Index stride = std::max<Eigen::Index>(1, mesh.faces.rows() / mostFaces);
    for (Eigen::Index row = 0; row < mesh.faces.rows() && edges < mostEdges && !places.empty(); row += stride)
        for (Eigen::Index corner = 0; corner < 3; ++corner) {
            const int here = mesh.faces(row, corner), next = mesh.faces(row, (corner + 1) % 3);
            const int low = std::min(here, next), high = std::max(here, next);
            const std::int16_t a = classes[static_cast<std::size_t>(low)];
            const std::int16_t b = classes[static_cast<std::size_t>(high)];
            if (a == b || a == medialWallClass || b == medialWallClass)
                continue;
            ++edges;
            known += places.contains({low, high}) ? 1 : 0;
        }
    return 2 * known > edges;
}

RowMatrix<float> extended(const RowMatrix<float>& values, const ClassSurface& surface) {
    RowMatrix<float> rows(values.rows() + static_cast<Eigen::Index>(surface.added.size()), 3);
    rows.topRows(values.rows()) = values;
    Eigen::Index row = values.rows();
    for (const ClassSurface::Point& point : surface.added) {
        const auto [a, b, c] = point.of;
        for (Eigen::Index axis = 0; axis < 3; ++axis)
            rows(row, axis) = point.count == 2
                                  ? (1 - point.place) * values(a, axis) + point.place * values(b, axis)
                                  : point.weights[0] * values(a, axis) + point.weights[1] * values(b, axis) +
                                        point.weights[2] * values(c, axis);
        ++row;
    }
    return rows;
}

} // namespace brainlike
