#pragma once

#include "views/timecourse/CourseReader.h"
#include "views/timecourse/TimeCourseTexts.h"

#include <QStringList>

#include <memory>
#include <vector>

// What the lines of the MEG panel are of: pure functions.

namespace brainlike {

/// The lines that are drawn over each other.
struct CourseLines {
    std::shared_ptr<const TimeCourses> courses; ///< a row a line; NaN where a line has no scores
    QStringList names;                          ///< of each line, for the legend
    std::vector<CourseContext> of;              ///< what each is of; layer −1: it has none
    int emphasized = -1;                        ///< the one that is selected
};

/// Checkpoints that the lines are made of; models without a checkpoint of exactly the selected step have none.
[[nodiscard]] std::vector<CourseReader::Checkpoint> lineCheckpoints(const CourseContext& shown, LinesOf of);

/// A line a layer, or one a model, checkpoint or subject: of its chosen layer, else of the layer that is best at the
/// selected time, else of the one with the highest peak, each with its own.
/// @param courses  all layers of what is selected
[[nodiscard]] CourseLines courseLines(const CourseContext& shown, LinesOf of, const CourseReader& reader,
                                      const std::shared_ptr<const TimeCourses>& courses);

} // namespace brainlike
