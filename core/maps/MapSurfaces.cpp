#include "core/maps/MapSurfaces.h"

#include "core/base/Error.h"
#include "core/templates/TemplateFiles.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// The kind of surface that a file's name tells; midthickness where it tells none.
SurfaceKind kindOf(const fs::path& file) {
    std::string name = file.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    using enum SurfaceKind;
    for (const auto& [word, kind] : {std::pair{"infl", Inflated}, std::pair{"pial", Pial}, std::pair{"white", White},
                                     std::pair{"sphere", Sphere}, std::pair{"flat", Flat}})
        if (name.find(word) != std::string::npos)
            return kind;
    return Midthickness;
}

/// The template that a surface file is a part of, if its folder is one.
std::optional<Template> templateHolding(const fs::path& file, const TemplateFinder& finder) {
    std::error_code ignored;
    const fs::path folder = fs::absolute(file).parent_path();
    for (const auto& [role, pair] : surfaceFilesIn(folder))
        for (const fs::path& path : pair)
            if (fs::equivalent(path, file, ignored))
                return finder.find(folder.string());
    return std::nullopt;
}

std::string nameOfFiles(const std::vector<const MapPart*>& surfaces) {
    std::string name;
    for (const MapPart* part : surfaces)
        name += (name.empty() ? "" : ", ") + part->file.filename().string();
    return name;
}

Template templateOf(const std::vector<const MapPart*>& surfaces) {
    VertexCounts counts;
    Template::Files files;
    for (const MapPart* part : surfaces) {
        const std::size_t side = indexOf(part->item.side.value_or(Hemisphere::Left));
        int& count = side == 0 ? counts.left : counts.right;
        const int found = part->surface()->vertexCount();
        if (count != 0 && count != found)
            throw ShapeError({.what = "The surfaces of a hemisphere differ in number of vertices",
                              .file = part->file.string(),
                              .expected = std::to_string(count),
                              .found = std::to_string(found),
                              .advice = "Give surfaces of one template"});
        count = found;
        files[std::string(nameOf(kindOf(part->file)))][side] = part->file;
    }
    // A kind counts only with every hemisphere that there is.
    std::erase_if(files, [&](const auto& entry) {
        return (counts.left > 0 && entry.second[0].empty()) || (counts.right > 0 && entry.second[1].empty());
    });
    if (files.empty())
        throw ShapeError({.what = "The two hemispheres' surfaces are of different kinds",
                          .file = surfaces.front()->file.string(),
                          .advice = "Give the same surface of both, such as lh.pial and rh.pial"});
    return {nameOfFiles(surfaces), surfaces.front()->file.parent_path(), counts, std::move(files)};
}

[[noreturn]] void failUnknown(const MapPart& part) {
    throw NotFoundError({.what = "No template is known with as many vertices as the map has",
                         .file = part.file.string(),
                         .expected = "642, 2562, 10242, 40962 or 163842 (fsaverage3 to fsaverage) or 32492 (fsLR) a "
                                     "hemisphere, or both together",
                         .found = std::to_string(part.vertexCount()),
                         .advice = "Give the surfaces it lies on with it: brainlike lh.surf.gii rh.surf.gii MAP"});
}

/// @param part  for the message
Template found(std::string_view name, const MapPart& part, const TemplateFinder& finder) {
    try {
        return finder.find(name, fs::absolute(part.file).parent_path());
    } catch (const NotFoundError& error) {
        ErrorDetails details = error.details();
        details.what = "The map needs surfaces of " + std::string(name) + ", which were not found";
        details.file = part.file.string();
        details.advice = "Give the surfaces with it: brainlike lh.surf.gii rh.surf.gii MAP; or put them where it is "
                         "searched" +
                         std::string(name == "fsaverage" || name == "fsaverage5"
                                         ? ", as FreeSurfer or MNE do (fsaverage) and ./run build does (fsaverage5)"
                                         : "");
        throw NotFoundError(details);
    }
}

} // namespace

std::optional<MapSurfaces> surfacesAmong(const std::vector<MapPart>& parts, const TemplateFinder& finder) {
    std::vector<const MapPart*> surfaces;
    for (const MapPart& part : parts)
        if (part.surface() != nullptr)
            surfaces.push_back(&part);
    if (surfaces.empty())
        return std::nullopt;
    const std::string first(nameOf(kindOf(surfaces.front()->file)));
    if (auto whole = templateHolding(surfaces.front()->file, finder))
        return MapSurfaces{std::move(*whole), first, {}};
    return MapSurfaces{templateOf(surfaces), first, {}};
}

MapSurfaces surfacesFor(const std::vector<MapPart>& parts, const TemplateFinder& finder) {
    const auto sized =
        std::find_if(parts.begin(), parts.end(), [](const MapPart& part) { return part.vertexCount() > 0; });
    if (sized != parts.end()) {
        const int count = sized->isWhole ? sized->vertexCount() / 2 : sized->vertexCount();
        const auto name = templateWithVertices(count);
        if (!name)
            failUnknown(*sized);
        return {found(*name, *sized, finder), {}, {}};
    }
    const auto& label = std::get<FreeSurferLabel>(parts.front().item.content);
    const bool isTold = knownVertexCount(label.subject).has_value();
    const std::string name = isTold ? label.subject : "fsaverage";
    const std::string file = parts.front().file.filename().string();
    return {found(name, parts.front(), finder),
            {},
            isTold ? std::string() : file + " is taken as a label on fsaverage: it does not name a template."};
}

} // namespace brainlike
