#pragma once

#include "core/base/Matrix.h"
#include "core/scores/DimensionGroups.h"
#include "core/stats/Bootstrap.h"

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// Bootstrap resamples of subjects, each distinct one once: with few subjects there are few (10 with three), and what
/// follows from one need not be computed again.
class SubjectResamples {
public:
    SubjectResamples(int subjectCount, const BootstrapOptions& options);

    /// Distinct resamples.
    [[nodiscard]] Eigen::Index size() const { return m_counts.rows(); }

    /// The group's mean R of every resample, dimension by dimension, subjects whose value is NaN skipped.
    ///
    /// @param subjects  subjects × dimensions
    /// @returns dimensions × resamples; NaN where no drawn subject has a value
    [[nodiscard]] RowMatrix<float> means(const RowMatrix<float>& subjects) const;

    /// Percentile interval of a statistic over all resamples as they were drawn.
    /// @param values  a value a distinct resample; NaN: left out; ±∞: censored, as percentileInterval
    [[nodiscard]] BootstrapInterval interval(std::span<const double> values) const;

private:
    RowMatrix<double> m_counts;    ///< distinct resamples × subjects: how often a subject is in it
    std::vector<int> m_distinctOf; ///< which one each resample is
    double m_level;
};

/// The sets that each dimension is in: groups turned round, in two arrays whatever their number.
class SetsOfDimensions {
public:
    /// @param dimensionCount  beyond every member's index
    SetsOfDimensions(const DimensionGroups& sets, int dimensionCount);

    /// Ascending.
    [[nodiscard]] std::span<const std::int32_t> of(int dimension) const;
    [[nodiscard]] int setCount() const { return m_setCount; }

private:
    int m_setCount;
    std::vector<std::int32_t> m_first; ///< place in m_sets of each dimension's first set, and their end
    std::vector<std::int32_t> m_sets;
};

/// Means over the members of sets that are not NaN, for all resamples at once, fed a dimension at a time.
class ResampledSetMeans {
public:
    /// @param sets  kept by reference
    ResampledSetMeans(const SetsOfDimensions& sets, Eigen::Index resamples);

    /// @param values  R of one dimension, a value a resample
    void add(int dimension, std::span<const float> values);
    /// sets × resamples; NaN where no member has a value.
    [[nodiscard]] RowMatrix<double> means() const;

private:
    const SetsOfDimensions* m_sets;
    RowMatrix<double> m_sums, m_counts;
};

} // namespace brainlike
