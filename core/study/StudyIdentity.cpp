#include "core/study/StudyIdentity.h"

#include "core/base/Error.h"
#include "core/study/EncodingOptionsJson.h"
#include "core/study/StudyPaths.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <set>
#include <zlib.h>

namespace brainlike {
namespace {

using nlohmann::json;

constexpr std::size_t blockSize = 4096;
constexpr std::size_t blockCount = 16;

/// Objects whose members may come and go.
const std::set<std::string> collections{"models", "checkpoints", "layers", "recordings", "inputs"};

std::string hexadecimal(unsigned long value) {
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%08lx", value);
    return text.data();
}

json modelIdentity(const StudyModel& model) {
    json layers = json::object();
    for (const auto& layer : model.layers)
        layers[layer.name] = json::object();
    json checkpoints = json::object();
    for (const auto& checkpoint : model.checkpoints)
        checkpoints[std::to_string(checkpoint.step)] = {{"features", checkpoint.features}};
    return {{"layers", std::move(layers)}, {"checkpoints", std::move(checkpoints)}};
}

json recordingIdentity(const StudyRecording& recording) {
    return {{"subject", recording.subject}, {"kind", nameOf(recording.kind)}, {"responses", recording.responses},
            {"images", recording.images},   {"channels", recording.channels}, {"times", recording.times},
            {"mask", recording.mask}};
}

json imagesIdentity(const Study& study) {
    return {{"count", study.imageIds.size()}, {"checksum", checksumText(json(study.imageIds).dump())}};
}

void addInput(json& inputs, const Study& study, const std::string& reference) {
    if (reference.empty())
        return;
    const auto file = dataReference(study, reference).file;
    if (!inputs.contains(file.lexically_proximate(study.file.parent_path()).string()))
        inputs[file.lexically_proximate(study.file.parent_path()).string()] = fileSignature(file);
}

json inputsIdentity(const Study& study) {
    json inputs = json::object();
    for (const auto& model : study.models)
        for (const auto& checkpoint : model.checkpoints)
            for (const auto& layer : model.layers)
                addInput(inputs, study, expandLayer(checkpoint.features, layer.name));
    for (const auto& recording : study.recordings)
        for (const auto& reference : {recording.responses, recording.images, recording.mask})
            addInput(inputs, study, reference);
    return inputs;
}

std::string shown(const json& value) {
    const std::string text = value.dump();
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

void compare(const json& kept, const json& now, const std::string& pointer, bool isCollection,
             std::vector<std::string>& differences) {
    if (!kept.is_object() || !now.is_object()) {
        if (kept != now)
            differences.push_back(pointer + ": " + shown(kept) + ", now " + shown(now));
        return;
    }
    for (const auto& [key, value] : kept.items()) {
        if (now.contains(key))
            compare(value, now.at(key), pointer + '/' + key, collections.contains(key) && !isCollection, differences);
        else if (!isCollection)
            differences.push_back(pointer + '/' + key + ": " + shown(value) + ", now missing");
    }
    for (const auto& [key, value] : now.items())
        if (!kept.contains(key) && !isCollection)
            differences.push_back(pointer + '/' + key + ": new, " + shown(value));
}

} // namespace

std::string checksumText(std::string_view text) {
    return hexadecimal(::crc32_z(::crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(text.data()), text.size()));
}

json fileSignature(const std::filesystem::path& file) {
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    if (failure)
        throw NotFoundError({.what = "A file that the study names cannot be found",
                             .file = file,
                             .found = failure.message(),
                             .advice = "check the path in the study file (paths are relative to it)"});
    std::ifstream stream(file, std::ios::binary);
    std::string block(blockSize, '\0');
    auto checksum = ::crc32_z(0, nullptr, 0);
    for (std::size_t i = 0; i < blockCount; ++i) {
        const std::size_t last = size > blockSize ? size - blockSize : 0;
        stream.clear();
        stream.seekg(static_cast<std::streamoff>(last * i / (blockCount - 1)));
        stream.read(block.data(), static_cast<std::streamsize>(blockSize));
        checksum = ::crc32_z(checksum, reinterpret_cast<const Bytef*>(block.data()),
                             static_cast<std::size_t>(stream.gcount()));
    }
    if (stream.bad() || !stream.is_open())
        throw FileError(
            {.what = "A file that the study names cannot be read", .file = file, .advice = "check its permissions"});
    return {{"bytes", size}, {"checksum", hexadecimal(checksum)}};
}

json studyIdentity(const Study& study) {
    json models = json::object();
    for (const auto& model : study.models)
        models[model.id] = modelIdentity(model);
    json recordings = json::object();
    for (const auto& recording : study.recordings)
        recordings[recording.id] = recordingIdentity(recording);
    return {{"name", study.name},          {"images", imagesIdentity(study)},     {"options", toJson(study.encoding)},
            {"models", std::move(models)}, {"recordings", std::move(recordings)}, {"inputs", inputsIdentity(study)}};
}

std::vector<std::string> identityDifferences(const json& kept, const json& now) {
    std::vector<std::string> differences;
    compare(kept, now, "", false, differences);
    return differences;
}

std::string unitFingerprint(const Study& study, const json& identity, const EncodeUnit& unit) {
    const auto& model = study.models.at(static_cast<std::size_t>(unit.model));
    const auto& checkpoint = model.checkpoints.at(static_cast<std::size_t>(unit.checkpoint));
    const auto& recording = study.recordings.at(static_cast<std::size_t>(unit.recording));
    const json parts{identity.at("name"),
                     identity.at("images"),
                     identity.at("options"),
                     identity.at("recordings").at(recording.id),
                     model.id,
                     checkpoint.step,
                     checkpoint.features,
                     model.layers.at(static_cast<std::size_t>(unit.layer)).name};
    return checksumText(parts.dump());
}

} // namespace brainlike
