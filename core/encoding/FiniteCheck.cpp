#include "core/encoding/FiniteCheck.h"

#include "core/base/Error.h"

#include <cmath>
#include <string>

namespace brainlike {
namespace {

template <typename Scalar>
void require(const RowMatrix<Scalar>& matrix, std::string_view name) {
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        // A sum over the row is not finite when one of its values is not; double does not overflow on floats.
        if (std::isfinite(matrix.row(row).template cast<double>().cwiseAbs().sum()))
            continue;
        for (Eigen::Index column = 0; column < matrix.cols(); ++column)
            if (const Scalar value = matrix(row, column); !std::isfinite(value))
                throw ValueError(
                    {.what = "The " + std::string(name) + " hold a value that is not finite",
                     .place = std::string(name) + ", row " + std::to_string(row) + ", column " + std::to_string(column),
                     .expected = "a finite number",
                     .found = std::isnan(value) ? "NaN" : "an infinite value",
                     .advice = "leave such rows out, or such columns, before the fit"});
    }
}

} // namespace

void requireFinite(const RowMatrix<float>& matrix, std::string_view name) {
    require(matrix, name);
}
void requireFinite(const RowMatrix<double>& matrix, std::string_view name) {
    require(matrix, name);
}

} // namespace brainlike
