#include "core/study/EncodePlan.h"

#include "core/study/EncodeOperations.h"
#include "core/study/EncodeWork.h"
#include "core/study/PartStore.h"
#include "core/study/ProcessMemory.h"
#include "core/study/StudyIndex.h"
#include "core/study/Workers.h"

namespace brainlike {
namespace {

/// What part of the time is spent in products and decompositions; the rest moves data.
constexpr double efficiency = 0.7;

} // namespace

EncodePlan planEncoding(const Study& study, const EncodeOptions& options) {
    const StudyOutline outline = outlineOf(study);
    const PartPaths paths(partsFolderOf(options.out), study);
    const UnitNumbers numbers(study);
    std::vector<bool> isDone(numbers.count(), true);
    EncodePlan plan{.budget = options.memory > 0 ? options.memory : defaultMemory()};
    for (const auto& unit : unitsOf(study, options.shard)) {
        ++plan.unitCount;
        isDone[numbers.of(unit)] = std::filesystem::exists(paths.of(unit));
        plan.doneCount += isDone[numbers.of(unit)] ? 1 : 0;
    }
    const auto work = remainingWork(outline, isDone);
    const int threads = options.threads > 0 ? options.threads : defaultThreads();
    const auto schedule = scheduleEncoding(outline, work, {plan.budget, residentBytes(), threads});
    const auto speed = measureSpeed(study.encoding.doublePrecision, threads);
    for (const auto& step : schedule.steps) {
        const auto operations = operationsOf(outline, work, step);
        for (const auto& part : {operations.preparing, operations.units}) {
            plan.operations += part.total();
            plan.seconds += speed.seconds(part) / efficiency;
        }
    }
    plan.bytes = schedule.bytes;
    return plan;
}

} // namespace brainlike
