#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace brainlike {

/// Keeps the score arrays used last, up to a number of bytes. Safe to use from several threads.
class ScoreCache {
public:
    using Scores = std::shared_ptr<const std::vector<float>>;

    explicit ScoreCache(std::size_t byteLimit) : m_byteLimit(byteLimit) {}

    /// The array kept under a number, or null.
    [[nodiscard]] Scores find(std::size_t number);
    /// Keeps an array; the ones not used for longest make room.
    void keep(std::size_t number, Scores scores);
    [[nodiscard]] std::size_t byteCount() const;

private:
    using Entries = std::list<std::pair<std::size_t, Scores>>;

    mutable std::mutex m_mutex;
    std::size_t m_byteLimit;
    std::size_t m_bytes = 0;
    Entries m_entries; ///< used last first
    std::unordered_map<std::size_t, Entries::iterator> m_places;
};

} // namespace brainlike
