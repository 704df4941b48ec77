#include "core/study/EncodePlan.h"

#include "core/encoding/ResponseData.h"
#include "core/encoding/RidgeOperations.h"
#include "core/study/EncodeSchedule.h"
#include "core/study/EncodeWork.h"
#include "core/study/PartStore.h"
#include "core/study/ProcessMemory.h"
#include "core/study/StudyData.h"
#include "core/study/StudyIndex.h"
#include "core/study/Workers.h"

#include <set>

namespace brainlike {
namespace {

/// What part of the time is spent in products and decompositions; the rest moves data.
constexpr double efficiency = 0.7;

Operations operationsOf(const StudyOutline& outline, const std::vector<GroupWork>& work, const EncodeStep& step) {
    Operations sum;
    std::set<int> prepared;
    for (const auto& group : workOn(work, step.recordings))
        for (const auto& sameImages : bySameImages(outline, group.recordings)) {
            bool isFirst = true;
            for (const int recording : sameImages) {
                const auto& rows = outline.rows[static_cast<std::size_t>(recording)];
                const auto options = optionsFor(outline.study, rows);
                const auto plan = FoldPlan::make(rows.size(), options);
                const auto targets = outline.shapes[static_cast<std::size_t>(recording)].dimensions;
                const FitSizes sizes{
                    plan, options, group.columns, targets, 1, 1, rowKernelBytes(plan, options, targets) > 0};
                if (isFirst)
                    sum += featureOperations(sizes);
                if (prepared.insert(recording).second)
                    sum += responseOperations(sizes);
                sum += fitOperations(sizes);
                isFirst = false;
            }
        }
    return sum;
}

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
        plan.operations += operations.total();
        plan.seconds += speed.seconds(operations) / efficiency;
    }
    plan.bytes = schedule.bytes;
    return plan;
}

} // namespace brainlike
