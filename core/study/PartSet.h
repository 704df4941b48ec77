#pragma once

#include "core/base/JobContext.h"
#include "core/study/PartStore.h"
#include "core/study/StudyIndex.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// The parts of a study's units: which are there and whole, and the scores they make together.
class PartSet {
public:
    /// @param outline   must outlive this
    /// @param identity  studyIdentity() of the study
    PartSet(const StudyOutline& outline, nlohmann::json identity, const std::filesystem::path& folder);

    [[nodiscard]] const StudyOutline& outline() const { return m_outline; }
    [[nodiscard]] const nlohmann::json& identity() const { return m_identity; }
    [[nodiscard]] const PartPaths& paths() const { return m_paths; }
    [[nodiscard]] bool exists(const EncodeUnit& unit) const { return std::filesystem::exists(m_paths.of(unit)); }
    /// Why a part that is there cannot be used: damaged, or of another study; empty if it can.
    [[nodiscard]] std::string problemOf(const EncodeUnit& unit) const;

    /// True if `scores` is there and was made from this study; the parts are not compared.
    [[nodiscard]] bool isMerged(const std::filesystem::path& scores) const;
    /// Writes the scores of all units, unless the file is current.
    /// @returns whether it was written @throws FormatError for a part; FileError, CancelledError
    bool merge(const std::filesystem::path& scores, int threads, JobContext& job) const;

private:
    [[nodiscard]] std::string checksum() const;

    const StudyOutline& m_outline;
    nlohmann::json m_identity;
    PartPaths m_paths;
};

} // namespace brainlike
