#pragma once

#include "core/study/ScoreSource.h"
#include "views/timecourse/CourseMarks.h"

#include <QString>
#include <QStringList>

namespace brainlike {

/// How the MEG scores are drawn.
enum class MegMode {
    Lines,    ///< a line a layer, model, checkpoint or subject, mean over channels
    Channels, ///< a line a channel, of one layer
    Layers,   ///< layers × times in colours
    Steps     ///< checkpoints × times in colours
};

/// What each of the lines is of.
enum class LinesOf { Layers, Models, Steps, Subjects };

/// What the words of the panel are about.
struct CourseContext {
    const ScoreIndex* index = nullptr;
    int model = 0, step = 0;
    int layer = -1;             ///< the emphasised one; −1: none
    bool isLayerChosen = false; ///< else the best at the selected time
    std::optional<int> time;    ///< selected
    int chosenChannels = 0;     ///< 0: all
    std::optional<int> recording; ///< one subject's; nothing: the group
};

/// Subjects that scores are the mean of.
[[nodiscard]] int subjectCount(const CourseContext& context);

[[nodiscard]] QString layerName(const CourseContext& context, int layer);
/// "block_07", "block_07 (best at 300 ms)", "block_07 (highest peak)".
[[nodiscard]] QString layerText(const CourseContext& context);
/// Parts of the panel's title: exactly what is shown.
/// @param isCompared  one layer of A and one of B are
/// @param lines       what each line is of, where there are lines
[[nodiscard]] QStringList courseTitle(const CourseContext& context, MegMode mode, bool isCompared,
                                      LinesOf lines = LinesOf::Layers);
/// A place in the courses of A and of B.
struct CoursePair {
    const CourseContext& a;
    const CourseContext& b;
    const TimeCourses* ofA;
    const TimeCourses* ofB;
};
/// "300 ms · A block_07 R 0.031 ± 0.004 · B block_07 R 0.012 ± 0.003 · A − B 0.019".
[[nodiscard]] QString coursePairText(const CoursePair& pair, int layerOfA, int layerOfB, int time);
/// "300 ms · block_07 · R 0.031 ± 0.004 · window 280–320 ms"; empty where the courses have no such cell.
[[nodiscard]] QString coursePointText(const CourseContext& context, const TimeCourses& courses, int layer, int time,
                                      const std::vector<TimeWindow>& windows);
/// "300 ms · MLT11 · block_07 · R 0.031 · q 0.004".
[[nodiscard]] QString sensorText(const CourseContext& context, const SensorScores& scores, int channel, int time);
/// One line: onset, T_max, and how much is significant.
[[nodiscard]] QString significanceText(const CourseContext& context, const CourseSignificance& significance);
/// How bars, band and marks were computed.
[[nodiscard]] QString significanceTip(const CourseContext& context, const CourseSignificance& significance);

} // namespace brainlike
