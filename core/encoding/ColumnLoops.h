#pragma once

#include "core/encoding/LinearAlgebra.h"

#include <vector>

namespace brainlike {

/// Sum, smallest and largest value of each column.
struct ColumnRange {
    Eigen::VectorXd sum;
    Eigen::VectorXd smallest;
    Eigen::VectorXd largest;
};
void columnRange(const ConstPanel<float>& values, ColumnRange& result);
void columnRange(const ConstPanel<double>& values, ColumnRange& result);

/// Subtracts one row from every row, in place.
void subtractRow(Panel<float> values, const float* row);
void subtractRow(Panel<double> values, const double* row);

/// Multiplies every row by one row, element by element, in place.
void scaleColumns(Panel<float> values, const float* factors);
void scaleColumns(Panel<double> values, const double* factors);

/// sums[j] = Σ a(i, j)·b(i, j) over the rows; shapes equal.
void columnDots(const ConstPanel<float>& a, const ConstPanel<float>& b, double* sums);
void columnDots(const ConstPanel<double>& a, const ConstPanel<double>& b, double* sums);
/// sums[j] = Σ a(i, j)².
void columnSquares(const ConstPanel<float>& a, double* sums);
void columnSquares(const ConstPanel<double>& a, double* sums);

/// sum[i] = Σ term[i] over the terms, added in their order; 0 without terms.
void addAll(const std::vector<const float*>& terms, float* sum, Eigen::Index count);
void addAll(const std::vector<const double*>& terms, double* sum, Eigen::Index count);

} // namespace brainlike
