#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/stats/SpinMethod.h"
#include "core/stats/SpinPoints.h"
#include "core/stats/SpinRotations.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace brainlike {

/// Whose value each point takes in each spin: computed once, used for many maps on the same points.
struct SpinAssignments {
    SpinMethod method = SpinMethod::AlexanderBloch;
    std::optional<std::uint64_t> seed; ///< of the rotations; nothing for rotations made elsewhere
    RowMatrix<std::int32_t> sources;   ///< spins × points (left hemisphere first), indices of points
    std::vector<double> distances;     ///< of each spin, mean distance of a point to its source's rotated place

    [[nodiscard]] int spins() const { return static_cast<int>(sources.rows()); }
    [[nodiscard]] int points() const { return static_cast<int>(sources.cols()); }
};

/// Assigns every spin. Takes 4 bytes a spin and point (fsaverage5: 82 MB for 1000); for one pair of maps on larger
/// surfaces the spinTest that takes points needs none of it.
///
/// A spin turns the map by p · R; each point then takes the value that lies nearest (`alexander-bloch`), or each value
/// goes to exactly one point of its hemisphere (`vasa`, `hungarian`). The result is the same for any number of threads.
///
/// @param threads  0: one a processor
/// @throws ShapeError, ValueError for points (see SpinAssigner); CancelledError
/// Source: METHODS 7; Alexander-Bloch et al. 2018; Váša et al. 2018; as neuromaps' `gen_spinsamples` without its
/// search for duplicate spins.
[[nodiscard]] SpinAssignments assignSpins(const SpinPoints& points, const SpinRotations& rotations, SpinMethod method,
                                          int threads, JobContext& job);

} // namespace brainlike
