#include "core/study/ScoreFileIndex.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/study/ScoreLayout.h"
#include "core/study/StudyFromJson.h"

#include <algorithm>
#include <array>
#include <utility>

namespace brainlike {
namespace {

using nlohmann::json;

[[noreturn]] void damaged(const Hdf5File& file, const std::string& place, std::string expected, std::string found) {
    throw FormatError({.what = "The scores file is damaged",
                       .file = file.path(),
                       .place = place,
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .advice = "write it again with brainlike encode (finished parts are not computed again)"});
}

std::string textOr(const Hdf5File& file, const std::string& object, const char* name, const std::string& otherwise) {
    return file.hasAttribute(object, name) ? file.readStringAttribute(object, name) : otherwise;
}

std::optional<double> numberAt(const Hdf5File& file, const std::string& object, const char* name) {
    return file.hasAttribute(object, name) ? std::optional(file.readAttribute<double>(object, name)) : std::nullopt;
}

void checkSize(const Hdf5File& file, const std::string& dataset, std::size_t found, std::size_t expected) {
    if (found != expected)
        damaged(file, dataset, counted(expected, "value"), std::to_string(found));
}

void checkShape(const Hdf5File& file, const std::string& dataset, const Shape& expected) {
    if (!file.isDataset(dataset))
        damaged(file, dataset, "a dataset " + describe(expected), "nothing");
    const auto info = file.info(dataset);
    if (info.shape != expected)
        damaged(file, dataset, describe(expected), describe(info));
}

ScoredModel readModel(const Hdf5File& file, const std::string& id) {
    const std::string group = modelGroup(id);
    if (!file.isGroup(group))
        damaged(file, group, "a group with the model's attributes", "nothing");
    ScoredModel model{.id = id,
                      .label = textOr(file, group, "label", id),
                      .family = textOr(file, group, "family", ""),
                      .imageType = textOr(file, group, "image_type", ""),
                      .parameters = numberAt(file, group, "parameters"),
                      .trainingImages = numberAt(file, group, "training_images"),
                      .batchSize = numberAt(file, group, "batch_size")};
    model.steps = file.read<std::int64_t>(group + "/steps", 1).values;
    model.layerNames = file.readStrings(group + "/layer_names");
    model.layerDepths = file.read<double>(group + "/layer_depths", 1).values;
    checkSize(file, group + "/layer_depths", model.layerDepths.size(), model.layerNames.size());
    return model;
}

ScoredRecording readRecording(const Hdf5File& file, const std::string& id) {
    const std::string group = recordingGroup(id);
    ScoredRecording recording{.id = id, .subject = textOr(file, group, "subject", id)};
    if (const auto images = numberAt(file, group, "images"))
        recording.imageCount = static_cast<int>(*images);
    return recording;
}

void readVertexCounts(const Hdf5File& file, ScoreIndex& index, const std::string& recording) {
    const std::string dataset = recordingGroup(recording) + "/vertex_counts";
    const auto counts = file.read<std::int64_t>(dataset, 1).values;
    checkSize(file, dataset, counts.size(), 2);
    if (std::min(counts[0], counts[1]) < 0 || std::max(counts[0], counts[1]) > 100'000'000)
        damaged(file, dataset, "vertices of the left and right hemisphere",
                std::to_string(counts[0]) + ", " + std::to_string(counts[1]));
    index.vertexCounts = {static_cast<int>(counts[0]), static_cast<int>(counts[1])};
}

void readSensors(const Hdf5File& file, ScoreIndex& index, const std::string& recording) {
    const std::string group = recordingGroup(recording);
    index.channelNames = file.readStrings(group + "/channel_names");
    index.times = file.read<double>(group + "/times", 1).values;
    checkShape(file, group + "/channel_positions", {index.channelNames.size(), 3});
    const auto positions = file.read<double>(group + "/channel_positions", 2).values;
    for (std::size_t i = 0; i + 2 < positions.size(); i += 3)
        index.channelPositions.push_back({positions[i], positions[i + 1], positions[i + 2]});
}

/// Recordings along axis 1, as the first model's score names them; empty without that kind.
std::vector<ScoredRecording> readRecordings(const Hdf5File& file, RecordingKind kind, const std::string& model) {
    std::vector<ScoredRecording> recordings;
    const auto dataset = scoreDataset(kind, model);
    if (file.isDataset(dataset))
        for (const auto& id : file.readStringsAttribute(dataset, "recordings"))
            recordings.push_back(readRecording(file, id));
    return recordings;
}

void checkDatasets(const Hdf5File& file, const ScoreIndex& index, RecordingKind kind, const ScoredModel& model) {
    const Shape axes = dimensionAxes(index, kind);
    const std::size_t steps = model.steps.size();
    const std::size_t layers = model.layerNames.size();
    const std::size_t recordings = (kind == RecordingKind::Fmri ? index.fmri : index.meg).size();
    checkShape(file, scoreDataset(kind, model.id), joined({steps, recordings, layers}, axes));
    for (const char* what : {"mean", "sem", "t", "p", "q"})
        checkShape(file, groupDataset(kind, model.id, what), joined({steps, layers}, axes));
    for (const char* what : {"best_layer", "best_score", "margin", "agreement"})
        checkShape(file, groupDataset(kind, model.id, what), joined({steps}, axes));
}

/// Model ids in the order of the study; those it does not name follow in alphabetical order.
std::vector<std::string> modelIds(const Hdf5File& file, const json& study) {
    auto stored = file.children("/models");
    std::vector<std::string> ids;
    for (const auto& model : study.value("models", json::array())) {
        const auto found = std::find(stored.begin(), stored.end(), model.value("id", ""));
        if (found == stored.end())
            continue;
        ids.push_back(*found);
        stored.erase(found);
    }
    ids.insert(ids.end(), stored.begin(), stored.end());
    return ids;
}

} // namespace

json readStudyOf(const Hdf5File& file) {
    const std::string format = file.hasAttribute("/", "format") ? file.readStringAttribute("/", "format") : "";
    if (format != scoresFormat)
        throw FormatError({.what = "The file is not a scores file",
                           .file = file.path(),
                           .place = "/ attribute format",
                           .expected = scoresFormat,
                           .found = format.empty() ? "no such attribute" : format,
                           .advice = "name a file that brainlike encode has written"});
    const auto found = file.hasAttribute("/", "version") ? file.readAttribute<std::int64_t>("/", "version") : 0;
    if (found != scoresVersion)
        throw FormatError({.what = "The scores file has another version",
                           .file = file.path(),
                           .place = "/ attribute version",
                           .expected = std::to_string(scoresVersion),
                           .found = std::to_string(found),
                           .advice = "open it with the version of Brainlike that wrote it, or encode again"});
    try {
        auto study = json::parse(file.readStringAttribute("/", "study"));
        if (!study.is_object())
            damaged(file, "/ attribute study", "the study as a JSON object", "other JSON");
        return study;
    } catch (const json::exception& error) {
        damaged(file, "/ attribute study", "the study as JSON", error.what());
    }
}

Shape dimensionAxes(const ScoreIndex& index, RecordingKind kind) {
    if (kind == RecordingKind::Fmri)
        return {static_cast<std::size_t>(index.vertexCounts.total())};
    return {index.channelNames.size(), index.times.size()};
}

ScoreIndex readScoreIndex(const Hdf5File& file, const json& study) {
    ScoreIndex index;
    index.studyName = textOr(file, "/", "name", "");
    index.templateName = textOr(file, "/", "template", "");
    if (study.contains("windows"))
        index.windows = studyFromJson(study, file.path()).windows;
    for (const auto& id : modelIds(file, study))
        index.models.push_back(readModel(file, id));
    if (index.models.empty())
        damaged(file, "/models", "at least one model", "none");
    index.fmri = readRecordings(file, RecordingKind::Fmri, index.models.front().id);
    index.meg = readRecordings(file, RecordingKind::Meg, index.models.front().id);
    if (!index.fmri.empty())
        readVertexCounts(file, index, index.fmri.front().id);
    if (!index.meg.empty())
        readSensors(file, index, index.meg.front().id);
    for (const auto& model : index.models) {
        if (!index.fmri.empty())
            checkDatasets(file, index, RecordingKind::Fmri, model);
        if (!index.meg.empty())
            checkDatasets(file, index, RecordingKind::Meg, model);
        for (const char* what : {"encoding_fmri", "encoding_meg", "spatial", "temporal"})
            checkShape(file, summaryGroup(model.id) + "/" + what, {model.steps.size()});
    }
    return index;
}

} // namespace brainlike
