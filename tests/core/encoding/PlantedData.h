#pragma once

#include "core/base/Matrix.h"

#include <cmath>
#include <random>

namespace brainlike::test {

/// Nearly normal numbers, the same on every machine.
[[nodiscard]] inline RowMatrix<double> noise(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 random(seed);
    RowMatrix<double> matrix(rows, columns);
    for (Eigen::Index cell = 0; cell < matrix.size(); ++cell) {
        double sum = -6; // twelve uniform numbers: close enough to a normal one
        for (int part = 0; part < 12; ++part)
            sum += static_cast<double>(random()) / 4294967296.0;
        matrix.data()[cell] = sum;
    }
    return matrix;
}

struct PlantedData {
    RowMatrix<double> x;
    RowMatrix<double> y;
};

/// Features, and responses that are a random weighted sum of them (variance about 1) and noise.
[[nodiscard]] inline PlantedData planted(Eigen::Index rows, Eigen::Index columns, Eigen::Index targets,
                                         double noiseLevel = 1) {
    PlantedData data{noise(rows, columns, 1), {}};
    data.y = data.x * noise(columns, targets, 2) / std::sqrt(static_cast<double>(columns)) +
             noiseLevel * noise(rows, targets, 3);
    return data;
}

[[nodiscard]] inline double furthest(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    return (a - b).cwiseAbs().maxCoeff();
}

} // namespace brainlike::test
