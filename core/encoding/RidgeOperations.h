#pragma once

#include "core/encoding/RidgeMemory.h"

namespace brainlike {

/// Floating-point operations, by what they cost.
struct Operations {
    double products = 0;       ///< in products of matrices
    double decompositions = 0; ///< in eigendecompositions, which run at another speed
    [[nodiscard]] double total() const { return products + decompositions; }
    Operations& operator+=(const Operations& other) {
        products += other.products;
        decompositions += other.decompositions;
        return *this;
    }
};

/// PreparedFeatures.
[[nodiscard]] Operations featureOperations(const FitSizes& sizes);
/// Row kernels of a recording; none where it has none.
[[nodiscard]] Operations responseOperations(const FitSizes& sizes);
/// One fit of prepared features to prepared responses.
[[nodiscard]] Operations fitOperations(const FitSizes& sizes);

/// How fast this computer is, told from a few tens of milliseconds of work on so many threads at once.
struct ProcessorSpeed {
    double products = 0;       ///< operations a second, all threads together
    double decompositions = 0; ///< likewise
    [[nodiscard]] double seconds(const Operations& operations) const {
        return operations.products / products + operations.decompositions / decompositions;
    }
};
[[nodiscard]] ProcessorSpeed measureSpeed(bool doublePrecision, int threads);

} // namespace brainlike
