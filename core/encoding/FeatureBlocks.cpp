#include "core/encoding/FeatureBlocks.h"

#include "core/encoding/ColumnLoops.h"
#include "core/encoding/Parallel.h"

#include <algorithm>
#include <utility>

namespace brainlike {

using Eigen::Index;

namespace {

/// Numbers summed at a time: those of all test sets stay in the nearest cache until every training set has them.
constexpr Index sumsTogether = 1024;

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
SetSums<Scalar>::SetSums(const FeatureBlocks<Scalar>& features, std::vector<BlockSet> tests, TestSums testSums,
                         Index width)
    : m_tests(std::move(tests)), m_stripe(m_tests.size(), std::vector<Scalar>(sumsTogether)) {
    for (std::size_t left = 0; left < m_tests.size(); ++left) {
        BlockSet training;
        for (std::size_t set = 0; set < m_tests.size(); ++set)
            if (set != left)
                training.insert(training.end(), m_tests[set].begin(), m_tests[set].end());
        m_training.push_back({features.meanTerms(training), RowMatrix<Scalar>(features.columns(), width)});
        if (testSums == TestSums::Yes)
            m_test.push_back({features.meanTerms(m_tests[left]), RowMatrix<Scalar>(features.columns(), width)});
    }
}

template <typename Scalar>
void SetSums<Scalar>::sum(const BlockProducts<Scalar>& products) {
    const Index size = products.within.front().size();
    for (Index first = 0; first < size; first += sumsTogether)
        sumStripe(products, first, std::min(sumsTogether, size - first));
    for (auto* sets : {&m_training, &m_test})
        for (auto& set : *sets)
            multiply(panelOf(std::as_const(set.meanTerms)), panelOf(products.means), panelOf(set.sum), Into::Add);
}

/// Each block is read once, for its test set; the training sets add those up.
template <typename Scalar>
void SetSums<Scalar>::sumStripe(const BlockProducts<Scalar>& products, Index first, Index count) {
    std::vector<const Scalar*> terms;
    std::vector<const Scalar*> tests;
    for (std::size_t set = 0; set < m_tests.size(); ++set) {
        terms.clear();
        for (const auto block : m_tests[set])
            terms.push_back(products.within[block].data() + first);
        if (terms.size() != 1)
            addAll(terms, m_stripe[set].data(), count);
        tests.push_back(terms.size() != 1 ? m_stripe[set].data() : terms.front());
        if (!m_test.empty())
            std::copy_n(tests.back(), count, m_test[set].sum.data() + first);
    }
    for (std::size_t left = 0; left < m_tests.size(); ++left) {
        terms.clear();
        for (std::size_t set = 0; set < m_tests.size(); ++set)
            if (set != left)
                terms.push_back(tests[set]);
        addAll(terms, m_training[left].sum.data() + first, count);
    }
}

template struct FeatureBlocks<float>;
template struct FeatureBlocks<double>;
template struct BlockProducts<float>;
template struct BlockProducts<double>;
template class SetSums<float>;
template class SetSums<double>;

} // namespace brainlike
