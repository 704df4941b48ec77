#include "core/encoding/FeatureBlocks.h"

#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <utility>

namespace brainlike {

using Eigen::Index;

namespace {

/// Numbers summed at a time: those of all blocks stay in the cache until every set has them.
constexpr Index sumsTogether = 2048;

} // namespace

template <typename Scalar>
FeatureBlocks<Scalar> FeatureBlocks<Scalar>::make(const RowMatrix<double>& whitened, const std::vector<Rows>& blocks,
                                                  int threads) {
    FeatureBlocks result;
    result.centred.resize(blocks.size());
    result.moments.resize(blocks.size());
    parallelFor(threads, static_cast<Index>(blocks.size()), JobContext(), [&](Index index, int) {
        const auto block = static_cast<std::size_t>(index);
        auto values = gathered(whitened, blocks[block]);
        result.moments[block] = {values.rows(), values.colwise().mean(), {}};
        values.rowwise() -= result.moments[block].mean;
        result.centred[block] = values.template cast<Scalar>();
    });
    return result;
}

template <typename Scalar>
RowMatrix<Scalar> FeatureBlocks<Scalar>::meanTerms(const BlockSet& set) const {
    Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(columns());
    Index rows = 0;
    for (const auto block : set) {
        mean += static_cast<double>(moments[block].rows) * moments[block].mean;
        rows += moments[block].rows;
    }
    mean /= static_cast<double>(rows);
    RowMatrix<Scalar> terms = RowMatrix<Scalar>::Zero(columns(), static_cast<Index>(moments.size()));
    for (const auto block : set)
        terms.col(static_cast<Index>(block)) = (static_cast<double>(moments[block].rows) * (moments[block].mean - mean))
                                                   .transpose()
                                                   .template cast<Scalar>();
    return terms;
}

template <typename Scalar>
BlockProducts<Scalar>::BlockProducts(const FeatureBlocks<Scalar>& features, Index width)
    : means(static_cast<Index>(features.centred.size()), width) {
    within.reserve(features.centred.size());
    for (std::size_t block = 0; block < features.centred.size(); ++block)
        within.emplace_back(features.columns(), width);
}

template <typename Scalar>
void BlockProducts<Scalar>::set(const FeatureBlocks<Scalar>& features, std::size_t block,
                                const ConstPanel<Scalar>& responses) {
    multiplyTransposed(panelOf(features.centred[block]), responses, panelOf(within[block]));
}

template <typename Scalar>
SetSums<Scalar>::SetSums(const FeatureBlocks<Scalar>& features, std::vector<BlockSet> sets, Index width)
    : m_sets(std::move(sets)) {
    for (const auto& set : m_sets) {
        m_meanTerms.push_back(features.meanTerms(set));
        m_sums.emplace_back(features.columns(), width);
    }
}

template <typename Scalar>
void SetSums<Scalar>::sum(const BlockProducts<Scalar>& products) {
    const Index size = products.within.front().size();
    std::vector<const Scalar*> terms;
    for (Index first = 0; first < size; first += sumsTogether) {
        const Index count = std::min(sumsTogether, size - first);
        for (std::size_t set = 0; set < m_sets.size(); ++set) {
            terms.clear();
            for (const auto block : m_sets[set])
                terms.push_back(products.within[block].data() + first);
            addAll(terms, m_sums[set].data() + first, count);
        }
    }
    for (std::size_t set = 0; set < m_sets.size(); ++set)
        multiply(panelOf(std::as_const(m_meanTerms[set])), panelOf(products.means), panelOf(m_sums[set]), Into::Add);
}

template struct FeatureBlocks<float>;
template struct FeatureBlocks<double>;
template struct BlockProducts<float>;
template struct BlockProducts<double>;
template class SetSums<float>;
template class SetSums<double>;

} // namespace brainlike
