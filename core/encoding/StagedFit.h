#pragma once

#include "core/encoding/AlphaChoice.h"
#include "core/encoding/OuterPrediction.h"

#include <memory>
#include <variant>

namespace brainlike {

/// A nested ridge fit to responses that come in chunks of targets, in order: first as often as λ has to be chosen for
/// all targets at once, then once more to be predicted. The numbers do not depend on the chunks.
class StagedFit {
public:
    /// @param options  of both, with the threads that this fit may use; all arguments must outlive this
    /// @param kernels   row kernels of all responses; empty: none
    /// @param products  what outer folds share; then there is one chunk, of all responses
    /// @throws ShapeError, ValueError as fitRidge
    StagedFit(const PreparedFeatures::Data& features, const ResponseOutline& responses, const RidgeOptions& options,
              const std::vector<std::vector<PairKernels>>& kernels, const FitProducts* products = nullptr);
    ~StagedFit();

    /// Outer folds whose λ has to be chosen from the responses, before anything is predicted.
    [[nodiscard]] std::size_t foldsToChoose() const;
    /// Whether choosing takes the responses themselves, not only their row kernels.
    [[nodiscard]] bool needsResponses() const { return !isGlobal() || m_global.needsResponses(); }
    /// Takes up the next outer folds to choose for. Their inner folds have to be decomposed until endChoice.
    void beginChoice(std::size_t folds);
    void addToChoice(const PreparedResponses::Data& chunk, JobContext& job);
    void endChoice(JobContext& job);

    /// LambdaMode::Global, once all folds are chosen for: λ of each outer fold, its index in the grid; −1: none.
    [[nodiscard]] const ChosenAlphas& chosenAlphas();

    /// λ that were chosen before: nothing is chosen any more, and features prepared for the outer folds alone will do.
    /// @param chosen  `global` or `targets`, by the options' mode
    /// @throws ShapeError if it is not one choice a fold (and target)
    void setChoice(AlphaChoice chosen);

    /// Predicts the targets of a chunk, for which the outer folds have to be decomposed; in LambdaMode::PerTarget
    /// chooses their λ before, where all folds are kept.
    void predict(const PreparedResponses::Data& chunk, const JobShare& share);

    /// The result, once all chunks are predicted; empties this.
    [[nodiscard]] RidgeResult take();

private:
    using Prediction = std::variant<std::monostate, OuterPrediction<float>, OuterPrediction<double>>;

    [[nodiscard]] bool isGlobal() const { return m_options.lambdaMode == LambdaMode::Global; }
    void chooseEach(const PreparedResponses::Data& chunk, const JobShare& share);
    /// λ of each of a chunk's targets, the first of which is that kept target, in one outer fold.
    void chooseEach(const PreparedResponses::Data& chunk, std::size_t outer, Eigen::Index first, const JobContext& job);
    template <typename Scalar>
    void correlate(const PreparedResponses::Data& chunk, const ResponseTiles<Scalar>& tiles, const JobShare& share);

    const PreparedFeatures::Data& m_features;
    const ResponseOutline& m_responses;
    const RidgeOptions& m_options;
    const FitProducts* m_products;
    GlobalChoice m_global;
    AlphaChoice m_choice;
    bool m_isGiven = false;        ///< `m_choice` was chosen before
    std::size_t m_chosenFolds = 0; ///< LambdaMode::PerTarget, with folds that are decomposed in turn
    std::size_t m_begunFolds = 0;  ///< likewise
    Eigen::Index m_added = 0;      ///< kept targets whose λ is chosen in the folds begun
    Prediction m_prediction;
    RowMatrix<double> m_scores;   ///< [outer × kept]
    Eigen::Index m_predicted = 0; ///< kept targets that are predicted
};

} // namespace brainlike
