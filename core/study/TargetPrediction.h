#pragma once

#include "core/base/Matrix.h"
#include "core/encoding/Ridge.h"
#include "core/study/PartSet.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyIndex.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// Measured and predicted response of every image, each predicted by the fold that leaves it out.
struct TargetPrediction {
    std::vector<std::string> images; ///< ids, in the order of the features
    std::vector<int> folds;          ///< outer fold of each image
    /// A value an image, in the recording's units; of several targets the mean.
    std::vector<double> measured, predicted;
    std::vector<double> alphas;     ///< λ of each outer fold; NaN where none, or not the same for all targets
    std::vector<double> foldScores; ///< [outer] r, of several targets their mean
    double score = 0;               ///< encoding score, as in the scores file; of several targets the mean of theirs
    double joint = 0;               ///< r of the mean responses, mean over folds; `score` of one target
    int targets = 0;                ///< that have a score
};

/// Names a unit as the scores do.
struct UnitName {
    std::string model;
    std::int64_t step = 0;
    std::string layer;
    std::string recording;
};

/// Whether errors of both signs add up or cancel.
enum class ErrorKind { Absolute, Signed };

/// Fits single targets of a study on demand, with the code, the folds and the λ that made its scores. λ are those kept
/// with the parts; without them they are chosen again, once a unit. Safe to use from several threads.
class TargetPredictor {
public:
    /// Reads the headers of the study's files.
    /// @param scores  the scores file, beside which the parts lie
    /// @throws what outlineOf and studyIdentity throw
    TargetPredictor(const Study& study, const std::filesystem::path& scores, int threads);
    ~TargetPredictor();

    [[nodiscard]] const StudyOutline& outline() const { return m_outline; }
    /// False: the study's files are not those that the scores were made from.
    [[nodiscard]] bool isCurrent() const { return m_isCurrent; }
    [[nodiscard]] std::optional<EncodeUnit> find(const UnitName& name) const;

    /// @param dimensions  vertices, or channel · times + time; those the mask leaves out have no score
    /// @throws what LayerFeatures, RecordingResponses and fitRidge throw; CancelledError
    [[nodiscard]] TargetPrediction predict(const EncodeUnit& unit, std::span<const int> dimensions,
                                           JobContext& job) const;

    /// Mean over some images of predicted less measured response (or its absolute value), in standard deviations of
    /// each dimension's responses; a value a dimension, NaN where the mask leaves it out or it does not vary.
    /// @param images  ids; those that the recording lacks are passed over
    /// @throws as predict; ValueError if the recording has none of the images
    [[nodiscard]] std::vector<float> errors(const EncodeUnit& unit, std::span<const std::string> images, ErrorKind kind,
                                            JobContext& job) const;

private:
    struct KeptFeatures;
    struct Block;
    using Features = std::shared_ptr<const PreparedFeatures>;
    /// Indices into the grid, as AlphaIndices.
    using Alphas = std::shared_ptr<const RowMatrix<int>>;

    [[nodiscard]] const JoinedRows& rowsOf(const EncodeUnit& unit) const;
    [[nodiscard]] RidgeOptions optionsOf(const EncodeUnit& unit) const;
    [[nodiscard]] RecordingResponses responsesOf(const EncodeUnit& unit) const;
    [[nodiscard]] Features featuresOf(const EncodeUnit& unit, FoldDepth depth, const JobContext& job) const;
    /// λ that the scores were made with; null if no part tells.
    [[nodiscard]] Alphas keptAlphas(const EncodeUnit& unit) const;
    /// The same; chosen anew, from all responses, if no part tells.
    [[nodiscard]] Alphas allAlphas(const EncodeUnit& unit, JobContext& job) const;
    static void fill(TargetPrediction& prediction, const Block& block, const PreparedFeatures::Data& features,
                     const JobContext& job);
    [[nodiscard]] Alphas chooseAnew(const EncodeUnit& unit, JobContext& job) const;

    int m_threads;
    StudyOutline m_outline;
    PartSet m_parts;
    UnitNumbers m_numbers;
    bool m_isCurrent;
    mutable std::mutex m_mutex;
    mutable std::unique_ptr<KeptFeatures> m_features; ///< used last
    mutable std::map<std::size_t, Alphas> m_alphas;   ///< by unit; of units used last
};

} // namespace brainlike
