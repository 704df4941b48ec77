#pragma once

#include "core/base/JobContext.h"
#include "core/scores/HalfTime.h"
#include "core/stats/Bootstrap.h"
#include "core/study/ScoreFile.h"
#include "core/tables/SubjectResamples.h"
#include "core/tables/TableScope.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// Why there can be no bootstrap over the subjects of a kind; empty where there can.
[[nodiscard]] std::string reasonWithoutResamples(const TableScope& scope, RecordingKind kind);

/// What a table says of its resamples: unit, number, seed, level.
[[nodiscard]] nlohmann::json bootstrapOptions(const TableScope& scope);

/// A half-time on the line of steps: what is censored lies beyond its ends, −∞ where it is at or before the first
/// checkpoint, +∞ where there is none (it is not reached).
[[nodiscard]] double orderedStep(const HalfTime& half);

/// Scores of bootstrap resamples of the subjects. Each resample's group R is the mean over its subjects, and a score is
/// computed from that as from the group's. Reads a few checkpoints at a time, a block of dimensions each; the numbers
/// are the same for any number of processors.
///
/// All functions throw what reading the scores throws, and CancelledError.
/// Source: METHODS 7 "Error bars".
class SubjectBootstrap {
public:
    SubjectBootstrap(const TableScope& scope, int model, RecordingKind kind, JobContext& job)
        : m_scope(scope), m_model(model), m_kind(kind), m_job(job),
          m_resamples(static_cast<int>(scope.scores().recordings(kind).size()), scope.request().bootstrap) {}

    /// Distinct resamples.
    [[nodiscard]] Eigen::Index size() const { return m_resamples.size(); }
    /// @param values  of a statistic, a value a resample; NaN: left out
    [[nodiscard]] BootstrapInterval interval(std::span<const double> values) const {
        return m_resamples.interval(values);
    }
    /// Calls `work(index)` for each below `count`, several at a time.
    void inParallel(std::size_t count, const std::function<void(std::size_t)>& work) const;

    /// Encoding scores of sets at a checkpoint by the scope's choice of layer, sets × resamples.
    [[nodiscard]] RowMatrix<double> setScores(int step, const SetsOfDimensions& sets) const;
    /// Half-times of these, steps; sets × resamples, as orderedStep. Works on several checkpoints at a time.
    [[nodiscard]] RowMatrix<double> setHalfTimes(const DimensionGroups& sets) const;
    /// Mean R of sets, layers × sets, of each resample at a checkpoint.
    void forEachResample(int step, const SetsOfDimensions& sets,
                         const std::function<void(Eigen::Index, const RowMatrix<double>&)>& visit) const;

    /// Vertices in blocks that are read at once, at `steps` checkpoints.
    [[nodiscard]] std::vector<DimensionBlock> blocks(int steps) const;
    /// Gets consecutive vertices from the first one on, vertices × resamples.
    using VisitVertices = std::function<void(int first, const RowMatrix<double>&)>;
    void vertexScores(int step, DimensionBlock block, const VisitVertices& visit) const;
    /// As orderedStep.
    void vertexHalfTimes(DimensionBlock block, const VisitVertices& visit) const;
    /// Relative depth of the best layer; NaN where there is none.
    void vertexDepths(int step, DimensionBlock block, const VisitVertices& visit) const;

    [[nodiscard]] int stepCount() const { return static_cast<int>(m_scope.model(m_model).steps.size()); }

private:
    struct OwnScores;
    using VisitPart = std::function<void(const OwnScores&, int begin, int size)>;

    /// Vertices, or channels: what is read in blocks.
    [[nodiscard]] int unitCount() const { return m_scope.scores().dimensionCount(m_kind) / unitSize(); }
    [[nodiscard]] int unitSize() const {
        return m_kind == RecordingKind::Fmri ? 1 : static_cast<int>(m_scope.index().times.size());
    }
    [[nodiscard]] OwnScores read(int step, DimensionBlock block) const;
    void forEachPart(const OwnScores& own, const VisitPart& visit) const;
    /// All dimensions of a checkpoint, a few at a time.
    void forEachPart(int step, const VisitPart& visit) const;
    /// dimensions × resamples: what dimensionScores gives, of every resample's group mean.
    [[nodiscard]] RowMatrix<float> scoresOf(const OwnScores& own, int begin, int size) const;
    [[nodiscard]] RowMatrix<double> depthsOf(const OwnScores& own, int begin, int size) const;
    template <typename Scalar>
    [[nodiscard]] RowMatrix<double> halfTimesOf(const std::vector<RowMatrix<Scalar>>& scores) const;

    const TableScope& m_scope;
    int m_model;
    RecordingKind m_kind;
    JobContext& m_job;
    SubjectResamples m_resamples;
};

} // namespace brainlike
