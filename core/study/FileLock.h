#pragma once

#include "core/base/JobContext.h"

#include <filesystem>

namespace brainlike {

/// An advisory lock on a file that is made if need be. It ends with this object, or with the process, however that
/// ends; other processes and other FileLock objects see it alike, also on a shared file system.
class FileLock {
public:
    enum class Kind { Shared, Exclusive };

    /// Opens the file; nothing is locked yet.
    /// @throws FileError naming the folder if the file cannot be made
    explicit FileLock(std::filesystem::path file);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Takes the lock, or turns one that is held into the other kind, unless another holder is in the way.
    /// @returns whether it is held now @throws FileError if the file system cannot lock
    [[nodiscard]] bool tryLock(Kind kind);
    /// Waits for the lock. @throws CancelledError, FileError
    void lock(Kind kind, const JobContext& job);

    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }

private:
    std::filesystem::path m_file;
    int m_descriptor = -1;
};

} // namespace brainlike
