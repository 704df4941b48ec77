#include "app/cli/FigureInput.h"

#include "core/base/Error.h"
#include "core/formats/GiftiFile.h"
#include "core/formats/NpyFile.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace brainlike {
namespace {

std::string firstBytes(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw NotFoundError({.what = "There is no such file", .file = file.string()});
    if (std::filesystem::is_directory(file))
        throw FormatError(
            {.what = "This is a folder", .file = file.string(), .expected = "a file with scores or a map"});
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw FileError({.what = "The file cannot be read", .file = file.string()});
    std::array<char, 8> bytes{};
    stream.read(bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(stream.gcount())};
}

FigureMap readOne(const std::filesystem::path& file) {
    const std::string start = firstBytes(file);
    const std::string stem = file.stem().stem().string();
    if (start.starts_with("\x93NUMPY"))
        return {stem, readNpyVector<float>(file)};
    if (!start.starts_with("\x1f\x8b") && start.find('<') == std::string::npos)
        throw FormatError({.what = "The file is no map that can be drawn",
                           .file = file.string(),
                           .expected = "scores.h5, NPY or GIFTI (.gii, .gii.gz)"});
    auto maps = readGiftiMaps(file);
    if (maps.empty())
        throw FormatError(
            {.what = "The GIFTI file holds no map", .file = file.string(), .expected = "a value a vertex"});
    return {maps.front().name.empty() ? stem : maps.front().name, std::move(maps.front().values)};
}

} // namespace

bool isHdf5(const std::filesystem::path& file) {
    return firstBytes(file).starts_with("\x89HDF");
}

FigureMap readFigureMap(const std::vector<std::filesystem::path>& files) {
    if (files.size() > 2)
        throw UsageError({.what = "A map is one file, or one a hemisphere",
                          .expected = "at most two files",
                          .found = std::to_string(files.size())});
    FigureMap map = readOne(files.front());
    if (files.size() == 2) {
        const FigureMap right = readOne(files.back());
        if (right.values.size() != map.values.size())
            throw ShapeError({.what = "The two hemispheres differ in number of vertices",
                              .file = files.back().string(),
                              .expected = std::to_string(map.values.size()),
                              .found = std::to_string(right.values.size()),
                              .advice = "Give the left hemisphere's file, then the right one's, of the same template"});
        map.values.insert(map.values.end(), right.values.begin(), right.values.end());
    }
    return map;
}

std::string templateWith(std::size_t vertexCount) {
    constexpr std::array<std::pair<std::size_t, const char*>, 2> known{{{20484, "fsaverage5"}, {327684, "fsaverage"}}};
    for (const auto& [count, name] : known)
        if (count == vertexCount)
            return name;
    throw NotFoundError({.what = "No template is known with as many vertices as the map has",
                         .expected = "20484 (fsaverage5) or 327684 (fsaverage), both hemispheres together",
                         .found = std::to_string(vertexCount),
                         .advice = "Give both hemispheres (lh, then rh), or name the template: --set template=…"});
}

} // namespace brainlike
