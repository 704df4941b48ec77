#include "core/roi/Parcellations.h"

#include "core/base/Error.h"
#include "core/formats/FreeSurferAnnotation.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// A parcellation that can be read.
struct Found {
    std::string name;
    std::function<std::shared_ptr<const Parcellation>()> read;
};

using Pair = std::array<fs::path, 2>;

/// Pairs of annotations by the names they share.
std::vector<std::pair<std::string, Pair>> annotationsIn(const fs::path& folder) {
    std::vector<std::pair<std::string, Pair>> pairs;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string file = entry.path().filename().string();
        if (!file.starts_with("lh.") || !file.ends_with(".annot"))
            continue;
        const fs::path other = folder / ("r" + file.substr(1));
        if (fs::is_regular_file(other, ignored))
            pairs.emplace_back(file.substr(3, file.size() - 3 - std::string_view(".annot").size()),
                               Pair{entry.path(), other});
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

/// @throws FormatError unless it has a label for each vertex; those of a denser icosahedral surface begin with them
Annotation annotationOf(const fs::path& file, int count) {
    Annotation annotation = readFreeSurferAnnotation(file);
    const auto found = static_cast<int>(annotation.labels.size());
    if (found != count && !(found > count && isIcosahedralSize(found) && isIcosahedralSize(count)))
        throw FormatError({.what = "The parcellation does not belong to the template",
                           .file = file.string(),
                           .expected = std::to_string(count) + " vertices",
                           .found = std::to_string(found)});
    annotation.labels.resize(static_cast<std::size_t>(count));
    return annotation;
}

std::shared_ptr<const Parcellation> fromAnnotations(const std::string& name, const Pair& files,
                                                    const VertexCounts& counts) {
    auto parcellation = std::make_shared<Parcellation>(Parcellation{name, {}});
    for (const Hemisphere hemisphere : hemispheres)
        parcellation->sides[indexOf(hemisphere)] = annotationOf(files[indexOf(hemisphere)], counts.of(hemisphere));
    return parcellation;
}

std::shared_ptr<const Parcellation> fromLabels(const ImportedMap& map, const VertexCounts& counts) {
    auto parcellation = std::make_shared<Parcellation>(Parcellation{map.name, {}});
    for (const Hemisphere hemisphere : hemispheres) {
        Annotation& side = parcellation->sides[indexOf(hemisphere)];
        side.areas = map.areas;
        const auto first = map.labels.begin() + counts.offset(hemisphere);
        side.labels.assign(first, first + counts.of(hemisphere));
    }
    return parcellation;
}

void addTemplates(const ScoreSource& source, std::vector<Found>& found) {
    std::optional<Template> brain;
    try {
        brain = source.findTemplate();
    } catch (const NotFoundError&) {
        return; // surfaces are missing too, which is said where they are drawn
    }
    if (auto own = brain->readParcellation()) {
        auto shared = std::make_shared<const Parcellation>(std::move(*own));
        found.push_back({shared->name, [shared] { return shared; }});
    }
    const fs::path folder = brain->folder();
    for (const fs::path& place : {folder / "label", folder, folder / ".." / "label"})
        for (const auto& [name, files] : annotationsIn(place)) {
            const bool isKnown =
                std::any_of(found.begin(), found.end(), [&name = name](const Found& one) { return one.name == name; });
            if (!isKnown && name != "HCPMMP1")
                found.push_back({name, [name = name, files = files, counts = brain->vertexCounts()] {
                                     return fromAnnotations(name, files, counts);
                                 }});
        }
}

void addImported(const ScoreSource& source, std::vector<Found>& found) {
    for (std::size_t i = 0; i < source.index().importedMaps.size(); ++i) {
        const auto map = source.importedMap(static_cast<int>(i));
        if (map && !map->labels.empty() && static_cast<int>(map->labels.size()) == source.index().vertexCounts.total())
            found.push_back(
                {map->name, [map, counts = source.index().vertexCounts] { return fromLabels(*map, counts); }});
    }
}

std::vector<Found> allOf(const ScoreSource& source) {
    std::vector<Found> found;
    addTemplates(source, found);
    addImported(source, found);
    return found;
}

} // namespace

std::vector<std::string> parcellationNames(const ScoreSource& source) {
    std::vector<std::string> names;
    for (const Found& one : allOf(source))
        names.push_back(one.name);
    return names;
}

std::shared_ptr<const Parcellation> readParcellation(const ScoreSource& source, const std::string& name) {
    const std::vector<Found> found = allOf(source);
    if (found.empty() && name.empty())
        return nullptr;
    const auto wanted =
        name.empty() ? found.begin()
                     : std::find_if(found.begin(), found.end(), [&](const Found& one) { return one.name == name; });
    if (wanted != found.end())
        return wanted->read();
    std::string known;
    for (const Found& one : found)
        known += (known.empty() ? "" : ", ") + one.name;
    throw NotFoundError({.what = "There is no such parcellation",
                         .expected = known.empty() ? "none beside this template" : known,
                         .found = name,
                         .advice = "open a label file, or put lh.NAME.annot and rh.NAME.annot beside the template"});
}

} // namespace brainlike
