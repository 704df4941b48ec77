#include "core/encoding/InnerTile.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace brainlike {

using Eigen::Index;

template <typename Scalar>
InnerTile<Scalar>::InnerTile(const std::vector<Rows>& blocks, const Rows& storageOf,
                             const FeatureBlocks<Scalar>* features, Index width)
    : m_width(width), m_features(features), m_means(static_cast<Index>(blocks.size()), width), m_ranges(blocks.size()),
      m_testSquares(blocks.size(), Eigen::VectorXd(width)) {
    divide(blocks, storageOf);
    if (features == nullptr)
        return;
    m_products = BlockProducts<Scalar>(*features, width);
    m_sums.emplace(*features, eachAlone(blocks.size()), TestSums::No, width);
}

template <typename Scalar>
InnerTile<Scalar>::InnerTile(const std::vector<Rows>& blocks, const Rows& storageOf,
                             const SharedProducts<Scalar>& shared, std::size_t outer, Index width)
    : m_width(width), m_shared(&shared), m_means(static_cast<Index>(blocks.size()), width), m_ranges(blocks.size()),
      m_testSquares(blocks.size(), Eigen::VectorXd(width)) {
    divide(blocks, storageOf);
    m_sums.emplace(shared.features(), shared.atoms().innerTest[outer], TestSums::No, width);
}

template <typename Scalar>
void InnerTile<Scalar>::divide(const std::vector<Rows>& blocks, const Rows& storageOf) {
    Index rows = 0;
    for (const auto& block : blocks) {
        m_first.push_back(rows);
        rows += static_cast<Index>(block.size());
        Rows stored;
        for (const auto row : block)
            stored.push_back(storageOf[static_cast<std::size_t>(row)]);
        m_storage.push_back(std::move(stored));
    }
    m_rows.resize(rows, m_width);
}

template <typename Scalar>
ConstPanel<Scalar> InnerTile<Scalar>::blockRows(std::size_t block) const {
    return rowsOf(panelOf(m_rows), m_first[block], static_cast<Index>(m_storage[block].size()));
}

template <typename Scalar>
void InnerTile<Scalar>::load(const ResponseTiles<Scalar>& tiles, Index index) {
    const auto tile = tiles.tile(index);
    Index next = 0;
    for (std::size_t block = 0; block < m_storage.size(); ++block) {
        const Index first = next;
        for (const auto row : m_storage[block])
            std::copy_n(tile.data() + row * tile.outerStride(), m_width, m_rows.data() + m_width * next++);
        auto& range = m_ranges[block];
        columnRange(blockRows(block), range);
        for (Index column = 0; column < m_width; ++column)
            m_means(static_cast<Index>(block), column) =
                static_cast<Scalar>(range.sum[column] / static_cast<double>(next - first));
        const Panel<Scalar> rows(m_rows.data() + first * m_width, next - first, m_width, Eigen::OuterStride<>(m_width));
        subtractRow(rows, m_means.data() + static_cast<Index>(block) * m_width);
        columnSquares(blockRows(block), m_testSquares[block].data());
        for (Index column = 0; column < m_width; ++column)
            if (range.smallest[column] == range.largest[column])
                m_testSquares[block][column] = 0;
        if (m_features != nullptr)
            m_products.set(*m_features, block, blockRows(block));
    }
    if (m_shared != nullptr)
        return m_sums->sum(m_shared->tile(tiles, index, m_products));
    if (m_features == nullptr)
        return;
    m_products.means = m_means;
    m_sums->sum(m_products);
}

template <typename Scalar>
void InnerTile<Scalar>::centreTraining(const RowMatrix<Scalar>& trainingMean) {
    const auto left = static_cast<Index>(m_storage[m_left].size());
    m_training.resize(m_rows.rows() - left, m_width);
    Index next = 0;
    for (std::size_t block = 0; block < m_storage.size(); ++block) {
        if (block == m_left)
            continue;
        const auto rows = static_cast<Index>(m_storage[block].size());
        std::copy_n(blockRows(block).data(), rows * m_width, m_training.data() + next * m_width);
        const RowMatrix<Scalar> shift = trainingMean - m_means.row(static_cast<Index>(block));
        subtractRow(Panel<Scalar>(m_training.data() + next * m_width, rows, m_width, Eigen::OuterStride<>(m_width)),
                    shift.data());
        next += rows;
    }
}

template <typename Scalar>
void InnerTile<Scalar>::choose(std::size_t left) {
    m_left = left;
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(m_width);
    for (std::size_t block = 0; block < m_storage.size(); ++block)
        if (block != left)
            sum += m_ranges[block].sum.transpose();
    const auto testRows = static_cast<Index>(m_storage[left].size());
    const RowMatrix<Scalar> mean = (sum / static_cast<double>(m_rows.rows() - testRows)).template cast<Scalar>();
    if (!m_sums)
        centreTraining(mean);
    m_test = blockRows(left);
    const RowMatrix<Scalar> shift = mean - m_means.row(static_cast<Index>(left));
    subtractRow(panelOf(m_test), shift.data());
}

template <typename Scalar>
bool InnerTile<Scalar>::trainingConstant(Index column) const {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = -smallest;
    for (std::size_t block = 0; block < m_ranges.size(); ++block)
        if (block != m_left) {
            smallest = std::min(smallest, m_ranges[block].smallest[column]);
            largest = std::max(largest, m_ranges[block].largest[column]);
        }
    return smallest == largest;
}

template <typename Scalar>
Eigen::VectorXd InnerTile<Scalar>::totalSquares() const {
    Eigen::VectorXd squares(m_width);
    columnSquares(panelOf(m_test), squares.data());
    return squares;
}

template class InnerTile<float>;
template class InnerTile<double>;

} // namespace brainlike
