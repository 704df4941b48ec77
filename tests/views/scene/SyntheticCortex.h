#pragma once

#include "views/scene/CortexGeometry.h"
#include "views/scene/CortexMap.h"
#include "views/scene/CortexScene.h"

#include <Eigen/Geometry>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace brainlike::test {

/// An octahedron whose faces were split in four `rounds` times, on the unit sphere: 4^(rounds + 1) + 2 vertices.
inline Mesh sphere(int rounds) {
    std::vector<Eigen::RowVector3d> points{{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    std::vector<std::array<int, 3>> faces{{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4},
                                          {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
    for (int round = 0; round < rounds; ++round) {
        std::map<std::pair<int, int>, int> middles;
        const auto middle = [&](int a, int b) {
            const auto [found, isNew] = middles.try_emplace(std::minmax(a, b), static_cast<int>(points.size()));
            if (isNew)
                points.push_back(
                    (points[static_cast<std::size_t>(a)] + points[static_cast<std::size_t>(b)]).normalized());
            return found->second;
        };
        std::vector<std::array<int, 3>> finer;
        for (const auto& [a, b, c] : faces) {
            const int ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
            for (const std::array<int, 3>& face :
                 {std::array{a, ab, ca}, std::array{ab, b, bc}, std::array{ca, bc, c}, std::array{ab, bc, ca}})
                finer.push_back(face);
        }
        faces = std::move(finer);
    }
    Mesh mesh{RowMatrix<float>(static_cast<Eigen::Index>(points.size()), 3),
              RowMatrix<std::int32_t>(static_cast<Eigen::Index>(faces.size()), 3)};
    for (std::size_t i = 0; i < points.size(); ++i)
        mesh.points.row(static_cast<Eigen::Index>(i)) = points[i].cast<float>();
    for (std::size_t i = 0; i < faces.size(); ++i)
        mesh.faces.row(static_cast<Eigen::Index>(i)) << faces[i][0], faces[i][1], faces[i][2];
    return mesh;
}

/// Something like a hemisphere: longer than high, flat on its medial side, with folds; its nose points forward and up,
/// so that front, back, above and below can be told apart.
inline Mesh foldedHemisphere(Hemisphere hemisphere, int rounds) {
    Mesh mesh = sphere(rounds);
    const float lateral = hemisphere == Hemisphere::Left ? -1.0F : 1.0F;
    for (Eigen::Index i = 0; i < mesh.points.rows(); ++i) {
        const float x = mesh.points(i, 0), y = mesh.points(i, 1), z = mesh.points(i, 2);
        const float fold = 1 + 0.04F * std::sin(9 * y + 2 * z) * std::cos(8 * z);
        const float nose = 1 + 0.25F * std::max(0.0F, 0.8F * y + 0.6F * z - 0.6F);
        mesh.points(i, 0) = 25 * fold * (x * lateral > 0 ? x : 0.45F * x) + 25 * lateral;
        mesh.points(i, 1) = 80 * fold * nose * y;
        mesh.points(i, 2) = 50 * fold * nose * z;
    }
    return mesh;
}

/// Areas of the folded hemispheres: 0 the medial wall, 1 to 4 the quarters by front and height.
inline Annotation quarters(const Mesh& mesh, Hemisphere hemisphere) {
    Annotation annotation;
    annotation.areas = {
        {.name = "???", .isCortex = false}, {.name = "V1"}, {.name = "MT"}, {.name = "FFC"}, {.name = "44"}};
    const float lateral = hemisphere == Hemisphere::Left ? -1.0F : 1.0F;
    for (Eigen::Index i = 0; i < mesh.points.rows(); ++i) {
        const float x = (mesh.points(i, 0) - 25 * lateral) * lateral;
        const float y = mesh.points(i, 1), z = mesh.points(i, 2);
        const bool isWall = x < -2 && std::abs(y) < 32 && std::abs(z) < 20;
        annotation.labels.push_back(isWall ? 0 : 1 + (y > 0 ? 1 : 0) + (z > 0 ? 2 : 0));
    }
    return annotation;
}

inline std::shared_ptr<CortexGeometry> syntheticCortex(int rounds = 4) {
    auto geometry = std::make_shared<CortexGeometry>();
    geometry->templateName = "synthetic";
    geometry->parcellation.emplace();
    geometry->parcellation->name = "quarters";
    for (const Hemisphere hemisphere : hemispheres) {
        CortexSide& side = geometry->sides[indexOf(hemisphere)];
        side.mesh = foldedHemisphere(hemisphere, rounds);
        geometry->parcellation->sides[indexOf(hemisphere)] = quarters(side.mesh, hemisphere);
        for (Eigen::Index i = 0; i < side.mesh.points.rows(); ++i)
            side.folding.push_back(-std::sin(0.11F * side.mesh.points(i, 1)) *
                                   std::cos(0.15F * side.mesh.points(i, 2)));
        side.head = side.mesh.points;
    }
    completeCortexGeometry(*geometry);
    return geometry;
}

/// Another surface of the same template: balls of 100 mm.
inline std::shared_ptr<CortexGeometry> roundCortex(const CortexGeometry& geometry) {
    auto round = std::make_shared<CortexGeometry>(geometry);
    round->surface = {SurfaceKind::Sphere};
    for (CortexSide& side : round->sides) {
        side.mesh.points.rowwise() -= side.extent.centre().cast<float>().transpose();
        side.mesh.points.rowwise().normalize();
        side.mesh.points *= 100;
    }
    completeCortexGeometry(*round);
    return round;
}

/// A score that falls from back to front; a block of it is not computed.
inline std::vector<float> syntheticScores(const CortexGeometry& geometry) {
    std::vector<float> values;
    for (const Hemisphere hemisphere : hemispheres) {
        const auto& points = geometry.side(hemisphere).mesh.points;
        for (Eigen::Index i = 0; i < points.rows(); ++i) {
            const float share = (80 - points(i, 1)) / 160;
            const bool isMissing = std::abs(points(i, 1) + 35) < 12 && std::abs(points(i, 2)) < 12;
            values.push_back(isMissing ? std::numeric_limits<float>::quiet_NaN() : 0.45F * share);
        }
    }
    return values;
}

/// Best layers in stripes from back to front.
inline CortexMap syntheticBestLayers(const CortexGeometry& geometry, int layers) {
    CortexMap map{.kind = MapKind::BestLayer};
    for (int layer = 0; layer < layers; ++layer)
        map.layerNames.push_back("layer_" + std::to_string(layer + 1));
    for (const Hemisphere hemisphere : hemispheres) {
        const auto& points = geometry.side(hemisphere).mesh.points;
        for (Eigen::Index i = 0; i < points.rows(); ++i) {
            const double share = std::clamp((points(i, 1) + 85.0) / 170.0, 0.0, 0.999);
            map.layers.push_back(static_cast<std::int16_t>(share * layers));
            map.values.push_back(0.3F);
        }
    }
    return map;
}

/// Best layers in the layers' own colours, as opaque as a scale of their scores says.
inline Overlay bestLayerOverlay(const CortexMap& map, const ColorScale& opacity) {
    return layerOverlay(map.layers, map.values, LayerScale{static_cast<int>(map.layerNames.size())}, opacity);
}

/// Scores, scores that fall the other way, and their difference beside each other.
inline void showCompared(CortexScene& scene, const CortexGeometry& geometry) {
    const std::vector<float> a = syntheticScores(geometry);
    std::vector<float> b, less;
    for (const float score : a) {
        b.push_back(0.45F - score);
        less.push_back(score - b.back());
    }
    scene.setParts(3);
    scene.setOverlay(scoreOverlay(a, scoreScale({0, 0.45}, 0)), 0);
    scene.setOverlay(scoreOverlay(b, scoreScale({0, 0.45}, 0)), 1);
    scene.setOverlay(scoreOverlay(less, importedScale({-0.45, 0.45}, 0, "vik")), 2);
}

} // namespace brainlike::test
