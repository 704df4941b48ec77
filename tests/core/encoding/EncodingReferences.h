#pragma once

#include "core/base/Matrix.h"
#include "core/encoding/RidgeOptions.h"

#include <QByteArray>
#include <QString>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace brainlike::test {

/// A number of a stored reference; null is NaN.
[[nodiscard]] inline double numberOf(const nlohmann::json& value) {
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

[[nodiscard]] inline RowMatrix<double> matrixOf(const nlohmann::json& rows) {
    RowMatrix<double> matrix(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.at(0).size()));
    for (Eigen::Index row = 0; row < matrix.rows(); ++row)
        for (Eigen::Index column = 0; column < matrix.cols(); ++column)
            matrix(row, column) = numberOf(rows.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column)));
    return matrix;
}

[[nodiscard]] inline RidgeOptions optionsOf(const nlohmann::json& reference, bool doublePrecision) {
    RidgeOptions options;
    options.alphas = reference.at("alphas").get<std::vector<double>>();
    options.outer.count = reference.at("outer");
    options.inner.count = reference.at("inner");
    if (reference.contains("groups"))
        options.outer.groups = options.inner.groups = reference.at("groups").get<std::vector<std::int64_t>>();
    options.lambdaMode = lambdaModeFrom(reference.at("mode").get<std::string>());
    if (reference.contains("selection"))
        options.selection = selectionScoreFrom(reference.at("selection").get<std::string>());
    options.standardize = reference.value("standardize", true);
    options.doublePrecision = doublePrecision;
    options.keepInner = true;
    return options;
}

/// Both undefined, or no further apart than the tolerance.
[[nodiscard]] inline bool agree(double found, double expected, double tolerance) {
    return std::isnan(expected) ? std::isnan(found) : std::abs(found - expected) <= tolerance;
}

[[nodiscard]] inline QByteArray at(Eigen::Index fold, Eigen::Index target, double found, double expected) {
    return QString("fold %1, target %2: found %3, expected %4")
        .arg(fold)
        .arg(target)
        .arg(found, 0, 'g', 12)
        .arg(expected, 0, 'g', 12)
        .toUtf8();
}

} // namespace brainlike::test
