#include "core/encoding/FeatureBlocks.h"

#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Decomposition.h"
#include "core/encoding/Parallel.h"

namespace brainlike {

using Eigen::Index;

template <typename Scalar>
FeatureBlocks<Scalar> FeatureBlocks<Scalar>::make(const RowMatrix<double>& whitened, const std::vector<Rows>& blocks,
                                                  int threads) {
    FeatureBlocks result;
    result.centred.resize(blocks.size());
    std::vector<BlockMoments> means(blocks.size());
    parallelFor(threads, static_cast<Index>(blocks.size()), JobContext(), [&](Index index, int) {
        const auto block = static_cast<std::size_t>(index);
        auto values = gathered(whitened, blocks[block]);
        means[block] = {values.rows(), values.colwise().mean(), {}};
        values.rowwise() -= means[block].mean;
        result.centred[block] = values.template cast<Scalar>();
    });
    for (std::size_t left = 0; left < blocks.size(); ++left) {
        const Eigen::RowVectorXd training = meanWithout(means, left);
        RowMatrix<double> terms = RowMatrix<double>::Zero(whitened.cols(), static_cast<Index>(blocks.size()));
        for (std::size_t block = 0; block < blocks.size(); ++block)
            if (block != left)
                terms.col(static_cast<Index>(block)) =
                    static_cast<double>(means[block].rows) * (means[block].mean - training).transpose();
        result.meanTerms.push_back(terms.template cast<Scalar>());
    }
    return result;
}

template <typename Scalar>
TrainingSums<Scalar>::TrainingSums(const FeatureBlocks<Scalar>& blocks, Index width)
    : m_features(blocks), m_blocks(blocks.centred.size(), RowMatrix<Scalar>(blocks.columns(), width)),
      m_before(m_blocks), m_after(m_blocks) {
    m_before.front().setZero();
    m_after.back().setZero();
}

template <typename Scalar>
void TrainingSums<Scalar>::set(std::size_t block, const ConstPanel<Scalar>& responses) {
    multiplyTransposed(panelOf(m_features.centred[block]), responses, panelOf(m_blocks[block]));
}

template <typename Scalar>
void TrainingSums<Scalar>::finish() {
    const Index count = m_blocks.front().size();
    for (std::size_t block = 1; block < m_blocks.size(); ++block)
        addInto(m_before[block - 1].data(), m_blocks[block - 1].data(), m_before[block].data(), count);
    for (std::size_t block = m_blocks.size() - 1; block > 0; --block)
        addInto(m_after[block].data(), m_blocks[block].data(), m_after[block - 1].data(), count);
}

template <typename Scalar>
void TrainingSums<Scalar>::training(std::size_t left, const ConstPanel<Scalar>& means,
                                    RowMatrix<Scalar>& result) const {
    addInto(m_before[left].data(), m_after[left].data(), result.data(), result.size());
    multiply(panelOf(m_features.meanTerms[left]), means, panelOf(result), Into::Add);
}

template struct FeatureBlocks<float>;
template struct FeatureBlocks<double>;
template class TrainingSums<float>;
template class TrainingSums<double>;

} // namespace brainlike
