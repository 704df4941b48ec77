#include "core/tables/SubjectResamples.h"

#include "core/base/Undefined.h"

#include <cmath>
#include <map>
#include <numeric>

namespace brainlike {

SubjectResamples::SubjectResamples(int subjectCount, const BootstrapOptions& options) : m_level(options.level) {
    std::map<std::vector<int>, int> distinct;
    for (const auto& sample : resampledSubjects(subjectCount, options)) {
        std::vector<int> counts(static_cast<std::size_t>(subjectCount), 0);
        for (const int subject : sample)
            ++counts[static_cast<std::size_t>(subject)];
        m_distinctOf.push_back(
            distinct.try_emplace(std::move(counts), static_cast<int>(distinct.size())).first->second);
    }
    m_counts.resize(static_cast<Eigen::Index>(distinct.size()), subjectCount);
    for (const auto& [counts, number] : distinct)
        for (int subject = 0; subject < subjectCount; ++subject)
            m_counts(number, subject) = counts[static_cast<std::size_t>(subject)];
}

RowMatrix<float> SubjectResamples::means(const RowMatrix<float>& subjects) const {
    // In double and then rounded, as subjectMean does: the resample of everyone is the group.
    if (!subjects.hasNaN()) {
        const auto subjectCount = static_cast<double>(m_counts.cols());
        return (subjects.cast<double>().transpose() * m_counts.transpose() / subjectCount).cast<float>();
    }
    const auto isMissing = subjects.array().isNaN();
    const RowMatrix<double> values = isMissing.select(0.0F, subjects).cast<double>();
    const RowMatrix<double> isThere = isMissing.select(RowMatrix<double>::Zero(subjects.rows(), subjects.cols()), 1.0);
    const RowMatrix<double> sums = values.transpose() * m_counts.transpose();
    const RowMatrix<double> counts = isThere.transpose() * m_counts.transpose();
    return (sums.array() / counts.array()).cast<float>(); // 0 / 0 is NaN
}

BootstrapInterval SubjectResamples::interval(std::span<const double> values) const {
    std::vector<double> drawn;
    drawn.reserve(m_distinctOf.size());
    for (const int number : m_distinctOf)
        drawn.push_back(values[static_cast<std::size_t>(number)]);
    return percentileInterval(std::move(drawn), m_level);
}

SetsOfDimensions::SetsOfDimensions(const DimensionGroups& sets, int dimensionCount)
    : m_setCount(static_cast<int>(sets.size())), m_first(static_cast<std::size_t>(dimensionCount) + 1, 0) {
    for (const auto& members : sets.members)
        for (const int dimension : members)
            ++m_first.at(static_cast<std::size_t>(dimension) + 1);
    std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
    m_sets.resize(static_cast<std::size_t>(m_first.back()));
    std::vector<std::int32_t> next(m_first.begin(), m_first.end() - 1);
    for (std::int32_t set = 0; set < m_setCount; ++set)
        for (const int dimension : sets.members[static_cast<std::size_t>(set)])
            m_sets[static_cast<std::size_t>(next[static_cast<std::size_t>(dimension)]++)] = set;
}

std::span<const std::int32_t> SetsOfDimensions::of(int dimension) const {
    const auto place = static_cast<std::size_t>(dimension);
    const auto first = static_cast<std::size_t>(m_first[place]);
    return {m_sets.data() + first, static_cast<std::size_t>(m_first[place + 1]) - first};
}

ResampledSetMeans::ResampledSetMeans(const SetsOfDimensions& sets, Eigen::Index resamples)
    : m_sets(&sets), m_sums(RowMatrix<double>::Zero(sets.setCount(), resamples)), m_counts(m_sums) {}

void ResampledSetMeans::add(int dimension, std::span<const float> values) {
    for (const std::int32_t set : m_sets->of(dimension)) {
        double* sums = m_sums.row(set).data();
        double* counts = m_counts.row(set).data();
        for (std::size_t i = 0; i < values.size(); ++i) {
            const bool isThere = !std::isnan(values[i]);
            sums[i] += isThere ? static_cast<double>(values[i]) : 0.0;
            counts[i] += isThere ? 1.0 : 0.0;
        }
    }
}

RowMatrix<double> ResampledSetMeans::means() const {
    return (m_counts.array() > 0).select(m_sums.array() / m_counts.array(), undefined);
}

} // namespace brainlike
