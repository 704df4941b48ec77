#include "views/timecourse/CourseComparison.h"

#include "core/scores/TemporalScore.h"
#include "views/state/NumberText.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr float noScore = std::numeric_limits<float>::quiet_NaN();

std::span<const float> rowSpan(const RowMatrix<float>& matrix, int row) {
    return {matrix.row(row).data(), static_cast<std::size_t>(matrix.cols())};
}

} // namespace

CourseReader::Checkpoint checkpointOf(const CourseContext& context) {
    return {context.model, context.step, context.recording.value_or(-1)};
}

CourseReader::Layer layerOf(const CourseContext& context) {
    return {context.model, context.step, context.layer, context.recording.value_or(-1)};
}

ColorScale courseScale(double highest) {
    static const ColorMap map = ColorMap::named("inferno"); // read from the resources once
    return {.map = map, .low = 0, .high = roundUp(highest), .threshold = -std::numeric_limits<double>::infinity()};
}

ColorScale differenceScale(double largest) {
    static const ColorMap map = ColorMap::named("vik");
    const double end = largest > 0 ? roundUp(largest) : 0.01;
    return {.map = map, .low = -end, .high = end, .threshold = -std::numeric_limits<double>::infinity()};
}

int bestLayerAt(const TimeCourses& courses, int time) {
    int best = -1;
    for (int layer = 0; time < courses.mean.cols() && layer < courses.mean.rows(); ++layer)
        if (const float value = courses.mean(layer, time);
            std::isfinite(value) && (best < 0 || value > courses.mean(best, time)))
            best = layer;
    return best;
}

std::pair<int, int> peakOf(const TimeCourses& courses) {
    std::pair<int, int> best{-1, -1};
    float highest = -std::numeric_limits<float>::infinity();
    for (int layer = 0; layer < courses.mean.rows(); ++layer)
        for (int time = 0; time < courses.mean.cols(); ++time)
            if (courses.mean(layer, time) > highest) {
                highest = courses.mean(layer, time);
                best = {layer, time};
            }
    return best;
}

std::shared_ptr<const TimeCourses> courseDifference(const TimeCourses& a, int layerOfA, const TimeCourses& b,
                                                    int layerOfB) {
    const bool isThere = layerOfA >= 0 && layerOfB >= 0 && layerOfA < a.mean.rows() && layerOfB < b.mean.rows() &&
                         a.mean.cols() == b.mean.cols();
    if (!isThere)
        return nullptr;
    TimeCourses difference{a.mean.row(layerOfA) - b.mean.row(layerOfB),
                           RowMatrix<float>::Constant(1, a.mean.cols(), noScore)};
    return std::make_shared<const TimeCourses>(std::move(difference));
}

std::optional<RowMatrix<float>> gridDifference(const RowMatrix<float>& a, const RowMatrix<float>& b) {
    if (a.rows() != b.rows() || a.cols() != b.cols())
        return std::nullopt;
    return RowMatrix<float>(a - b);
}

double largestOf(const RowMatrix<float>& values) {
    double largest = 0;
    for (Eigen::Index at = 0; at < values.size(); ++at)
        if (const float value = std::abs(values.data()[at]); std::isfinite(value))
            largest = std::max(largest, static_cast<double>(value));
    return largest;
}

CourseSignificance significanceOf(const TimeCourses& courses, int layer, const std::vector<double>& times,
                                  int subjects) {
    CourseSignificance result;
    const auto mean = rowSpan(courses.mean, layer);
    const CourseTest test = testCourse(mean, rowSpan(courses.sem, layer), subjects);
    std::vector<bool> isAbove(times.size());
    result.meanPasses.resize(times.size());
    result.band = baselineBand(mean, times);
    for (std::size_t time = 0; time < times.size(); ++time) {
        result.meanPasses[time] = test.q[time] < courseSignificanceLevel && mean[time] > 0;
        isAbove[time] = result.band && static_cast<double>(mean[time]) > result.band->high;
    }
    auto onset = onsetOf(result.meanPasses, times);
    result.isOnsetTested = onset.has_value();
    if (!onset)
        onset = onsetOf(isAbove, times);
    if (onset)
        result.onset = times[static_cast<std::size_t>(*onset)];
    const double maximum = timesOfMaximum(courses.mean.row(layer).cast<double>(), times).front();
    if (std::isfinite(maximum))
        result.maximum = maximum;
    return result;
}

ScoreGridContent layerGrid(const CourseContext& shown, const TimeCourses& courses) {
    ScoreGridContent content{.rowTitle = QStringLiteral("Layer"),
                             .rowNames = {},
                             .isFirstApart = false,
                             .times = shown.index->times,
                             .values = courses.mean,
                             .scale = courseScale(1)};
    for (int layer = 0; layer < courses.mean.rows(); ++layer)
        content.rowNames << layerName(shown, layer);
    return content;
}

ScoreGridContent stepGrid(const CourseContext& shown, const CourseReader& reader) {
    const ScoredModel& model = shown.index->models[static_cast<std::size_t>(shown.model)];
    ScoreGridContent content{.rowTitle = QStringLiteral("Training step"),
                             .rowNames = {},
                             .isFirstApart = model.steps.front() == 0,
                             .times = shown.index->times,
                             .values = {},
                             .scale = courseScale(1)};
    const auto times = static_cast<Eigen::Index>(content.times.size());
    content.values.setConstant(static_cast<Eigen::Index>(model.steps.size()), times, noScore);
    for (int step = 0; step < static_cast<int>(model.steps.size()); ++step) {
        const std::int64_t number = model.steps[static_cast<std::size_t>(step)];
        content.rowNames << (number == 0 ? checkpointText(0) : shortStepText(number));
        const auto courses = reader.courses({shown.model, step, shown.recording.value_or(-1)}).value_or(nullptr);
        for (int time = 0; courses && time < times; ++time)
            if (const int layer = shown.isLayerChosen ? shown.layer : bestLayerAt(*courses, time); layer >= 0)
                content.values(step, time) = courses->mean(layer, time);
    }
    return content;
}

std::vector<float> windowMeans(const SensorScores& scores, const std::vector<double>& times, const TimeWindow& window) {
    std::vector<Eigen::Index> inside;
    for (std::size_t time = 0; time < times.size(); ++time)
        if (times[time] >= window.start && times[time] <= window.end)
            inside.push_back(static_cast<Eigen::Index>(time));
    std::vector<float> means;
    for (Eigen::Index channel = 0; !inside.empty() && channel < scores.mean.rows(); ++channel) {
        double sum = 0;
        for (const Eigen::Index time : inside)
            sum += static_cast<double>(scores.mean(channel, time));
        means.push_back(static_cast<float>(sum / static_cast<double>(inside.size())));
    }
    return means;
}

std::vector<float> columnOf(const RowMatrix<float>& matrix, int column) {
    std::vector<float> values;
    for (Eigen::Index row = 0; row < matrix.rows(); ++row)
        values.push_back(matrix(row, column));
    return values;
}

} // namespace brainlike
