#pragma once

#include "core/encoding/RidgeFit.h"
#include "core/encoding/SelectionKernels.h"

#include <vector>

namespace brainlike {

/// Scores of one λ in one inner fold, averaged over targets; a value that is not defined is not counted.
struct RunningMean {
    double sum = 0;
    double count = 0;

    void add(double value);
    void add(const RunningMean& other) {
        sum += other.sum;
        count += other.count;
    }
    [[nodiscard]] double mean() const; ///< NaN where nothing was counted
};

/// One λ for all targets in every outer fold: the largest score, averaged over targets, then over inner folds. Some
/// outer folds at a time, from responses that may come in chunks.
class GlobalChoice {
public:
    /// @param kernels   row kernels of all folds; empty: they are formed from the responses
    /// @param products  what outer folds share, or nullptr; then the responses come as one chunk
    GlobalChoice(const PreparedFeatures::Data& features, const ResponseOutline& responses, const RidgeOptions& options,
                 const std::vector<std::vector<PairKernels>>& kernels, const FitProducts* products);

    /// Outer folds that are not chosen yet.
    [[nodiscard]] std::size_t remaining() const { return m_features.folds.size() - m_choice.global.size(); }
    /// Whether the choice needs the responses themselves.
    [[nodiscard]] bool needsResponses() const;
    /// Begins with the next outer folds.
    void begin(std::size_t folds);
    /// Adds the tiles of a chunk; chunks come in order.
    void add(const PreparedResponses::Data& chunk, JobContext& job);
    /// Chooses for the folds begun.
    void end(JobContext& job);

    [[nodiscard]] AlphaChoice take() { return std::move(m_choice); }

private:
    using Averages = std::vector<RunningMean>; ///< [inner × λ]

    [[nodiscard]] bool byTraces() const;
    [[nodiscard]] RowMatrix<double> traceScores(std::size_t index, JobContext& job);
    void choose(const RowMatrix<double>& scores);

    const PreparedFeatures::Data& m_features;
    const ResponseOutline& m_responses;
    const RidgeOptions& m_options;
    const std::vector<std::vector<PairKernels>>& m_kernels;
    const FitProducts* m_products;
    std::size_t m_first = 0; ///< outer fold of the first sum
    std::size_t m_count = 0; ///< outer folds begun
    std::vector<KernelSums> m_sums;
    std::vector<Averages> m_averages;
    AlphaChoice m_choice;
};

/// One outer fold's choice for the targets of a chunk: each the largest score averaged over inner folds.
struct TargetChoice {
    std::vector<int> chosen;  ///< [kept] index of λ, −1 where no score is defined
    RowMatrix<double> scores; ///< with keepInner [λ × kept]
};
[[nodiscard]] TargetChoice chooseEachTarget(const PreparedFeatures::Data& features,
                                            const PreparedResponses::Data& chunk, std::size_t outer,
                                            const RidgeOptions& options, const JobContext& job);

} // namespace brainlike
