#pragma once

#include "core/base/JobContext.h"
#include "core/encoding/Ridge.h"
#include "core/study/EncodeSchedule.h"
#include "core/study/EncodeWork.h"

#include <functional>
#include <vector>

namespace brainlike {

/// Called with each unit's result, and the dimension of each of its targets (empty: all).
using UnitFinished = std::function<void(const EncodeUnit&, const RidgeResult&, const std::vector<int>&)>;

/// Fits layers to a recording whose responses do not fit into memory: reads them chunk by chunk, as often as needed,
/// for some layers at a time.
///
/// @param step      a chunked one
/// @param work      of its recording
/// @param prepared  told how far what comes before the first layer is, and 1 once it is done
void runChunked(const StudyOutline& outline, const EncodeStep& step, const std::vector<GroupWork>& work,
                JobContext& job, const UnitFinished& finished, const FractionDone& prepared = {});

} // namespace brainlike
