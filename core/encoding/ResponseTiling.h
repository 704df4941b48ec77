#pragma once

#include "core/encoding/ResponseData.h"

namespace brainlike {

// The steps of outlineResponses and prepareChunk, for responses that are in memory already.

/// Whether λ is chosen for all targets at once from kernels summed over them, not from each target's own scores.
[[nodiscard]] bool choosesByTraces(const RidgeOptions& options);

/// The folds, and no targets yet. @throws ValueError, ShapeError
[[nodiscard]] ResponseOutline emptyOutline(Eigen::Index rows, Eigen::Index targets, const RidgeOptions& options);

/// Adds consecutive targets, the first of which is `firstTarget`.
template <typename Input>
void addStrip(const ConstPanel<Input>& strip, Eigen::Index firstTarget, ResponseOutline& outline,
              const JobContext& job);

/// To be called once all targets are added.
void finish(ResponseOutline& outline);

extern template void addStrip(const ConstPanel<float>&, Eigen::Index, ResponseOutline&, const JobContext&);
extern template void addStrip(const ConstPanel<double>&, Eigen::Index, ResponseOutline&, const JobContext&);

} // namespace brainlike
