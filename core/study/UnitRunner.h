#pragma once

#include "core/base/JobContext.h"
#include "core/study/PartFile.h"
#include "core/study/PartStore.h"
#include "core/study/StudyData.h"
#include "core/study/StudyIndex.h"

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace brainlike {

/// Computes units that are not done yet and writes their parts. Responses are read and prepared once a recording,
/// features once a layer of a checkpoint for all recordings of the same images.
class UnitRunner {
public:
    /// Called after each part is written; one call at a time.
    using Listener = std::function<void(const EncodeUnit&, const Part&)>;

    /// @param isDone  a value a unit (UnitNumbers): its part is there
    UnitRunner(const StudyOutline& outline, const PartPaths& paths, nlohmann::json identity, std::vector<bool> isDone);

    /// Computes all units that are not done, in workOrder().
    void run(int threads, JobContext& job, const Listener& finished);

private:
    void prepareRecordings(int threads, JobContext& job);
    void runGroup(const UnitGroup& group, JobContext& job, const Listener& finished);
    /// Recordings of the group that are not done, those of the same images together.
    [[nodiscard]] std::vector<std::vector<int>> missingOf(const UnitGroup& group) const;
    [[nodiscard]] Part fit(const EncodeUnit& unit, const PreparedFeatures& features, JobContext& job) const;

    const StudyOutline& m_outline;
    const PartPaths& m_paths;
    nlohmann::json m_identity;
    UnitNumbers m_numbers;
    std::vector<bool> m_isDone;
    std::vector<std::optional<RecordingData>> m_recordings; ///< those with units to compute
    std::mutex m_finishing;
};

} // namespace brainlike
