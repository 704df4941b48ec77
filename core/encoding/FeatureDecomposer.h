#pragma once

#include "core/encoding/FeatureData.h"
#include "core/encoding/FeatureScaling.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <vector>

namespace brainlike {

/// Decomposes the folds of one feature set into PreparedFeatures::Data: all of them, or some after the other. Each
/// decomposition has the same bits either way.
class FeatureDecomposer {
public:
    /// Centres and whitens the features. The data have options, plan, space and as many folds as the plan.
    ///
    /// @param given  FoldDepth::InTurn: the features themselves where they may be given up, else nullptr
    /// @throws ValueError when every feature is constant in a training set (FoldDepth::InTurn)
    FeatureDecomposer(const RowMatrix<double>& features, PreparedFeatures::Data& data, FoldDepth depth,
                      RowMatrix<double>* given);

    /// All folds that the depth asks for.
    /// @throws ValueError when every feature is constant in a training set; CancelledError
    void decomposeAll(const JobContext& job);
    /// FoldDepth::InTurn: the inner folds of outer folds first … first + count − 1, in place of those before.
    void decomposeInner(std::size_t first, std::size_t count, const JobContext& job);
    /// FoldDepth::InTurn: the outer folds, in place of all inner ones. Nothing can be decomposed afterwards.
    void decomposeOuter(const JobContext& job);
    /// FoldDepth::InnerOnly, Space::Features: the outer folds for one λ each (its index in the grid; −1: none).
    void solveOuter(const std::vector<int>& alphas, const JobContext& job);

private:
    struct OuterWork {
        std::once_flag begun;
        std::exception_ptr failure; ///< of what `begun` guards
        Eigen::RowVectorXd scale;
        std::vector<char> testRowsEqual;        ///< [part]
        std::vector<BlockMoments> innerMoments; ///< Space::Features
        RowMatrix<double> innerProducts;        ///< Space::Samples
        std::atomic<std::size_t> finished = 0;
    };
    /// An outer fold (part 0), or one of its inner folds (from 1).
    struct Part {
        std::size_t outer = 0;
        std::size_t part = 0;
    };

    void whitenBeside();
    void prepareInTurn(RowMatrix<double>* given);
    void beginOnce(std::size_t outer);
    void begin(std::size_t outer);
    void scale(std::size_t outer);
    [[nodiscard]] RowMatrix<double> productsOf(std::size_t outer) const;
    void decompose(const Part& part);
    void giveUpInner();
    [[nodiscard]] std::size_t partCount(std::size_t outer) const;
    [[nodiscard]] std::size_t firstPart() const { return m_depth == FoldDepth::InnerOnly ? 1 : 0; }
    [[nodiscard]] std::vector<Part> partsInTurn() const;

    const RowMatrix<double>& m_features;
    PreparedFeatures::Data& m_data;
    FoldDepth m_depth;
    int m_threads;
    CentredFeatures m_centred;
    RowMatrix<double> m_unwhiten;
    std::vector<BlockMoments> m_outerMoments;
    std::vector<OuterWork> m_work; ///< [outer]
};

/// Whether features that are decomposed in turn keep the rows' inner products of every outer fold instead of
/// themselves: where these are smaller (Space::Samples).
[[nodiscard]] bool keepsInnerProducts(const FoldPlan& plan, Eigen::Index columns);

} // namespace brainlike
