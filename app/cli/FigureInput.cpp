#include "app/cli/FigureInput.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/maps/MapSource.h"
#include "core/maps/MapsBeside.h"
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
    std::vector<std::filesystem::path> scores, others;
    for (const auto& file : files)
        (isHdf5(file) ? scores : others).push_back(file);
    if (scores.size() > 1)
        throw FormatError({.what = "Scores are drawn one at a time",
                           .file = scores[1].string(),
                           .expected = "one scores.h5, and any number of maps",
                           .found = counted(scores.size(), "file") + " of scores"});
    if (!scores.empty()) {
        auto study = std::make_shared<ScoreFile>(scores.front());
        if (others.empty())
            return {std::move(study), {}};
        MapsBeside beside = mapsBeside(study, others);
        return {std::move(beside.scores), std::move(beside.notes)};
    }
    auto maps = std::make_shared<MapSource>(files, templateName);
    auto notes = maps->notes();
    return {std::move(maps), std::move(notes)};
}

} // namespace brainlike
