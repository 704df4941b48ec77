#include "core/study/Study.h"

#include "core/base/Error.h"
#include "core/study/EncodingOptionsJson.h"
#include "core/study/StudyFromJson.h"
#include "core/study/StudyRows.h"
#include "core/study/StudyRules.h"

#include <algorithm>
#include <fstream>
#include <unordered_map>

namespace brainlike {
namespace {

using Problems = std::vector<StudyProblem>;

nlohmann::json parseStudy(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        throw NotFoundError({.what = "There is no such study file",
                             .file = file.string(),
                             .advice = "Name a study.json; `brainlike simulate DIR` makes one to try"});
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, ignored))
        throw FileError({.what = "The study file cannot be read", .file = file.string()});
    try {
        return nlohmann::json::parse(stream);
    } catch (const nlohmann::json::parse_error& error) {
        throw FormatError({.what = "The study is not a JSON file",
                           .file = file.string(),
                           .place = "byte " + std::to_string(error.byte),
                           .expected = "a JSON object with \"format\": \"brainlike-study\"",
                           .found = error.what()});
    }
}

bool hasProblemAt(const Problems& problems, const std::string& pointer) {
    return std::any_of(problems.begin(), problems.end(), [&pointer](const StudyProblem& problem) {
        return problem.pointer == pointer || problem.pointer.starts_with(pointer + "/");
    });
}

void readEncoding(Study& study, Problems& problems) {
    if (!study.json.contains("encoding") || hasProblemAt(problems, "/encoding"))
        return;
    try {
        study.encoding = ridgeOptionsFromJson(study.json.at("encoding"));
    } catch (const FormatError& error) {
        const ErrorDetails& details = error.details();
        problems.push_back({"/encoding" + details.place, "expected " + details.expected + ", found " + details.found});
    } catch (const ValueError& error) {
        const std::string key = study.json.at("encoding").contains("alphas") ? "/alphas" : "";
        problems.push_back(problemFrom("/encoding" + key, error));
    }
}

void readIds(Study& study, Problems& problems) {
    const std::string place = "/images/ids";
    if (hasProblemAt(problems, "/images") || !study.json.contains("images"))
        return;
    if (const auto& ids = study.json.at("images").at("ids"); ids.is_string())
        try {
            study.imageIds = readImageIds(study.resolve(ids.get<std::string>()));
            if (study.imageIds.empty())
                problems.push_back({place, "no image ids in " + ids.get<std::string>()});
        } catch (const Error& error) {
            problems.push_back(problemFrom(place, error));
        }
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t row = 0; row < study.imageIds.size(); ++row)
        if (const auto [entry, isNew] = first.emplace(study.imageIds[row], row); !isNew) {
            problems.push_back({place, "\"" + study.imageIds[row] + "\" occurs twice, in rows " +
                                           std::to_string(entry->second) + " and " + std::to_string(row)});
            study.imageIds.clear();
            return;
        }
}

} // namespace

std::string_view nameOf(RecordingKind kind) {
    return kind == RecordingKind::Fmri ? "fmri" : "meg";
}

std::filesystem::path Study::resolve(const std::string& relative) const {
    return (std::filesystem::absolute(file).parent_path() / relative).lexically_normal();
}

Study readStudy(const std::filesystem::path& file) {
    const nlohmann::json json = parseStudy(file);
    Problems problems = schemaProblems(json);
    Study study = studyFromJson(json, file);
    readEncoding(study, problems);
    readIds(study, problems);
    for (const auto& found : {ruleProblems(study), fileProblems(study)})
        problems.insert(problems.end(), found.begin(), found.end());
    if (problems.empty())
        return study;
    throw FormatError({.what = "The study cannot be used: " + std::to_string(problems.size()) +
                               (problems.size() == 1 ? " problem\n" : " problems\n") + listOf(problems),
                       .file = file.string(),
                       .place = problems.size() == 1 ? problems[0].pointer : "",
                       .advice = "Correct the places named (JSON pointers into the file)"});
}

} // namespace brainlike
