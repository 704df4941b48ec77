#include "core/study/EncodeOperations.h"

#include "core/encoding/ResponseData.h"
#include "core/study/StudyData.h"

#include <set>

namespace brainlike {

StepOperations operationsOf(const StudyOutline& outline, const std::vector<GroupWork>& work, const EncodeStep& step) {
    StepOperations sum;
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
                    sum.units += featureOperations(sizes);
                if (prepared.insert(recording).second) {
                    sum.preparing += responseOperations(sizes);
                    sum.values += static_cast<double>(rows.size()) * static_cast<double>(targets);
                }
                sum.units += fitOperations(sizes);
                isFirst = false;
            }
        }
    return sum;
}

} // namespace brainlike
