#include "core/encoding/ColumnLoops.h"

#include <algorithm>
#include <limits>

// The distribution builds for the oldest x86-64; these loops are worth a version for wider vectors, chosen at start.
// Sanitizers cannot instrument that choice.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define BRAINLIKE_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define BRAINLIKE_WIDE
#endif
#define BRAINLIKE_INLINE inline __attribute__((always_inline))

namespace brainlike {
namespace {

using Eigen::Index;

constexpr Index stripe = 64;     ///< columns summed at once, in registers
constexpr Index longestRun = 64; ///< rows summed in the values' own precision before they go into a double

template <typename Scalar>
BRAINLIKE_INLINE void dots(const Scalar* a, Index strideA, const Scalar* b, Index strideB, Index rows, Index columns,
                           double* sums) {
    for (Index first = 0; first < columns; first += stripe) {
        const Index width = std::min(stripe, columns - first);
        double total[stripe] = {};
        for (Index start = 0; start < rows; start += longestRun) {
            Scalar partial[stripe] = {};
            const Index end = std::min(rows, start + longestRun);
            if (width == stripe) {
                for (Index row = start; row < end; ++row)
                    for (Index column = 0; column < stripe; ++column)
                        partial[column] += a[row * strideA + first + column] * b[row * strideB + first + column];
            } else {
                for (Index row = start; row < end; ++row)
                    for (Index column = 0; column < width; ++column)
                        partial[column] += a[row * strideA + first + column] * b[row * strideB + first + column];
            }
            for (Index column = 0; column < stripe; ++column)
                total[column] += static_cast<double>(partial[column]);
        }
        std::copy(total, total + width, sums + first);
    }
}

template <typename Scalar>
BRAINLIKE_INLINE void addStripes(const Scalar* const* terms, std::size_t number, Scalar* sum, Index count) {
    Index first = 0;
    for (; first + stripe <= count; first += stripe) {
        Scalar total[stripe] = {};
        for (std::size_t term = 0; term < number; ++term)
            for (Index index = 0; index < stripe; ++index)
                total[index] += terms[term][first + index];
        for (Index index = 0; index < stripe; ++index)
            sum[first + index] = total[index];
    }
    for (; first < count; ++first) {
        Scalar total = 0;
        for (std::size_t term = 0; term < number; ++term)
            total += terms[term][first];
        sum[first] = total;
    }
}

template <typename Scalar>
BRAINLIKE_INLINE void range(const Scalar* values, Index stride, Index rows, Index columns, double* sum,
                            double* smallest, double* largest) {
    for (Index first = 0; first < columns; first += stripe) {
        const Index width = std::min(stripe, columns - first);
        double total[stripe] = {};
        Scalar low[stripe];
        Scalar high[stripe];
        std::fill(low, low + stripe, std::numeric_limits<Scalar>::infinity());
        std::fill(high, high + stripe, -std::numeric_limits<Scalar>::infinity());
        for (Index row = 0; row < rows; ++row) {
            const Scalar* line = values + row * stride + first;
            for (Index column = 0; column < width; ++column) {
                total[column] += static_cast<double>(line[column]);
                low[column] = line[column] < low[column] ? line[column] : low[column];
                high[column] = line[column] > high[column] ? line[column] : high[column];
            }
        }
        for (Index column = 0; column < width; ++column) {
            sum[first + column] = total[column];
            smallest[first + column] = static_cast<double>(low[column]);
            largest[first + column] = static_cast<double>(high[column]);
        }
    }
}

template <typename Scalar>
BRAINLIKE_INLINE void subtract(Scalar* values, Index stride, Index rows, Index columns, const Scalar* row) {
    for (Index line = 0; line < rows; ++line)
        for (Index column = 0; column < columns; ++column)
            values[line * stride + column] -= row[column];
}

template <typename Scalar>
BRAINLIKE_INLINE void scale(Scalar* values, Index stride, Index rows, Index columns, const Scalar* factors) {
    for (Index line = 0; line < rows; ++line)
        for (Index column = 0; column < columns; ++column)
            values[line * stride + column] *= factors[column];
}

BRAINLIKE_WIDE void wideDots(const float* a, Index strideA, const float* b, Index strideB, Index rows, Index columns,
                             double* sums) {
    dots(a, strideA, b, strideB, rows, columns, sums);
}
BRAINLIKE_WIDE void wideDots(const double* a, Index strideA, const double* b, Index strideB, Index rows, Index columns,
                             double* sums) {
    dots(a, strideA, b, strideB, rows, columns, sums);
}
BRAINLIKE_WIDE void wideRange(const float* values, Index stride, Index rows, Index columns, double* sum,
                              double* smallest, double* largest) {
    range(values, stride, rows, columns, sum, smallest, largest);
}
BRAINLIKE_WIDE void wideRange(const double* values, Index stride, Index rows, Index columns, double* sum,
                              double* smallest, double* largest) {
    range(values, stride, rows, columns, sum, smallest, largest);
}
BRAINLIKE_WIDE void wideSubtract(float* values, Index stride, Index rows, Index columns, const float* row) {
    subtract(values, stride, rows, columns, row);
}
BRAINLIKE_WIDE void wideSubtract(double* values, Index stride, Index rows, Index columns, const double* row) {
    subtract(values, stride, rows, columns, row);
}
BRAINLIKE_WIDE void wideScale(float* values, Index stride, Index rows, Index columns, const float* factors) {
    scale(values, stride, rows, columns, factors);
}
BRAINLIKE_WIDE void wideScale(double* values, Index stride, Index rows, Index columns, const double* factors) {
    scale(values, stride, rows, columns, factors);
}
BRAINLIKE_WIDE void wideAddAll(const float* const* terms, std::size_t number, float* sum, Index count) {
    addStripes(terms, number, sum, count);
}
BRAINLIKE_WIDE void wideAddAll(const double* const* terms, std::size_t number, double* sum, Index count) {
    addStripes(terms, number, sum, count);
}

template <typename Scalar>
void fillRange(const ConstPanel<Scalar>& values, ColumnRange& result) {
    result.sum.resize(values.cols());
    result.smallest.resize(values.cols());
    result.largest.resize(values.cols());
    wideRange(values.data(), values.outerStride(), values.rows(), values.cols(), result.sum.data(),
              result.smallest.data(), result.largest.data());
}

} // namespace

void columnRange(const ConstPanel<float>& values, ColumnRange& result) {
    fillRange(values, result);
}
void columnRange(const ConstPanel<double>& values, ColumnRange& result) {
    fillRange(values, result);
}

void subtractRow(Panel<float> values, const float* row) {
    wideSubtract(values.data(), values.outerStride(), values.rows(), values.cols(), row);
}
void subtractRow(Panel<double> values, const double* row) {
    wideSubtract(values.data(), values.outerStride(), values.rows(), values.cols(), row);
}

void scaleColumns(Panel<float> values, const float* factors) {
    wideScale(values.data(), values.outerStride(), values.rows(), values.cols(), factors);
}
void scaleColumns(Panel<double> values, const double* factors) {
    wideScale(values.data(), values.outerStride(), values.rows(), values.cols(), factors);
}

void columnDots(const ConstPanel<float>& a, const ConstPanel<float>& b, double* sums) {
    wideDots(a.data(), a.outerStride(), b.data(), b.outerStride(), a.rows(), a.cols(), sums);
}
void columnDots(const ConstPanel<double>& a, const ConstPanel<double>& b, double* sums) {
    wideDots(a.data(), a.outerStride(), b.data(), b.outerStride(), a.rows(), a.cols(), sums);
}
void columnSquares(const ConstPanel<float>& a, double* sums) {
    columnDots(a, a, sums);
}
void columnSquares(const ConstPanel<double>& a, double* sums) {
    columnDots(a, a, sums);
}

void addAll(const std::vector<const float*>& terms, float* sum, Index count) {
    wideAddAll(terms.data(), terms.size(), sum, count);
}
void addAll(const std::vector<const double*>& terms, double* sum, Index count) {
    wideAddAll(terms.data(), terms.size(), sum, count);
}

} // namespace brainlike
