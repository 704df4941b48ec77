#include "core/properties/PropertySources.h"

#include "core/base/Error.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "core/formats/HemisphereName.h"
#include "core/properties/PublishedProperties.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// "name=lh.map,rh.map" taken apart.
struct SourceText {
    std::string name;
    std::vector<fs::path> files;
};

SourceText sourceFrom(const std::string& text) {
    SourceText source;
    std::string files = text;
    if (const auto sign = text.find('='); sign != std::string::npos && !fs::exists(text)) {
        source.name = text.substr(0, sign);
        files = text.substr(sign + 1);
    }
    if (fs::exists(files)) {
        source.files = {files};
        return source;
    }
    for (std::size_t start = 0; start <= files.size();) {
        const auto end = std::min(files.find(',', start), files.size());
        source.files.emplace_back(files.substr(start, end - start));
        start = end + 1;
    }
    if (source.files.size() > 2)
        throw UsageError({.what = "A property is one file, or one a hemisphere",
                          .expected = "at most two files with a comma between",
                          .found = text});
    return source;
}

NotFoundError noSuchSource(const std::string& text) {
    std::string known;
    for (const auto& name : publishedPropertyNames())
        known += (known.empty() ? "" : ", ") + name;
    return NotFoundError({.what = "There is no such property",
                          .expected = "a file, or one of the published properties " + known,
                          .found = text});
}

/// Values whose hemisphere is not told by their file are of the one that its place tells.
void settle(FoundMap& found, Hemisphere hemisphere) {
    if (!found.untold.empty())
        found.sides[indexOf(hemisphere)] = std::exchange(found.untold, {});
    std::replace(found.areaSides.begin(), found.areaSides.end(), std::optional<Hemisphere>(),
                 std::optional(hemisphere));
}

/// Adds the right file's map to the left one's.
void join(FoundMap& first, FoundMap second, const fs::path& secondFile) {
    settle(first, Hemisphere::Left);
    settle(second, Hemisphere::Right);
    if (first.areas.empty() != second.areas.empty())
        throw ValueError(
            {.what = "One file is a table of areas and the other one a map of vertices", .file = secondFile.string()});
    for (const Hemisphere hemisphere : hemispheres) {
        auto& side = first.sides[indexOf(hemisphere)];
        auto& other = second.sides[indexOf(hemisphere)];
        if (!side.empty() && !other.empty())
            throw ValueError({.what = "Both files are of the same hemisphere",
                              .file = secondFile.string(),
                              .found = std::string(shortName(hemisphere)),
                              .advice = "give the left hemisphere's file, then the right one's"});
        if (side.empty())
            side = std::move(other);
    }
    first.areas.insert(first.areas.end(), second.areas.begin(), second.areas.end());
    first.areaSides.insert(first.areaSides.end(), second.areaSides.begin(), second.areaSides.end());
    first.areaValues.insert(first.areaValues.end(), second.areaValues.begin(), second.areaValues.end());
}

/// The maps of a left and a right file, joined.
std::vector<FoundMap> joinedMaps(const SourceText& source) {
    auto maps = readPropertyFile(source.files[0]);
    auto right = readPropertyFile(source.files[1]);
    if (maps.size() != right.size())
        throw ShapeError({.what = "The files of the two hemispheres hold different numbers of maps",
                          .file = source.files[1].string(),
                          .expected = std::to_string(maps.size()),
                          .found = std::to_string(right.size())});
    for (std::size_t map = 0; map < maps.size(); ++map)
        join(maps[map], std::move(right[map]), source.files[1]);
    return maps;
}

std::string stemOf(const fs::path& file) {
    std::string stem = file.filename().string();
    for (const char* suffix : {".gz", ".gii", ".nii", ".csv", ".tsv", ".txt", ".npy", ".mgh", ".mgz", ".func", ".shape",
                               ".dscalar", ".pscalar"})
        if (stem.ends_with(suffix) && stem.size() > std::string_view(suffix).size())
            stem.resize(stem.size() - std::string_view(suffix).size());
    return stem;
}

void appendFileProperties(const std::string& text, const PropertyTarget& target, const PlacementOptions& options,
                          std::vector<Property>& properties) {
    const SourceText source = sourceFrom(text);
    for (const auto& file : source.files)
        if (!fs::exists(file))
            throw noSuchSource(text);
    const auto maps = source.files.size() == 2 ? joinedMaps(source) : readPropertyFile(source.files.front());
    if (!source.name.empty() && maps.size() > 1)
        throw UsageError({.what = "The name is for one map, and the file holds several",
                          .expected = "one map",
                          .found = std::to_string(maps.size()) + " maps in " + source.files.front().string(),
                          .advice = "leave the name out: each map has its own"});
    for (const auto& map : maps) {
        auto property = placedProperty(map, source.files.front(), target, options);
        const std::string stem = stemOf(source.files.front());
        if (property.name.empty())
            property.name = maps.size() == 1 ? stem : stem + ":" + std::to_string(&map - maps.data());
        if (!source.name.empty())
            property.name = source.name;
        properties.push_back(std::move(property));
    }
}

void addSphere(const fs::path& file, PlacementOptions& options) {
    const bool isGifti = file.string().find(".gii") != std::string::npos;
    auto side = isGifti ? hemisphereNamed(readGifti(file).structure) : std::nullopt;
    if (!side)
        side = hemisphereOfFile(file);
    if (!side)
        throw ValueError({.what = "The sphere's name does not tell its hemisphere",
                          .file = file.string(),
                          .expected = "lh, rh, L or R in the name"});
    options.spheres[indexOf(*side)] = isGifti ? readGiftiSurface(file) : readFreeSurferSurface(file);
}

PlacementOptions placementOf(const PropertyRequest& request) {
    PlacementOptions options{.untold = request.untold, .zeros = request.zeros};
    for (const auto& file : request.labels) {
        auto sides = readLabelFile(file);
        for (std::size_t side = 0; side < sides.size(); ++side)
            if (sides[side])
                options.labels[side] = std::move(sides[side]);
    }
    for (const auto& file : request.spheres)
        addSphere(file, options);
    return options;
}

} // namespace

std::vector<Property> readProperties(const PropertyRequest& request, const PropertyTarget& target) {
    const auto published = publishedPropertyNames();
    const PlacementOptions options = placementOf(request);
    std::vector<Property> properties;
    for (const auto& source : request.sources.empty() ? published : request.sources)
        if (std::find(published.begin(), published.end(), source) != published.end())
            properties.push_back(publishedProperty(source, target));
        else
            appendFileProperties(source, target, options, properties);
    return properties;
}

} // namespace brainlike
