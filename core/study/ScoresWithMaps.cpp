#include "core/study/ScoresWithMaps.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace brainlike {
namespace {

void checkMap(const ImportedMap& map, const ScoreIndex& study) {
    const auto expected = static_cast<std::size_t>(study.vertexCounts.total());
    const std::size_t found = map.labels.empty() ? map.values.size() : map.labels.size();
    if (found != expected)
        throw ShapeError({.what = "The map does not fit the study",
                          .place = map.name,
                          .expected = counted(expected, "vertex", "vertices"),
                          .found = std::to_string(found)});
}

std::string freeName(const std::string& name, const std::vector<std::string>& taken) {
    std::string free = name;
    for (int number = 2; std::ranges::find(taken, free) != taken.end(); ++number)
        free = name + " (" + std::to_string(number) + ")";
    return free;
}

} // namespace

ScoresWithMaps::ScoresWithMaps(const std::shared_ptr<const ScoreSource>& study, std::vector<ImportedMap> maps)
    : m_study(study) {
    if (const auto* before = dynamic_cast<const ScoresWithMaps*>(study.get())) {
        m_study = before->m_study;
        m_maps = before->m_maps;
    }
    m_index = study->index();
    for (ImportedMap& map : maps) {
        checkMap(map, m_index);
        map.name = freeName(map.name, m_index.importedMaps);
        m_index.importedMaps.push_back(map.name);
        m_maps.push_back(std::move(map));
    }
}

std::optional<ImportedMap> ScoresWithMaps::importedMap(int map) const {
    const int own = map - static_cast<int>(m_study->index().importedMaps.size());
    if (own < 0)
        return m_study->importedMap(map);
    if (static_cast<std::size_t>(own) >= m_maps.size())
        return std::nullopt;
    return m_maps[static_cast<std::size_t>(own)];
}

std::shared_ptr<const ScoreSource> withMapsBeside(std::shared_ptr<const ScoreSource> study, const ScoreSource* other) {
    const auto* beside = dynamic_cast<const ScoresWithMaps*>(other);
    if (beside == nullptr || study == nullptr || study->index().vertexCounts != beside->index().vertexCounts)
        return study;
    std::vector<ImportedMap> maps;
    std::ranges::copy_if(beside->maps(), std::back_inserter(maps), [&](const ImportedMap& map) {
        return std::ranges::find(study->index().importedMaps, map.name) == study->index().importedMaps.end();
    });
    return maps.empty() ? study : std::make_shared<ScoresWithMaps>(study, std::move(maps));
}

} // namespace brainlike
