#pragma once

#include "core/base/JobContext.h"
#include "core/stats/Correlation.h"
#include "core/stats/SpinAssignments.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace brainlike {

/// Which of the two maps is turned; the other one stays.
enum class SpunMap { First, Second };

struct SpinTestOptions {
    SpunMap spun = SpunMap::First;
    int threads = 0; ///< 0: one a processor
    /// Called now and then on the caller's thread with the correlations of all spins so far, in order.
    std::function<void(std::span<const double>)> onNull;
};

/// Correlation of two maps and its p value against rotations of the sphere.
struct SpinTest {
    Correlation observed;                                ///< r, n, parametric p and interval of the maps as they lie
    double p = std::numeric_limits<double>::quiet_NaN(); ///< of the spin test; NaN where r is
    std::vector<double> null;          ///< r of each spin; NaN where undefined (fewer than 3 pairs, no variance)
    int defined = 0;                   ///< spins whose r is defined; p is over these
    int asExtreme = 0;                 ///< spins with |r_null| ≥ |r|
    std::optional<std::uint64_t> seed; ///< nothing for rotations made elsewhere
    SpinMethod method = SpinMethod::AlexanderBloch;
    SpunMap spun = SpunMap::First;

    [[nodiscard]] int spins() const { return static_cast<int>(null.size()); }
};

/// Spin test of two maps on the points that were assigned.
///
/// Missing values (medial wall, areas without data) are NaN: only points where both maps lie finite count, and in each
/// spin a NaN that was turned onto a point takes that point out.
/// The result is the same for any number of threads.
///
/// @param x, y  values at the points, left hemisphere first
/// @throws ShapeError if a size differs from that of the assignments; CancelledError
/// Source: METHODS 7, p = (1 + #{|r_null| ≥ |r|}) / (1 + spins); NaN as neuromaps' `compare_images`. Spins without r
/// count neither above nor below.
[[nodiscard]] SpinTest spinTest(std::span<const double> x, std::span<const double> y,
                                const SpinAssignments& assignments, const SpinTestOptions& options, JobContext& job);

/// The same for one pair of maps, without storing the assignments.
/// @throws ShapeError if a size differs from the number of points; as assignSpins
[[nodiscard]] SpinTest spinTest(std::span<const double> x, std::span<const double> y, const SpinPoints& points,
                                const SpinRotations& rotations, SpinMethod method, const SpinTestOptions& options,
                                JobContext& job);

} // namespace brainlike
