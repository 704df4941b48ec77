#include "core/study/FileLock.h"

#include "core/base/Error.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace brainlike {
namespace {

/// Between two tries for a lock that another holds; locks that are waited for are held for moments.
constexpr std::chrono::milliseconds pause(20);

} // namespace

FileLock::FileLock(std::filesystem::path file)
    : m_file(std::move(file)), m_descriptor(::open(m_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (m_descriptor < 0)
        throw FileError({.what = "The folder of the parts cannot be written",
                         .file = m_file.parent_path(),
                         .found = std::strerror(errno),
                         .advice = "check its permissions, or name another --out"});
}

FileLock::~FileLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_file(std::move(other.m_file)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}

bool FileLock::tryLock(Kind kind) {
    const int operation = kind == Kind::Exclusive ? LOCK_EX : LOCK_SH;
    while (::flock(m_descriptor, operation | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return false;
        if (errno != EINTR)
            throw FileError(
                {.what = "The folder of the parts cannot be locked", .file = m_file, .found = std::strerror(errno)});
    }
    return true;
}

void FileLock::lock(Kind kind, const JobContext& job) {
    while (!tryLock(kind)) {
        job.throwIfCancelled();
        std::this_thread::sleep_for(pause);
    }
}

} // namespace brainlike
