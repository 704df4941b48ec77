#include "core/session/RegionVertices.h"

#include "core/roi/Parcellations.h"

#include <algorithm>

namespace brainlike {

std::vector<int> chosenVertices(const ScoreSource& source, const RegionChoice& regions) {
    const VertexCounts counts = source.index().vertexCounts;
    std::vector<int> vertices;
    const auto add = [&](Hemisphere hemisphere, const auto& some) {
        for (const int vertex : some)
            if (vertex < counts.of(hemisphere))
                vertices.push_back(counts.flatIndex({hemisphere, vertex}));
    };
    const auto parcellation = regions.areas.empty() ? nullptr : readParcellation(source, regions.parcellation);
    for (const Hemisphere hemisphere : hemispheres) {
        for (const std::string& area : regions.areas)
            if (parcellation)
                add(hemisphere, parcellation->verticesOf(hemisphere, area));
        if (const Roi* roi = regions.areas.empty() ? regions.rois->find(regions.roi) : nullptr)
            add(hemisphere, roi->of(hemisphere));
    }
    std::sort(vertices.begin(), vertices.end());
    return vertices;
}

} // namespace brainlike
