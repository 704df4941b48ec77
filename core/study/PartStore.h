#pragma once

#include "core/study/EncodeUnit.h"
#include "core/study/PartFile.h"
#include "core/study/Study.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
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
    [[nodiscard]] std::filesystem::path of(const EncodeUnit& unit) const;

private:
    std::filesystem::path m_folder;
    std::vector<std::string> m_names;
    UnitNumbers m_numbers;
};

/// One writer at a time: holds the folder's lock file until it is destroyed (or the process ends, however it does).
class PartLock {
public:
    /// @throws FileError if another process holds the lock, naming the folder
    explicit PartLock(const std::filesystem::path& folder);
    ~PartLock();
    PartLock(const PartLock&) = delete;
    PartLock& operator=(const PartLock&) = delete;

private:
    int m_descriptor = -1;
};

/// Makes the folder (if need be) and takes its lock.
/// @throws FileError
[[nodiscard]] std::unique_ptr<PartLock> lockParts(const std::filesystem::path& folder);

/// Makes sure that the parts in a locked folder belong to this study with these options, by `manifest.json` in it:
/// writes it where there is none, extends it where models, checkpoints or recordings were added. Removes what an
/// interrupted write left behind.
///
/// @param identity      studyIdentity() of the study
/// @param discardOthers parts of another study or other options are deleted instead of refused
/// @throws ValueError listing what differs; FormatError if the manifest is damaged; FileError
void adoptParts(const std::filesystem::path& folder, const nlohmann::json& identity, bool discardOthers);

/// Deletes the parts, the manifest and the lock file, and the folder if nothing else is in it.
void removeParts(const std::filesystem::path& folder);

} // namespace brainlike
