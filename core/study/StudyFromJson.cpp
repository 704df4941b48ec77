#include "core/study/StudyFromJson.h"

#include "resources/Resources.h"

namespace brainlike {
namespace {

using Json = nlohmann::json;

const Json& member(const Json& json, const char* key) {
    static const Json none;
    const auto found = json.is_object() ? json.find(key) : json.end();
    return found != json.end() ? *found : none;
}

std::string text(const Json& json, const char* key, const std::string& fallback = "") {
    const Json& value = member(json, key);
    return value.is_string() ? value.get<std::string>() : fallback;
}

std::optional<double> number(const Json& json, const char* key) {
    const Json& value = member(json, key);
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::vector<std::string> texts(const Json& list) {
    std::vector<std::string> result;
    if (list.is_array())
        for (const Json& item : list)
            result.push_back(item.is_string() ? item.get<std::string>() : "");
    return result;
}

template <typename Item, typename Read>
std::vector<Item> items(const Json& list, Read read) {
    std::vector<Item> result;
    if (list.is_array())
        for (const Json& item : list)
            result.push_back(read(item));
    return result;
}

StudyLayer layerFrom(const Json& json) {
    return {text(json, "name"), number(json, "depth").value_or(-1)};
}

StudyCheckpoint checkpointFrom(const Json& json) {
    const Json& step = member(json, "step");
    return {step.is_number_integer() ? step.get<std::int64_t>() : -1, text(json, "features")};
}

StudyModel modelFrom(const Json& json) {
    StudyModel model;
    model.id = text(json, "id");
    model.label = text(json, "label", model.id);
    model.family = text(json, "family");
    model.imageType = text(json, "image_type");
    model.parameters = number(json, "parameters");
    model.trainingImages = number(json, "training_images");
    model.batchSize = number(json, "batch_size");
    model.layers = items<StudyLayer>(member(json, "layers"), layerFrom);
    model.checkpoints = items<StudyCheckpoint>(member(json, "checkpoints"), checkpointFrom);
    return model;
}

StudyRecording recordingFrom(const Json& json) {
    StudyRecording recording;
    recording.id = text(json, "id");
    recording.subject = text(json, "subject");
    recording.kind = text(json, "kind") == nameOf(RecordingKind::Meg) ? RecordingKind::Meg : RecordingKind::Fmri;
    recording.responses = text(json, "responses");
    recording.images = text(json, "images");
    recording.channels = text(json, "channels");
    recording.times = text(json, "times");
    recording.mask = text(json, "mask");
    return recording;
}

RoiDefinition roiFrom(const Json& json) {
    return {text(json, "name"), texts(member(json, "areas"))};
}

TimeWindow windowFrom(const Json& json) {
    return {text(json, "name"), number(json, "start").value_or(0), number(json, "end").value_or(0)};
}

std::vector<RoiDefinition> defaultRois() {
    const Json set = Json::parse(resource("roi_sets/default.json").value_or("{}"));
    return items<RoiDefinition>(member(set, "rois"), roiFrom);
}

} // namespace

std::vector<TimeWindow> defaultWindows() {
    constexpr double endOfEpoch = 3.0;
    return {{"80–130 ms", 0.08, 0.13},
            {"130–180 ms", 0.13, 0.18},
            {"500–550 ms", 0.5, 0.55},
            {"early", 0, 0.2},
            {"late", 1.5, endOfEpoch}};
}

Study studyFromJson(const nlohmann::json& json, const std::filesystem::path& file) {
    Study study;
    study.file = file;
    study.json = json;
    study.name = text(json, "name", file.stem().string());
    study.templateName = text(member(json, "template"), "name");
    if (const bool isFolder = study.templateName.find('/') != std::string::npos; isFolder)
        study.templateName = study.resolve(study.templateName).string();
    study.rois = json.contains("rois") ? items<RoiDefinition>(member(json, "rois"), roiFrom) : defaultRois();
    study.windows =
        json.contains("windows") ? items<TimeWindow>(member(json, "windows"), windowFrom) : defaultWindows();
    study.models = items<StudyModel>(member(json, "models"), modelFrom);
    study.recordings = items<StudyRecording>(member(json, "recordings"), recordingFrom);
    study.imageIds = texts(member(member(json, "images"), "ids"));
    study.imageFolder = text(member(json, "images"), "folder");
    return study;
}

} // namespace brainlike
