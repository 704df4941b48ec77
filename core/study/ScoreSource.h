#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/study/KeptMaps.h"
#include "core/study/TimeWindow.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Parcellation.h"
#include "core/templates/Template.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

struct ScoredModel {
    std::string id, label, family, imageType;
    std::optional<double> parameters, trainingImages, batchSize;
    std::vector<std::int64_t> steps;      ///< ascending, 0 = untrained
    std::vector<std::string> layerNames;  ///< by ascending depth
    std::vector<double> layerDepths;
};

struct ScoredRecording {
    std::string id, subject;
    int imageCount = 0;
};

/// What a set of scores holds; small, read once.
struct ScoreIndex {
    std::string studyName, templateName;
    VertexCounts vertexCounts;                            ///< zero without fMRI
    std::vector<ScoredModel> models;
    std::vector<ScoredRecording> fmri, meg;               ///< recordings along axis 1
    std::vector<std::string> channelNames;                ///< MEG
    std::vector<std::array<double, 3>> channelPositions;  ///< m, head space
    std::vector<double> times;                            ///< s
    std::vector<TimeWindow> windows;                      ///< the study's own; empty: it names none
    std::vector<std::string> importedMaps;                ///< names of the maps that came in from files
    std::vector<std::string> surfaces;                    ///< that can be shown; empty: those of the named template
};

/// A map that came in from a file: values or labels, left vertices, then right ones.
struct ImportedMap {
    std::string name;
    std::vector<float> values;        ///< NaN where there is none; empty for labels
    std::vector<std::int16_t> labels; ///< index into `areas`, −1 none; empty for values
    std::vector<Area> areas;          ///< with their colours
    std::string note;                 ///< what some of the file's values were taken to mean; empty: as they are
};

/// Group best-layer maps of one checkpoint, a value a dimension.
struct BestLayerMap {
    std::vector<std::int16_t> layer; ///< index into layerNames, −1 none
    std::vector<float> score, margin, agreement;
};

/// Mean over channels of the group R of every layer, and its SEM over subjects.
struct TimeCourses {
    RowMatrix<float> mean; ///< layers × times
    RowMatrix<float> sem;  ///< layers × times; NaN with fewer than two subjects
    float lowest = 0;      ///< smallest group R of a single channel, of any layer and time; 0 where none is below
    float highest = 0;     ///< largest, likewise
};

/// Group scores of one layer at one checkpoint, a row a channel, a column a time; NaN where not computed.
struct SensorScores {
    RowMatrix<float> mean; ///< R, mean over subjects, or one's
    RowMatrix<float> q;    ///< Benjamini–Hochberg over channels × times
};

/// Score of one dimension over checkpoints and layers, the group's and its SEM over subjects.
struct DimensionScores {
    RowMatrix<float> mean; ///< steps × layers; NaN where not computed
    RowMatrix<float> sem;
};

/// The three scores over training (and the MEG encoding score); NaN where not computed.
struct SummaryCurves {
    std::vector<double> encodingFmri, encodingMeg, spatial, temporal; ///< a value a step
};

/// Scores to look at: a finished scores.h5, or the parts of an encoding that is still running. All calls are
/// synchronous and thread-safe; empty optionals mean "not computed (yet)", never an error.
/// `model`, `step`, `layer`, `recording` are indices into the index's lists.
/// @throws FormatError, FileError for what is there but cannot be read
class ScoreSource {
public:
    virtual ~ScoreSource() = default;

    [[nodiscard]] virtual const ScoreIndex& index() const = 0;
    /// True once every unit is there and summaries are final.
    [[nodiscard]] virtual bool isComplete() const = 0;

    /// Group mean R, a value a vertex, left then right.
    [[nodiscard]] virtual std::optional<std::vector<float>> fmriMean(int model, int step, int layer) const = 0;
    /// One recording's R.
    [[nodiscard]] virtual std::optional<std::vector<float>> fmriScore(int model, int step, int layer, int recording) const = 0;
    /// Benjamini–Hochberg q of the group t-test.
    [[nodiscard]] virtual std::optional<std::vector<float>> fmriQ(int model, int step, int layer) const = 0;
    [[nodiscard]] virtual std::optional<BestLayerMap> fmriBestLayer(int model, int step) const = 0;
    /// Scores of one vertex (flat index) at every checkpoint and layer.
    [[nodiscard]] virtual DimensionScores fmriVertex(int model, int vertex) const = 0;
    /// Time courses of a checkpoint: every layer, mean over channels.
    [[nodiscard]] virtual std::optional<TimeCourses> megTimeCourses(int model, int step) const = 0;
    /// The same, mean over chosen channels.
    /// @param channels  indices; empty: all
    [[nodiscard]] virtual std::optional<TimeCourses> megCoursesOf(int /*model*/, int /*step*/,
                                                                  std::span<const int> /*channels*/) const {
        return std::nullopt;
    }
    /// Every channel of one layer.
    [[nodiscard]] virtual std::optional<SensorScores> megSensors(int /*model*/, int /*step*/, int /*layer*/) const {
        return std::nullopt;
    }
    /// The same of one recording: R of its own, no SEM.
    [[nodiscard]] virtual std::optional<TimeCourses> megRecordingCourses(int /*model*/, int /*step*/, int /*recording*/,
                                                                         std::span<const int> /*channels*/) const {
        return std::nullopt;
    }
    /// Every channel of one layer of one recording; its p is that of r over images (METHODS 7).
    [[nodiscard]] virtual std::optional<SensorScores> megRecordingSensors(int /*model*/, int /*step*/, int /*layer*/,
                                                                          int /*recording*/) const {
        return std::nullopt;
    }
    [[nodiscard]] virtual SummaryCurves summary(int model) const = 0;

    /// A map of the index's list; nothing where none came in.
    [[nodiscard]] virtual std::optional<ImportedMap> importedMap(int map) const;
    /// The surfaces that the vertices lie on: the template that the index names, looked for as TemplateFinder does.
    /// @throws NotFoundError with the places searched
    [[nodiscard]] virtual Template findTemplate() const;

    /// Reads ahead, of checkpoint `wanted`, what was last asked for of checkpoint `shown`.
    /// @throws CancelledError
    virtual void prefetch(int /*model*/, int /*shown*/, int /*wanted*/, const JobContext& /*job*/) const {}

    /// Maps worked out while these scores are looked at; shown like those of files.
    [[nodiscard]] KeptMaps& keptMaps() const { return *m_keptMaps; }

private:
    std::shared_ptr<KeptMaps> m_keptMaps = std::make_shared<KeptMaps>();
};

} // namespace brainlike
