#include "core/roi/RoiFiles.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/formats/FileBytes.h"
#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferLabel.h"
#include "core/formats/HemisphereName.h"
#include "core/formats/MapFile.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

constexpr const char* roisFormat = "brainlike-rois";

/// "lh.areas.annot" → "areas": the name that both hemispheres share.
std::string sharedName(const fs::path& file) {
    std::string name = file.stem().string();
    for (const Hemisphere hemisphere : hemispheres)
        if (const std::string prefix = std::string(shortName(hemisphere)) + "."; name.starts_with(prefix))
            name.erase(0, prefix.size());
    return name;
}

/// A name as a part of a file's name.
std::string fileText(std::string name) {
    for (char& character : name)
        if (character == '/' || character == '\\' || character == ' ' || character == ':')
            character = '_';
    return name;
}

std::string oneLine(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](char character) { return character == '\n' || character == '\r'; }, ' ');
    return name;
}

bool hasVertices(const RoiSet& set, Hemisphere hemisphere) {
    return std::any_of(set.rois.begin(), set.rois.end(), [&](const Roi& roi) { return !roi.of(hemisphere).empty(); });
}

Annotation annotationOf(const RoiSet& set, Hemisphere hemisphere, int count) {
    Annotation annotation;
    annotation.labels.assign(static_cast<std::size_t>(count), -1);
    for (const Roi& roi : set.rois) {
        const auto label = static_cast<std::int32_t>(annotation.areas.size());
        annotation.areas.push_back({oneLine(roi.name), {roi.color[0], roi.color[1], roi.color[2], 255}, true});
        for (const std::int32_t vertex : roi.of(hemisphere)) {
            std::int32_t& at = annotation.labels.at(static_cast<std::size_t>(vertex));
            if (at >= 0)
                throw ValueError({.what = "An annotation has one region a vertex, and these overlap",
                                  .place = std::string(shortName(hemisphere)) + " vertex " + std::to_string(vertex),
                                  .found = annotation.areas[static_cast<std::size_t>(at)].name + " and " + roi.name,
                                  .advice = "save them as .label or .json"});
            at = label;
        }
    }
    return annotation;
}

std::vector<fs::path> saveAnnotations(const RoiSet& set, const RoiSurface& surface, const fs::path& target) {
    std::vector<std::pair<fs::path, Annotation>> files;
    for (const Hemisphere hemisphere : hemispheres)
        if (hasVertices(set, hemisphere))
            files.emplace_back(target.parent_path() /
                                   (std::string(shortName(hemisphere)) + "." + sharedName(target) + ".annot"),
                               annotationOf(set, hemisphere, surface.counts.of(hemisphere)));
    std::vector<fs::path> written;
    for (const auto& [file, annotation] : files) {
        writeFreeSurferAnnotation(file, annotation);
        written.push_back(file);
    }
    return written;
}

std::vector<fs::path> saveLabels(const RoiSet& set, const RoiSurface& surface, const fs::path& target) {
    std::vector<fs::path> written;
    std::set<std::string> taken;
    for (const Roi& roi : set.rois) {
        // "a b" and "a:b" are two regions.
        std::string text = fileText(roi.name);
        for (int number = 2; !taken.insert(text).second; ++number)
            text = fileText(roi.name) + "_" + std::to_string(number);
        for (const Hemisphere hemisphere : hemispheres) {
            if (roi.of(hemisphere).empty())
                continue;
            const FreeSurferLabel label{.name = oneLine(roi.name),
                                        .subject = fs::path(surface.templateName).filename().string(),
                                        .color = roi.color,
                                        .vertices = roi.of(hemisphere),
                                        .values = {}};
            written.push_back(target.parent_path() /
                              (std::string(shortName(hemisphere)) + "." + sharedName(target) + "." + text + ".label"));
            writeFreeSurferLabel(written.back(), label, surface.positions[indexOf(hemisphere)]);
        }
    }
    return written;
}

std::vector<fs::path> saveJson(const RoiSet& set, const RoiSurface& surface, const fs::path& target) {
    const nlohmann::json json{{"format", roisFormat},
                              {"version", 1},
                              {"template", fs::path(surface.templateName).filename().string()},
                              {"vertices", {surface.counts.left, surface.counts.right}},
                              {"rois", toJson(set)}};
    replaceFile(target, json.dump(1) + "\n");
    return {target};
}

ShapeError otherSurface(const fs::path& file, const std::string& expected, const std::string& found) {
    return ShapeError({.what = "The regions lie on another surface",
                       .file = file.string(),
                       .expected = expected,
                       .found = found,
                       .advice = "choose regions of the template that is shown"});
}

void checkVertices(const RoiSet& set, const VertexCounts& counts, const fs::path& file) {
    for (const Roi& roi : set.rois)
        for (const Hemisphere hemisphere : hemispheres)
            if (const auto& vertices = roi.of(hemisphere);
                !vertices.empty() && vertices.back() >= counts.of(hemisphere))
                throw otherSurface(file,
                                   std::string(shortName(hemisphere)) + " vertices below " +
                                       std::to_string(counts.of(hemisphere)),
                                   std::to_string(vertices.back()));
}

RoiSet loadJson(const std::string& bytes, const fs::path& file, const VertexCounts& counts) {
    try {
        const nlohmann::json json = nlohmann::json::parse(bytes);
        if (!json.is_object() || json.value("format", "") != roisFormat || !json.contains("rois"))
            throw FormatError({.what = "The file holds no regions of interest",
                               .expected = std::string("\"format\": \"") + roisFormat + "\" and \"rois\""});
        RoiSet set = roiSetFromJson(json.at("rois"), "/rois");
        if (json.contains("vertices") && json.at("vertices") != nlohmann::json({counts.left, counts.right}))
            throw otherSurface(file, nlohmann::json({counts.left, counts.right}).dump() + " vertices",
                               json.at("vertices").dump());
        checkVertices(set, counts, file);
        return set;
    } catch (const nlohmann::json::exception& error) {
        throw FormatError({.what = "The file is not valid JSON", .file = file.string(), .found = error.what()});
    } catch (const FormatError& error) {
        ErrorDetails details = error.details();
        details.file = file.string();
        throw FormatError(details);
    }
}

void addLabels(const Annotation& annotation, Hemisphere hemisphere, const fs::path& file, const VertexCounts& counts,
               RoiSet& set) {
    if (static_cast<int>(annotation.labels.size()) != counts.of(hemisphere))
        throw otherSurface(file, std::to_string(counts.of(hemisphere)) + " vertices",
                           std::to_string(annotation.labels.size()));
    std::vector<std::vector<std::int32_t>> vertices(annotation.areas.size());
    for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex)
        if (annotation.labels[vertex] >= 0)
            vertices[static_cast<std::size_t>(annotation.labels[vertex])].push_back(static_cast<std::int32_t>(vertex));
    for (std::size_t label = 0; label < annotation.areas.size(); ++label) {
        const Area& area = annotation.areas[label];
        if (!area.isCortex || vertices[label].empty())
            continue;
        const bool isNew = set.find(area.name) == nullptr;
        set = withVertices(set, area.name, hemisphere, vertices[label]);
        if (isNew)
            set.rois.back().color = {area.color[0], area.color[1], area.color[2]};
    }
}

void addFile(const fs::path& file, const VertexCounts& counts, RoiSet& set) {
    const auto sideOfFile = hemisphereOfFile(file);
    for (const MapItem& item : readMapFile(file).items) {
        const Hemisphere hemisphere = item.side.value_or(sideOfFile.value_or(Hemisphere::Left));
        if (const auto* annotation = std::get_if<Annotation>(&item.content)) {
            addLabels(*annotation, hemisphere, file, counts, set);
        } else if (const auto* label = std::get_if<FreeSurferLabel>(&item.content)) {
            const std::string name = label->name.empty() ? sharedName(file) : label->name;
            const bool isNew = set.find(name) == nullptr;
            set = withVertices(set, name, hemisphere, label->vertices);
            if (isNew && label->color)
                set.rois.back().color = *label->color;
        } else {
            throw FormatError({.what = "The file holds no regions of interest",
                               .file = file.string(),
                               .expected = "labels or marked vertices",
                               .found = "values or a surface"});
        }
        checkVertices(set, counts, file);
    }
}

} // namespace

std::vector<fs::path> saveRois(const RoiSet& set, const RoiSurface& surface, const fs::path& target) {
    const std::string suffix = target.extension().string();
    checkVertices(set, surface.counts, target);
    if (suffix == ".json")
        return saveJson(set, surface, target);
    if (suffix == ".annot")
        return saveAnnotations(set, surface, target);
    if (suffix == ".label")
        return saveLabels(set, surface, target);
    throw UsageError({.what = "Regions of interest are saved as JSON, FreeSurfer annotation or label",
                      .expected = "a file name that ends in .json, .annot or .label",
                      .found = target.filename().string()});
}

RoiFileKind roiFileKind(const fs::path& file) {
    const std::string bytes = readUnpackedBytes(file);
    const auto first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string::npos && bytes[first] == '{')
        return bytes.find('"' + std::string(roisFormat) + '"') != std::string::npos ? RoiFileKind::Set
                                                                                    : RoiFileKind::None;
    return isFreeSurferLabel(bytes) || isOwnAnnotation(bytes) ? RoiFileKind::Marked : RoiFileKind::None;
}

RoiSet loadRois(const std::vector<fs::path>& files, const VertexCounts& counts) {
    RoiSet set;
    for (const fs::path& file : files) {
        const std::string bytes = readUnpackedBytes(file);
        const auto first = bytes.find_first_not_of(" \t\r\n");
        if (first == std::string::npos || bytes[first] != '{') {
            addFile(file, counts, set);
            continue;
        }
        for (Roi& roi : loadJson(bytes, file, counts).rois) {
            std::erase_if(set.rois, [&](const Roi& known) { return known.name == roi.name; });
            set.rois.push_back(std::move(roi));
        }
    }
    return set;
}

} // namespace brainlike
