#include "app/cli/FigureInput.h"

#include "core/base/Error.h"
#include "core/maps/MapSource.h"
#include "core/study/ScoreFile.h"

#include <array>
#include <fstream>

namespace brainlike {
namespace {

bool isHdf5(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw NotFoundError({.what = "There is no such file", .file = file.string()});
    if (std::filesystem::is_directory(file))
        throw FormatError(
            {.what = "This is a folder", .file = file.string(), .expected = "a file with scores or a map"});
    std::array<char, 4> bytes{};
    std::ifstream(file, std::ios::binary).read(bytes.data(), bytes.size());
    return std::string_view(bytes.data(), bytes.size()) == "\x89HDF";
}

} // namespace

FigureInput openFigureInput(const std::vector<std::filesystem::path>& files, const std::string& templateName) {
    for (const auto& file : files) {
        if (!isHdf5(file))
            continue;
        if (files.size() > 1)
            throw FormatError({.what = "Scores are drawn alone",
                               .file = file.string(),
                               .expected = "one scores.h5, or any number of maps and surfaces",
                               .found = std::to_string(files.size()) + " files"});
        return {std::make_shared<ScoreFile>(file), {}};
    }
    auto maps = std::make_shared<MapSource>(files, templateName);
    auto notes = maps->notes();
    return {std::move(maps), std::move(notes)};
}

} // namespace brainlike
