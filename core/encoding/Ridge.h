#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/encoding/ResponseSource.h"
#include "core/encoding/RidgeOptions.h"

#include <memory>
#include <string>
#include <vector>

namespace brainlike {

/// Outcome of one nested cross-validated ridge fit of m targets.
struct RidgeResult {
    Eigen::VectorXd score;        ///< [m] Pearson's r, mean over the outer folds where it is defined; NaN where none is
    RowMatrix<double> foldScores; ///< [outer × m]
    RowMatrix<double> alphas;     ///< chosen λ: [outer × 1] (global) or [outer × m] (NaN for a constant target)
    std::vector<double> innerScores; ///< with keepInner: [outer × λ] or [outer × λ × m], larger is better (mse negated)
    int droppedColumns = 0;          ///< constant feature columns, the largest number over the outer training sets
    int constantTargets = 0;         ///< targets constant over all rows
    int notFiniteTargets = 0;        ///< left out for a value that is not finite (NotFinite::DropTargets)
    int undefinedFoldTargets = 0; ///< (outer fold, target) pairs without an r though the target varies over all rows
    double edgeShare = 0;         ///< share of targets (or folds, in global mode) whose λ lies on an edge of the grid
    std::vector<std::string> warnings; ///< what a person should know, in words
};

/// Which folds features are prepared for.
enum class FoldDepth {
    Nested,    ///< outer and inner ones: λ can be chosen
    OuterOnly, ///< for predictions with λ that were chosen before
    InTurn,    ///< none at first: decomposeInner() and decomposeOuter() take them up as a fit gets to them
    InnerOnly  ///< inner ones, from which one λ a fold is chosen; solveOuter() then prepares for that alone
};

class FeatureDecomposer;

/// Features prepared for the outer and inner folds: standardised, decomposed. Shared by all responses to the same
/// images. Safe to use from several threads, as long as none decomposes.
class PreparedFeatures {
public:
    /// @param features  images × features; row-major, any scale
    /// @throws ValueError on NaN/Inf (naming row and column), when every column is constant in a training set, or on
    ///         invalid options; ShapeError when there are fewer rows than folds; CancelledError
    PreparedFeatures(const RowMatrix<float>& features, const RidgeOptions& options, const JobContext& job = {},
                     FoldDepth depth = FoldDepth::Nested);
    PreparedFeatures(const RowMatrix<double>& features, const RidgeOptions& options, const JobContext& job = {},
                     FoldDepth depth = FoldDepth::Nested);
    /// Gives the features up as soon as it can do without them.
    PreparedFeatures(RowMatrix<double>&& features, const RidgeOptions& options, const JobContext& job = {},
                     FoldDepth depth = FoldDepth::Nested);
    ~PreparedFeatures();
    PreparedFeatures(PreparedFeatures&&) noexcept;
    PreparedFeatures& operator=(PreparedFeatures&&) noexcept;

    /// Decomposes the inner folds of outer folds first … first + count − 1, and gives up those decomposed before. Like
    /// decomposeOuter(), does nothing where all folds are kept. @throws CancelledError
    void decomposeInner(std::size_t first, std::size_t count, const JobContext& job = {});
    /// Decomposes the outer folds and gives up all inner ones, once λ is chosen everywhere. @throws CancelledError
    void decomposeOuter(const JobContext& job = {});
    /// FoldDepth::InnerOnly: prepares the outer folds for one λ each, and gives up all inner ones.
    ///
    /// @param alphas  [outer] index into the grid; −1: the fold is not predicted
    void solveOuter(const std::vector<int>& alphas, const JobContext& job = {});

    struct Data;
    [[nodiscard]] const Data& data() const { return *m_data; }

private:
    void prepare(const RowMatrix<double>& features, const RidgeOptions& options, const JobContext& job, FoldDepth depth,
                 RowMatrix<double>* given);

    std::unique_ptr<Data> m_data;
    std::unique_ptr<FeatureDecomposer>
        m_decomposer; ///< FoldDepth::InTurn and InnerOnly, until the outer folds are decomposed
};

/// Responses prepared for the same folds: everything that does not depend on the features, so that layers and
/// checkpoints share it. Immutable after construction, safe to use from several threads.
class PreparedResponses {
public:
    /// @param responses  images × targets
    /// @throws ValueError on NaN/Inf (naming row and column) or invalid options; ShapeError when there are fewer rows
    /// than folds; CancelledError
    PreparedResponses(const RowMatrix<float>& responses, const RidgeOptions& options, const JobContext& job = {});
    PreparedResponses(const RowMatrix<double>& responses, const RidgeOptions& options, const JobContext& job = {});
    /// Reads some targets at a time; twice, unless all are read together.
    /// @throws also what the source throws
    PreparedResponses(const ResponseSource& source, const RidgeOptions& options, Eigen::Index together,
                      const JobContext& job, const FractionDone& done = {});
    ~PreparedResponses();
    PreparedResponses(PreparedResponses&&) noexcept;
    PreparedResponses& operator=(PreparedResponses&&) noexcept;

    struct Data;
    [[nodiscard]] const Data& data() const { return *m_data; }

private:
    std::unique_ptr<const Data> m_data;
};

/// Nested cross-validated ridge regression (METHODS 5): outer folds give test predictions and their Pearson r, inner
/// folds of each outer training set choose λ.
///
/// @throws ShapeError if rows differ; ValueError if the two were prepared with different options; CancelledError
/// Source: METHODS 5 "Ridge encoding"; agrees with scikit-learn's make_pipeline(StandardScaler(), RidgeCV(alphas,
/// cv=5)).
[[nodiscard]] RidgeResult fitRidge(const PreparedFeatures& features, const PreparedResponses& responses,
                                   const RidgeOptions& options, JobContext& job);

/// Prepares and fits in one call. Precision is a matter of the options, not of the arrays' type.
[[nodiscard]] RidgeResult fitRidge(const RowMatrix<float>& features, const RowMatrix<float>& responses,
                                   const RidgeOptions& options, JobContext& job);
[[nodiscard]] RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<double>& responses,
                                   const RidgeOptions& options, JobContext& job);
[[nodiscard]] RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<float>& responses,
                                   const RidgeOptions& options, JobContext& job);

/// The same, and frees both once they are prepared: less memory at the peak.
[[nodiscard]] RidgeResult fitRidgeFreeing(RowMatrix<double>&& features, RowMatrix<float>&& responses,
                                          const RidgeOptions& options, JobContext& job);
[[nodiscard]] RidgeResult fitRidgeFreeing(RowMatrix<double>&& features, RowMatrix<double>&& responses,
                                          const RidgeOptions& options, JobContext& job);

} // namespace brainlike
