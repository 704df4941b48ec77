#include "views/scene/ClassSurface.h"

#include "core/base/Error.h"

#include <algorithm>
#include <string>

namespace brainlike {
namespace {

using Triangle = std::array<std::int32_t, 3>;

class Cutter {
public:
    explicit Cutter(const Mesh& mesh) : m_vertexCount(mesh.vertexCount()) {
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
            const int centre = add({.owner = corner, .of = {corner, next, last}, .count = 3});
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
    int middle(int a, int b, int owner) { return add({.owner = owner, .of = {a, b, b}, .count = 2}); }

    int m_vertexCount;
    std::vector<ClassSurface::Point> m_added;
    std::vector<Triangle> m_faces;
};

} // namespace

ClassSurface cutByClass(const Mesh& mesh, std::span<const std::int16_t> classes) {
    if (static_cast<int>(classes.size()) != mesh.vertexCount())
        throw ShapeError({.what = "The classes do not fit the surface",
                          .expected = std::to_string(mesh.vertexCount()),
                          .found = std::to_string(classes.size())});
    Cutter cutter(mesh);
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

RowMatrix<float> extended(const RowMatrix<float>& values, const ClassSurface& surface) {
    RowMatrix<float> rows(values.rows() + static_cast<Eigen::Index>(surface.added.size()), 3);
    rows.topRows(values.rows()) = values;
    Eigen::Index row = values.rows();
    for (const ClassSurface::Point& point : surface.added) {
        for (Eigen::Index axis = 0; axis < 3; ++axis) {
            float sum = 0;
            for (int i = 0; i < point.count; ++i)
                sum += values(point.of[static_cast<std::size_t>(i)], axis);
            rows(row, axis) = sum / static_cast<float>(point.count);
        }
        ++row;
    }
    return rows;
}

} // namespace brainlike
