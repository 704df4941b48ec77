#include "core/surface/FaceTree.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace brainlike {
namespace {

constexpr std::int32_t leafSize = 8;
/// Boxes are widened by this when a line is tested against them: rounding must not hide a face, mm.
constexpr double slack = 1e-4;

double doubledArea(const Eigen::Vector3d& a, const Eigen::Vector3d& b) {
    return a.x() * b.y() - a.y() * b.x();
}

/// Height above the origin of the plane through three points, if the origin lies inside of their triangle.
std::optional<double> heightAtOrigin(const Eigen::Vector3d& a, const Eigen::Vector3d& b, const Eigen::Vector3d& c) {
    const double wc = doubledArea(a, b);
    const double wa = doubledArea(b, c);
    const double wb = doubledArea(c, a);
    const double sum = wa + wb + wc;
    // Points on an edge belong to both triangles, rounding notwithstanding.
    const double margin = 1e-9 * std::abs(sum);
    const bool isInside =
        (wa >= -margin && wb >= -margin && wc >= -margin) || (wa <= margin && wb <= margin && wc <= margin);
    if (!isInside || sum == 0)
        return std::nullopt;
    return (wa * a.z() + wb * b.z() + wc * c.z()) / sum;
}

} // namespace

FaceTree::FaceTree(const Mesh& mesh) : m_order(static_cast<std::size_t>(mesh.faceCount())) {
    std::iota(m_order.begin(), m_order.end(), 0);
    std::vector<Eigen::Vector3f> middles(m_order.size());
    for (std::size_t face = 0; face < middles.size(); ++face) {
        const auto row = mesh.faces.row(static_cast<Eigen::Index>(face));
        middles[face] =
            (mesh.points.row(row[0]) + mesh.points.row(row[1]) + mesh.points.row(row[2])).transpose() / 3.0F;
    }
    if (!m_order.empty())
        build(middles, 0, static_cast<std::int32_t>(m_order.size()));
    fit(mesh);
}

void FaceTree::build(const std::vector<Eigen::Vector3f>& middles, std::int32_t first, std::int32_t last) {
    const std::size_t own = m_nodes.size();
    Node& node = m_nodes.emplace_back();
    node.first = first;
    node.count = last - first;
    if (last - first <= leafSize)
        return;
    const auto middleOf = [&](std::int32_t place) -> const Eigen::Vector3f& {
        return middles[static_cast<std::size_t>(m_order[static_cast<std::size_t>(place)])];
    };
    Eigen::Vector3f low = middleOf(first);
    Eigen::Vector3f high = low;
    for (std::int32_t place = first; place < last; ++place) {
        low = low.cwiseMin(middleOf(place));
        high = high.cwiseMax(middleOf(place));
    }
    int axis = 0;
    (high - low).maxCoeff(&axis);
    const std::int32_t half = first + (last - first) / 2;
    std::nth_element(m_order.begin() + first, m_order.begin() + half, m_order.begin() + last,
                     [&](std::int32_t a, std::int32_t b) {
                         return middles[static_cast<std::size_t>(a)][axis] < middles[static_cast<std::size_t>(b)][axis];
                     });
    build(middles, first, half);
    m_nodes[own].first = static_cast<std::int32_t>(m_nodes.size());
    m_nodes[own].count = 0;
    build(middles, half, last);
}

void FaceTree::fit(const Mesh& mesh) {
    constexpr float infinite = std::numeric_limits<float>::infinity();
    for (std::size_t place = m_nodes.size(); place-- > 0;) {
        Node& node = m_nodes[place];
        if (node.count == 0) {
            const Node& left = m_nodes[place + 1];
            const Node& right = m_nodes[static_cast<std::size_t>(node.first)];
            node.low = left.low.cwiseMin(right.low);
            node.high = left.high.cwiseMax(right.high);
            continue;
        }
        node.low.setConstant(infinite);
        node.high.setConstant(-infinite);
        for (std::int32_t i = node.first; i < node.first + node.count; ++i)
            for (Eigen::Index corner = 0; corner < 3; ++corner) {
                const Eigen::Vector3f point =
                    mesh.points.row(mesh.faces(m_order[static_cast<std::size_t>(i)], corner)).transpose();
                node.low = node.low.cwiseMin(point);
                node.high = node.high.cwiseMax(point);
            }
    }
}

FaceTree FaceTree::refitted(const Mesh& mesh) const {
    FaceTree tree = *this;
    tree.fit(mesh);
    return tree;
}

std::optional<SightHit> FaceTree::frontmost(const Mesh& mesh, const Eigen::Matrix3d& axes,
                                            const Eigen::Vector2d& at) const {
    const Eigen::Matrix3d spread = axes.cwiseAbs();
    const Eigen::Vector3d sight(at.x(), at.y(), 0);
    std::optional<SightHit> best;
    std::vector<std::size_t> open;
    if (!m_nodes.empty())
        open.push_back(0);
    while (!open.empty()) {
        const std::size_t place = open.back();
        open.pop_back();
        const Node& node = m_nodes[place];
        const Eigen::Vector3d middle = axes * (0.5F * (node.low + node.high)).cast<double>() - sight;
        const Eigen::Vector3d half = (spread * (0.5F * (node.high - node.low)).cast<double>()).array() + slack;
        if (std::abs(middle.x()) > half.x() || std::abs(middle.y()) > half.y() ||
            (best && middle.z() + half.z() < best->height))
            continue;
        if (node.count == 0) {
            open.push_back(place + 1);
            open.push_back(static_cast<std::size_t>(node.first));
            continue;
        }
        for (std::int32_t i = node.first; i < node.first + node.count; ++i) {
            const int face = m_order[static_cast<std::size_t>(i)];
            const auto seen = [&](Eigen::Index corner) -> Eigen::Vector3d {
                return axes * mesh.points.row(mesh.faces(face, corner)).transpose().cast<double>() - sight;
            };
            const auto height = heightAtOrigin(seen(0), seen(1), seen(2));
            if (height && (!best || *height > best->height || (*height == best->height && face < best->face)))
                best = SightHit{face, *height};
        }
    }
    return best;
}

} // namespace brainlike
