#include "core/tables/NormalisedScores.h"

#include "core/base/Undefined.h"

#include <cmath>

namespace brainlike {
namespace {

/// Takes the larger of each pair; what is not finite is passed over.
void raise(std::vector<double>& maxima, std::span<const double> values) {
    maxima.resize(values.size(), undefined);
    for (std::size_t unit = 0; unit < values.size(); ++unit)
        if (std::isfinite(values[unit]) && !(values[unit] <= maxima[unit]))
            maxima[unit] = values[unit];
}

} // namespace

std::vector<double> unitScores(const TableScope& scope, RecordingKind kind, const RowMatrix<float>& scores,
                               const SetScoreOptions& options) {
    auto values = dimensionScores(scores, options);
    return scope.level() == TableLevel::Vertex ? values : encodingScores(values, scope.sets().of(kind, scope.level()));
}

std::vector<double> NormalisedScores::of(std::span<const double> values, int step, std::optional<int> recording,
                                         const SetScoreOptions& options) {
    std::vector<double> maxima;
    if (!m_scope.request().normalise)
        return maxima;
    switch (*m_scope.request().normalise) {
    case NormalisedAxis::Layers:
        maxima = overLayers(step, recording);
        break;
    case NormalisedAxis::Times:
        maxima.assign(values.size(), overTimes(step, recording, options));
        break;
    case NormalisedAxis::Checkpoints:
        maxima = overCheckpoints(recording, options);
        break;
    }
    for (std::size_t unit = 0; unit < values.size(); ++unit)
        maxima[unit] = normalised(values[unit], maxima[unit]);
    return maxima;
}

std::vector<double> NormalisedScores::overLayers(int step, std::optional<int> recording) const {
    const auto scores = m_scope.scores().layers(m_kind, m_model, step, recording);
    std::vector<double> maxima;
    for (int layer = 0; layer < static_cast<int>(scores.rows()); ++layer)
        raise(maxima, unitScores(m_scope, m_kind, scores, {.choice = LayerChoice::Layer, .layer = layer}));
    return maxima;
}

double NormalisedScores::overTimes(int step, std::optional<int> recording, const SetScoreOptions& options) const {
    if (m_kind == RecordingKind::Fmri)
        return undefined;
    const auto scores = dimensionScores(m_scope.scores().layers(m_kind, m_model, step, recording), options);
    return largestFinite(encodingScores(scores, timeGroups(m_scope.index())));
}

const std::vector<double>& NormalisedScores::overCheckpoints(std::optional<int> recording,
                                                             const SetScoreOptions& options) {
    const auto placeOf = [recording](const SetScoreOptions& layer) {
        return Place{recording, {layer.choice, layer.layer}};
    };
    if (const auto found = m_overCheckpoints.find(placeOf(options)); found != m_overCheckpoints.end())
        return found->second;
    for (int step = 0; step < static_cast<int>(m_scope.model(m_model).steps.size()); ++step) {
        const auto scores = m_scope.scores().layers(m_kind, m_model, step, recording);
        for (const auto& layer : m_scope.layers(m_model))
            raise(m_overCheckpoints[placeOf(layer.options)], unitScores(m_scope, m_kind, scores, layer.options));
    }
    return m_overCheckpoints.at(placeOf(options));
}

} // namespace brainlike
