#include "core/study/ScoreCache.h"

namespace brainlike {
namespace {

std::size_t bytesOf(const ScoreCache::Scores& scores) {
    return scores->size() * sizeof(float);
}

} // namespace

ScoreCache::Scores ScoreCache::find(std::size_t number) {
    const std::scoped_lock lock(m_mutex);
    const auto place = m_places.find(number);
    if (place == m_places.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, place->second);
    return place->second->second;
}

void ScoreCache::keep(std::size_t number, Scores scores) {
    const std::scoped_lock lock(m_mutex);
    if (m_places.contains(number) || bytesOf(scores) > m_byteLimit)
        return;
    m_bytes += bytesOf(scores);
    m_entries.emplace_front(number, std::move(scores));
    m_places[number] = m_entries.begin();
    while (m_bytes > m_byteLimit) {
        m_bytes -= bytesOf(m_entries.back().second);
        m_places.erase(m_entries.back().first);
        m_entries.pop_back();
    }
}

std::size_t ScoreCache::byteCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_bytes;
}

} // namespace brainlike
