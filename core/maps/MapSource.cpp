#include "core/maps/MapSource.h"

#include "core/base/Error.h"
#include "core/maps/MapParts.h"
#include "core/maps/MapSurfaces.h"
#include "core/maps/MedialWall.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

constexpr float noValue = std::numeric_limits<float>::quiet_NaN();
/// Of the vertices that a FreeSurfer label marks, which has no colour of its own.
constexpr std::array<std::uint8_t, 4> markColor{224, 110, 40, 255};

/// "32492 vertices, as a hemisphere of fsLR has".
std::string sizeText(int count) {
    std::string text = std::to_string(count) + " vertices";
    if (const auto one = templateWithVertices(count))
        text += ", as a hemisphere of " + std::string(*one) + " has";
    else if (const auto both = templateWithVertices(count / 2); both && count % 2 == 0)
        text += ", as both hemispheres of " + std::string(*both) + " have";
    return text;
}

[[noreturn]] void failSize(const MapPart& part, int expected, const Template& brain) {
    throw ShapeError({.what = "The map does not lie on the surfaces of " + brain.name(),
                      .file = part.file.string(),
                      .expected = sizeText(expected),
                      .found = sizeText(part.vertexCount()),
                      .advice = "Open files of one template together"});
}

/// Puts hemispheres together to maps.
class MapAssembly {
public:
    MapAssembly(const Template& brain) : m_brain(brain), m_counts(brain.vertexCounts()) {}

    void add(const MapPart& part) {
        if (part.surface() != nullptr)
            return;
        const int expected = part.isWhole ? m_counts.total() : m_counts.of(*part.item.side);
        if (part.vertexCount() > 0 && part.vertexCount() != expected)
            failSize(part, expected, m_brain);
        const int offset = part.isWhole ? 0 : m_counts.offset(*part.item.side);
        ImportedMap& map = mapOf(part);
        if (const auto* values = std::get_if<std::vector<float>>(&part.item.content)) {
            map.values.resize(static_cast<std::size_t>(m_counts.total()), noValue);
            std::copy(values->begin(), values->end(), map.values.begin() + offset);
        } else {
            map.labels.resize(static_cast<std::size_t>(m_counts.total()), -1);
            if (const auto* annotation = std::get_if<Annotation>(&part.item.content))
                addLabels(map, *annotation, offset);
            else
                addMarks(map, part, offset);
        }
    }

    [[nodiscard]] std::vector<ImportedMap> maps() && {
        for (std::size_t map = 1; map < m_maps.size(); ++map)
            while (isTaken(m_maps[map].name, map))
                m_maps[map].name += " (" + m_keys[map].base + ")";
        return std::move(m_maps);
    }

private:
    struct Key {
        std::string base;
        int place;
        std::size_t content;
        std::array<bool, 2> sides; ///< there already
    };

    /// The map that a part is the other hemisphere of, else a new one.
    ImportedMap& mapOf(const MapPart& part) {
        const std::size_t side = part.isWhole ? 0 : indexOf(*part.item.side);
        for (std::size_t index = 0; index < m_maps.size(); ++index) {
            Key& key = m_keys[index];
            if (!part.isWhole && key.base == part.base && key.place == part.place &&
                key.content == part.item.content.index() && !key.sides[side]) {
                key.sides[side] = true;
                return m_maps[index];
            }
        }
        m_keys.push_back({part.base, part.place, part.item.content.index(), {}});
        m_keys.back().sides = {part.isWhole || side == 0, part.isWhole || side == 1};
        m_maps.push_back({.name = part.name});
        return m_maps.back();
    }

    static std::int16_t areaIn(ImportedMap& map, const Area& area) {
        const auto found = std::find_if(map.areas.begin(), map.areas.end(), [&](const Area& other) {
            return other.name == area.name && other.color == area.color;
        });
        if (found != map.areas.end())
            return static_cast<std::int16_t>(found - map.areas.begin());
        if (map.areas.size() >= static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max()))
            throw ValueError({.what = "The file has too many labels", .expected = "at most 32767"});
        map.areas.push_back(area);
        return static_cast<std::int16_t>(map.areas.size() - 1);
    }

    static void addLabels(ImportedMap& map, const Annotation& annotation, int offset) {
        std::vector<std::int16_t> places;
        for (const Area& area : annotation.areas)
            places.push_back(area.isCortex && area.color[3] > 0 ? areaIn(map, area) : std::int16_t(-1));
        for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex)
            if (const auto label = annotation.labels[vertex]; label >= 0)
                map.labels[static_cast<std::size_t>(offset) + vertex] = places[static_cast<std::size_t>(label)];
    }

    void addMarks(ImportedMap& map, const MapPart& part, int offset) {
        const int count = m_counts.of(*part.item.side);
        const std::int16_t area = areaIn(map, {.name = part.base, .color = markColor});
        for (const std::int32_t vertex : std::get<FreeSurferLabel>(part.item.content).vertices) {
            if (vertex >= count)
                throw ShapeError({.what = "The label does not lie on the surfaces of " + m_brain.name(),
                                  .file = part.file.string(),
                                  .expected = "vertices below " + std::to_string(count),
                                  .found = std::to_string(vertex),
                                  .advice = "Give the surfaces it belongs to with it"});
            map.labels[static_cast<std::size_t>(offset + vertex)] = area;
        }
    }

    [[nodiscard]] bool isTaken(const std::string& name, std::size_t before) const {
        return std::any_of(m_maps.begin(), m_maps.begin() + static_cast<std::ptrdiff_t>(before),
                           [&](const ImportedMap& map) { return map.name == name; });
    }

    const Template& m_brain;
    VertexCounts m_counts;
    std::vector<ImportedMap> m_maps;
    std::vector<Key> m_keys; ///< one a map
};

/// A surface whose faces leave nothing out; nothing if the template has none.
std::optional<SurfaceKind> closedSurface(const Template& brain) {
    for (const SurfaceKind kind : brain.surfaces())
        if (kind != SurfaceKind::Flat)
            return kind;
    return std::nullopt;
}

/// Takes the values off medial walls that hold exact zeros, where no parcellation tells them.
/// @returns what was taken for one, a sentence each
std::vector<std::string> clearMedialWalls(std::vector<ImportedMap>& maps, const Template& brain) {
    std::vector<std::string> notes;
    const auto surface = closedSurface(brain);
    const VertexCounts counts = brain.vertexCounts();
    const auto valuesOf = [&counts](ImportedMap& map, Hemisphere hemisphere) {
        return map.values.empty() ? std::span<float>()
                                  : std::span(map.values)
                                        .subspan(static_cast<std::size_t>(counts.offset(hemisphere)),
                                                 static_cast<std::size_t>(counts.of(hemisphere)));
    };
    const auto isCandidate = [&](ImportedMap& map) {
        return std::ranges::any_of(hemispheres, [&](Hemisphere side) { return mayHoldWall(valuesOf(map, side)); });
    };
    if (!surface || std::ranges::none_of(maps, isCandidate) || brain.readParcellation())
        return notes;
    for (const Hemisphere hemisphere : hemispheres) {
        std::optional<Mesh> mesh;
        for (ImportedMap& map : maps) {
            const std::span<float> values = valuesOf(map, hemisphere);
            if (!mayHoldWall(values))
                continue;
            if (!mesh)
                mesh = brain.readSurface(hemisphere, *surface);
            const int wall = clearMedialWall(values, *mesh, hemisphere);
            if (wall == 0)
                continue;
            map.note = "Medial wall: 0 in the file";
            notes.push_back(map.name + ": the one region that holds exactly 0 (" + std::to_string(wall) +
                            " vertices on the medial side of the " +
                            (hemisphere == Hemisphere::Left ? "left" : "right") +
                            " hemisphere) is taken as the medial wall, without values.");
        }
    }
    return notes;
}

std::string titleOf(const std::vector<fs::path>& files) {
    std::string title = files.front().filename().string();
    if (files.size() > 1)
        title += files.size() == 2 ? ", " + files.back().filename().string()
                                   : " and " + std::to_string(files.size() - 1) + " more files";
    return title;
}

/// What is known before the maps are put together.
struct Prepared {
    std::vector<MapPart> parts;
    MapSurfaces surfaces;
    std::vector<std::string> notes;
};

Prepared prepared(const std::vector<fs::path>& files, const std::string& templateName, const TemplateFinder& finder) {
    if (files.empty())
        throw UsageError({.what = "There is no file to open"});
    auto parts = readParts(files);
    std::optional<MapSurfaces> surfaces;
    if (!templateName.empty())
        surfaces = MapSurfaces{finder.find(templateName), {}, {}};
    std::vector<std::string> notes;
    if (!surfaces) {
        // Surfaces first: they tell how long a hemisphere is.
        std::vector<MapPart> meshes;
        std::copy_if(parts.begin(), parts.end(), std::back_inserter(meshes),
                     [](const MapPart& part) { return part.surface() != nullptr; });
        notes = settleHemispheres(meshes, 0);
        surfaces = surfacesAmong(meshes, finder);
    }
    std::erase_if(parts, [](const MapPart& part) { return part.surface() != nullptr; });
    const int perHemisphere = surfaces ? surfaces->brain.vertexCounts().left : 0;
    for (auto& note : settleHemispheres(parts, perHemisphere))
        notes.push_back(std::move(note));
    if (!surfaces)
        surfaces = surfacesFor(parts, finder);
    if (!surfaces->note.empty())
        notes.push_back(surfaces->note);
    return {std::move(parts), std::move(*surfaces), std::move(notes)};
}

} // namespace

MapSource::MapSource(const std::vector<fs::path>& files, const std::string& templateName, const TemplateFinder& finder)
    : m_template({}, {}, {}, {}) {
    Prepared content = prepared(files, templateName, finder);
    m_template = std::move(content.surfaces.brain);
    m_notes = std::move(content.notes);
    MapAssembly assembly(m_template);
    for (const MapPart& part : content.parts)
        assembly.add(part);
    m_maps = std::move(assembly).maps();
    for (std::string& note : clearMedialWalls(m_maps, m_template))
        m_notes.push_back(std::move(note));
    m_index.studyName = titleOf(files);
    m_index.templateName = m_template.name();
    m_index.vertexCounts = m_template.vertexCounts();
    for (const ImportedMap& map : m_maps)
        m_index.importedMaps.push_back(map.name);
    for (const SurfaceKind kind : m_template.surfaces())
        m_index.surfaces.emplace_back(nameOf(kind));
    std::stable_partition(m_index.surfaces.begin(), m_index.surfaces.end(),
                          [&](const std::string& name) { return name == content.surfaces.first; });
}

std::optional<ImportedMap> MapSource::importedMap(int map) const {
    if (map < 0 || static_cast<std::size_t>(map) >= m_maps.size())
        return std::nullopt;
    return m_maps[static_cast<std::size_t>(map)];
}

} // namespace brainlike
