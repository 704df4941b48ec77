#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace brainlike {

/// Keeps the score arrays used last, up to a number of bytes. Safe to use from several threads.
template <typename Key>
class ScoreCache {
public:
    using Scores = std::shared_ptr<const std::vector<float>>;

    explicit ScoreCache(std::size_t byteLimit) : m_byteLimit(byteLimit) {}

    /// The array kept under a key, or null.
    [[nodiscard]] Scores find(const Key& key) {
        const std::scoped_lock lock(m_mutex);
        const auto place = m_places.find(key);
        if (place == m_places.end())
            return nullptr;
        m_entries.splice(m_entries.begin(), m_entries, place->second);
        return place->second->second;
    }
    /// Keeps an array; the ones not used for longest make room. One that is larger than the limit is not kept.
    void keep(const Key& key, Scores scores) {
        const std::scoped_lock lock(m_mutex);
        if (m_places.contains(key) || bytesOf(scores) > m_byteLimit)
            return;
        m_bytes += bytesOf(scores);
        while (m_bytes > m_byteLimit) {
            m_bytes -= bytesOf(m_entries.back().second);
            m_places.erase(m_entries.back().first);
            m_entries.pop_back();
        }
        m_entries.emplace_front(key, std::move(scores));
        m_places[key] = m_entries.begin();
    }
    [[nodiscard]] std::size_t byteCount() const {
        const std::scoped_lock lock(m_mutex);
        return m_bytes;
    }
    /// Keys of what is kept, used last first.
    [[nodiscard]] std::vector<Key> keys() const {
        const std::scoped_lock lock(m_mutex);
        std::vector<Key> keys;
        for (const auto& entry : m_entries)
            keys.push_back(entry.first);
        return keys;
    }

private:
    using Entries = std::list<std::pair<Key, Scores>>;

    [[nodiscard]] static std::size_t bytesOf(const Scores& scores) { return scores->size() * sizeof(float); }

    mutable std::mutex m_mutex;
    std::size_t m_byteLimit;
    std::size_t m_bytes = 0;
    Entries m_entries; ///< used last first
    std::map<Key, typename Entries::iterator> m_places;
};

} // namespace brainlike
