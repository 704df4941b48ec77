#pragma once

#include "core/study/PartScores.h"
#include "core/study/PartStore.h"
#include "core/study/ScoreCache.h"
#include "core/study/ScoreSource.h"
#include "core/study/SummaryScores.h"

#include <map>
#include <mutex>
#include <utility>

namespace brainlike {

/// Scores of an encoding that is still running, read from its parts with the same functions as the finished file's. A
/// layer's maps are there once all its recordings are done, best layers, time courses and summaries once all layers of
/// the checkpoint are. Knows what is there by `notifyUnit` alone.
class LiveScores : public ScoreSource {
public:
    /// @param scores  the file that is being made; its parts lie beside it
    /// @throws what outlineOf throws
    LiveScores(const Study& study, const std::filesystem::path& scores);

    /// A part can be read now (EncodeOptions::onUnit). Safe to call from any thread.
    void notifyUnit(const EncodeUnit& unit);

    [[nodiscard]] const ScoreIndex& index() const override { return m_outline.index; }
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int model, int step, int layer) const override;
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int model, int step, int layer,
                                                              int recording) const override;
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int model, int step, int layer) const override;
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int model, int step) const override;
    [[nodiscard]] DimensionScores fmriVertex(int model, int vertex) const override;
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int model, int step) const override {
        return megCoursesOf(model, step, {});
    }
    [[nodiscard]] std::optional<TimeCourses> megCoursesOf(int model, int step,
                                                          std::span<const int> channels) const override;
    [[nodiscard]] std::optional<SensorScores> megSensors(int model, int step, int layer) const override;
    [[nodiscard]] std::optional<TimeCourses> megRecordingCourses(int model, int step, int recording,
                                                                 std::span<const int> channels) const override;
    [[nodiscard]] std::optional<SensorScores> megRecordingSensors(int model, int step, int layer,
                                                                  int recording) const override;
    [[nodiscard]] SummaryCurves summary(int model) const override;

private:
    [[nodiscard]] bool isDone(const EncodeUnit& unit) const;
    [[nodiscard]] bool isLayerDone(RecordingKind kind, int model, int step, int layer) const;
    [[nodiscard]] bool isStepDone(RecordingKind kind, int model, int step) const;
    [[nodiscard]] std::shared_ptr<const std::vector<float>> read(const EncodeUnit& unit) const;
    [[nodiscard]] float readOne(const EncodeUnit& unit, std::size_t dimension) const;
    /// Every fMRI recording's scores of a layer (one row each), if all are there.
    [[nodiscard]] std::optional<std::vector<LayerScores>> fmriLayer(int model, int step, int layer) const;
    /// Every recording's scores of a checkpoint, if all are there.
    [[nodiscard]] std::optional<std::vector<LayerScores>> checkpoint(RecordingKind kind, int model, int step) const;
    [[nodiscard]] CheckpointSummary checkpointSummary(int model, int step) const;
    [[nodiscard]] const AreaDistances& areas() const;

    StudyOutline m_outline;
    PartPaths m_paths;
    UnitNumbers m_numbers;
    mutable std::mutex m_mutex;
    std::vector<bool> m_done;
    std::size_t m_doneCount = 0;
    mutable ScoreCache<std::size_t> m_cache;
    mutable std::map<std::pair<int, int>, CheckpointSummary> m_summaries; ///< of finished checkpoints
    mutable std::once_flag m_areasRead;
    mutable AreaDistances m_areas;
};

} // namespace brainlike
