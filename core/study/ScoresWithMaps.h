#pragma once

#include "core/study/ScoreSource.h"

#include <memory>
#include <vector>

namespace brainlike {

/// Scores of a study with maps of files beside them: all that the study has, and more imported maps.
class ScoresWithMaps : public ScoreSource {
public:
    /// @param study  may have maps beside it already: they stay. Maps whose name is taken get a number.
    /// @throws ShapeError if a map has not one value or label a vertex of the study
    ScoresWithMaps(const std::shared_ptr<const ScoreSource>& study, std::vector<ImportedMap> maps);

    /// The scores alone.
    [[nodiscard]] const std::shared_ptr<const ScoreSource>& study() const { return m_study; }
    /// Those beside them.
    [[nodiscard]] const std::vector<ImportedMap>& maps() const { return m_maps; }

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override { return m_study->isComplete(); }
    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int model, int step, int layer) const override {
        return m_study->fmriMean(model, step, layer);
    }
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int model, int step, int layer,
                                                              int recording) const override {
        return m_study->fmriScore(model, step, layer, recording);
    }
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int model, int step, int layer) const override {
        return m_study->fmriQ(model, step, layer);
    }
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int model, int step) const override {
        return m_study->fmriBestLayer(model, step);
    }
    [[nodiscard]] DimensionScores fmriVertex(int model, int vertex) const override {
        return m_study->fmriVertex(model, vertex);
    }
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int model, int step) const override {
        return m_study->megTimeCourses(model, step);
    }
    [[nodiscard]] std::optional<TimeCourses> megCoursesOf(int model, int step,
                                                          std::span<const int> channels) const override {
        return m_study->megCoursesOf(model, step, channels);
    }
    [[nodiscard]] std::optional<SensorScores> megSensors(int model, int step, int layer) const override {
        return m_study->megSensors(model, step, layer);
    }
    [[nodiscard]] std::optional<TimeCourses> megRecordingCourses(int model, int step, int recording,
                                                                 std::span<const int> channels) const override {
        return m_study->megRecordingCourses(model, step, recording, channels);
    }
    [[nodiscard]] std::optional<SensorScores> megRecordingSensors(int model, int step, int layer,
                                                                  int recording) const override {
        return m_study->megRecordingSensors(model, step, layer, recording);
    }
    [[nodiscard]] SummaryCurves summary(int model) const override { return m_study->summary(model); }
    [[nodiscard]] std::optional<ImportedMap> importedMap(int map) const override;
    [[nodiscard]] Template findTemplate() const override { return m_study->findTemplate(); }
    void prefetch(int model, int shown, int wanted, const JobContext& job) const override {
        m_study->prefetch(model, shown, wanted, job);
    }

private:
    std::shared_ptr<const ScoreSource> m_study;
    std::vector<ImportedMap> m_maps; ///< beside those of the study itself
    ScoreIndex m_index;
};

/// A study with the maps that lie beside another source (the same study while it was being encoded, say), but for those
/// whose names it has.
/// @returns the study itself where there are none, or where the two have not as many vertices
[[nodiscard]] std::shared_ptr<const ScoreSource> withMapsBeside(std::shared_ptr<const ScoreSource> study,
                                                                const ScoreSource* other);

} // namespace brainlike
