#pragma once

#include "core/formats/Hdf5File.h"
#include "core/study/ChunkCache.h"
#include "core/study/GroupScores.h"
#include "core/study/Repeats.h"
#include "core/study/ScoreSource.h"
#include "core/study/Study.h"

#include <filesystem>
#include <memory>

namespace brainlike {

/// Consecutive vertices of fMRI, or channels of MEG (each with all its times).
struct DimensionBlock {
    int first = 0;
    int count = 0;
};

/// A finished scores.h5 (CONTRACT). Opening reads the index and checks every dataset's shape; maps are read when asked
/// for, one chunk each, and the chunks used last are kept.
class ScoreFile : public ScoreSource {
public:
    /// Bytes of chunks that are kept.
    static constexpr std::size_t defaultCacheBytes = std::size_t{48} << 20U;

    /// @throws NotFoundError, FileError if it is no HDF5 file; FormatError if it is no scores file or does not hold
    ///         together, naming the dataset, what was expected and what was found
    explicit ScoreFile(const std::filesystem::path& file, std::size_t cacheBytes = defaultCacheBytes);

    ScoreFile(const ScoreFile&) = delete;
    ScoreFile& operator=(const ScoreFile&) = delete;

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override { return true; }
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
    void prefetch(int model, int shown, int wanted, const JobContext& job) const override;
    /// What is kept, and what was read so far.
    [[nodiscard]] const ChunkCache& cache() const { return *m_chunks; }

    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }
    /// The study.json it was made from.
    [[nodiscard]] const nlohmann::json& study() const { return m_study; }
    /// The options of the encoding, all of them; empty where the file does not say.
    [[nodiscard]] nlohmann::json encodingOptions() const;

    /// Recordings of one kind along axis 1.
    [[nodiscard]] const std::vector<ScoredRecording>& recordings(RecordingKind kind) const {
        return kind == RecordingKind::Fmri ? m_index.fmri : m_index.meg;
    }
    /// Values of one kind: vertices, or channels × times; 0 without recordings of it.
    [[nodiscard]] int dimensionCount(RecordingKind kind) const;
    /// R of every layer at a step: the group's mean, or one recording's (index along axis 1); layers × dimensions.
    /// @throws NotFoundError, as the others here, if the file has no recordings of that kind
    [[nodiscard]] RowMatrix<float> layers(RecordingKind kind, int model, int step,
                                          std::optional<int> recording = std::nullopt) const;
    /// A part of one recording's, layers × (block's dimensions).
    [[nodiscard]] RowMatrix<float> layers(RecordingKind kind, int model, int step, int recording,
                                          DimensionBlock block) const;
    /// A group statistic (`mean`, `sem`, `t`, `p` or `q`) of every layer at a step, layers × dimensions.
    [[nodiscard]] RowMatrix<float> groupLayers(RecordingKind kind, int model, const char* what, int step) const;
    /// The group's best layer of every dimension at a step.
    [[nodiscard]] BestLayerMap bestLayer(RecordingKind kind, int model, int step) const;
    /// The noise ceiling of a recording; nothing where there is none: images were shown once.
    /// @throws FormatError if it does not fit the recording
    [[nodiscard]] std::optional<RecordingCeiling> ceiling(RecordingKind kind, int recording) const;

private:
    [[nodiscard]] const ScoredModel& modelAt(int model) const {
        return m_index.models.at(static_cast<std::size_t>(model));
    }
    /// Axes of one kind's dimensions. @throws NotFoundError without recordings of it
    [[nodiscard]] Shape axesOf(RecordingKind kind) const;
    [[nodiscard]] std::optional<std::vector<float>> fmriGroup(int model, const char* what, int step, int layer) const;
    /// One chunk of a dataset of a kind: all its dimensions at these first indices.
    [[nodiscard]] ChunkCache::Chunk chunk(const std::string& dataset, Shape start) const;
    [[nodiscard]] std::vector<float> readChunk(const ChunkPlace& place) const;
    /// Chunks of consecutive layers, a row each.
    [[nodiscard]] RowMatrix<float> chunkRows(const std::string& dataset, const Shape& start, std::size_t rows) const;

    Hdf5File m_file;
    nlohmann::json m_study;
    ScoreIndex m_index;
    std::unique_ptr<ChunkCache> m_chunks;
};

} // namespace brainlike
