#include "core/study/PartSet.h"

#include "core/base/Error.h"
#include "core/study/PartFile.h"
#include "core/study/PartScores.h"
#include "core/study/ScoreWriter.h"
#include "core/study/StudyIdentity.h"

#include <utility>

namespace brainlike {

PartSet::PartSet(const StudyOutline& outline, nlohmann::json identity, const std::filesystem::path& folder)
    : m_outline(outline), m_identity(std::move(identity)), m_paths(folder, outline.study) {}

std::string PartSet::problemOf(const EncodeUnit& unit) const {
    const auto file = m_paths.of(unit);
    const int dimensions = m_outline.shapes[static_cast<std::size_t>(unit.recording)].dimensions;
    try {
        const Part part = readPart(file);
        if (part.fingerprint != unitFingerprint(m_outline.study, m_identity, unit))
            return "it belongs to another study or other options: " + file.string();
        if (part.scores.size() != static_cast<std::size_t>(dimensions))
            return "it has " + std::to_string(part.scores.size()) + " scores instead of " + std::to_string(dimensions) +
                   ": " + file.string();
        return "";
    } catch (const FormatError& error) {
        return error.what();
    }
}

bool PartSet::isMerged(const std::filesystem::path& scores) const {
    return isCurrent(scores, m_outline.study, {checksumText(m_identity.dump()), ""});
}

std::string PartSet::checksum() const {
    std::string checksums;
    for (const auto& unit : unitsOf(m_outline.study))
        checksums += std::to_string(readPartChecksum(m_paths.of(unit))) + '\n';
    return checksumText(checksums);
}

bool PartSet::merge(const std::filesystem::path& scores, int threads, JobContext& job) const {
    const ScoreStamp stamp{checksumText(m_identity.dump()), checksum()};
    if (isCurrent(scores, m_outline.study, stamp))
        return false;
    const UnitScores units{[this](const EncodeUnit& unit) {
                               return readUnitScores(
                                   m_paths.of(unit),
                                   m_outline.shapes[static_cast<std::size_t>(unit.recording)].dimensions);
                           },
                           [this](const EncodeUnit& unit, std::size_t first, std::size_t count) {
                               return readPartScores(m_paths.of(unit), first, count);
                           }};
    writeScores(m_outline, stamp, units, scores, threads, job);
    return true;
}

} // namespace brainlike
