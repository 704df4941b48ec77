#pragma once

#include "core/base/JobContext.h"
#include "core/study/EncodeSchedule.h"
#include "core/study/EncodeWork.h"
#include "core/study/PartFile.h"
#include "core/study/PartStore.h"
#include "core/study/RecordingResponses.h"

#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace brainlike {

/// Computes units and writes their parts, as a schedule says. Responses are read and prepared once a step, features
/// once a layer and step for all recordings of the same images.
class UnitRunner {
public:
    /// Called after each part is written; one call at a time.
    using Listener = std::function<void(const EncodeUnit&, const Part&)>;

    /// The arguments must outlive this.
    UnitRunner(const StudyOutline& outline, const PartPaths& paths, const nlohmann::json& identity, Listener finished);

    /// Computes the work of one step.
    /// @param work      all that remains; a step takes up that of its recordings
    /// @param prepared  told how far the responses are, and 1 before the first unit is begun
    void run(const EncodeStep& step, const std::vector<GroupWork>& work, JobContext& job,
             const FractionDone& prepared = {});

private:
    void runResident(const EncodeStep& step, const std::vector<GroupWork>& work, JobContext& job,
                     const FractionDone& prepared);
    void runGroup(const EncodeStep& step, const GroupWork& group, const std::map<int, RecordingData>& recordings,
                  JobContext& job);
    void finish(const EncodeUnit& unit, const RidgeResult& result, const std::vector<int>& dimensions);

    const StudyOutline& m_outline;
    const PartPaths& m_paths;
    const nlohmann::json& m_identity;
    Listener m_finished;
    std::mutex m_finishing;
};

} // namespace brainlike
