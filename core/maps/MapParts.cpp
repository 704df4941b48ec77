#include "core/maps/MapParts.h"

#include "core/formats/HemisphereName.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <array>
#include <map>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

bool isSuffix(std::string_view word) {
    constexpr std::array<std::string_view, 14> suffixes{"gii",     "gz",     "func",  "shape", "label",
                                                        "surf",    "mgh",    "mgz",   "npy",   "nii",
                                                        "dscalar", "dlabel", "annot", "hemi"};
    return std::find(suffixes.begin(), suffixes.end(), word) != suffixes.end();
}

/// Some programs name a map by the whole path it was read from; "T1w/T2w" is none.
bool isAbsolutePath(std::string_view name) {
    return name.starts_with('/') || name.substr(0, 3).ends_with(":\\");
}

/// "#1": what Workbench calls a map that has no name.
bool isNumbered(std::string_view name) {
    return name.size() > 1 && name.find_first_not_of("0123456789", 1) == std::string_view::npos && name[0] == '#';
}

void appendParts(const fs::path& file, std::vector<MapPart>& parts) {
    MapFile content = readMapFile(file);
    const std::string base = baseName(file);
    std::map<std::optional<Hemisphere>, int> counts;
    for (const MapItem& item : content.items)
        ++counts[item.side];
    std::map<std::optional<Hemisphere>, int> places;
    for (MapItem& item : content.items) {
        MapPart part{.file = file, .item = std::move(item), .base = base};
        part.place = places[part.item.side]++;
        const bool hasName = !part.item.name.empty() && !isNumbered(part.item.name);
        part.name = isAbsolutePath(part.item.name)   ? baseName(part.item.name)
                    : hasName                        ? part.item.name
                    : counts.at(part.item.side) == 1 ? base
                                                     : base + " " + std::to_string(part.place + 1);
        parts.push_back(std::move(part));
    }
}

bool isWhole(const MapPart& part, int perHemisphere) {
    const int count = part.vertexCount();
    if (perHemisphere > 0)
        return count == 2 * perHemisphere;
    return count % 2 == 0 && !templateWithVertices(count) && templateWithVertices(count / 2);
}

std::vector<MapPart*> untoldParts(std::vector<MapPart>& parts) {
    std::vector<MapPart*> untold;
    for (MapPart& part : parts)
        if (!part.item.side && !part.isWhole)
            untold.push_back(&part);
    return untold;
}

/// Two files that do not tell, alike but for their names.
bool areTwoSides(const std::vector<MapPart*>& untold) {
    if (untold.size() % 2 != 0 || untold.empty())
        return false;
    const std::size_t half = untold.size() / 2;
    for (std::size_t index = 0; index < untold.size(); ++index) {
        const bool isFirst = index < half;
        const MapPart& like = *untold[isFirst ? 0 : half];
        if (untold[index]->file != like.file || untold[index]->item.content.index() != like.item.content.index())
            return false;
    }
    return untold.front()->file != untold.back()->file &&
           untold.front()->item.content.index() == untold.back()->item.content.index() &&
           untold.front()->vertexCount() == untold.back()->vertexCount();
}

} // namespace

int MapPart::vertexCount() const {
    if (const auto* values = std::get_if<std::vector<float>>(&item.content))
        return static_cast<int>(values->size());
    const auto* labels = std::get_if<Annotation>(&item.content);
    return labels != nullptr ? static_cast<int>(labels->labels.size()) : 0;
}

std::string baseName(const fs::path& file) {
    const std::string name = file.filename().string();
    std::string base;
    for (std::size_t start = 0; start <= name.size();) {
        const auto end = std::min(name.find_first_of("._- ", start), name.size());
        const std::string word = name.substr(start, end - start);
        if (!word.empty() && !hemisphereNamed(word) && !isSuffix(word))
            base += (base.empty() ? "" : name.substr(start - 1, 1)) + word;
        start = end + 1;
    }
    return base.empty() ? "map" : base;
}

std::vector<MapPart> readParts(const std::vector<fs::path>& files) {
    std::vector<MapPart> parts;
    for (const fs::path& file : files)
        appendParts(file, parts);
    return parts;
}

std::vector<std::string> settleHemispheres(std::vector<MapPart>& parts, int perHemisphere) {
    std::vector<std::string> notes;
    for (MapPart& part : parts)
        part.isWhole = !part.item.side && isWhole(part, perHemisphere);
    const auto untold = untoldParts(parts);
    if (areTwoSides(untold)) {
        const fs::path left = untold.front()->file, right = untold.back()->file;
        for (MapPart* part : untold) {
            part->item.side = part->file == left ? Hemisphere::Left : Hemisphere::Right;
            part->base = untold.front()->base;
        }
        notes.push_back(left.filename().string() + " is taken as the left hemisphere, " + right.filename().string() +
                        " as the right one: the files do not tell.");
        return notes;
    }
    for (MapPart* part : untold) {
        part->item.side = Hemisphere::Left;
        const std::string note =
            part->file.filename().string() +
            " is taken as the left hemisphere: neither its metadata nor its name (lh. or rh.) tells.";
        if (notes.empty() || notes.back() != note)
            notes.push_back(note);
    }
    return notes;
}

} // namespace brainlike
