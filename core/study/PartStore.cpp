#include "core/study/PartStore.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/study/StudyIdentity.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace brainlike {
namespace {

using nlohmann::json;

constexpr const char* manifestName = "manifest.json";
constexpr const char* lockName = "lock";
constexpr const char* manifestFormat = "brainlike-parts";
constexpr std::size_t shownDifferences = 8;

bool hasExtension(const std::filesystem::path& file, std::string_view extension) {
    return file.extension() == extension;
}

/// Deletes the folder's files that `chosen` picks.
template <typename Choose>
void removeFiles(const std::filesystem::path& folder, Choose chosen) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (chosen(entry.path()))
            files.push_back(entry.path());
    for (const auto& file : files)
        std::filesystem::remove(file);
}

[[noreturn]] void damagedManifest(const std::filesystem::path& file, const std::string& found) {
    throw FormatError({.what = "The manifest of the parts is damaged",
                       .file = file,
                       .expected = std::string("JSON with format ") + manifestFormat + ", version 1",
                       .found = found,
                       .advice = "run encode with --clean to compute everything anew, or name another output"});
}

json readManifest(const std::filesystem::path& file) {
    std::ifstream stream(file);
    try {
        json manifest = json::parse(stream);
        if (manifest.at("format") != manifestFormat || manifest.at("version") != 1 ||
            !manifest.at("identity").is_object())
            damagedManifest(file, "something else");
        return manifest.at("identity");
    } catch (const json::exception& error) {
        damagedManifest(file, error.what());
    }
}

void writeManifest(const std::filesystem::path& file, const json& identity) {
    const json manifest{{"format", manifestFormat},
                        {"version", 1},
                        {"created_by", std::string("brainlike ") + version},
                        {"identity", identity}};
    replaceFile(file, manifest.dump(1) + '\n');
}

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::vector<std::string>& differences) {
    std::string found;
    for (std::size_t i = 0; i < differences.size() && i < shownDifferences; ++i)
        found += (i == 0 ? "" : "; ") + differences[i];
    if (differences.size() > shownDifferences)
        found += "; and " + std::to_string(differences.size() - shownDifferences) + " more";
    throw ValueError({.what = "The parts are those of another study or other options",
                      .file = folder,
                      .expected = "parts of this study",
                      .found = found,
                      .advice = "name another --out, or run encode with --clean to give these parts up"});
}

/// Takes up a folder with a manifest. @returns false if its parts are to be given up
bool takeUp(const std::filesystem::path& folder, const json& identity, bool discardOthers) {
    const auto manifest = folder / manifestName;
    try {
        const json kept = readManifest(manifest);
        const auto differences = identityDifferences(kept, identity);
        if (!differences.empty() && !discardOthers)
            refuse(folder, differences);
        if (!differences.empty())
            return false;
        json extended = kept;
        extended.update(identity, true);
        if (extended != kept)
            writeManifest(manifest, extended);
        return true;
    } catch (const FormatError&) {
        if (!discardOthers)
            throw;
        return false;
    }
}

} // namespace

std::filesystem::path partsFolderOf(const std::filesystem::path& scores) {
    auto folder = scores;
    folder.replace_extension(".parts");
    if (folder == scores)
        throw ValueError({.what = "The output's name ends like the folder of its parts",
                          .file = scores,
                          .expected = "another suffix, such as .h5"});
    return folder;
}

PartPaths::PartPaths(std::filesystem::path folder, const Study& study) : m_folder(std::move(folder)), m_numbers(study) {
    m_names.resize(m_numbers.count());
    for (const auto& group : workOrder(study))
        for (int recording = 0; recording < static_cast<int>(study.recordings.size()); ++recording) {
            const EncodeUnit unit{group.model, group.checkpoint, group.layer, recording};
            m_names[m_numbers.of(unit)] = partName(study, unit);
        }
}

std::filesystem::path PartPaths::of(const EncodeUnit& unit) const {
    return m_folder / m_names.at(m_numbers.of(unit));
}

PartLock::PartLock(const std::filesystem::path& folder) {
    const auto file = folder / lockName;
    m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (m_descriptor < 0)
        throw FileError({.what = "The folder of the parts cannot be written",
                         .file = folder,
                         .found = std::strerror(errno),
                         .advice = "check its permissions, or name another --out"});
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
        return;
    const int failure = errno;
    ::close(m_descriptor);
    if (failure == EWOULDBLOCK)
        throw FileError({.what = "Another encode is writing these parts",
                         .file = folder,
                         .found = "its lock is held: " + file.string(),
                         .advice = "wait until it has finished, or name another --out"});
    throw FileError(
        {.what = "The folder of the parts cannot be locked", .file = file, .found = std::strerror(failure)});
}

PartLock::~PartLock() {
    ::close(m_descriptor);
}

std::unique_ptr<PartLock> lockParts(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directory(folder, failure);
    if (!std::filesystem::is_directory(folder))
        throw FileError({.what = "The folder of the parts cannot be made",
                         .file = folder,
                         .found = failure ? failure.message() : "a file of that name",
                         .advice = "name another --out"});
    return std::make_unique<PartLock>(folder);
}

void adoptParts(const std::filesystem::path& folder, const json& identity, bool discardOthers) {
    removeFiles(folder,
                [](const auto& file) { return file.filename().string().find(".writing") != std::string::npos; });
    const auto manifest = folder / manifestName;
    if (std::filesystem::exists(manifest)) {
        if (takeUp(folder, identity, discardOthers))
            return;
        removeFiles(folder, [](const auto& file) { return hasExtension(file, ".part"); });
    }
    writeManifest(manifest, identity);
}

void removeParts(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder))
        return;
    removeFiles(folder, [](const auto& file) {
        return hasExtension(file, ".part") || file.filename() == manifestName || file.filename() == lockName;
    });
    std::error_code notEmpty;
    std::filesystem::remove(folder, notEmpty);
}

} // namespace brainlike
