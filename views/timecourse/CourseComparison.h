#pragma once

#include "views/timecourse/CourseReader.h"
#include "views/timecourse/ScoreGrid.h"
#include "views/timecourse/TimeCourseTexts.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

// What the MEG panel works out of courses: pure functions.

namespace brainlike {

/// What is read for a context.
[[nodiscard]] CourseReader::Checkpoint checkpointOf(const CourseContext& context);
[[nodiscard]] CourseReader::Layer layerOf(const CourseContext& context);

/// Colours of scores from zero up; what lies below has the first colour.
[[nodiscard]] ColorScale courseScale(double highest);
/// Diverging colours of A − B, zero in the middle.
/// @param largest  |A − B| at the ends
[[nodiscard]] ColorScale differenceScale(double largest);

/// Layer with the highest score at a time, −1 where none has one.
[[nodiscard]] int bestLayerAt(const TimeCourses& courses, int time);
/// Layer and time of the highest score; {−1, −1} where there is none.
[[nodiscard]] std::pair<int, int> peakOf(const TimeCourses& courses);

/// A − B of a layer of each: one row. The SEM is not known: subjects' differences are no group scores.
[[nodiscard]] std::shared_ptr<const TimeCourses> courseDifference(const TimeCourses& a, int layerOfA,
                                                                  const TimeCourses& b, int layerOfB);
/// A − B, value by value; nothing where their sizes differ.
[[nodiscard]] std::optional<RowMatrix<float>> gridDifference(const RowMatrix<float>& a, const RowMatrix<float>& b);
/// The largest value without its sign; 0 without any.
[[nodiscard]] double largestOf(const RowMatrix<float>& values);

/// Test, band and marks of one layer's course.
[[nodiscard]] CourseSignificance significanceOf(const TimeCourses& courses, int layer, const std::vector<double>& times,
                                                int subjects);
/// Level of the tests that bars and texts speak of.
inline constexpr double courseSignificanceLevel = 0.01;

/// Layers × times of a checkpoint, a row a layer.
[[nodiscard]] ScoreGridContent layerGrid(const CourseContext& shown, const TimeCourses& courses);
/// Checkpoints × times of a model, of the chosen layer, else the best one of each time.
[[nodiscard]] ScoreGridContent stepGrid(const CourseContext& shown, const CourseReader& reader);

/// Mean over the sampled times of a window, a value a channel; empty where it has none.
[[nodiscard]] std::vector<float> windowMeans(const SensorScores& scores, const std::vector<double>& times,
                                             const TimeWindow& window);
/// Every sensor's score at a time.
[[nodiscard]] std::vector<float> columnOf(const RowMatrix<float>& matrix, int column);

} // namespace brainlike
