#include "views/layers/LayerScores.h"

#include "core/base/Error.h"
#include "core/scores/EncodingScore.h"
#include "core/session/RegionVertices.h"
#include "core/study/ScoreFile.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using Map = std::optional<std::vector<float>>;

LayerProfile emptyProfile(std::size_t layers) {
    return {std::vector<double>(layers, nan), std::vector<double>(layers, nan)};
}

/// Vertices that are averaged over; nothing: all.
using Subset = std::optional<std::vector<int>>;

double finiteMean(const std::vector<float>& values, const Subset& subset) {
    double sum = 0;
    int count = 0;
    const auto add = [&](float value) {
        if (std::isfinite(value)) {
            sum += static_cast<double>(value);
            ++count;
        }
    };
    if (!subset)
        std::ranges::for_each(values, add);
    else
        for (const int vertex : *subset)
            add(values.at(static_cast<std::size_t>(vertex)));
    return count > 0 ? sum / count : nan;
}

/// Standard error of the mean, ddof 1; NaN for fewer than two values.
double standardError(const std::vector<double>& values) {
    if (values.size() < 2)
        return nan;
    const auto count = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double value : values)
        mean += value / count;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / (count - 1) / count);
}

Map readMap(const ScoreSource& source, const LayerScoresRequest& request, int step, int layer) {
    return request.recording ? source.fmriScore(request.model, step, layer, *request.recording)
                             : source.fmriMean(request.model, step, layer);
}

double semOverSubjects(const ScoreSource& source, int model, int step, int layer, const Subset& subset) {
    std::vector<double> means;
    for (int recording = 0; recording < static_cast<int>(source.index().fmri.size()); ++recording)
        if (const Map map = source.fmriScore(model, step, layer, recording))
            means.push_back(finiteMean(*map, subset));
    return standardError(means);
}

double highestMean(const LayerProfile& profile) {
    const int best = profile.bestLayer();
    const bool whole = profile.computedCount() == static_cast<int>(profile.mean.size());
    return best >= 0 && whole ? profile.mean[static_cast<std::size_t>(best)] : nan;
}

LayerProfile manyVertices(const ScoreSource& source, const LayerScoresRequest& request, const Subset& subset, int step,
                          int layers) {
    LayerProfile profile = emptyProfile(static_cast<std::size_t>(layers));
    std::vector<float> best;
    for (int layer = 0; layer < layers; ++layer) {
        const Map map = readMap(source, request, step, layer);
        if (!map)
            continue;
        const auto at = static_cast<std::size_t>(layer);
        profile.mean[at] = finiteMean(*map, subset);
        if (!request.recording)
            profile.sem[at] = semOverSubjects(source, request.model, step, layer, subset);
        best.resize(map->size(), std::numeric_limits<float>::quiet_NaN());
        for (std::size_t vertex = 0; vertex < best.size(); ++vertex)
            best[vertex] = std::fmax(best[vertex], (*map)[vertex]);
    }
    if (profile.computedCount() == layers)
        profile.best = finiteMean(best, subset);
    return profile;
}

/// R of every layer at a checkpoint, layers × (channel × time); nothing where a layer is not computed.
std::optional<RowMatrix<float>> megLayers(const ScoreSource& source, const LayerScoresRequest& request, int step,
                                          int layers) {
    if (const auto* file = dynamic_cast<const ScoreFile*>(&source))
        return file->layers(RecordingKind::Meg, request.model, step, request.recording);
    RowMatrix<float> scores;
    for (int layer = 0; layer < layers; ++layer) {
        const auto sensors = request.recording
                                 ? source.megRecordingSensors(request.model, step, layer, *request.recording)
                                 : source.megSensors(request.model, step, layer);
        if (!sensors)
            return std::nullopt;
        scores.conservativeResize(layers, sensors->mean.size());
        scores.row(layer) = Eigen::Map<const Eigen::RowVectorXf>(sensors->mean.data(), sensors->mean.size());
    }
    return scores;
}

/// Encoding score of a set by each layer (METHODS 6 "Encoding score of a set").
std::vector<double> scoresByLayer(const RowMatrix<float>& scores, const std::vector<int>& dimensions) {
    std::vector<double> values;
    for (int layer = 0; layer < static_cast<int>(scores.rows()); ++layer)
        values.push_back(encodingScore(scores, dimensions, {LayerChoice::Layer, layer}));
    return values;
}

LayerProfile windowProfile(const ScoreSource& source, const LayerScoresRequest& request,
                           const std::vector<int>& dimensions, int step, int layers) {
    LayerProfile profile = emptyProfile(static_cast<std::size_t>(layers));
    const auto group = megLayers(source, request, step, layers);
    if (!group)
        return profile;
    profile.mean = scoresByLayer(*group, dimensions);
    profile.best = encodingScore(*group, dimensions);
    const auto* file = dynamic_cast<const ScoreFile*>(&source);
    if (request.recording || !file)
        return profile;
    std::vector<std::vector<double>> own;
    for (int recording = 0; recording < static_cast<int>(source.index().meg.size()); ++recording)
        own.push_back(scoresByLayer(file->layers(RecordingKind::Meg, request.model, step, recording), dimensions));
    for (std::size_t layer = 0; layer < profile.sem.size(); ++layer) {
        std::vector<double> subjects;
        for (const auto& scores : own)
            subjects.push_back(scores[layer]);
        profile.sem[layer] = standardError(subjects);
    }
    return profile;
}

LayerProfiles windowProfiles(const ScoreSource& source, const LayerScoresRequest& request,
                             const std::vector<int>& steps, int layers) {
    const auto& index = source.index();
    const auto dimensions = windowDimensions(static_cast<int>(index.channelNames.size()), index.times,
                                             request.window->start, request.window->end);
    if (dimensions.empty())
        throw ValueError({.what = "No sampled time lies in the MEG window " + request.window->name,
                          .expected = "a time from " + std::to_string(request.window->start) + " s to " +
                                      std::to_string(request.window->end) + " s",
                          .found = std::to_string(index.times.size()) + " times",
                          .advice = "choose or drag another window"});
    LayerProfiles profiles;
    for (const int step : steps)
        profiles.emplace(step, windowProfile(source, request, dimensions, step, layers));
    return profiles;
}

LayerProfile oneVertexOfOneRecording(const ScoreSource& source, const LayerScoresRequest& request, int step,
                                     int layers) {
    LayerProfile profile = emptyProfile(static_cast<std::size_t>(layers));
    for (int layer = 0; layer < layers; ++layer)
        if (const Map map = readMap(source, request, step, layer))
            profile.mean[static_cast<std::size_t>(layer)] =
                static_cast<double>(map->at(static_cast<std::size_t>(*request.vertex)));
    profile.best = highestMean(profile);
    return profile;
}

LayerProfiles oneVertexOfTheGroup(const ScoreSource& source, const LayerScoresRequest& request,
                                  const std::vector<int>& steps) {
    const DimensionScores scores = source.fmriVertex(request.model, *request.vertex);
    LayerProfiles profiles;
    for (const int step : steps) {
        LayerProfile profile = emptyProfile(static_cast<std::size_t>(scores.mean.cols()));
        for (int layer = 0; layer < scores.mean.cols(); ++layer) {
            profile.mean[static_cast<std::size_t>(layer)] = static_cast<double>(scores.mean(step, layer));
            profile.sem[static_cast<std::size_t>(layer)] = static_cast<double>(scores.sem(step, layer));
        }
        profile.best = highestMean(profile);
        profiles.emplace(step, std::move(profile));
    }
    return profiles;
}

int highest(const std::vector<double>& values, int leftOut) {
    int best = -1;
    for (int index = 0; index < static_cast<int>(values.size()); ++index) {
        const double value = values[static_cast<std::size_t>(index)];
        if (index != leftOut && std::isfinite(value) && (best < 0 || value > values[static_cast<std::size_t>(best)]))
            best = index;
    }
    return best;
}

} // namespace

int LayerProfile::computedCount() const {
    return static_cast<int>(std::ranges::count_if(mean, [](double value) { return std::isfinite(value); }));
}

int LayerProfile::bestLayer() const {
    return highest(mean, -1);
}

int LayerProfile::runnerUp() const {
    const int winner = bestLayer();
    return winner < 0 ? -1 : highest(mean, winner);
}

LayerProfiles readLayerProfiles(const ScoreSource& source, const LayerScoresRequest& request,
                                const std::vector<int>& steps) {
    if (request.vertex && !request.recording && !request.window)
        return oneVertexOfTheGroup(source, request, steps);
    const auto layers =
        static_cast<int>(source.index().models.at(static_cast<std::size_t>(request.model)).layerNames.size());
    if (request.window)
        return windowProfiles(source, request, steps, layers);
    const Subset subset = request.regions ? Subset(chosenVertices(source, *request.regions)) : std::nullopt;
    LayerProfiles profiles;
    for (const int step : steps)
        profiles.emplace(step, request.vertex ? oneVertexOfOneRecording(source, request, step, layers)
                                              : manyVertices(source, request, subset, step, layers));
    return profiles;
}

} // namespace brainlike
