#pragma once

#include "core/encoding/Decomposition.h"
#include "core/encoding/FoldPlan.h"
#include "core/encoding/LinearAlgebra.h"

namespace brainlike {

/// Columns with the overall mean taken away and divided by their overall standard deviation (0 where constant).
struct CentredFeatures {
    RowMatrix<double> values;
    Eigen::RowVectorXd deviation;
};
[[nodiscard]] CentredFeatures centred(const RowMatrix<double>& features);

/// The features' own principal axes, each scaled so that they have length 1 in it.
struct Whitening {
    RowMatrix<double> axes;     ///< [d × d] one a row
    RowMatrix<double> unwhiten; ///< [d × d] back from that basis
};
[[nodiscard]] Whitening whiteningOf(const RowMatrix<double>& values);

/// Features in the basis of the axes: [images × d]. The same bits for any number of threads.
[[nodiscard]] RowMatrix<double> whitened(const RowMatrix<double>& values, const Whitening& whitening, int threads);

/// Factor of each centred column in one outer training set; 0 where it is constant there.
[[nodiscard]] Eigen::RowVectorXd scaleIn(const RowMatrix<double>& features, const CentredFeatures& centredFeatures,
                                         const Rows& training, bool standardize);

/// Whether the features that have a scale are the same in all of these rows.
[[nodiscard]] bool rowsEqual(const RowMatrix<double>& features, const Eigen::RowVectorXd& scale, const Rows& rows);

/// The smaller of the two Gram matrices, for the smallest training set.
[[nodiscard]] Space cheaperSpace(const FoldPlan& plan, Eigen::Index columns);

} // namespace brainlike
