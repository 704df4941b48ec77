#include "core/stats/SpinRotations.h"

#include "core/base/Error.h"

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <cmath>
#include <random>
#include <string>
#include <utility>

namespace brainlike {
namespace {

struct DiscPoint {
    double x = 0, y = 0, squaredNorm = 0;
};

/// Unit quaternions, uniform on the sphere of four dimensions.
class QuaternionDraw {
public:
    explicit QuaternionDraw(std::uint64_t seed) : m_generator(seed) {}

    Eigen::Quaterniond next() {
        const DiscPoint first = disc();
        const DiscPoint second = disc();
        const double scale = std::sqrt((1 - first.squaredNorm) / second.squaredNorm);
        return {first.x, first.y, second.x * scale, second.y * scale};
    }

private:
    /// Uniform inside the unit disc, its centre excluded.
    DiscPoint disc() {
        for (;;) {
            DiscPoint point{.x = coordinate(), .y = coordinate()};
            point.squaredNorm = point.x * point.x + point.y * point.y;
            if (point.squaredNorm < 1 && point.squaredNorm > 0)
                return point;
        }
    }

    /// In [−1, 1), all multiples of 2⁻⁵² equally likely.
    double coordinate() { return static_cast<double>(m_generator() >> 11) * 0x1p-52 - 1; }

    std::mt19937_64 m_generator;
};

void validateRotation(const Eigen::Matrix3d& matrix, std::size_t spin) {
    constexpr double tolerance = 1e-9;
    const Eigen::Matrix3d product = matrix * matrix.transpose();
    if (!((product - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff() < tolerance && matrix.determinant() > 0))
        throw ValueError({.what = "A matrix given for a spin is not a rotation",
                          .place = "spin " + std::to_string(spin),
                          .expected = "orthonormal rows and a determinant of 1",
                          .found = "determinant " + std::to_string(matrix.determinant())});
}

} // namespace

SpinRotations::SpinRotations(int count, std::uint64_t seed) : m_seed(seed) {
    if (count < 1)
        throw ValueError({.what = "A spin test needs at least one spin",
                          .expected = "1 or more, such as 1000",
                          .found = std::to_string(count)});
    m_left.reserve(static_cast<std::size_t>(count));
    QuaternionDraw draw(seed);
    for (int spin = 0; spin < count; ++spin)
        m_left.push_back(draw.next().toRotationMatrix());
}

SpinRotations::SpinRotations(std::vector<Eigen::Matrix3d> left) : m_left(std::move(left)) {
    if (m_left.empty())
        throw ValueError({.what = "A spin test needs at least one spin", .expected = "1 or more", .found = "0"});
    for (std::size_t spin = 0; spin < m_left.size(); ++spin)
        validateRotation(m_left[spin], spin);
}

Eigen::Matrix3d SpinRotations::right(int spin) const {
    const Eigen::DiagonalMatrix<double, 3> mirror(-1, 1, 1);
    return mirror * left(spin) * mirror;
}

} // namespace brainlike
