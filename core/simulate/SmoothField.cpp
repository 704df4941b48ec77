#include "core/simulate/SmoothField.h"

#include <cmath>
#include <numbers>

namespace brainlike {
namespace {

constexpr int waveCount = 24;

struct Wave {
    double x, y, z, phase;
};

Wave waveAt(const NormalStream& normal, int index, double length) {
    const auto first = static_cast<std::uint64_t>(index) * 4;
    return {.x = normal(first) / length,
            .y = normal(first + 1) / length,
            .z = normal(first + 2) / length,
            .phase = 2 * std::numbers::pi * normal.uniform(first + 3)};
}

} // namespace

RowMatrix<float> smoothFields(const RowMatrix<float>& points, int fields, double length, const NormalStream& normal) {
    RowMatrix<float> values = RowMatrix<float>::Zero(points.rows(), fields);
    const auto scale = static_cast<float>(std::sqrt(2.0 / waveCount));
    for (int field = 0; field < fields; ++field) {
        for (int i = 0; i < waveCount; ++i) {
            const Wave wave = waveAt(normal, field * waveCount + i, length);
            for (Eigen::Index point = 0; point < points.rows(); ++point) {
                const double angle =
                    wave.x * points(point, 0) + wave.y * points(point, 1) + wave.z * points(point, 2) + wave.phase;
                values(point, field) += scale * std::cos(static_cast<float>(angle));
            }
        }
    }
    return values;
}

} // namespace brainlike
