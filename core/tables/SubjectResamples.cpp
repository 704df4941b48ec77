#include "core/tables/SubjectResamples.h"

#include "core/base/Undefined.h"

#include <cmath>
#include <map>

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

ResampledSetMeans::ResampledSetMeans(const DimensionGroups& sets, int dimensionCount, Eigen::Index resamples)
    : m_setsOf(static_cast<std::size_t>(dimensionCount)),
      m_sums(RowMatrix<double>::Zero(static_cast<Eigen::Index>(sets.size()), resamples)), m_counts(m_sums) {
    for (std::size_t set = 0; set < sets.size(); ++set)
        for (const int dimension : sets.members[set])
            m_setsOf.at(static_cast<std::size_t>(dimension)).push_back(static_cast<int>(set));
}

void ResampledSetMeans::add(int dimension, std::span<const float> values) {
    for (const int set : m_setsOf[static_cast<std::size_t>(dimension)]) {
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
