#include "core/study/StudyLocation.h"

#include "core/base/Error.h"
#include "core/study/PartStore.h"
#include "core/study/StudyPaths.h"

#include <utility>

namespace brainlike {
namespace {

bool isSame(const ScoreFile& scores, const Study& study) {
    return study.json == scores.study();
}

/// Where the study may lie.
std::vector<std::filesystem::path> candidates(const ScoreFile& scores) {
    const auto file = std::filesystem::absolute(scores.path());
    std::vector<std::filesystem::path> places{file.parent_path() / "study.json"};
    try {
        if (auto named = readOwner(partsFolderOf(file)).study; !named.empty() && named != places.front())
            places.push_back(std::move(named));
    } catch (const Error&) {
        // No parts, or none that can be read: they name no study.
    }
    return places;
}

} // namespace

Study findStudy(const ScoreFile& scores) {
    std::string searched;
    std::error_code ignored;
    for (const auto& file : candidates(scores)) {
        searched += (searched.empty() ? "" : "; ") + file.string();
        if (!std::filesystem::exists(file, ignored))
            continue;
        auto study = readStudy(file);
        if (isSame(scores, study))
            return study;
        searched += " (another study)";
    }
    throw NotFoundError({.what = "The study that the scores were made from is not here",
                         .file = scores.path(),
                         .expected = "its study file",
                         .found = "none in " + searched,
                         .advice = "open the study file, or put it beside the scores"});
}

Study readStudyOf(const ScoreFile& scores, const std::filesystem::path& file) {
    auto study = readStudy(file);
    if (!isSame(scores, study))
        throw ValueError({.what = "The scores were made from another study, or from an earlier state of this one",
                          .file = file,
                          .expected = "the study \"" + scores.index().studyName + "\" as it was encoded",
                          .advice = "name that study's file, or encode this one"});
    return study;
}

StudyImages::StudyImages(const Study& study) {
    if (study.imageFolder.empty())
        return;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(study.resolve(study.imageFolder), failure), end;
         !failure && entry != end; entry.increment(failure)) {
        m_files.insert_or_assign(entry->path().filename().string(), entry->path());
        m_files.try_emplace(entry->path().stem().string(), entry->path());
    }
}

std::optional<std::filesystem::path> StudyImages::fileOf(const std::string& image) const {
    const auto found = m_files.find(image);
    return found == m_files.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::filesystem::path> inputFilesOf(const Study& study) {
    std::vector<std::filesystem::path> files{study.file};
    const auto add = [&](const std::string& reference) {
        if (!reference.empty())
            files.push_back(dataReference(study, reference).file);
    };
    if (const auto ids = study.json.value(nlohmann::json::json_pointer("/images/ids"), nlohmann::json());
        ids.is_string())
        add(ids.get<std::string>());
    for (const auto& model : study.models)
        for (const auto& checkpoint : model.checkpoints)
            for (const auto& layer : model.layers)
                files.push_back(featuresOf(study, checkpoint, layer).file);
    for (const auto& recording : study.recordings)
        for (const auto& reference :
             {recording.responses, recording.images, recording.channels, recording.times, recording.mask})
            add(reference);
    const StudyImages pictures(study);
    for (const auto& image : study.imageIds)
        if (auto picture = pictures.fileOf(image))
            files.push_back(*std::move(picture));
    return files;
}

} // namespace brainlike
