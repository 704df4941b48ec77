#pragma once

#include "core/encoding/Banded.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/FeatureScaling.h"

#include <vector>

namespace brainlike {

/// Feature spaces side by side, prepared for all weights of a search: whatever does not depend on the weights.
struct BandedFeatures {
    std::vector<std::string> names;
    std::vector<Eigen::Index> first; ///< [spaces + 1] column where each space begins
    RowMatrix<double> values;        ///< images × d, as given
    CentredFeatures centred;
    RowMatrix<double> unwhiten;             ///< [d × d]; empty in Space::Samples
    std::vector<BlockMoments> outerMoments; ///< likewise
    PreparedFeatures::Data shared;          ///< plan, space, whitened features; nothing that weights change

    /// @throws ShapeError, ValueError as fitBandedRidge
    [[nodiscard]] static BandedFeatures make(const std::vector<FeatureSpace>& spaces, const RidgeOptions& options);

    [[nodiscard]] Eigen::Index spaces() const { return static_cast<Eigen::Index>(names.size()); }
};

/// One outer fold of the feature spaces; decomposes its training sets under any weights. Safe to use from several
/// threads.
class BandedFold {
public:
    /// @throws ValueError when all columns of a space are constant in the training rows
    BandedFold(const BandedFeatures& features, std::size_t outer);

    [[nodiscard]] Eigen::Index droppedColumns() const { return m_dropped; }
    [[nodiscard]] std::size_t innerFolds() const { return m_features.shared.plan.inner[m_outer].size(); }
    /// The fold's training rows without one inner block, and that block's prediction.
    [[nodiscard]] InnerDecomposition inner(const Eigen::RowVectorXd& weights, std::size_t left) const;
    /// All training rows, and the prediction of the test rows.
    [[nodiscard]] Decomposition outer(const Eigen::RowVectorXd& weights) const;
    /// Whether all test rows have the same features, of the spaces that have a weight.
    [[nodiscard]] bool testRowsEqual(const Eigen::RowVectorXd& weights) const;
    /// [p × training rows], takes centred training responses to what `Decomposition::project` of `outer` is applied
    /// to; empty in Space::Samples, where these are the same.
    [[nodiscard]] const RowMatrix<double>& trainingSide() const { return m_trainingSide; }
    /// [space] test rows × p, centred over the test rows: takes projectᵀ · diag(s(λ)) · project · c to that space's
    /// part of the prediction; in Space::Samples times the space's weight.
    [[nodiscard]] const std::vector<RowMatrix<double>>& testSides() const { return m_testSides; }

private:
    [[nodiscard]] Eigen::RowVectorXd weighted(const Eigen::RowVectorXd& weights) const;
    [[nodiscard]] RowMatrix<double> innerProducts(const Eigen::RowVectorXd& weights) const;
    void requireVarying() const;
    void prepareInFeatures();
    void prepareInSamples();

    const BandedFeatures& m_features;
    std::size_t m_outer;
    Eigen::RowVectorXd m_scale; ///< of each column; 0 where constant
    Eigen::Index m_dropped = 0;
    std::vector<BlockMoments> m_innerMoments;
    std::vector<RowMatrix<double>> m_innerProducts; ///< [space] images × images, in Space::Samples
    RowMatrix<double> m_trainingSide;
    std::vector<RowMatrix<double>> m_testSides;
};

} // namespace brainlike
