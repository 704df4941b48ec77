#include "views/scene/MapValues.h"

#include "core/scores/HalfTime.h"
#include "core/stats/TTest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <span>
#include <utility>

namespace brainlike {
namespace {

using Values = std::vector<float>;

constexpr float noValue = std::numeric_limits<float>::quiet_NaN();

int layerCount(const ScoreSource& source, const SelectionIndices& indices) {
    return static_cast<int>(source.index().models[static_cast<std::size_t>(indices.model)].layerNames.size());
}

/// Best layer and its score a vertex, of one recording.
std::optional<BestLayers> bestOfRecording(const ScoreSource& source, const SelectionIndices& indices) {
    BestLayers best;
    for (int layer = 0; layer < layerCount(source, indices); ++layer) {
        const auto scores = source.fmriScore(indices.model, indices.step, layer, *indices.recording);
        if (!scores)
            return std::nullopt;
        best.layer.resize(scores->size(), -1);
        best.score.resize(scores->size(), noValue);
        for (std::size_t vertex = 0; vertex < scores->size(); ++vertex) {
            const float score = (*scores)[vertex];
            if (std::isfinite(score) && (best.layer[vertex] < 0 || score > best.score[vertex])) {
                best.layer[vertex] = static_cast<std::int16_t>(layer);
                best.score[vertex] = score;
            }
        }
    }
    return best;
}

/// A map put together from the maps of layers: at every vertex that of its own layer.
template <typename ReadLayer>
std::optional<Values> gathered(const std::vector<std::int16_t>& layers, ReadLayer read) {
    Values values(layers.size(), noValue);
    for (const std::int16_t layer : std::set<std::int16_t>(layers.begin(), layers.end())) {
        if (layer < 0)
            continue;
        const auto map = read(layer);
        if (!map)
            return std::nullopt;
        for (std::size_t vertex = 0; vertex < layers.size(); ++vertex)
            if (layers[vertex] == layer)
                values[vertex] = (*map)[vertex];
    }
    return values;
}

/// Layer with the second highest mean a vertex, −1 where there is none.
std::optional<std::vector<std::int16_t>> runnersUp(const ScoreSource& source, const SelectionIndices& indices,
                                                   const std::vector<std::int16_t>& best) {
    std::vector<std::int16_t> second(best.size(), -1);
    Values highest(best.size(), noValue);
    for (int layer = 0; layer < layerCount(source, indices); ++layer) {
        const auto mean = source.fmriMean(indices.model, indices.step, layer);
        if (!mean)
            return std::nullopt;
        for (std::size_t vertex = 0; vertex < best.size(); ++vertex) {
            const float score = (*mean)[vertex];
            if (layer != best[vertex] && std::isfinite(score) && (second[vertex] < 0 || score > highest[vertex])) {
                second[vertex] = static_cast<std::int16_t>(layer);
                highest[vertex] = score;
            }
        }
    }
    return second;
}

/// Best less runner-up, of one recording.
std::optional<Values> marginsOf(const ScoreSource& source, const SelectionIndices& indices, int recording,
                                const std::vector<std::int16_t>& best, const std::vector<std::int16_t>& second) {
    Values margins(best.size(), 0);
    std::vector<std::uint8_t> found(best.size(), 0);
    for (int layer = 0; layer < layerCount(source, indices); ++layer) {
        const auto scores = source.fmriScore(indices.model, indices.step, layer, recording);
        if (!scores)
            return std::nullopt;
        for (std::size_t vertex = 0; vertex < best.size(); ++vertex) {
            if (layer != best[vertex] && layer != second[vertex])
                continue;
            margins[vertex] += layer == best[vertex] ? (*scores)[vertex] : -(*scores)[vertex];
            ++found[vertex];
        }
    }
    for (std::size_t vertex = 0; vertex < best.size(); ++vertex)
        if (found[vertex] != 2)
            margins[vertex] = noValue;
    return margins;
}

/// Follows one vertex's score over the checkpoints until it reaches half of its final value.
struct HalfTimeTrack {
    double half = 0;
    std::int64_t step = -1; ///< of the last checkpoint that had a value
    double value = 0;
};

/// Half-times in the making: checkpoints come in ascending order.
class HalfTimeReading {
public:
    HalfTimeReading(const Values& finalScores, std::int64_t lastStep) : m_last(lastStep) {
        result.finalScore = finalScores;
        result.lastStep = lastStep;
        result.step.assign(finalScores.size(), noValue);
        result.state.assign(finalScores.size(), HalfTimeState::NotComputed);
        m_tracks.resize(finalScores.size());
        for (std::size_t vertex = 0; vertex < finalScores.size(); ++vertex) {
            const auto score = static_cast<double>(finalScores[vertex]);
            m_tracks[vertex].half = score / 2;
            if (std::isfinite(score) && score <= 0)
                result.state[vertex] = HalfTimeState::None;
        }
    }
    void take(const Values& scores, std::int64_t step) {
        if (m_isFirst)
            result.firstStep = step;
        m_isFirst = false;
        for (std::size_t vertex = 0; vertex < scores.size(); ++vertex)
            if (result.state[vertex] == HalfTimeState::NotComputed && std::isfinite(scores[vertex]) &&
                std::isfinite(m_tracks[vertex].half))
                follow(vertex, static_cast<double>(scores[vertex]), step);
    }
    HalfTimes result;

private:
    void follow(std::size_t vertex, double value, std::int64_t step) {
        HalfTimeTrack& track = m_tracks[vertex];
        if (value < track.half) {
            track.step = step;
            track.value = value;
            return;
        }
        if (track.step < 0) {
            result.state[vertex] = HalfTimeState::AtOrBeforeFirst;
            return;
        }
        // The two checkpoints around the crossing and the final one decide alone.
        const std::array<std::int64_t, 3> steps{track.step, step, m_last};
        const std::array<double, 3> values{track.value, value, 2 * track.half};
        const std::size_t count = step == m_last ? 2 : 3;
        const HalfTime half = halfTime(std::span(steps).first(count), std::span(values).first(count));
        result.state[vertex] = HalfTimeState::Reached;
        result.step[vertex] = static_cast<float>(half.step);
    }

    std::int64_t m_last;
    bool m_isFirst = true;
    std::vector<HalfTimeTrack> m_tracks;
};

} // namespace

std::optional<BestLayers> readBestLayers(const ScoreSource& source, const SelectionIndices& indices) {
    if (indices.recording)
        return bestOfRecording(source, indices);
    auto group = source.fmriBestLayer(indices.model, indices.step);
    if (!group)
        return std::nullopt;
    return BestLayers{std::move(group->layer), std::move(group->score)};
}

std::optional<Values> readScores(const ScoreSource& source, const SelectionIndices& indices) {
    if (!indices.layer) {
        auto best = readBestLayers(source, indices);
        return best ? std::optional(std::move(best->score)) : std::nullopt;
    }
    return indices.recording ? source.fmriScore(indices.model, indices.step, *indices.layer, *indices.recording)
                             : source.fmriMean(indices.model, indices.step, *indices.layer);
}

std::optional<Values> readQ(const ScoreSource& source, const SelectionIndices& indices) {
    if (indices.recording)
        return std::nullopt;
    if (indices.layer)
        return source.fmriQ(indices.model, indices.step, *indices.layer);
    const auto best = readBestLayers(source, indices);
    if (!best)
        return std::nullopt;
    return gathered(best->layer, [&](int layer) { return source.fmriQ(indices.model, indices.step, layer); });
}

std::optional<Values> readT(const ScoreSource& source, const SelectionIndices& indices) {
    const auto best = indices.layer ? std::nullopt : readBestLayers(source, indices);
    if (!indices.layer && !best)
        return std::nullopt;
    const auto& recordings = source.index().fmri;
    std::vector<Values> subjects;
    for (int recording = 0; recording < static_cast<int>(recordings.size()); ++recording) {
        if (indices.recording && recording != *indices.recording)
            continue;
        const auto ofLayer = [&](int layer) { return source.fmriScore(indices.model, indices.step, layer, recording); };
        auto scores = indices.layer ? ofLayer(*indices.layer) : gathered(best->layer, ofLayer);
        if (!scores)
            return std::nullopt;
        subjects.push_back(std::move(*scores));
    }
    if (subjects.empty())
        return std::nullopt;
    const std::vector<std::span<const float>> views(subjects.begin(), subjects.end());
    const int images = recordings[static_cast<std::size_t>(indices.recording.value_or(0))].imageCount;
    const GroupStatistics statistics = groupStatistics(views, images);
    return Values(statistics.t.begin(), statistics.t.end());
}

std::optional<LayerMargins> readMargins(const ScoreSource& source, const SelectionIndices& indices) {
    const int subjects = static_cast<int>(source.index().fmri.size());
    if (indices.recording || subjects < 2 || layerCount(source, indices) < 2)
        return std::nullopt;
    const auto best = readBestLayers(source, indices);
    const auto second = best ? runnersUp(source, indices, best->layer) : std::nullopt;
    if (!second)
        return std::nullopt;
    std::vector<Values> margins;
    for (int recording = 0; recording < subjects; ++recording) {
        auto ofSubject = marginsOf(source, indices, recording, best->layer, *second);
        if (!ofSubject)
            return std::nullopt;
        margins.push_back(std::move(*ofSubject));
    }
    const std::vector<std::span<const float>> views(margins.begin(), margins.end());
    const GroupStatistics statistics = oneSampleTTest(views);
    return LayerMargins{Values(statistics.mean.begin(), statistics.mean.end()),
                        Values(statistics.sem.begin(), statistics.sem.end())};
}

std::optional<HalfTimes> readHalfTimes(const ScoreSource& source, const SelectionIndices& indices) {
    const auto& steps = source.index().models[static_cast<std::size_t>(indices.model)].steps;
    if (steps.empty())
        return std::nullopt;
    SelectionIndices at = indices;
    at.step = static_cast<int>(steps.size()) - 1;
    const auto last = readScores(source, at);
    if (!last)
        return std::nullopt;
    HalfTimeReading reading(*last, steps.back());
    for (at.step = 0; at.step < static_cast<int>(steps.size()); ++at.step) {
        const std::int64_t step = steps[static_cast<std::size_t>(at.step)];
        if (step == steps.back())
            reading.take(*last, step);
        else if (const auto scores = readScores(source, at))
            reading.take(*scores, step);
    }
    return std::move(reading.result);
}

} // namespace brainlike
