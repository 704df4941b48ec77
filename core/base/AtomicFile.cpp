#include "core/base/AtomicFile.h"

#include "core/base/Error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace brainlike {
namespace {

std::string reason() {
    return std::strerror(errno);
}

void syncPath(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        throw FileError({.what = "The file just written cannot be opened", .file = path, .found = reason()});
    const int result = ::fsync(descriptor);
    const std::string why = reason();
    ::close(descriptor);
    if (result != 0)
        throw FileError({.what = "The file cannot be brought to disk",
                         .file = path,
                         .found = why,
                         .advice = "check that the disk is not full"});
}

void writeBytes(const std::filesystem::path& path, std::string_view bytes) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    std::string why = descriptor < 0 ? reason() : std::string();
    while (descriptor >= 0 && !bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            why = reason();
            break;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (descriptor >= 0)
        ::close(descriptor);
    if (!why.empty())
        throw FileError({.what = "The file cannot be written",
                         .file = path,
                         .found = why,
                         .advice = "check the disk's space and permissions"});
}

std::filesystem::path folderOf(const std::filesystem::path& target) {
    return target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
}

} // namespace

void checkWritable(const std::filesystem::path& target) {
    std::error_code ignored;
    const auto folder = folderOf(target);
    if (!std::filesystem::is_directory(folder, ignored))
        throw FileError({.what = "The output's folder does not exist",
                         .file = target,
                         .expected = "a folder " + folder.string(),
                         .advice = "create it, or name another output"});
    if (std::filesystem::is_directory(target, ignored))
        throw FileError({.what = "The output is a folder", .file = target, .expected = "the name of a file"});
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        throw FileError({.what = "The output's folder is not writable",
                         .file = target,
                         .found = reason(),
                         .advice = "name an output in a folder of yours"});
}

void requireNoInput(const std::filesystem::path& target, std::span<const std::filesystem::path> inputs) {
    std::error_code ignored;
    if (!std::filesystem::exists(target, ignored))
        return;
    for (const auto& input : inputs)
        if (!input.empty() && std::filesystem::equivalent(target, input, ignored))
            throw FileError({.what = "The output would replace an input",
                             .file = target,
                             .expected = "another file than " + input.string(),
                             .advice = "name another output"});
}

void replaceFile(const std::filesystem::path& target, const std::function<void(const std::filesystem::path&)>& write) {
    checkWritable(target);
    auto aside = target;
    aside += ".writing-" + std::to_string(::getpid());
    try {
        write(aside);
        syncPath(aside);
        if (std::rename(aside.c_str(), target.c_str()) != 0)
            throw FileError({.what = "The finished file cannot be renamed", .file = target, .found = reason()});
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(aside, ignored);
        throw;
    }
}

void replaceFile(const std::filesystem::path& target, std::string_view bytes) {
    replaceFile(target, [bytes](const std::filesystem::path& path) { writeBytes(path, bytes); });
}

} // namespace brainlike
