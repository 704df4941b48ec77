#pragma once

#include "core/encoding/BandedChoice.h"

namespace brainlike {

/// What the test rows of one outer fold say about each kept target; NaN where undefined.
struct BandedScores {
    Eigen::VectorXd score;   ///< [kept] r of the joint prediction
    RowMatrix<double> split; ///< [spaces × kept] parts of r
    RowMatrix<double> r2;    ///< [spaces × kept] parts of the explained variance
};

/// Predicts the test rows of one outer fold under the chosen weights and λ.
[[nodiscard]] BandedScores predictBanded(const BandedFeatures& features, const BandedFold& fold, std::size_t outer,
                                         const PreparedResponses::Data& responses, const RowMatrix<double>& weights,
                                         const BandedChoice& choice, const RidgeOptions& options,
                                         const JobContext& job);

} // namespace brainlike
