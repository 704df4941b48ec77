#include "core/study/StudyRules.h"

#include "core/base/Counted.h"
#include "core/study/StudyPaths.h"

#include <map>
#include <set>

namespace brainlike {
namespace {

using Problems = std::vector<StudyProblem>;

std::string at(const std::string& list, std::size_t index) {
    return list + "/" + std::to_string(index);
}

/// Names that occur twice in a list.
template <typename Item, typename NameOf>
void findRepeats(const std::vector<Item>& items, const std::string& list, const std::string& key, NameOf name,
                 Problems& problems) {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string& text = name(items[i]);
        if (text.empty())
            continue;
        if (const auto [entry, isNew] = first.emplace(text, i); !isNew)
            problems.push_back({at(list, i) + key,
                                "\"" + text + "\" is also the " + key.substr(1) + " of " + at(list, entry->second)});
    }
}

void checkLayers(const StudyModel& model, const std::string& place, Problems& problems) {
    findRepeats(
        model.layers, place, "/name", [](const auto& layer) -> const auto& { return layer.name; }, problems);
    for (std::size_t i = 1; i < model.layers.size(); ++i)
        if (const double depth = model.layers[i].depth; depth >= 0 && depth < model.layers[i - 1].depth)
            problems.push_back({at(place, i) + "/depth",
                                "layers must be listed from the first to the last: this depth is "
                                "less than the one before"});
}

void checkCheckpoints(const StudyModel& model, const std::string& place, Problems& problems) {
    for (std::size_t i = 0; i < model.checkpoints.size(); ++i) {
        const StudyCheckpoint& checkpoint = model.checkpoints[i];
        if (i > 0 && checkpoint.step >= 0 && checkpoint.step <= model.checkpoints[i - 1].step)
            problems.push_back({at(place, i) + "/step", "steps must increase: " + std::to_string(checkpoint.step) +
                                                            " follows " +
                                                            std::to_string(model.checkpoints[i - 1].step)});
        if (!checkpoint.features.empty() && model.layers.size() > 1 &&
            checkpoint.features.find("{layer}") == std::string::npos)
            problems.push_back({at(place, i) + "/features",
                                "{layer} is missing: every layer of the model would read the same features"});
    }
}

void checkRecording(const StudyRecording& recording, const std::string& place, const std::string& templateName,
                    Problems& problems) {
    const bool isMeg = recording.kind == RecordingKind::Meg;
    const auto needs = [&](const std::string& key, const std::string& value, bool needed) {
        if (needed && value.empty())
            problems.push_back({place, "the key \"" + key + "\" is missing: MEG needs it"});
        if (!needed && !value.empty())
            problems.push_back({place + "/" + key, std::string("not for ") + (isMeg ? "MEG" : "fMRI") + " recordings"});
    };
    needs("channels", recording.channels, isMeg);
    needs("times", recording.times, isMeg);
    if (isMeg)
        needs("mask", recording.mask, false);
    else if (templateName.empty())
        problems.push_back(
            {place + "/kind", "fMRI needs the study's \"template\", such as {\"name\": \"fsaverage5\"}"});
}

void checkRecordings(const Study& study, Problems& problems) {
    const std::string list = "/recordings";
    findRepeats(
        study.recordings, list, "/id", [](const auto& item) -> const auto& { return item.id; }, problems);
    std::map<std::pair<std::string, RecordingKind>, std::size_t> first;
    for (std::size_t i = 0; i < study.recordings.size(); ++i) {
        const StudyRecording& recording = study.recordings[i];
        const auto kind = study.json.at("recordings").at(i);
        const bool hasKind = kind.is_object() && kind.contains("kind") && kind.at("kind") == nameOf(recording.kind);
        if (!hasKind)
            continue;
        checkRecording(recording, at(list, i), study.templateName, problems);
        if (recording.subject.empty())
            continue;
        if (const auto [entry, isNew] = first.emplace(std::pair(recording.subject, recording.kind), i); !isNew)
            problems.push_back({at(list, i) + "/subject", "subject \"" + recording.subject + "\" has a second " +
                                                              std::string(nameOf(recording.kind)) +
                                                              " recording, besides " + at(list, entry->second) +
                                                              "; one a subject and kind"});
    }
}

void checkWindows(const Study& study, Problems& problems) {
    findRepeats(
        study.windows, "/windows", "/name", [](const auto& item) -> const auto& { return item.name; }, problems);
    for (std::size_t i = 0; i < study.windows.size(); ++i)
        if (study.windows[i].end < study.windows[i].start)
            problems.push_back({at("/windows", i) + "/end", "the window ends before it starts"});
}

void checkGroups(const Study& study, Problems& problems) {
    const auto check = [&](const char* key, const std::vector<std::int64_t>& groups) {
        if (!groups.empty() && !study.imageIds.empty() && groups.size() != study.imageIds.size())
            problems.push_back({std::string("/encoding/") + key, "expected a group for each of the " +
                                                                     counted(study.imageIds.size(), "image") +
                                                                     ", found " + std::to_string(groups.size())});
    };
    check("groups", study.encoding.outer.groups);
    if (study.encoding.inner.groups != study.encoding.outer.groups)
        check("inner_groups", study.encoding.inner.groups);
}

} // namespace

std::vector<StudyProblem> ruleProblems(const Study& study) {
    Problems problems;
    findRepeats(
        study.models, "/models", "/id", [](const auto& item) -> const auto& { return item.id; }, problems);
    for (std::size_t i = 0; i < study.models.size(); ++i) {
        checkLayers(study.models[i], at("/models", i) + "/layers", problems);
        checkCheckpoints(study.models[i], at("/models", i) + "/checkpoints", problems);
    }
    checkRecordings(study, problems);
    findRepeats(
        study.rois, "/rois", "/name", [](const auto& item) -> const auto& { return item.name; }, problems);
    checkWindows(study, problems);
    checkGroups(study, problems);
    return problems;
}

} // namespace brainlike
