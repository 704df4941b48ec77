#pragma once

#include "core/base/Matrix.h"
#include "core/surface/Hemisphere.h"
#include "core/surface/Parcellation.h"

#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// Named sets of dimensions: areas, ROIs, windows.
struct DimensionGroups {
    std::vector<std::string> ids;          ///< "lh:V1"
    std::vector<std::vector<int>> members; ///< flat dimension indices (left vertices, then right ones), ascending
    [[nodiscard]] std::size_t size() const { return ids.size(); }
};

/// Every cortical area of both hemispheres that has vertices, left first, in the order of the parcellation.
///
/// @throws ShapeError if the parcellation's labels do not fit the counts
[[nodiscard]] DimensionGroups areaGroups(const Parcellation& parcellation, VertexCounts counts);

/// One ROI made of several areas, in both hemispheres (two groups, "lh:name" and "rh:name"; a side without vertices is
/// left out).
///
/// @throws NotFoundError naming an area that neither hemisphere has
[[nodiscard]] DimensionGroups roiGroups(const Parcellation& parcellation, VertexCounts counts, const std::string& name,
                                        std::span<const std::string> areas);

/// Dimensions of a MEG window (channel × time, channel-major): all channels at times within [start, end].
[[nodiscard]] std::vector<int> windowDimensions(int channelCount, std::span<const double> times, double start,
                                                double end);

/// Means over the members of every group that are not NaN; NaN where none is.
///
/// @param scores  rows (layers, steps…) × dimensions
/// @returns rows × groups
/// @throws ShapeError if a member lies outside of the dimensions
[[nodiscard]] RowMatrix<double> groupMeans(const RowMatrix<float>& scores, const DimensionGroups& groups);

} // namespace brainlike
