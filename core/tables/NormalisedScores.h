#pragma once

#include "core/tables/TableScope.h"

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace brainlike {

/// Scores of a scope's sets (or vertices) from R of all dimensions, layers × dimensions, by a choice of layer.
[[nodiscard]] std::vector<double> unitScores(const TableScope& scope, RecordingKind kind,
                                             const RowMatrix<float>& scores, const SetScoreOptions& options);

/// R̃ of the encoding scores of one model and kind, over the axis that the request names.
///
/// Source: METHODS 6 "Normalised R̃".
class NormalisedScores {
public:
    NormalisedScores(const TableScope& scope, int model, RecordingKind kind)
        : m_scope(scope), m_model(model), m_kind(kind) {}

    /// @param values  unitScores at a step of one subject (nothing: of the group) by a choice of layer
    /// @returns R̃ of each, not clipped; NaN where the maximum is not above 0 or the kind has no such axis; empty where
    /// no
    ///          axis is named
    /// @throws what reading the scores throws
    [[nodiscard]] std::vector<double> of(std::span<const double> values, int step, std::optional<int> recording,
                                         const SetScoreOptions& options);

private:
    [[nodiscard]] std::vector<double> overLayers(int step, std::optional<int> recording) const;
    [[nodiscard]] double overTimes(int step, std::optional<int> recording, const SetScoreOptions& options) const;
    /// Of every choice of layer that the scope has, because each checkpoint is read for all of them.
    [[nodiscard]] const std::vector<double>& overCheckpoints(std::optional<int> recording,
                                                             const SetScoreOptions& options);

    using Place = std::pair<std::optional<int>, std::pair<LayerChoice, int>>;

    const TableScope& m_scope;
    int m_model;
    RecordingKind m_kind;
    std::map<Place, std::vector<double>> m_overCheckpoints;
};

} // namespace brainlike
