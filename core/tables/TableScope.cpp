#include "core/tables/TableScope.h"

#include "core/base/Error.h"
#include "core/base/Version.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

constexpr const char* groupMean = "mean";
constexpr const char* everyOne = "all";
constexpr const char* bestLayer = "best";

std::string listOfNames(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

NotFoundError noSuch(const ScoreFile& scores, const std::string& what, const std::vector<std::string>& there,
                     const std::string& found) {
    return NotFoundError({.what = "The scores have no such " + what,
                          .file = scores.path().string(),
                          .expected = "one of " + listOfNames(there),
                          .found = found});
}

bool isNamed(const ScoredRecording& recording, const std::string& name) {
    return recording.subject == name || recording.id == name;
}

std::vector<std::string> subjectNames(const ScoreFile& scores) {
    std::vector<std::string> names;
    for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg})
        for (const auto& recording : scores.recordings(kind))
            if (std::find(names.begin(), names.end(), recording.subject) == names.end())
                names.push_back(recording.subject);
    return names;
}

bool isMean(const TableRequest& request) {
    return !request.subject || *request.subject == groupMean;
}

bool isEveryone(const TableRequest& request) {
    return request.subject && *request.subject == everyOne;
}

nlohmann::json jsonOfSets(const std::vector<RoiDefinition>& rois) {
    auto json = nlohmann::json::array();
    for (const auto& roi : rois)
        json.push_back({{"name", roi.name}, {"areas", roi.areas}});
    return json;
}

nlohmann::json jsonOfSets(const std::vector<TimeWindow>& windows) {
    auto json = nlohmann::json::array();
    for (const auto& window : windows)
        json.push_back({{"name", window.name}, {"start", window.start}, {"end", window.end}});
    return json;
}

} // namespace

std::string_view nameOf(TableLevel level) {
    switch (level) {
    case TableLevel::None:
        return "";
    case TableLevel::Model:
        return "model";
    case TableLevel::Layer:
        return "layer";
    case TableLevel::Roi:
        return "roi";
    case TableLevel::Area:
        return "area";
    case TableLevel::Vertex:
        return "vertex";
    case TableLevel::Window:
        return "window";
    }
    return "";
}

TableScope::TableScope(const ScoreFile& scores, const TableRequest& request, TableLevel level,
                       const std::vector<RecordingKind>& kinds)
    : m_scores(scores), m_request(request), m_level(level), m_sets(scores, request.sets) {
    chooseModels();
    chooseKinds(kinds);
    checkLayer();
}

void TableScope::chooseModels() {
    std::vector<std::string> ids, steps;
    for (int number = 0; number < static_cast<int>(index().models.size()); ++number) {
        const auto& scored = model(number);
        ids.push_back(scored.id);
        if (m_request.model && scored.id != *m_request.model)
            continue;
        for (const auto step : scored.steps)
            if (const auto text = std::to_string(step); std::find(steps.begin(), steps.end(), text) == steps.end())
                steps.push_back(text);
        if (!m_request.step ||
            std::find(scored.steps.begin(), scored.steps.end(), *m_request.step) != scored.steps.end())
            m_models.push_back(number);
    }
    if (m_request.model && std::find(ids.begin(), ids.end(), *m_request.model) == ids.end())
        throw noSuch(m_scores, "model", ids, *m_request.model);
    if (m_models.empty())
        throw noSuch(m_scores, "step", steps, std::to_string(m_request.step.value_or(0)));
}

bool TableScope::isThere(RecordingKind kind) const {
    const auto& recordings = m_scores.recordings(kind);
    return isMean(m_request) || isEveryone(m_request)
               ? !recordings.empty()
               : std::any_of(recordings.begin(), recordings.end(),
                             [this](const auto& recording) { return isNamed(recording, *m_request.subject); });
}

void TableScope::chooseKinds(const std::vector<RecordingKind>& wanted) {
    if (!isThere(RecordingKind::Fmri) && !isThere(RecordingKind::Meg))
        throw noSuch(m_scores, "subject", subjectNames(m_scores), m_request.subject.value_or("no recordings"));
    std::string kinds;
    for (const auto kind : wanted) {
        kinds += (kinds.empty() ? "" : " or ") + std::string(kind == RecordingKind::Fmri ? "fMRI" : "MEG");
        if (isThere(kind))
            m_kinds.push_back(kind);
    }
    if (m_kinds.empty())
        throw NotFoundError({.what = "The scores do not hold what this table is made of",
                             .file = m_scores.path().string(),
                             .place = m_request.what + ", level " + std::string(nameOf(m_level)),
                             .expected = kinds + " recordings" + (m_request.subject ? " of " + *m_request.subject : ""),
                             .found = "none"});
}

void TableScope::checkLayer() const {
    if (!m_request.layer)
        return;
    std::vector<std::string> names{bestLayer, groupMean};
    for (const int number : m_models) {
        if (!layers(number).empty())
            return;
        for (const auto& name : model(number).layerNames)
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
    }
    throw noSuch(m_scores, "layer", names, *m_request.layer);
}

std::vector<int> TableScope::steps(int number) const {
    const auto& steps = model(number).steps;
    std::vector<int> chosen;
    for (int step = 0; step < static_cast<int>(steps.size()); ++step) {
        const bool isLast = step + 1 == static_cast<int>(steps.size());
        if (m_request.onlyLastStep ? isLast
                                   : !m_request.step || steps[static_cast<std::size_t>(step)] == *m_request.step)
            chosen.push_back(step);
    }
    return chosen;
}

std::vector<TableSubject> TableScope::subjects(RecordingKind kind) const {
    std::vector<TableSubject> chosen;
    if (isMean(m_request) || isEveryone(m_request))
        chosen.push_back({groupMean, std::nullopt});
    const auto& recordings = m_scores.recordings(kind);
    for (int number = 0; number < static_cast<int>(recordings.size()) && !isMean(m_request); ++number)
        if (const auto& recording = recordings[static_cast<std::size_t>(number)];
            isEveryone(m_request) || isNamed(recording, *m_request.subject))
            chosen.push_back({recording.subject, number});
    return chosen;
}

std::vector<TableLayer> TableScope::layers(int number) const {
    const std::string wanted = m_request.layer.value_or(bestLayer);
    std::vector<TableLayer> chosen;
    if (wanted == bestLayer || wanted == everyOne)
        chosen.push_back({bestLayer, {}});
    if (wanted == groupMean)
        chosen.push_back({groupMean, {.choice = LayerChoice::Mean}});
    const auto& names = model(number).layerNames;
    for (int layer = 0; layer < static_cast<int>(names.size()); ++layer)
        if (const auto& name = names[static_cast<std::size_t>(layer)]; wanted == everyOne || wanted == name)
            chosen.push_back({name, {.choice = LayerChoice::Layer, .layer = layer}});
    return chosen;
}

nlohmann::json TableScope::setOptions() const {
    nlohmann::json options = nlohmann::json::object();
    if (m_level == TableLevel::Window)
        options["windows"] = jsonOfSets(m_sets.windowDefinitions());
    if (m_level != TableLevel::Roi && m_level != TableLevel::Area)
        return options;
    if (m_level == TableLevel::Roi && m_request.sets.rois) {
        options["rois"] = toJson(**m_request.sets.rois);
        return options;
    }
    options["parcellation"] = m_level == TableLevel::Roi ? m_sets.ownParcellation().name : m_sets.parcellation().name;
    if (m_level == TableLevel::Roi) {
        options["rois"] = jsonOfSets(m_sets.roiDefinitions());
        options["rois_left_out"] = m_sets.roisLeftOut();
    }
    return options;
}

Table TableScope::head(std::vector<TableColumn> columns) const {
    Table table{.what = m_request.what, .columns = std::move(columns)};
    auto& options = table.options;
    options = setOptions();
    options["program"] = std::string("brainlike ") + version;
    options["study"] = index().studyName;
    options["template"] = index().templateName;
    options["encoding"] = m_scores.encodingOptions();
    options["model"] = m_request.model.value_or(everyOne);
    options["step"] = m_request.onlyLastStep ? nlohmann::json("last")
                      : m_request.step       ? nlohmann::json(*m_request.step)
                                             : nlohmann::json(everyOne);
    options["subject"] = m_request.subject.value_or(groupMean);
    if (m_level != TableLevel::None)
        options["level"] = nameOf(m_level);
    for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg})
        options["subjects"][std::string(nameOf(kind))] = m_scores.recordings(kind).size();
    return table;
}

} // namespace brainlike
