#pragma once

#include "core/scores/HalfTime.h"
#include "core/stats/Bootstrap.h"
#include "core/study/ScoreSource.h"
#include "views/state/Theme.h"

#include <QColor>
#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// One score over training.
struct TrainingCurve {
    QString name;               ///< "encoding", "spatial", "temporal"
    std::vector<double> values; ///< a value a checkpoint; NaN: not computed
    HalfTime half;
    BootstrapInterval interval; ///< of the half-time over subjects, steps; NaN until it is computed
    bool censoredSoFar = false; ///< earlier checkpoints than the half-time's first have no value

    /// The last checkpoint's value if it is above zero; nothing: the curve has no share of it.
    [[nodiscard]] std::optional<double> finalValue() const;
    /// A checkpoint's value as a share of the final one; NaN where there is none.
    [[nodiscard]] double share(std::size_t checkpoint) const;
    /// "T½ 2.0 %", "T½ ≤ untrained", or why there is none.
    [[nodiscard]] QString halfTimeText() const;
    /// "encoding: half-time 136,000 steps (95 % 90,000 to 240,000 over subjects)"; why there is none otherwise.
    [[nodiscard]] QString halfTimeDetail() const;
};

/// The three scores of a model over its checkpoints, as the training bar draws and tells them.
struct TrainingCurves {
    std::string id; ///< the model's
    QString label;
    std::vector<std::int64_t> steps;
    std::optional<double> batchSize;
    std::array<TrainingCurve, 3> curves; ///< encoding, spatial, temporal
    std::vector<bool> computed;          ///< by checkpoint: any score is there

    /// @param summary  the model's; the encoding score is fMRI's, MEG's in a study without fMRI
    [[nodiscard]] static TrainingCurves of(const ScoredModel& model, const SummaryCurves& summary, bool hasFmri);

    [[nodiscard]] std::size_t size() const { return steps.size(); }
    /// The checkpoint as a share of training, 0 … 1.
    [[nodiscard]] double shareOfTraining(std::size_t checkpoint) const;
    /// "step 200,000 of 10,000,000 · 2.0 % · 819 M images".
    [[nodiscard]] QString checkpointLine(std::size_t checkpoint) const;
    /// Index of the checkpoint of exactly this step, −1: the model has none.
    [[nodiscard]] int checkpointOf(std::int64_t step) const;
    /// The same in one plain line, for screen readers.
    [[nodiscard]] QString description(std::size_t checkpoint) const;
};

/// Colour of a score's curve: encoding, spatial, temporal.
[[nodiscard]] QColor curveColor(std::size_t curve, const Theme& theme);

} // namespace brainlike
