#include "core/templates/TemplateSize.h"

#include <array>
#include <utility>

namespace brainlike {

std::optional<int> knownVertexCount(std::string_view templateName) {
    constexpr std::array<std::pair<std::string_view, int>, 5> known{{{"fsaverage3", 642},
                                                                     {"fsaverage4", 2562},
                                                                     {"fsaverage5", 10242},
                                                                     {"fsaverage6", 40962},
                                                                     {"fsaverage", 163842}}};
    for (const auto& [name, count] : known)
        if (name == templateName)
            return count;
    return std::nullopt;
}

bool isIcosahedralSize(int vertexCount) {
    int size = 10;
    while (size + 2 < vertexCount && size < 100'000'000)
        size *= 4;
    return size + 2 == vertexCount;
}

} // namespace brainlike
