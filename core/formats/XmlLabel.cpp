#include "core/formats/XmlLabel.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace brainlike {
namespace {

std::uint8_t channelFrom(std::string_view text, float absent) {
    const float value = numberFrom<float>(text).value_or(absent);
    return static_cast<std::uint8_t>(std::lround(std::clamp(std::isfinite(value) ? value : absent, 0.0F, 1.0F) * 255));
}

} // namespace

std::optional<GiftiLabel> labelFrom(const XmlAttributes& attributes) {
    const auto key = numberFrom<std::int32_t>(attributes[attributes["Key"].empty() ? "Index" : "Key"]);
    if (!key)
        return std::nullopt;
    GiftiLabel label;
    label.key = *key;
    label.color = {channelFrom(attributes["Red"], 0), channelFrom(attributes["Green"], 0),
                   channelFrom(attributes["Blue"], 0), channelFrom(attributes["Alpha"], 1)};
    return label;
}

Annotation annotationFrom(const std::vector<GiftiLabel>& labels, std::span<const std::int32_t> keys) {
    Annotation annotation;
    std::unordered_map<std::int32_t, std::int32_t> indexOfKey;
    for (const GiftiLabel& label : labels)
        if (indexOfKey.emplace(label.key, static_cast<std::int32_t>(annotation.areas.size())).second)
            annotation.areas.push_back(areaFromTable(label.name, label.color));
    annotation.labels.assign(keys.size(), -1);
    for (std::size_t vertex = 0; vertex < keys.size(); ++vertex)
        if (const auto found = indexOfKey.find(keys[vertex]); found != indexOfKey.end())
            annotation.labels[vertex] = found->second;
    return annotation;
}

} // namespace brainlike
