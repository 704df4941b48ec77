#include "app/window/FileOpener.h"

#include "core/base/Error.h"
#include "core/maps/MapSource.h"
#include "core/study/ScoreFile.h"

#include <array>
#include <fstream>

namespace brainlike {
namespace {

constexpr std::array<char, 8> hdf5Signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};

bool startsLikeHdf5(std::ifstream& stream) {
    std::array<char, 8> bytes{};
    stream.read(bytes.data(), bytes.size());
    return stream.gcount() == static_cast<std::streamsize>(bytes.size()) && bytes == hdf5Signature;
}

bool startsLikeJson(std::ifstream& stream) {
    stream.clear();
    stream.seekg(0);
    char first = 0;
    return static_cast<bool>(stream >> std::ws >> first) && first == '{';
}

enum class OpenKind { Hdf5, StudyJson, Other };

OpenKind kindOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw NotFoundError(
            {.what = "The file cannot be opened",
             .file = path,
             .advice = "name a study.json, a folder that holds one, a scores.h5, or maps and surfaces"});
    if (startsLikeHdf5(stream))
        return OpenKind::Hdf5;
    return startsLikeJson(stream) ? OpenKind::StudyJson : OpenKind::Other;
}

OpenedFile openStudy(const std::filesystem::path& path) {
    Study study = readStudy(path);
    std::error_code ignored;
    const auto scores = path.parent_path() / "scores.h5";
    if (std::filesystem::exists(scores, ignored))
        return {.scores = std::make_shared<ScoreFile>(scores)};
    return {.studyToEncode = std::move(study)};
}

} // namespace

OpenedFile openFiles(const std::vector<std::filesystem::path>& files) {
    std::error_code ignored;
    for (const auto& file : files) {
        const auto path = std::filesystem::is_directory(file, ignored) ? file / "study.json" : file;
        const OpenKind kind = kindOf(path);
        if (kind == OpenKind::Other)
            continue;
        if (files.size() > 1)
            throw FormatError({.what = "A study or its scores are opened alone",
                               .file = path,
                               .expected = "one study or scores.h5, or any number of maps and surfaces",
                               .found = std::to_string(files.size()) + " files"});
        return kind == OpenKind::Hdf5 ? OpenedFile{.scores = std::make_shared<ScoreFile>(path)} : openStudy(path);
    }
    auto maps = std::make_shared<MapSource>(files);
    auto notes = maps->notes();
    return {.scores = std::move(maps), .notes = std::move(notes)};
}

} // namespace brainlike
