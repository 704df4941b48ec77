#include "app/window/FileOpener.h"

#include "core/base/Error.h"
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

} // namespace

OpenedFile openFile(const std::filesystem::path& file) {
    std::error_code ignored;
    const auto path = std::filesystem::is_directory(file, ignored) ? file / "study.json" : file;
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw NotFoundError({.what = "The file cannot be opened", .file = path,
                             .advice = "name a study.json, a folder that holds one, or a scores.h5"});
    if (startsLikeHdf5(stream))
        return {.scores = std::make_shared<ScoreFile>(path)};
    if (!startsLikeJson(stream))
        throw FormatError({.what = "The file is neither a study nor scores", .file = path,
                           .expected = "a study.json or a scores.h5 (HDF5)", .found = "another kind of file",
                           .advice = "`brainlike encode` makes scores.h5 from a study"});
    Study study = readStudy(path);
    const auto scores = path.parent_path() / "scores.h5";
    if (std::filesystem::exists(scores, ignored))
        return {.scores = std::make_shared<ScoreFile>(scores)};
    return {.studyToEncode = std::move(study)};
}

} // namespace brainlike
