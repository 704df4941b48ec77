#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace brainlike {

/// How the rows (images) are divided for cross-validation.
struct FoldOptions {
    int count = 5;
    std::optional<std::uint64_t> shuffleSeed; ///< nothing: contiguous folds, as scikit-learn's KFold(shuffle=False)
    std::vector<std::int64_t> groups;         ///< not empty: rows of one group stay in one fold
    friend bool operator==(const FoldOptions&, const FoldOptions&) = default;
};

enum class LambdaMode { Global, PerTarget };
enum class SelectionScore { R2, MeanSquaredError, Correlation };

/// What becomes of values that are not finite (METHODS 5): an error, or images or targets are left out.
enum class NotFinite { Refuse, DropRows, DropTargets };

/// λ grid logspace(first, last, count), as NumPy's.
[[nodiscard]] std::vector<double> logSpace(double firstExponent, double lastExponent, int count);

/// Options of METHODS 5.
struct RidgeOptions {
    std::vector<double> alphas = logSpace(0, 8, 10); ///< finite, > 0, ascending, distinct
    FoldOptions outer;
    FoldOptions inner;
    LambdaMode lambdaMode = LambdaMode::Global;
    std::optional<SelectionScore> selection; ///< nothing: R2 for Global, MeanSquaredError for PerTarget
    bool standardize = true;
    bool doublePrecision = false;
    /// Responses alone; features always have to be finite. Leaving rows out is up to who reads the data, before a fit.
    NotFinite notFinite = NotFinite::Refuse;
    bool keepInner = false; ///< keep the inner scores in the result
    int threads = 1;        ///< threads this one call may use

    [[nodiscard]] SelectionScore effectiveSelection() const {
        return selection.value_or(lambdaMode == LambdaMode::Global ? SelectionScore::R2
                                                                   : SelectionScore::MeanSquaredError);
    }
    friend bool operator==(const RidgeOptions&, const RidgeOptions&) = default;
};

/// @throws ValueError if a λ is not finite and > 0, none is given, or a fold count is below 2
void validate(const RidgeOptions& options);

[[nodiscard]] std::string_view nameOf(LambdaMode mode);          ///< "global", "per_target"
[[nodiscard]] std::string_view nameOf(SelectionScore selection); ///< "r2", "mse", "correlation"
[[nodiscard]] std::string_view nameOf(NotFinite policy);         ///< "refuse", "rows", "targets"
/// @throws ValueError listing the known names
[[nodiscard]] NotFinite notFiniteFrom(std::string_view name); ///< "rows" or "targets"
[[nodiscard]] LambdaMode lambdaModeFrom(std::string_view name);
[[nodiscard]] SelectionScore selectionScoreFrom(std::string_view name);

} // namespace brainlike
