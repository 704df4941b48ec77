#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"

#include <variant>

namespace brainlike {

/// Responses that lie somewhere else than in memory and are asked for some targets at a time.
class ResponseSource {
public:
    /// Numbers as they are stored: single precision only where it holds them exactly.
    using Values = std::variant<RowMatrix<float>, RowMatrix<double>>;

    ResponseSource() = default;
    virtual ~ResponseSource() = default;
    ResponseSource(const ResponseSource&) = delete;
    ResponseSource& operator=(const ResponseSource&) = delete;

    [[nodiscard]] virtual Eigen::Index rows() const = 0;    ///< images
    [[nodiscard]] virtual Eigen::Index targets() const = 0; ///< columns in all
    /// Targets first … first + count − 1 of all images, rows × count.
    /// @throws ValueError for a value that is not finite, naming its place; FileError, CancelledError
    [[nodiscard]] virtual Values read(Eigen::Index first, Eigen::Index count, const JobContext& job) const = 0;
};

} // namespace brainlike
