#include "core/study/StudyIndex.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/study/EncodeUnit.h"
#include "core/study/RecordingResponses.h"
#include "core/templates/TemplateFinder.h"

#include <utility>

namespace brainlike {
namespace {

ScoredModel scoredModel(const StudyModel& model) {
    ScoredModel scored{.id = model.id,
                       .label = model.label,
                       .family = model.family,
                       .imageType = model.imageType,
                       .parameters = model.parameters,
                       .trainingImages = model.trainingImages,
                       .batchSize = model.batchSize};
    for (const auto& checkpoint : model.checkpoints)
        scored.steps.push_back(checkpoint.step);
    for (const auto& layer : model.layers) {
        scored.layerNames.push_back(layer.name);
        scored.layerDepths.push_back(layer.depth);
    }
    return scored;
}

void addTemplate(StudyOutline& outline) {
    outline.index.templateName = outline.study.templateName;
    if (outline.fmri.empty())
        return;
    outline.brain = TemplateFinder().find(outline.index.templateName);
    outline.index.vertexCounts = outline.brain->vertexCounts();
    const int expected = outline.index.vertexCounts.total();
    for (const int i : outline.fmri) {
        const auto index = static_cast<std::size_t>(i);
        if (outline.shapes[index].dimensions != expected)
            throw ShapeError(
                {.what = "The responses do not fit the template",
                 .file = outline.study.file,
                 .place = "recording " + outline.study.recordings[index].id,
                 .expected = counted(expected, "vertex", "vertices") + " of " + outline.brain->name(),
                 .found = std::to_string(outline.shapes[index].dimensions),
                 .advice = "name the template the responses lie on, or a mask that says which vertices they are"});
    }
}

void checkSensors(const Study& study, std::size_t recording, const RecordingShape& shape, const ChannelTable& channels,
                  const std::vector<double>& times) {
    if (static_cast<std::size_t>(shape.channels) != channels.names.size())
        throw ShapeError({.what = "The channels do not fit the responses",
                          .file = study.resolve(study.recordings[recording].channels),
                          .place = "recording " + study.recordings[recording].id,
                          .expected = counted(shape.channels, "channel"),
                          .found = std::to_string(channels.names.size())});
    if (static_cast<std::size_t>(shape.times) != times.size())
        throw ShapeError({.what = "The times do not fit the responses",
                          .file = study.resolve(study.recordings[recording].times),
                          .place = "recording " + study.recordings[recording].id,
                          .expected = counted(shape.times, "time"),
                          .found = std::to_string(times.size())});
}

void addSensors(StudyOutline& outline) {
    const auto& study = outline.study;
    for (const int i : outline.meg) {
        const auto index = static_cast<std::size_t>(i);
        auto channels = readChannels(study, study.recordings[index]);
        auto times = readTimes(study, study.recordings[index]);
        checkSensors(study, index, outline.shapes[index], channels, times);
        if (i == outline.meg.front()) {
            outline.index.channelNames = std::move(channels.names);
            outline.index.channelPositions = std::move(channels.positions);
            outline.index.times = std::move(times);
        }
    }
}

void addRecordings(StudyOutline& outline) {
    const auto& study = outline.study;
    for (std::size_t i = 0; i < study.recordings.size(); ++i) {
        const auto& recording = study.recordings[i];
        outline.shapes.push_back(recordingShape(study, recording));
        outline.rows.push_back(finiteRows(study, recording, joinRows(study, recording)));
        auto& list = recording.kind == RecordingKind::Fmri ? outline.index.fmri : outline.index.meg;
        list.push_back({recording.id, recording.subject, outline.rows.back().size()});
    }
}

} // namespace

int StudyOutline::dimensions(RecordingKind kind) const {
    const auto& list = recordings(kind);
    return list.empty() ? 0 : shapes.at(static_cast<std::size_t>(list.front())).dimensions;
}

int StudyOutline::imageCount(RecordingKind kind) const {
    const auto& list = recordings(kind);
    return list.empty() ? 0 : rows.at(static_cast<std::size_t>(list.front())).size();
}

StudyOutline outlineOf(const Study& study) {
    StudyOutline outline{.study = study};
    outline.index.studyName = study.name;
    if (study.json.contains("windows"))
        outline.index.windows = study.windows;
    for (const auto& model : study.models)
        outline.index.models.push_back(scoredModel(model));
    outline.fmri = recordingsOf(study, RecordingKind::Fmri);
    outline.meg = recordingsOf(study, RecordingKind::Meg);
    addRecordings(outline);
    addTemplate(outline);
    addSensors(outline);
    return outline;
}

} // namespace brainlike
