#include "core/study/StudyPaths.h"

namespace brainlike {
namespace {

struct Parts {
    std::string_view file, dataset;
};

Parts partsOf(std::string_view reference) {
    const auto colon = reference.find(":/");
    if (colon == reference.npos)
        return {reference, {}};
    return {reference.substr(0, colon), reference.substr(colon + 1)};
}

} // namespace

DataReference dataReference(const Study& study, std::string_view reference) {
    const Parts parts = partsOf(reference);
    return {study.resolve(std::string(parts.file)), std::string(parts.dataset)};
}

DataReference featuresOf(const Study& study, const StudyCheckpoint& checkpoint, const StudyLayer& layer) {
    const Parts parts = partsOf(checkpoint.features);
    return {study.resolve(expandLayer(parts.file, layer.name)), expandLayer(parts.dataset, layer.name)};
}

std::string expandLayer(std::string_view pathTemplate, std::string_view layerName) {
    constexpr std::string_view key = "{layer}";
    std::string result;
    for (std::size_t begin = 0;;) {
        const auto found = pathTemplate.find(key, begin);
        result += pathTemplate.substr(begin, found - begin);
        if (found == pathTemplate.npos)
            return result;
        result += layerName;
        begin = found + key.size();
    }
}

} // namespace brainlike
