#include "core/surface/Parcellation.h"

namespace brainlike {

const Area* Parcellation::areaOf(VertexId vertex) const {
    const Annotation& annotation = side(vertex.hemisphere);
    if (vertex.index < 0 || static_cast<std::size_t>(vertex.index) >= annotation.labels.size())
        return nullptr;
    const auto label = annotation.labels[static_cast<std::size_t>(vertex.index)];
    if (label < 0 || !annotation.areas[static_cast<std::size_t>(label)].isCortex)
        return nullptr;
    return &annotation.areas[static_cast<std::size_t>(label)];
}

std::vector<int> Parcellation::verticesOf(Hemisphere hemisphere, std::string_view areaName) const {
    const Annotation& annotation = side(hemisphere);
    std::vector<int> vertices;
    for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex) {
        const auto label = annotation.labels[vertex];
        if (label >= 0 && annotation.areas[static_cast<std::size_t>(label)].name == areaName)
            vertices.push_back(static_cast<int>(vertex));
    }
    return vertices;
}

} // namespace brainlike
