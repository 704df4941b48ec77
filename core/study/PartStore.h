#pragma once

#include "core/study/EncodeUnit.h"
#include "core/study/FileLock.h"
#include "core/study/Shard.h"
#include "core/study/Study.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// The folder of a study's parts: "scores.parts" for "scores.h5".
[[nodiscard]] std::filesystem::path partsFolderOf(const std::filesystem::path& scores);

/// Where the parts of a study lie. Knows names only; reading and writing a part is the caller's (PartFile.h).
class PartPaths {
public:
    PartPaths(std::filesystem::path folder, const Study& study);
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path manifest() const;
    [[nodiscard]] std::filesystem::path of(const EncodeUnit& unit) const;

private:
    std::filesystem::path m_folder;
    std::vector<std::string> m_names;
    UnitNumbers m_numbers;
};

/// The right to write parts: one writer at a time, or any number of shards of which each is there once. Held until it
/// is destroyed, or the process ends, however it does.
class PartLock {
public:
    /// @throws FileError if another writer is in the way, naming the folder
    PartLock(const std::filesystem::path& folder, const Shard& shard);

private:
    FileLock m_writers;
    std::optional<FileLock> m_shard;
};

/// What the manifest of a folder of parts says.
struct PartOwner {
    nlohmann::json identity;     ///< studyIdentity() of the study
    std::filesystem::path study; ///< the study file; empty: not known
};

/// What becomes of parts of another study or other options.
enum class OtherParts { Refuse, Discard };

/// Makes the folder (if need be), takes the right to write to it and makes sure that the parts in it belong to this
/// study with these options, by `manifest.json` in it: writes it where there is none, extends it where models,
/// checkpoints or recordings were added. Removes what interrupted writers left behind if no other is at work.
///
/// @throws ValueError listing what differs; FormatError if the manifest is damaged (both not with OtherParts::Discard);
///         FileError; CancelledError while another shard does the same
[[nodiscard]] PartLock takeParts(const std::filesystem::path& folder, const PartOwner& owner, const Shard& shard,
                                 OtherParts others, const JobContext& job);

/// Held by who reads parts, so that nobody removes them; shards may go on writing.
/// @throws FileError if a writer of all units is at work
[[nodiscard]] FileLock readersLock(const std::filesystem::path& folder);

/// Held by the one process that merges.
[[nodiscard]] FileLock mergeLock(const std::filesystem::path& folder, const JobContext& job);

/// What the manifest says.
/// @throws NotFoundError if there is no folder or no manifest in it; FormatError if it is damaged
[[nodiscard]] PartOwner readOwner(const std::filesystem::path& folder);

/// @throws ValueError listing what differs between the parts' study and options and these
void requireSameIdentity(const std::filesystem::path& folder, const nlohmann::json& kept, const nlohmann::json& now);

/// Deletes the parts, the manifest and the lock files, and the folder if nothing else is in it.
void removeParts(const std::filesystem::path& folder);

} // namespace brainlike
