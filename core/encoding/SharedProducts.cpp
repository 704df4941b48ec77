#include "core/encoding/SharedProducts.h"

#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/ResponseTiling.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Adding up an atom's products costs what multiplying about so many rows does, with a margin.
constexpr std::size_t fewestRowsPerAtom = 48;

bool worthSharing(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                  const RowAtoms& atoms) {
    return features.space == Space::Features && choosesByTraces(features.options) && responses.kernels.empty() &&
           fewestRowsPerAtom * atoms.rows.size() <= static_cast<std::size_t>(features.plan.rows);
}

} // namespace

template <typename Scalar>
SharedProducts<Scalar>::SharedProducts(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                                       RowAtoms atoms, double memory, int threads, const JobContext& job)
    : m_atoms(std::move(atoms)), m_features(FeatureBlocks<Scalar>::make(features.whitened, m_atoms.rows, threads)) {
    for (const auto& rows : m_atoms.rows) {
        auto& stored = m_storage.emplace_back();
        for (const auto row : rows)
            stored.push_back(responses.storageOf[static_cast<std::size_t>(row)]);
    }
    const auto& tiles = std::get<ResponseTiles<Scalar>>(responses.tiles);
    const double bytes = static_cast<double>(sizeof(Scalar)) * static_cast<double>(tiles.width) *
                         static_cast<double>(m_atoms.rows.size()) * static_cast<double>(m_features.columns() + 1);
    m_kept.resize(static_cast<std::size_t>(std::min(static_cast<double>(tiles.tiles), memory / bytes)));
    parallelFor(threads, static_cast<Index>(m_kept.size()), job,
                [&](Index tile, int) { compute(tiles.tile(tile), m_kept[static_cast<std::size_t>(tile)]); });
}

template <typename Scalar>
const BlockProducts<Scalar>& SharedProducts<Scalar>::tile(const ResponseTiles<Scalar>& tiles, Index index,
                                                          BlockProducts<Scalar>& scratch) const {
    if (index < static_cast<Index>(m_kept.size()))
        return m_kept[static_cast<std::size_t>(index)];
    compute(tiles.tile(index), scratch);
    return scratch;
}

template <typename Scalar>
void SharedProducts<Scalar>::compute(const ConstPanel<Scalar>& tile, BlockProducts<Scalar>& products) const {
    if (products.within.empty())
        products = BlockProducts<Scalar>(m_features, tile.cols());
    ColumnRange range;
    RowMatrix<Scalar> rows;
    for (std::size_t atom = 0; atom < m_storage.size(); ++atom) {
        const auto& stored = m_storage[atom];
        const auto count = static_cast<Index>(stored.size());
        rows.resize(count, tile.cols());
        for (Index row = 0; row < count; ++row)
            rows.row(row) = tile.row(stored[static_cast<std::size_t>(row)]);
        columnRange(panelOf(std::as_const(rows)), range);
        auto mean = products.means.row(static_cast<Index>(atom));
        mean = (range.sum.transpose() / static_cast<double>(count)).template cast<Scalar>();
        subtractRow(panelOf(rows), mean.data());
        products.set(m_features, atom, panelOf(std::as_const(rows)));
    }
}

template class SharedProducts<float>;
template class SharedProducts<double>;

FitProducts sharedProducts(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                           double memory, int threads, const JobContext& job) {
    if (!(memory > 0))
        return {};
    auto atoms = RowAtoms::of(features.plan);
    if (!worthSharing(features, responses, atoms))
        return {};
    if (features.options.doublePrecision)
        return FitProducts(std::in_place_type<SharedProducts<double>>, features, responses, std::move(atoms), memory,
                           threads, job);
    return FitProducts(std::in_place_type<SharedProducts<float>>, features, responses, std::move(atoms), memory,
                       threads, job);
}

} // namespace brainlike
