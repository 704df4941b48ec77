#include "core/study/PartStore.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/study/StudyIdentity.h"

#include <fstream>
#include <utility>

namespace brainlike {
namespace {

using nlohmann::json;

constexpr const char* manifestName = "manifest.json";
constexpr const char* lockName = "lock";        ///< held by all writers
constexpr const char* startLock = "lock.start"; ///< held while a shard starts
constexpr const char* mergingLock = "lock.merge";
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

PartOwner readManifest(const std::filesystem::path& file) {
    std::ifstream stream(file);
    try {
        json manifest = json::parse(stream);
        if (manifest.at("format") != manifestFormat || manifest.at("version") != 1 ||
            !manifest.at("identity").is_object())
            damagedManifest(file, "something else");
        PartOwner owner{manifest.at("identity"), {}};
        if (manifest.contains("study"))
            owner.study = (file.parent_path() / manifest.at("study").get<std::string>()).lexically_normal();
        return owner;
    } catch (const json::exception& error) {
        damagedManifest(file, error.what());
    }
}

void writeManifest(const std::filesystem::path& file, const PartOwner& owner) {
    json manifest{{"format", manifestFormat},
                  {"version", 1},
                  {"created_by", std::string("brainlike ") + version},
                  {"identity", owner.identity}};
    if (!owner.study.empty())
        manifest["study"] = std::filesystem::absolute(owner.study)
                                .lexically_normal()
                                .lexically_proximate(std::filesystem::absolute(file.parent_path()).lexically_normal())
                                .string();
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

std::filesystem::path normalized(const std::filesystem::path& file) {
    return file.empty() ? file : std::filesystem::absolute(file).lexically_normal();
}

/// Takes up a folder with a manifest. @returns false if its parts are to be given up
bool takeUp(const std::filesystem::path& folder, const PartOwner& owner, OtherParts others) {
    const auto manifest = folder / manifestName;
    try {
        const auto kept = readManifest(manifest);
        if (others == OtherParts::Discard && !identityDifferences(kept.identity, owner.identity).empty())
            return false;
        requireSameIdentity(folder, kept.identity, owner.identity);
        PartOwner extended{kept.identity, owner.study.empty() ? kept.study : owner.study};
        extended.identity.update(owner.identity, true);
        if (extended.identity != kept.identity || normalized(extended.study) != normalized(kept.study))
            writeManifest(manifest, extended);
        return true;
    } catch (const FormatError&) {
        if (others == OtherParts::Refuse)
            throw;
        return false;
    }
}

void adopt(const std::filesystem::path& folder, const PartOwner& owner, OtherParts others) {
    const auto manifest = folder / manifestName;
    if (std::filesystem::exists(manifest)) {
        if (takeUp(folder, owner, others))
            return;
        removeFiles(folder, [](const auto& file) { return hasExtension(file, ".part"); });
    }
    writeManifest(manifest, owner);
}

void makeFolder(const std::filesystem::path& folder) {
    std::error_code failure;
    std::filesystem::create_directory(folder, failure);
    if (!std::filesystem::is_directory(folder))
        throw FileError({.what = "The folder of the parts cannot be made",
                         .file = folder,
                         .found = failure ? failure.message() : "a file of that name",
                         .advice = "name another --out"});
}

[[noreturn]] void anotherWriter(const std::filesystem::path& folder, const FileLock& lock) {
    throw FileError({.what = "Another encode is writing these parts",
                     .file = folder,
                     .found = "its lock is held: " + lock.file().string(),
                     .advice = "wait until it has finished, or name another --out"});
}

bool isLock(const std::filesystem::path& file) {
    return file.filename() == lockName || file.filename().string().starts_with(std::string(lockName) + ".");
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

std::filesystem::path PartPaths::manifest() const {
    return m_folder / manifestName;
}

std::filesystem::path PartPaths::of(const EncodeUnit& unit) const {
    return m_folder / m_names.at(m_numbers.of(unit));
}

PartLock::PartLock(const std::filesystem::path& folder, const Shard& shard) : m_writers(folder / lockName) {
    if (m_writers.tryLock(FileLock::Kind::Exclusive))
        removeFiles(folder,
                    [](const auto& file) { return file.filename().string().find(".writing") != std::string::npos; });
    else if (shard.isWhole())
        anotherWriter(folder, m_writers);
    if (shard.isWhole())
        return;
    if (!m_writers.tryLock(FileLock::Kind::Shared))
        anotherWriter(folder, m_writers);
    m_shard.emplace(folder /
                    (std::string(lockName) + '.' + std::to_string(shard.index) + "-of-" + std::to_string(shard.count)));
    if (!m_shard->tryLock(FileLock::Kind::Exclusive))
        anotherWriter(folder, *m_shard);
}

PartLock takeParts(const std::filesystem::path& folder, const PartOwner& owner, const Shard& shard, OtherParts others,
                   const JobContext& job) {
    makeFolder(folder);
    FileLock start(folder / startLock);
    if (!shard.isWhole())
        start.lock(FileLock::Kind::Exclusive, job);
    PartLock lock(folder, shard);
    adopt(folder, owner, others);
    return lock;
}

FileLock readersLock(const std::filesystem::path& folder) {
    FileLock lock(folder / lockName);
    if (!lock.tryLock(FileLock::Kind::Shared))
        anotherWriter(folder, lock);
    return lock;
}

FileLock mergeLock(const std::filesystem::path& folder, const JobContext& job) {
    FileLock lock(folder / mergingLock);
    lock.lock(FileLock::Kind::Exclusive, job);
    return lock;
}

PartOwner readOwner(const std::filesystem::path& folder) {
    const auto manifest = folder / manifestName;
    std::error_code ignored;
    if (!std::filesystem::exists(manifest, ignored))
        throw NotFoundError({.what = "There are no parts of an encoding",
                             .file = folder,
                             .expected = std::string("a folder with ") + manifestName,
                             .advice = "name the .parts folder that `brainlike encode` has made"});
    return readManifest(manifest);
}

void requireSameIdentity(const std::filesystem::path& folder, const json& kept, const json& now) {
    if (const auto differences = identityDifferences(kept, now); !differences.empty())
        refuse(folder, differences);
}

void removeParts(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder))
        return;
    removeFiles(folder, [](const auto& file) {
        return hasExtension(file, ".part") || file.filename() == manifestName || isLock(file);
    });
    std::error_code notEmpty;
    std::filesystem::remove(folder, notEmpty);
}

} // namespace brainlike
