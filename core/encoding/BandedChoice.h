#pragma once

#include "core/encoding/BandedFeatures.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/RidgeFit.h"

#include <vector>

namespace brainlike {

/// Choice of weights and λ in one outer fold, for all targets (one element) or for each kept target.
struct BandedChoice {
    std::vector<int> weights; ///< row of the weights tried; −1 where every score is undefined
    std::vector<int> alphas;  ///< index of λ, likewise
    RowMatrix<double> scores; ///< with keepInner [samples × λ] (global), or of the best λ [samples × kept]
};

/// Tries every row of `weights` [samples × spaces] with every λ by the inner folds.
[[nodiscard]] BandedChoice chooseBanded(const BandedFeatures& features, const BandedFold& fold, std::size_t outer,
                                        const PreparedResponses::Data& responses, const RowMatrix<double>& weights,
                                        const RidgeOptions& options, const JobShare& share);

} // namespace brainlike
