#pragma once

#include <optional>
#include <string_view>

namespace brainlike {

/// Place of an area of HCP-MMP1 in the hierarchy of the cortex, 0 … 1: a weighted mean of its published expansion,
/// thickness, intrinsic timescale and −myelin (METHODS 8), each standardised over the areas, from the lowest area to the
/// highest./// The same in both hemispheres: what is published is of one. Nothing for an area that is not published.
[[nodiscard]] std::optional<double> plantedHierarchy(std::string_view area);

} // namespace brainlike
