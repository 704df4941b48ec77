#include "core/study/StudyRows.h"

#include "core/base/Error.h"
#include "core/formats/NpyFile.h"

#include <fstream>
#include <unordered_map>

namespace brainlike {
namespace {

/// Rows of an image, ascending.
using RowsOfId = std::unordered_map<std::string_view, std::vector<int>>;

RowsOfId rowsOf(std::span<const std::string> ids) {
    RowsOfId rows;
    rows.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row)
        rows[ids[row]].push_back(static_cast<int>(row));
    return rows;
}

void requireOnce(std::span<const std::string> features) {
    std::unordered_map<std::string_view, std::size_t> first;
    for (std::size_t row = 0; row < features.size(); ++row)
        if (const auto [entry, isNew] = first.emplace(features[row], row); !isNew)
            throw ValueError({.what = "An image occurs twice among the features",
                              .place = "rows " + std::to_string(entry->second) + " and " + std::to_string(row),
                              .expected = "a row an image",
                              .found = features[row],
                              .advice = "Features have a row an image; only responses may repeat one"});
}

std::vector<std::string> readTextIds(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw FileError({.what = "The image ids cannot be read", .file = file.string()});
    std::vector<std::string> ids;
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        ids.push_back(line);
    }
    if (stream.bad())
        throw FileError({.what = "The image ids cannot be read", .file = file.string()});
    while (!ids.empty() && ids.back().empty())
        ids.pop_back();
    for (std::size_t line = 0; line < ids.size(); ++line)
        if (ids[line].empty())
            throw FormatError({.what = "An image has no id",
                               .file = file.string(),
                               .place = "line " + std::to_string(line),
                               .expected = "one id a line",
                               .found = "an empty line"});
    return ids;
}

std::vector<std::string> readNpyIds(const std::filesystem::path& file) {
    const ArrayInfo info = npyInfo(file);
    if (info.type == ElementType::String)
        return readNpyStrings(file);
    if (!isInteger(info.type))
        throw FormatError({.what = "The image ids cannot be read",
                           .file = file.string(),
                           .expected = "integers or strings",
                           .found = describe(info)});
    std::vector<std::string> ids;
    for (const std::int64_t id : readNpyVector<std::int64_t>(file))
        ids.push_back(std::to_string(id));
    return ids;
}

} // namespace

JoinedRows joinRows(std::span<const std::string> responseIds, std::span<const std::string> featureIds) {
    RowsOfId responses = rowsOf(responseIds);
    requireOnce(featureIds);
    JoinedRows joined{.responseCount = static_cast<int>(responseIds.size())};
    bool isRepeated = false;
    for (std::size_t row = 0; row < featureIds.size(); ++row)
        if (const auto found = responses.find(featureIds[row]); found != responses.end()) {
            joined.featureRows.push_back(static_cast<int>(row));
            joined.responseRows.push_back(found->second.front());
            isRepeated = isRepeated || found->second.size() > 1;
            joined.repeats.push_back(std::move(found->second));
        }
    if (joined.featureRows.empty())
        throw ValueError({.what = "Responses and features have no image in common",
                          .expected = featureIds.empty() ? "at least one image" : "ids such as " + featureIds[0],
                          .found = responseIds.empty() ? "no ids" : "ids such as " + responseIds[0],
                          .advice = "Both sides must name an image in the same way"});
    if (!isRepeated)
        joined.repeats.clear();
    joined.responsesLeftOut = static_cast<int>(responses.size() - joined.featureRows.size());
    joined.featuresLeftOut = static_cast<int>(featureIds.size() - joined.featureRows.size());
    return joined;
}

JoinedRows joinRows(const Study& study, const StudyRecording& recording) {
    if (recording.images.empty())
        return joinRows(study.imageIds, study.imageIds);
    const auto file = study.resolve(recording.images);
    const auto ids = readImageIds(file);
    try {
        return joinRows(ids, study.imageIds);
    } catch (const ValueError& error) {
        ErrorDetails details = error.details();
        details.what += " (recording " + recording.id + ")";
        details.file = file.string();
        throw ValueError(std::move(details));
    }
}

std::vector<std::string> readImageIds(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        throw NotFoundError({.what = "The file of image ids is not there", .file = file.string()});
    if (std::filesystem::is_directory(file, ignored))
        throw FileError({.what = "The image ids cannot be read", .file = file.string(), .found = "a folder"});
    return file.extension() == ".npy" ? readNpyIds(file) : readTextIds(file);
}

} // namespace brainlike
