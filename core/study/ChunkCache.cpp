#include "core/study/ChunkCache.h"

#include <algorithm>
#include <utility>

namespace brainlike {

ChunkCache::Chunk ChunkCache::at(const ChunkPlace& place) {
    {
        const std::scoped_lock lock(m_mutex);
        m_ahead.erase(place);
    }
    if (auto kept = m_kept.find(place)) {
        ++m_hits;
        return kept;
    }
    ++m_reads;
    auto chunk = std::make_shared<const std::vector<float>>(m_read(place));
    m_kept.keep(place, chunk);
    return chunk;
}

void ChunkCache::prefetch(const std::vector<std::string>& within, std::size_t shown, std::size_t wanted,
                          const JobContext& job) {
    for (auto& place : m_kept.keys()) {
        const bool belongs = std::any_of(within.begin(), within.end(),
                                         [&](const auto& begin) { return place.dataset.starts_with(begin); });
        if (!belongs || place.start.front() != shown)
            continue;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_ahead.contains(place))
                continue;
        }
        place.start.front() = wanted;
        job.throwIfCancelled();
        if (m_kept.find(place) != nullptr)
            continue;
        ++m_prefetched;
        m_kept.keep(place, std::make_shared<const std::vector<float>>(m_read(place)));
        const std::scoped_lock lock(m_mutex);
        m_ahead.insert(std::move(place));
    }
    // What made room in the meantime is ahead no more.
    const auto kept = m_kept.keys();
    const std::set<ChunkPlace> there(kept.begin(), kept.end());
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_ahead, [&](const ChunkPlace& place) { return !there.contains(place); });
}

} // namespace brainlike
