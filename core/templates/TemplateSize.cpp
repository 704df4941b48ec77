#include "core/templates/TemplateSize.h"

#include <array>
#include <utility>

namespace brainlike {

namespace {

constexpr std::array<std::pair<std::string_view, int>, 6> knownSizes{{{"fsaverage3", 642},
                                                                      {"fsaverage4", 2562},
                                                                      {"fsaverage5", 10242},
                                                                      {"fsaverage6", 40962},
                                                                      {"fsaverage", 163842},
                                                                      {"fsLR", 32492}}};

} // namespace

std::optional<int> knownVertexCount(std::string_view templateName) {
    for (const auto& [name, count] : knownSizes)
        if (name == templateName)
            return count;
    return std::nullopt;
}

std::optional<std::string_view> templateWithVertices(int vertexCount) {
    for (const auto& [name, count] : knownSizes)
        if (count == vertexCount)
            return name;
    return std::nullopt;
}

bool isIcosahedralSize(int vertexCount) {
    int size = 10;
    while (size + 2 < vertexCount && size < 100'000'000)
        size *= 4;
    return size + 2 == vertexCount;
}

} // namespace brainlike
