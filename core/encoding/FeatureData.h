#pragma once

#include "core/encoding/Decomposition.h"
#include "core/encoding/FoldPlan.h"
#include "core/encoding/Ridge.h"

#include <vector>

namespace brainlike {

/// One outer fold: its own decomposition and those of its inner folds, all with the scale of its training rows.
struct OuterFeatures {
    int droppedColumns = 0; ///< columns constant in the training rows
    Decomposition outer;
    std::vector<InnerDecomposition> inner;
};

/// What fits share about one feature set.
///
/// `whitened` are the features in the basis of their own principal axes, each axis scaled to length 1. It changes no
/// answer and keeps single precision exact where features are collinear: ridge weights in this basis stay small.
struct PreparedFeatures::Data {
    RidgeOptions options;
    FoldPlan plan;
    Space space = Space::Features;
    RowMatrix<double> whitened; ///< [images × d]; empty in Space::Samples
    std::vector<OuterFeatures> folds;
    Eigen::Index columns = 0;
    bool inTurn = false; ///< FoldDepth::InTurn: the folds hold only what was decomposed last
};

} // namespace brainlike
