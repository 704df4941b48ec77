#include "core/study/KeptMaps.h"

#include "core/study/ScoreSource.h"

#include <algorithm>
#include <utility>

namespace brainlike {

KeptMaps::KeptMaps() = default;
KeptMaps::~KeptMaps() = default;

void KeptMaps::keep(ImportedMap map) {
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_maps, [&](const ImportedMap& kept) { return kept.name == map.name; });
    m_maps.push_back(std::move(map));
    if (m_maps.size() > limit)
        m_maps.erase(m_maps.begin());
}

std::optional<ImportedMap> KeptMaps::find(const std::string& name) const {
    const std::scoped_lock lock(m_mutex);
    const auto found = std::ranges::find(m_maps, name, &ImportedMap::name);
    return found == m_maps.end() ? std::nullopt : std::optional(*found);
}

} // namespace brainlike
