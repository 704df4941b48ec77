#include "core/study/GroupScores.h"

#include "core/base/Error.h"
#include "core/scores/BestLayer.h"
#include "core/scores/TemporalScore.h"
#include "core/stats/FalseDiscoveryRate.h"
#include "core/stats/TTest.h"

#include <algorithm>

namespace brainlike {
namespace {

using FloatSpans = std::vector<std::span<const float>>;

std::span<const float> rowOf(const RowMatrix<float>& matrix, Eigen::Index row) {
    return {matrix.row(row).data(), static_cast<std::size_t>(matrix.cols())};
}

FloatSpans layerOf(std::span<const LayerScores> recordings, Eigen::Index layer) {
    FloatSpans spans;
    for (const auto& recording : recordings)
        spans.push_back(rowOf(recording, layer));
    return spans;
}

float narrowed(double value) {
    return static_cast<float>(value);
}

void setRow(RowMatrix<float>& matrix, Eigen::Index row, const std::vector<double>& values) {
    std::transform(values.begin(), values.end(), matrix.row(row).data(), narrowed);
}

/// Columns of chosen channels of layers × (channel × time); all of them for none chosen.
LayerScores ofChannels(const LayerScores& scores, int timeCount, std::span<const int> channels) {
    if (channels.empty())
        return scores;
    LayerScores chosen(scores.rows(), static_cast<Eigen::Index>(channels.size()) * timeCount);
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const Eigen::Index first = static_cast<Eigen::Index>(channels[i]) * timeCount;
        if (first < 0 || first + timeCount > scores.cols())
            throw ValueError({.what = "There is no such channel",
                              .expected = "0 … " + std::to_string(scores.cols() / timeCount - 1),
                              .found = std::to_string(channels[i])});
        chosen.middleCols(static_cast<Eigen::Index>(i) * timeCount, timeCount) = scores.middleCols(first, timeCount);
    }
    return chosen;
}

} // namespace

GroupMaps groupMaps(std::span<const LayerScores> recordings, int imageCount) {
    const auto layers = recordings.front().rows();
    const auto dimensions = recordings.front().cols();
    GroupMaps maps;
    maps.mean = subjectMean(recordings);
    for (auto* map : {&maps.sem, &maps.t, &maps.p, &maps.q})
        map->resize(layers, dimensions);
    for (Eigen::Index layer = 0; layer < layers; ++layer) {
        const auto statistics = groupStatistics(layerOf(recordings, layer), imageCount);
        setRow(maps.sem, layer, statistics.sem);
        setRow(maps.t, layer, statistics.t);
        setRow(maps.p, layer, statistics.p);
        setRow(maps.q, layer, benjaminiHochberg(statistics.p));
    }
    return maps;
}

SensorScores recordingSensors(const RowMatrix<float>& scores, int imageCount) {
    const LayerScores row = Eigen::Map<const RowMatrix<float>>(scores.data(), 1, scores.size());
    const GroupMaps maps = groupMaps({&row, 1}, imageCount);
    return {scores, Eigen::Map<const RowMatrix<float>>(maps.q.data(), scores.rows(), scores.cols())};
}

BestLayerMap bestLayerMap(const RowMatrix<float>& mean, std::span<const LayerScores> recordings) {
    auto best = bestLayers(mean, recordings);
    return {std::move(best.layer), std::move(best.score), std::move(best.margin), std::move(best.agreement)};
}

TimeCourses timeCourses(const RowMatrix<float>& mean, std::span<const LayerScores> recordings, int timeCount,
                        std::span<const int> channels) {
    TimeCourses courses;
    courses.mean = channelMeans(ofChannels(mean, timeCount, channels), timeCount).cast<float>();
    for (Eigen::Index at = 0; at < mean.size(); ++at) {
        // A comparison with NaN is false: what is not computed changes nothing.
        courses.lowest = mean.data()[at] < courses.lowest ? mean.data()[at] : courses.lowest;
        courses.highest = mean.data()[at] > courses.highest ? mean.data()[at] : courses.highest;
    }
    std::vector<RowMatrix<double>> own;
    std::vector<std::span<const double>> spans;
    own.reserve(recordings.size());
    for (const auto& recording : recordings) {
        own.push_back(channelMeans(ofChannels(recording, timeCount, channels), timeCount));
        spans.emplace_back(own.back().data(), static_cast<std::size_t>(own.back().size()));
    }
    courses.sem.resize(courses.mean.rows(), courses.mean.cols());
    const auto sem = oneSampleTTest(spans).sem;
    std::transform(sem.begin(), sem.end(), courses.sem.data(), [](double value) { return static_cast<float>(value); });
    return courses;
}

} // namespace brainlike
