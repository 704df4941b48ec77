#pragma once

#include "core/base/Matrix.h"

#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

namespace brainlike {

/// A matrix divided by a power of two so that its values are near 1: products of large or small features neither over-
/// nor underflow in single precision.
template <typename Scalar>
struct ScaledMatrix {
    RowMatrix<Scalar> values;
    int exponent = 0;

    ScaledMatrix() = default;
    ScaledMatrix(RowMatrix<Scalar> given, int power) : values(std::move(given)), exponent(power) {}
    explicit ScaledMatrix(const RowMatrix<double>& matrix) {
        const double largest = matrix.size() > 0 ? matrix.cwiseAbs().maxCoeff() : 0;
        exponent = largest > 0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
        values = (matrix * std::ldexp(1.0, -exponent)).template cast<Scalar>();
    }
};

/// A matrix kept in double precision, or in single where that is all its use needs: half the memory.
class StoredMatrix {
public:
    StoredMatrix() = default;
    explicit StoredMatrix(RowMatrix<double> matrix) : m_matrix(std::move(matrix)) {}
    explicit StoredMatrix(ScaledMatrix<float> matrix) : m_matrix(std::move(matrix)) {}

    [[nodiscard]] RowMatrix<double> toDouble() const {
        if (const auto* matrix = std::get_if<RowMatrix<double>>(&m_matrix))
            return *matrix;
        const auto& single = std::get<ScaledMatrix<float>>(m_matrix);
        return single.values.cast<double>() * std::ldexp(1.0, single.exponent);
    }

    /// Near 1. @param own  where it is kept if it has to be converted
    template <typename Scalar>
    [[nodiscard]] const ScaledMatrix<Scalar>& scaled(ScaledMatrix<Scalar>& own) const {
        if constexpr (std::is_same_v<Scalar, float>)
            if (const auto* same = std::get_if<ScaledMatrix<float>>(&m_matrix))
                return *same;
        own = ScaledMatrix<Scalar>(toDouble());
        return own;
    }

private:
    std::variant<RowMatrix<double>, ScaledMatrix<float>> m_matrix;
};

} // namespace brainlike
