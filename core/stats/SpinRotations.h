#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

namespace brainlike {

/// Random rotations of the sphere, uniform over all rotations. The right hemisphere turns as the left one's mirror
/// image in the plane x = 0.
///
/// Rotation i depends on the seed and i alone: more spins only add to fewer, and nothing depends on threads. Bits of
/// the 64-bit Mersenne Twister become unit quaternions by Marsaglia's rejection, which needs no function that differs
/// between platforms.
/// Source: Marsaglia 1972, "Choosing a point from the surface of a sphere"; mirror: Alexander-Bloch et al. 2018.
class SpinRotations {
public:
    static constexpr int defaultCount = 1000;

    /// @throws ValueError unless count ≥ 1
    explicit SpinRotations(int count = defaultCount, std::uint64_t seed = 0);

    /// Rotations of the left hemisphere made elsewhere, applied to points as rows: p · matrix.
    /// @throws ValueError without any, or if one is no rotation
    explicit SpinRotations(std::vector<Eigen::Matrix3d> left);

    [[nodiscard]] int count() const { return static_cast<int>(m_left.size()); }
    /// Nothing for rotations made elsewhere.
    [[nodiscard]] std::optional<std::uint64_t> seed() const { return m_seed; }
    [[nodiscard]] const Eigen::Matrix3d& left(int spin) const { return m_left[static_cast<std::size_t>(spin)]; }
    [[nodiscard]] Eigen::Matrix3d right(int spin) const;

private:
    std::vector<Eigen::Matrix3d> m_left;
    std::optional<std::uint64_t> m_seed;
};

} // namespace brainlike
