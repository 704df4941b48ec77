#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

struct ImportedMap;

/// Maps that were worked out while scores are looked at, by name, so that they can be shown like those of files; the
/// last few. Safe to use from several threads.
class KeptMaps {
public:
    static constexpr std::size_t limit = 8;

    KeptMaps();
    ~KeptMaps();

    /// Replaces one of the same name; the oldest makes room.
    void keep(ImportedMap map);
    [[nodiscard]] std::optional<ImportedMap> find(const std::string& name) const;

private:
    mutable std::mutex m_mutex;
    std::vector<ImportedMap> m_maps; ///< oldest first
};

} // namespace brainlike
