#include "core/simulate/CortexModel.h"

#include "core/base/Error.h"
#include "core/simulate/PlantedAreas.h"
#include "core/simulate/PlantedHierarchy.h"
#include "core/simulate/SmoothField.h"
#include "core/study/AreaDistances.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double farthest = 130;        ///< mm from V1
constexpr double hierarchyShare = 0.8;  ///< of depth; the distance from V1 makes up the rest
constexpr double deepestPlace = 0.69;   ///< of hierarchy and distance, at which the last factors are preferred
constexpr double depthVariation = 0.04; ///< departures from both, standard deviation
constexpr double variationLength = 22;  ///< mm
constexpr int areaSmoothings = 2;

Neighbours neighboursOf(const std::array<Mesh, 2>& pial, VertexCounts counts) {
    std::vector<std::vector<int>> lists(static_cast<std::size_t>(counts.total()));
    for (const Hemisphere side : hemispheres) {
        const auto& faces = pial[indexOf(side)].faces;
        for (Eigen::Index face = 0; face < faces.rows(); ++face) {
            for (int corner = 0; corner < 3; ++corner) {
                const int from = counts.flatIndex({side, faces(face, corner)});
                const int to = counts.flatIndex({side, faces(face, (corner + 1) % 3)});
                lists[from].push_back(to);
                lists[to].push_back(from);
            }
        }
    }
    Neighbours neighbours{.starts = {0}};
    for (auto& list : lists) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        neighbours.vertices.insert(neighbours.vertices.end(), list.begin(), list.end());
        neighbours.starts.push_back(static_cast<int>(neighbours.vertices.size()));
    }
    return neighbours;
}

/// Mean of every vertex's value and its neighbours'.
std::vector<float> meansAround(const std::vector<float>& values, const Neighbours& neighbours) {
    std::vector<float> result = values;
    for (std::size_t vertex = 0; vertex < values.size(); ++vertex) {
        const int start = neighbours.starts[vertex];
        const int end = neighbours.starts[vertex + 1];
        for (int i = start; i < end; ++i)
            result[vertex] += values[neighbours.vertices[i]];
        result[vertex] /= static_cast<float>(end - start + 1);
    }
    return result;
}

/// What a rule gives every vertex for its area, nothing on the medial wall, without steps where areas meet.
template <typename Rule>
std::vector<float> smoothedOverAreas(const CortexModel& model, const Parcellation& parcellation, const Rule& valueAt) {
    std::vector<float> values(static_cast<std::size_t>(model.counts.total()));
    for (int flat = 0; flat < model.counts.total(); ++flat)
        values[flat] = static_cast<float>(valueAt(flat, parcellation.areaOf(model.counts.vertexAt(flat))));
    for (int i = 0; i < areaSmoothings; ++i)
        values = meansAround(values, model.neighbours);
    return values;
}

std::vector<float> amplitudes(const CortexModel& model, const Parcellation& parcellation) {
    auto values = smoothedOverAreas(model, parcellation, [](int, const Area* area) {
        return area == nullptr ? 0.0 : plantedAmplitude(area->name);
    });
    for (int flat = 0; flat < model.counts.total(); ++flat) {
        if (parcellation.areaOf(model.counts.vertexAt(flat)) == nullptr)
            values[flat] = 0;
    }
    return values;
}

/// Centroid of V1 of each hemisphere.
RowMatrix<double> originsOf(const CortexModel& model, const Parcellation& parcellation) {
    RowMatrix<double> origins = RowMatrix<double>::Zero(2, 3);
    for (const Hemisphere side : hemispheres) {
        const auto vertices = parcellation.verticesOf(side, "V1");
        if (vertices.empty())
            throw NotFoundError(
                {.what = "The parcellation " + parcellation.name + " has no area V1 in " + std::string(shortName(side)),
                 .advice = "simulate on a template that has HCP-MMP1 labels, such as fsaverage5"});
        const auto row = static_cast<Eigen::Index>(indexOf(side));
        for (const int vertex : vertices)
            origins.row(row) += model.points.row(model.counts.flatIndex({side, vertex})).cast<double>();
        origins.row(row) /= static_cast<double>(vertices.size());
    }
    return origins;
}

std::vector<float> depths(const CortexModel& model, const Parcellation& parcellation, std::uint64_t seed) {
    const auto origins = originsOf(model, parcellation);
    const auto farness = [&](int flat) {
        const auto side = static_cast<Eigen::Index>(indexOf(model.counts.vertexAt(flat).hemisphere));
        return (model.points.row(flat).cast<double>() - origins.row(side)).norm() / farthest;
    };
    const auto hierarchy = smoothedOverAreas(model, parcellation, [&](int flat, const Area* area) {
        const auto place = area == nullptr ? std::nullopt : plantedHierarchy(area->name);
        return place.value_or(farness(flat));
    });
    // The same in both hemispheres: homologous areas prefer like depths.
    RowMatrix<float> folded = model.points;
    folded.col(0) = folded.col(0).cwiseAbs();
    const auto variation = smoothFields(folded, 1, variationLength, NormalStream(seed, Purpose::DepthVariation));
    std::vector<float> values(static_cast<std::size_t>(model.counts.total()));
    for (int flat = 0; flat < model.counts.total(); ++flat) {
        const double place =
            hierarchyShare * static_cast<double>(hierarchy[flat]) + (1 - hierarchyShare) * farness(flat);
        const double depth = place / deepestPlace + depthVariation * static_cast<double>(variation(flat, 0));
        values[flat] = static_cast<float>(std::clamp(depth, 0.0, 1.0));
    }
    return values;
}

std::vector<PlantedArea> summarise(const CortexModel& model, const AreaDistances& areas) {
    std::vector<PlantedArea> result;
    for (std::size_t i = 0; i < areas.areas.size(); ++i) {
        const std::string& id = areas.areas.ids[i];
        PlantedArea area{.hemisphere = id.starts_with("lh:") ? Hemisphere::Left : Hemisphere::Right,
                         .name = id.substr(3),
                         .distance = areas.distances[i]};
        for (const int flat : areas.areas.members[i]) {
            area.depth += model.depth[flat];
            area.amplitude += model.amplitude[flat];
        }
        area.depth /= static_cast<double>(areas.areas.members[i].size());
        area.amplitude /= static_cast<double>(areas.areas.members[i].size());
        result.push_back(std::move(area));
    }
    return result;
}

} // namespace

CortexModel cortexModel(const std::array<Mesh, 2>& pial, const Parcellation& parcellation, std::uint64_t seed) {
    CortexModel model;
    model.counts = {pial[0].vertexCount(), pial[1].vertexCount()};
    model.points.resize(model.counts.total(), 3);
    model.points << pial[0].points, pial[1].points;
    model.neighbours = neighboursOf(pial, model.counts);
    const auto areas = areaDistances(parcellation, pial);
    model.depth = depths(model, parcellation, seed);
    model.amplitude = amplitudes(model, parcellation);
    model.areas = summarise(model, areas);
    return model;
}

CortexModel cortexModel(const Template& brain, std::uint64_t seed) {
    const auto parcellation = brain.readParcellation();
    if (!parcellation)
        throw NotFoundError({.what = "The template " + brain.name() + " has no HCP-MMP1 parcellation",
                             .file = brain.folder().string(),
                             .advice = "put lh.HCP-MMP1.annot and rh.HCP-MMP1.annot there, or simulate on fsaverage5"});
    return cortexModel({brain.readSurface(Hemisphere::Left, SurfaceKind::Pial),
                        brain.readSurface(Hemisphere::Right, SurfaceKind::Pial)},
                       *parcellation, seed);
}

} // namespace brainlike
