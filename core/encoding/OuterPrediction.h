#pragma once

#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/SharedProducts.h"

#include <Eigen/Core>
#include <optional>
#include <vector>

namespace brainlike {

/// How test predictions are formed; the cheaper one is taken.
enum class PredictionForm {
    Blocks, ///< cross-products of each outer block, then weights: for few features
    Direct  ///< training responses times a matrix of rows: for many features
};

/// λ of each outer fold, chosen for all targets at once; −1: none could be chosen.
using ChosenAlphas = std::vector<int>;

/// Pearson's r of predicted and measured responses on the outer test folds. The model is shared; each worker makes its
/// own OuterTile.
///
/// Only r is formed, never a prediction with its mean. Where weights W are formed first, with a test block's centred
/// features X and responses Y, r = W·XᵀY / √(‖XW‖² ‖Y‖²).
template <typename Scalar>
class OuterPrediction {
public:
    /// @param chosen  nothing: each target has its own λ, told to OuterTile::correlate
    /// @param shared  products that are there already; nullptr: none. Has to outlive this
    OuterPrediction(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                    const std::optional<ChosenAlphas>& chosen, const SharedProducts<Scalar>* shared, int threads);

    struct Fold {
        bool throughWeights = false; ///< Blocks with so many test rows that weights are formed first
        RowMatrix<Scalar> predict;   ///< [test rows × p]; of weights [d × d]. Global λ only
        RowMatrix<Scalar> project;   ///< [r × p], to the eigenvectors
        RowMatrix<Scalar> expand;    ///< from there [test rows × r]; to weights [d × r]
        RowMatrix<Scalar> shrink;    ///< [r × λ]
        RowMatrix<Scalar> test;      ///< with weights: centred test features, reduced [≤ d × d]
        Eigen::Index firstRow = 0;   ///< of the test block in the tiles
        Eigen::Index rows = 0;
        bool defined = true; ///< false: the prediction is constant, or there is no λ
    };

    [[nodiscard]] PredictionForm form() const { return m_form; }
    [[nodiscard]] bool oneAlpha() const { return m_oneAlpha; }
    [[nodiscard]] const std::vector<Fold>& folds() const { return m_folds; }
    /// Of the outer blocks, or of the shared products' atoms; with PredictionForm::Blocks.
    [[nodiscard]] const FeatureBlocks<Scalar>& blocks() const {
        return m_shared != nullptr ? m_shared->features() : *m_blocks;
    }
    [[nodiscard]] const SharedProducts<Scalar>* shared() const { return m_shared; }
    /// Of tiles so wide: over the training rows of every fold and, where any takes weights, over its test rows.
    [[nodiscard]] SetSums<Scalar> sums(Eigen::Index width) const;

private:
    void blocksFold(const Decomposition& decomposition, const RowMatrix<double>& shrink, int chosen,
                    const PreparedFeatures::Data& features, std::size_t outer, Fold& fold) const;
    void rowsFold(const Decomposition& decomposition, const RowMatrix<double>& shrink, int chosen,
                  const PreparedFeatures::Data& features, std::size_t outer, Fold& fold) const;

    /// Straight from what a tile gives (its cross-products, or its training rows) to the test rows' predictions.
    void predictingFold(const RowMatrix<double>& testRows, const RowMatrix<double>& projection,
                        const RowMatrix<double>& shrink, int chosen, Fold& fold) const;

    const SharedProducts<Scalar>* m_shared;
    PredictionForm m_form;
    bool m_oneAlpha;
    std::vector<Fold> m_folds;
    std::optional<FeatureBlocks<Scalar>> m_blocks;
};

/// Which form takes fewer operations a target.
[[nodiscard]] PredictionForm cheaperForm(const FoldPlan& plan, Space space, Eigen::Index columns);

/// Whether the blocks' form takes fewer operations by forming weights before it predicts the test rows.
[[nodiscard]] bool takesWeights(Eigen::Index testRows, Eigen::Index columns);

/// One tile of responses; scratch memory of one worker.
template <typename Scalar>
class OuterTile {
public:
    OuterTile(const OuterPrediction<Scalar>& prediction, const ResponseTiles<Scalar>& tiles);

    void load(Eigen::Index tile);
    /// r of every target of the tile in one outer fold; NaN where undefined.
    ///
    /// @param alphas  index of each target's λ, or nullptr when one λ was chosen for all
    void correlate(std::size_t fold, const std::vector<int>* alphas, double* result);

private:
    void blocksForm(std::size_t fold, const std::vector<int>* alphas);
    void rowsForm(std::size_t fold, const std::vector<int>* alphas);
    void shrinkEach(const RowMatrix<Scalar>& shrink, const std::vector<int>& alphas);
    void fromTraining(const RowMatrix<Scalar>& matrix, std::size_t fold, RowMatrix<Scalar>& result) const;

    const OuterPrediction<Scalar>& m_prediction;
    const ResponseTiles<Scalar>& m_tiles;
    Eigen::Index m_tile = 0;
    BlockProducts<Scalar> m_products;
    std::optional<SetSums<Scalar>> m_sums;
    RowMatrix<Scalar> m_projected, m_weights, m_predicted;
    Eigen::VectorXd m_numerator, m_squares;
};

extern template class OuterPrediction<float>;
extern template class OuterPrediction<double>;
extern template class OuterTile<float>;
extern template class OuterTile<double>;

} // namespace brainlike
