#pragma once

#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"

#include <variant>
#include <vector>

namespace brainlike {

/// Cross-products of features and responses that all folds share: computed once for every atom of rows, where each
/// outer fold by itself would multiply all of its training rows again.
template <typename Scalar>
class SharedProducts {
public:
    /// Computes the first tiles' products on several threads, as many as `memory` bytes hold.
    SharedProducts(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses, RowAtoms atoms,
                   double memory, int threads, const JobContext& job);

    [[nodiscard]] const RowAtoms& atoms() const { return m_atoms; }
    [[nodiscard]] const FeatureBlocks<Scalar>& features() const { return m_features; } ///< of each atom
    /// Products of a tile: those kept, or computed into `scratch`.
    [[nodiscard]] const BlockProducts<Scalar>& tile(const ResponseTiles<Scalar>& tiles, Eigen::Index index,
                                                    BlockProducts<Scalar>& scratch) const;

private:
    void compute(const ConstPanel<Scalar>& tile, BlockProducts<Scalar>& products) const;

    RowAtoms m_atoms;
    FeatureBlocks<Scalar> m_features;
    std::vector<Rows> m_storage;               ///< [atom] rows of a tile
    std::vector<BlockProducts<Scalar>> m_kept; ///< [tile]
};

/// In the precision of the responses; nothing where sharing is not worth it.
using FitProducts = std::variant<std::monostate, SharedProducts<float>, SharedProducts<double>>;

/// Those of a fit, where it saves work: the folds cut the rows into few atoms, and products are formed for each fold.
///
/// @param memory  bytes that may be kept; 0: nothing is shared
[[nodiscard]] FitProducts sharedProducts(const PreparedFeatures::Data& features,
                                         const PreparedResponses::Data& responses, double memory, int threads,
                                         const JobContext& job);

/// Those of one precision, or nullptr.
template <typename Scalar>
[[nodiscard]] const SharedProducts<Scalar>* productsIn(const FitProducts* products) {
    return products == nullptr ? nullptr : std::get_if<SharedProducts<Scalar>>(products);
}

extern template class SharedProducts<float>;
extern template class SharedProducts<double>;

} // namespace brainlike
