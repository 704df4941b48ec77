#pragma once

#include "core/stats/SpinPoints.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <random>

namespace brainlike::test {

/// Points evenly spread on a sphere of radius 100.
inline RowMatrix<float> spiralSphere(int count) {
    RowMatrix<float> points(count, 3);
    for (int i = 0; i < count; ++i) {
        const double z = 1 - (2.0 * i + 1) / count, ring = std::sqrt(1 - z * z);
        const double turn = std::numbers::pi * (1 + std::sqrt(5.0)) * i;
        points.row(i) << static_cast<float>(100 * ring * std::cos(turn)),
            static_cast<float>(100 * ring * std::sin(turn)), static_cast<float>(100 * z);
    }
    return points;
}

/// Points by chance on a sphere of radius 100.
inline RowMatrix<float> randomSphere(int count, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal;
    RowMatrix<float> points(count, 3);
    for (int i = 0; i < count; ++i) {
        const Eigen::RowVector3d point(normal(generator), normal(generator), normal(generator));
        points.row(i) = (100 * point.normalized()).cast<float>();
    }
    return points;
}

/// Two hemispheres, the right one with a few points less.
inline SpinPoints twoSpheres(int leftCount) {
    return {.left = spiralSphere(leftCount), .right = spiralSphere(leftCount - 3)};
}

inline RowMatrix<float> pointsOf(const nlohmann::json& rows) {
    RowMatrix<float> points(static_cast<Eigen::Index>(rows.size()), 3);
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        for (Eigen::Index axis = 0; axis < 3; ++axis)
            points(i, axis) = rows.at(static_cast<std::size_t>(i)).at(static_cast<std::size_t>(axis)).get<float>();
    return points;
}

inline Eigen::Matrix3d matrixOf(const nlohmann::json& values) {
    Eigen::Matrix3d matrix;
    for (int i = 0; i < 9; ++i)
        matrix(i / 3, i % 3) = values.at(static_cast<std::size_t>(i)).get<double>();
    return matrix;
}

} // namespace brainlike::test
