#pragma once

#include "core/base/JobContext.h"
#include "core/formats/ArrayInfo.h"
#include "core/study/ScoreCache.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {

/// A chunk of a scores file: the dataset and its first indices there, the checkpoint before all others.
struct ChunkPlace {
    std::string dataset;
    Shape start;
    friend auto operator<=>(const ChunkPlace&, const ChunkPlace&) = default;
};

/// What a cache was asked for so far.
struct ChunkCounts {
    std::size_t reads = 0;      ///< chunks read because they were asked for
    std::size_t prefetched = 0; ///< chunks read ahead
    std::size_t hits = 0;       ///< asked for and there already
};

/// Reads chunks of scores and keeps those used last, up to a number of bytes; reads ahead for other checkpoints. Safe
/// to use from several threads.
class ChunkCache {
public:
    using Chunk = ScoreCache<ChunkPlace>::Scores;
    using Read = std::function<std::vector<float>(const ChunkPlace&)>;

    ChunkCache(std::size_t byteLimit, Read read) : m_kept(byteLimit), m_read(std::move(read)) {}

    /// The chunk, read unless it is kept. @throws what reading throws
    [[nodiscard]] Chunk at(const ChunkPlace& place);
    /// Reads, of checkpoint `wanted`, the chunks that were asked for of checkpoint `shown`, if they are still kept.
    /// Chunks that were only read ahead do not count as asked for.
    ///
    /// @param within  beginning of the names of the datasets that belong together ("/fmri/vit/")
    /// @throws CancelledError; what reading throws
    void prefetch(const std::vector<std::string>& within, std::size_t shown, std::size_t wanted, const JobContext& job);

    [[nodiscard]] std::size_t byteCount() const { return m_kept.byteCount(); }
    [[nodiscard]] ChunkCounts counts() const { return {m_reads, m_prefetched, m_hits}; }

private:
    ScoreCache<ChunkPlace> m_kept;
    Read m_read;
    std::mutex m_mutex;
    std::set<ChunkPlace> m_ahead; ///< read ahead and not asked for since
    std::atomic<std::size_t> m_reads = 0, m_prefetched = 0, m_hits = 0;
};

} // namespace brainlike
