#include "core/study/EncodeWork.h"

#include "core/study/LayerFeatures.h"

#include <algorithm>

namespace brainlike {
namespace {

Eigen::Index featureCount(const Study& study, const UnitGroup& group) {
    const auto info = arrayInfo(featuresOf(study, group));
    Eigen::Index count = 1;
    for (std::size_t axis = 1; axis < info.shape.size(); ++axis)
        count *= static_cast<Eigen::Index>(info.shape[axis]);
    return count;
}

} // namespace

std::vector<GroupWork> remainingWork(const StudyOutline& outline, const std::vector<bool>& isDone) {
    const UnitNumbers numbers(outline.study);
    std::vector<GroupWork> work;
    for (const auto& group : workOrder(outline.study)) {
        GroupWork own{group, 0, {}};
        for (int recording = 0; recording < static_cast<int>(outline.rows.size()); ++recording)
            if (!isDone[numbers.of({group.model, group.checkpoint, group.layer, recording})])
                own.recordings.push_back(recording);
        if (own.recordings.empty())
            continue;
        own.columns = featureCount(outline.study, group);
        work.push_back(std::move(own));
    }
    return work;
}

std::vector<GroupWork> workOn(const std::vector<GroupWork>& work, const std::vector<int>& recordings) {
    std::vector<GroupWork> chosen;
    for (const auto& group : work) {
        GroupWork own{group.group, group.columns, {}};
        for (const int recording : group.recordings)
            if (std::find(recordings.begin(), recordings.end(), recording) != recordings.end())
                own.recordings.push_back(recording);
        if (!own.recordings.empty())
            chosen.push_back(std::move(own));
    }
    return chosen;
}

std::vector<std::vector<int>> bySameImages(const StudyOutline& outline, const std::vector<int>& recordings) {
    std::vector<std::vector<int>> sets;
    for (const int recording : recordings) {
        const auto& rows = outline.rows[static_cast<std::size_t>(recording)].featureRows;
        const auto same = std::find_if(sets.begin(), sets.end(), [&](const std::vector<int>& set) {
            return outline.rows[static_cast<std::size_t>(set.front())].featureRows == rows;
        });
        if (same == sets.end())
            sets.push_back({recording});
        else
            same->push_back(recording);
    }
    return sets;
}

} // namespace brainlike
