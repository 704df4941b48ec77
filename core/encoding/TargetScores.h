#pragma once

#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/InnerTile.h"
#include "core/encoding/ResponseData.h"

#include <memory>
#include <vector>

namespace brainlike {

/// Selection scores of each target by itself, for one outer fold: what `per_target` chooses λ by, and `global` when it
/// selects by correlation. The model is shared; each worker makes its own Scratch.
template <typename Scalar>
class TargetScores {
public:
    struct Scratch {
        std::unique_ptr<InnerTile<Scalar>> inner;
        RowMatrix<Scalar> projected, projectedTest, shrunk, predicted;
        Eigen::VectorXd numerator, squares;
        RowMatrix<double> pairScore; ///< [λ × width], NaN where undefined
    };

    TargetScores(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses, std::size_t outer,
                 Eigen::Index width);
    /// @param features       whitened features of the inner blocks, shared with other models; null in Space::Samples
    /// @param decompositions  [inner]
    TargetScores(std::shared_ptr<const FeatureBlocks<Scalar>> features,
                 const std::vector<InnerDecomposition>& decompositions, const PreparedResponses::Data& responses,
                 std::size_t outer, Eigen::Index width);

    [[nodiscard]] Scratch scratch() const;
    [[nodiscard]] std::size_t innerFolds() const { return m_pairs.size(); }
    /// Scores of the tile loaded in scratch.inner, in one inner fold, into scratch.pairScore. Larger is better; the
    /// mean squared error is negated, in squares of the tile's units.
    void evaluate(std::size_t inner, Scratch& scratch) const;

private:
    struct Pair {
        RowMatrix<Scalar> project; ///< [r × p]
        RowMatrix<Scalar> right;   ///< [test rows × r]
        RowMatrix<Scalar> reduced; ///< [≤ r × r] with the same Gram matrix as right
        RowMatrix<Scalar> shrink;  ///< [r × λ]
        bool testRowsEqual = false;
    };

    /// Training and test responses in the basis of the training features' eigenvectors.
    void project(const Pair& pair, Scratch& scratch) const;
    void predict(const Pair& pair, Scratch& scratch) const;

    std::shared_ptr<const FeatureBlocks<Scalar>> m_features;
    std::vector<Pair> m_pairs;
    const PreparedResponses::Data& m_responses;
    std::size_t m_outer;
    Eigen::Index m_width;
    SelectionScore m_selection;
};

extern template class TargetScores<float>;
extern template class TargetScores<double>;

} // namespace brainlike
