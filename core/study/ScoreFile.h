#pragma once

#include "core/formats/Hdf5File.h"
#include "core/study/GroupScores.h"
#include "core/study/ScoreSource.h"
#include "core/study/Study.h"

#include <filesystem>

namespace brainlike {

/// A finished scores.h5 (CONTRACT). Opening reads the index and checks every dataset's shape; maps are read when asked
/// for, one chunk each.
class ScoreFile : public ScoreSource {
public:
    /// @throws NotFoundError, FileError if it is no HDF5 file; FormatError if it is no scores file or does not hold
    ///         together, naming the dataset, what was expected and what was found
    explicit ScoreFile(const std::filesystem::path& file);

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override { return true; }
    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int model, int step, int layer) const override;
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int model, int step, int layer,
                                                              int recording) const override;
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int model, int step, int layer) const override;
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int model, int step) const override;
    [[nodiscard]] DimensionScores fmriVertex(int model, int vertex) const override;
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int model, int step) const override;
    [[nodiscard]] SummaryCurves summary(int model) const override;

    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }
    /// The study.json it was made from.
    [[nodiscard]] const nlohmann::json& study() const { return m_study; }

private:
    [[nodiscard]] const ScoredModel& modelAt(int model) const {
        return m_index.models.at(static_cast<std::size_t>(model));
    }
    /// Group values of one kind at a step, all layers.
    [[nodiscard]] RowMatrix<float> groupLayers(RecordingKind kind, int model, const char* what, int step) const;
    [[nodiscard]] std::optional<std::vector<float>> fmriGroup(int model, const char* what, int step, int layer) const;

    Hdf5File m_file;
    nlohmann::json m_study;
    ScoreIndex m_index;
};

} // namespace brainlike
