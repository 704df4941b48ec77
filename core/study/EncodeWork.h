#pragma once

#include "core/study/EncodeUnit.h"
#include "core/study/StudyIndex.h"

#include <Eigen/Core>
#include <vector>

namespace brainlike {

/// What remains to be computed of one layer of one checkpoint.
struct GroupWork {
    UnitGroup group;
    Eigen::Index columns = 0; ///< features, as the file says
    std::vector<int> recordings;
};

/// Groups with units that are not done, in the order of work.
///
/// @param isDone  a value a unit (UnitNumbers)
/// @throws NotFoundError, FormatError for a file of features
[[nodiscard]] std::vector<GroupWork> remainingWork(const StudyOutline& outline, const std::vector<bool>& isDone);

/// The same, of some recordings alone.
[[nodiscard]] std::vector<GroupWork> workOn(const std::vector<GroupWork>& work, const std::vector<int>& recordings);

/// Recordings of the same images together, which share the prepared features.
[[nodiscard]] std::vector<std::vector<int>> bySameImages(const StudyOutline& outline,
                                                         const std::vector<int>& recordings);

} // namespace brainlike
