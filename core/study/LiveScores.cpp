#include "core/study/LiveScores.h"

#include "core/scores/BestLayer.h"
#include "core/study/PartFile.h"

#include <algorithm>
#include <limits>

namespace brainlike {
namespace {

constexpr std::size_t cacheBytes = std::size_t{256} << 20U;
constexpr float missing = std::numeric_limits<float>::quiet_NaN();

std::vector<float> valuesOf(const RowMatrix<float>& matrix) {
    return {matrix.data(), matrix.data() + matrix.size()};
}

LayerScores rowOf(const std::vector<float>& scores) {
    return Eigen::Map<const LayerScores>(scores.data(), 1, static_cast<Eigen::Index>(scores.size()));
}

} // namespace

LiveScores::LiveScores(const Study& study, const std::filesystem::path& scores)
    : m_outline(outlineOf(study)), m_paths(partsFolderOf(scores), study), m_numbers(study), m_done(m_numbers.count()),
      m_cache(cacheBytes) {}

void LiveScores::notifyUnit(const EncodeUnit& unit) {
    const std::scoped_lock lock(m_mutex);
    const auto number = m_numbers.of(unit);
    m_doneCount += m_done[number] ? 0 : 1;
    m_done[number] = true;
}

bool LiveScores::isComplete() const {
    const std::scoped_lock lock(m_mutex);
    return m_doneCount == m_done.size();
}

bool LiveScores::isDone(const EncodeUnit& unit) const {
    const std::scoped_lock lock(m_mutex);
    return m_done[m_numbers.of(unit)];
}

bool LiveScores::isLayerDone(RecordingKind kind, int model, int step, int layer) const {
    const auto& recordings = m_outline.recordings(kind);
    return !recordings.empty() && std::all_of(recordings.begin(), recordings.end(), [&](int recording) {
        return isDone({model, step, layer, recording});
    });
}

bool LiveScores::isStepDone(RecordingKind kind, int model, int step) const {
    const auto layers = static_cast<int>(index().models.at(static_cast<std::size_t>(model)).layerNames.size());
    for (int layer = 0; layer < layers; ++layer)
        if (!isLayerDone(kind, model, step, layer))
            return false;
    return true;
}

std::shared_ptr<const std::vector<float>> LiveScores::read(const EncodeUnit& unit) const {
    const auto number = m_numbers.of(unit);
    if (auto kept = m_cache.find(number))
        return kept;
    auto scores =
        readUnitScores(m_paths.of(unit), m_outline.shapes.at(static_cast<std::size_t>(unit.recording)).dimensions);
    m_cache.keep(number, scores);
    return scores;
}

float LiveScores::readOne(const EncodeUnit& unit, std::size_t dimension) const {
    if (const auto kept = m_cache.find(m_numbers.of(unit)))
        return kept->at(dimension);
    return readPartScore(m_paths.of(unit), dimension);
}

std::optional<std::vector<LayerScores>> LiveScores::fmriLayer(int model, int step, int layer) const {
    if (!isLayerDone(RecordingKind::Fmri, model, step, layer))
        return std::nullopt;
    std::vector<LayerScores> recordings;
    for (const int recording : m_outline.fmri)
        recordings.push_back(rowOf(*read({model, step, layer, recording})));
    return recordings;
}

std::optional<std::vector<LayerScores>> LiveScores::checkpoint(RecordingKind kind, int model, int step) const {
    if (!isStepDone(kind, model, step))
        return std::nullopt;
    return layerScores(m_outline, model, step, kind, [this](const EncodeUnit& unit) { return read(unit); });
}

std::optional<std::vector<float>> LiveScores::fmriMean(int model, int step, int layer) const {
    const auto recordings = fmriLayer(model, step, layer);
    return recordings ? std::optional(valuesOf(subjectMean(*recordings))) : std::nullopt;
}

std::optional<std::vector<float>> LiveScores::fmriQ(int model, int step, int layer) const {
    const auto recordings = fmriLayer(model, step, layer);
    return recordings ? std::optional(valuesOf(groupMaps(*recordings, m_outline.imageCount(RecordingKind::Fmri)).q))
                      : std::nullopt;
}

std::optional<std::vector<float>> LiveScores::fmriScore(int model, int step, int layer, int recording) const {
    const EncodeUnit unit{model, step, layer, m_outline.fmri.at(static_cast<std::size_t>(recording))};
    return isDone(unit) ? std::optional(*read(unit)) : std::nullopt;
}

std::optional<BestLayerMap> LiveScores::fmriBestLayer(int model, int step) const {
    const auto recordings = checkpoint(RecordingKind::Fmri, model, step);
    return recordings ? std::optional(bestLayerMap(subjectMean(*recordings), *recordings)) : std::nullopt;
}

DimensionScores LiveScores::fmriVertex(int model, int vertex) const {
    const auto& scored = index().models.at(static_cast<std::size_t>(model));
    const auto steps = static_cast<int>(scored.steps.size());
    const auto layers = static_cast<int>(scored.layerNames.size());
    if (m_outline.fmri.empty())
        return {};
    std::vector<LayerScores> recordings(m_outline.fmri.size(), LayerScores::Constant(steps, layers, missing));
    for (int step = 0; step < steps; ++step)
        for (int layer = 0; layer < layers; ++layer)
            for (std::size_t i = 0; isLayerDone(RecordingKind::Fmri, model, step, layer) && i < recordings.size(); ++i)
                recordings[i](step, layer) =
                    readOne({model, step, layer, m_outline.fmri[i]}, static_cast<std::size_t>(vertex));
    auto maps = groupMaps(recordings, m_outline.imageCount(RecordingKind::Fmri));
    return {std::move(maps.mean), std::move(maps.sem)};
}

std::optional<TimeCourses> LiveScores::megCoursesOf(int model, int step, std::span<const int> channels) const {
    const auto recordings = checkpoint(RecordingKind::Meg, model, step);
    if (!recordings)
        return std::nullopt;
    return timeCourses(subjectMean(*recordings), *recordings, m_outline.timeCount(), channels);
}

std::optional<SensorScores> LiveScores::megSensors(int model, int step, int layer) const {
    if (!isLayerDone(RecordingKind::Meg, model, step, layer))
        return std::nullopt;
    std::vector<LayerScores> recordings;
    for (const int recording : m_outline.meg)
        recordings.push_back(rowOf(*read({model, step, layer, recording})));
    const auto maps = groupMaps(recordings, m_outline.imageCount(RecordingKind::Meg));
    const auto byChannel = [&](const RowMatrix<float>& map) {
        const Eigen::Index times = m_outline.timeCount();
        return RowMatrix<float>(Eigen::Map<const RowMatrix<float>>(map.data(), map.size() / times, times));
    };
    return SensorScores{byChannel(maps.mean), byChannel(maps.q)};
}

std::optional<TimeCourses> LiveScores::megRecordingCourses(int model, int step, int recording,
                                                           std::span<const int> channels) const {
    const auto recordings = checkpoint(RecordingKind::Meg, model, step);
    if (!recordings)
        return std::nullopt;
    const LayerScores& own = recordings->at(static_cast<std::size_t>(recording));
    return timeCourses(own, {&own, 1}, m_outline.timeCount(), channels);
}

std::optional<SensorScores> LiveScores::megRecordingSensors(int model, int step, int layer, int recording) const {
    const EncodeUnit unit{model, step, layer, m_outline.meg.at(static_cast<std::size_t>(recording))};
    if (!isDone(unit))
        return std::nullopt;
    const auto values = read(unit);
    const Eigen::Index times = m_outline.timeCount();
    const Eigen::Map<const RowMatrix<float>> scores(values->data(), static_cast<Eigen::Index>(values->size()) / times,
                                                    times);
    return recordingSensors(scores, m_outline.index.meg.at(static_cast<std::size_t>(recording)).imageCount);
}

const AreaDistances& LiveScores::areas() const {
    std::call_once(m_areasRead, [this] {
        if (m_outline.brain)
            m_areas = areaDistances(*m_outline.brain);
    });
    return m_areas;
}

CheckpointSummary LiveScores::checkpointSummary(int model, int step) const {
    {
        const std::scoped_lock lock(m_mutex);
        const auto kept = m_summaries.find({model, step});
        if (kept != m_summaries.end())
            return kept->second;
    }
    CheckpointSummary summary;
    const auto& depths = index().models.at(static_cast<std::size_t>(model)).layerDepths;
    const auto fmri = checkpoint(RecordingKind::Fmri, model, step);
    if (fmri) {
        const auto mean = subjectMean(*fmri);
        addFmri(summary, mean, bestLayerMap(mean, *fmri), depths, areas());
    }
    const auto meg = checkpoint(RecordingKind::Meg, model, step);
    if (meg) {
        const auto mean = subjectMean(*meg);
        addMeg(summary, mean, bestLayerMap(mean, *meg), depths, index().times);
    }
    if ((fmri || m_outline.fmri.empty()) && (meg || m_outline.meg.empty())) {
        const std::scoped_lock lock(m_mutex);
        m_summaries[{model, step}] = summary;
    }
    return summary;
}

SummaryCurves LiveScores::summary(int model) const {
    SummaryCurves curves;
    for (int step = 0; step < static_cast<int>(index().models.at(static_cast<std::size_t>(model)).steps.size());
         ++step) {
        const auto values = checkpointSummary(model, step);
        curves.encodingFmri.push_back(values.encodingFmri.value);
        curves.encodingMeg.push_back(values.encodingMeg.value);
        curves.spatial.push_back(values.spatial.value);
        curves.temporal.push_back(values.temporal.value);
    }
    return curves;
}

} // namespace brainlike
