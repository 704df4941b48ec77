#include "core/scores/EncodingScore.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {

template <typename Scalar>
double meanOf(std::span<const Scalar> values) {
    double sum = 0;
    std::size_t n = 0;
    for (const Scalar value : values)
        if (!std::isnan(value)) {
            sum += static_cast<double>(value);
            ++n;
        }
    return n > 0 ? sum / static_cast<double>(n) : undefined;
}

std::vector<double> bestOverLayers(const RowMatrix<float>& scores) {
    std::vector<double> best(static_cast<std::size_t>(scores.cols()), undefined);
    for (Eigen::Index k = 0; k < scores.rows(); ++k)
        for (std::size_t d = 0; d < best.size(); ++d)
            if (const float value = scores(k, static_cast<Eigen::Index>(d));
                std::isfinite(value) && !(static_cast<double>(value) <= best[d]))
                best[d] = static_cast<double>(value);
    return best;
}

std::vector<double> meanOverLayers(const RowMatrix<float>& scores) {
    std::vector<double> mean(static_cast<std::size_t>(scores.cols()), 0.0);
    std::vector<int> counts(mean.size(), 0);
    for (Eigen::Index k = 0; k < scores.rows(); ++k)
        for (std::size_t d = 0; d < mean.size(); ++d)
            if (const float value = scores(k, static_cast<Eigen::Index>(d)); std::isfinite(value)) {
                mean[d] += static_cast<double>(value);
                ++counts[d];
            }
    for (std::size_t d = 0; d < mean.size(); ++d)
        mean[d] = counts[d] > 0 ? mean[d] / counts[d] : undefined;
    return mean;
}

std::vector<double> ofLayer(const RowMatrix<float>& scores, int layer) {
    if (layer < 0 || layer >= scores.rows())
        throw ShapeError({.what = "The scores do not have this layer",
                          .expected = "0 to " + std::to_string(scores.rows() - 1),
                          .found = std::to_string(layer)});
    const float* row = scores.row(layer).data();
    return {row, row + scores.cols()};
}

double meanOfSet(std::span<const double> all, std::span<const int> dimensions) {
    std::vector<double> chosen;
    chosen.reserve(dimensions.size());
    for (const int dimension : dimensions) {
        if (dimension < 0 || static_cast<std::size_t>(dimension) >= all.size())
            throw ShapeError({.what = "The set names a dimension that the scores do not have",
                              .expected = "below " + std::to_string(all.size()),
                              .found = std::to_string(dimension)});
        chosen.push_back(all[static_cast<std::size_t>(dimension)]);
    }
    return meanOf(std::span<const double>(chosen));
}

} // namespace

std::vector<double> dimensionScores(const RowMatrix<float>& scores, const SetScoreOptions& options) {
    switch (options.choice) {
    case LayerChoice::Best:
        return bestOverLayers(scores);
    case LayerChoice::Layer:
        return ofLayer(scores, options.layer);
    case LayerChoice::Mean:
        return meanOverLayers(scores);
    }
    return {};
}

double encodingScore(const RowMatrix<float>& scores, std::optional<std::span<const int>> dimensions,
                     const SetScoreOptions& options) {
    const std::vector<double> all = dimensionScores(scores, options);
    return dimensions ? meanOfSet(all, *dimensions) : finiteMean(all);
}

std::vector<double> encodingScores(std::span<const double> dimensionScores, const DimensionGroups& sets) {
    std::vector<double> means;
    for (const auto& members : sets.members)
        means.push_back(meanOfSet(dimensionScores, members));
    return means;
}

double finiteMean(std::span<const double> values) {
    return meanOf(values);
}

double finiteMean(std::span<const float> values) {
    return meanOf(values);
}

double largestFinite(std::span<const double> values) {
    double maximum = undefined;
    for (const double value : values)
        if (std::isfinite(value) && !(value <= maximum))
            maximum = value;
    return maximum;
}

double normalised(double score, double maximum) {
    return maximum > 0 ? score / maximum : undefined;
}

} // namespace brainlike
