#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"

#include <functional>
#include <variant>

namespace brainlike {

/// Told how far a step has come, 0 … 1; empty: nobody asks.
using FractionDone = std::function<void(double)>;
inline void tell(const FractionDone& done, Eigen::Index count, Eigen::Index all) {
    if (done)
        done(static_cast<double>(count) / static_cast<double>(all));
}
/// Told of a part of a step: from `first` to `last` of the whole.
[[nodiscard]] inline FractionDone partOf(const FractionDone& whole, double first, double last) {
    return whole ? [=](double fraction) { whole(first + fraction * (last - first)); } : FractionDone();
}

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
