#include "core/surface/Parcellation.h"

#include <algorithm>

namespace brainlike {
namespace {

/// Lower-case letters and digits of a name alone ("44" and "1" are areas), so that "Medial_Wall" and "medial wall" are
/// the same.
std::string plainName(std::string_view name) {
    std::string plain;
    for (const char character : name) {
        const char lower = character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
        if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9'))
            plain += lower;
    }
    return plain;
}

bool isCortexName(std::string_view name) {
    constexpr std::array<std::string_view, 4> others{"unknown", "corpuscallosum", "background", "none"};
    const std::string plain = plainName(name);
    return !plain.empty() && plain.find("medialwall") == std::string::npos &&
           std::find(others.begin(), others.end(), plain) == others.end();
}

} // namespace

Area areaFromTable(std::string_view tableName, std::array<std::uint8_t, 4> color) {
    std::string_view name = tableName;
    if (name.starts_with("L_") || name.starts_with("R_"))
        name.remove_prefix(2);
    if (name.ends_with("_ROI"))
        name.remove_suffix(4);
    return {std::string(name), color, isCortexName(name)};
}

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
