#include "core/scores/SpatialScore.h"

#include "core/base/Error.h"
#include "core/scores/BestLayer.h"

#include <limits>
#include <string>

namespace brainlike {
namespace {

void requireSize(std::size_t expected, std::size_t found, const char* what) {
    if (expected != found)
        throw ShapeError({.what = std::string("The spatial score needs ") + what,
                          .expected = std::to_string(expected),
                          .found = std::to_string(found)});
}

} // namespace

Correlation spatialScore(std::span<const std::int16_t> bestLayer, std::span<const double> layerDepths,
                         std::span<const double> distances) {
    requireSize(bestLayer.size(), distances.size(), "a distance for every unit");
    std::vector<double> depths(bestLayer.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < bestLayer.size(); ++i) {
        if (bestLayer[i] < 0)
            continue;
        const auto layer = static_cast<std::size_t>(bestLayer[i]);
        if (layer >= layerDepths.size())
            throw ShapeError({.what = "The spatial score needs the depth of every layer",
                              .expected = "more than " + std::to_string(layer) + " depths",
                              .found = std::to_string(layerDepths.size())});
        depths[i] = layerDepths[layer];
    }
    return correlate(depths, distances);
}

Correlation spatialScore(const RowMatrix<float>& mean, const DimensionGroups& groups,
                         std::span<const double> layerDepths, std::span<const double> distances) {
    requireSize(groups.size(), distances.size(), "a distance for every group");
    requireSize(static_cast<std::size_t>(mean.rows()), layerDepths.size(), "the depth of every layer");
    const BestLayers best = bestLayers(groupMeans(mean, groups), {});
    return spatialScore(best.layer, layerDepths, distances);
}

Correlation spatialScore(std::span<const std::int16_t> bestLayer, std::span<const double> layerDepths,
                         std::span<const double> distances, std::span<const std::uint8_t> mask) {
    requireSize(bestLayer.size(), mask.size(), "a mask value for every vertex");
    std::vector<std::int16_t> masked(bestLayer.begin(), bestLayer.end());
    for (std::size_t i = 0; i < masked.size(); ++i)
        if (mask[i] == 0)
            masked[i] = -1;
    return spatialScore(masked, layerDepths, distances);
}

std::vector<std::uint8_t> significantAtBestLayer(std::span<const std::int16_t> bestLayer, const RowMatrix<float>& q,
                                                 double threshold) {
    requireSize(static_cast<std::size_t>(q.cols()), bestLayer.size(), "a best layer for every vertex of q");
    std::vector<std::uint8_t> mask(bestLayer.size(), 0);
    for (std::size_t i = 0; i < bestLayer.size(); ++i) {
        if (bestLayer[i] < 0)
            continue;
        if (bestLayer[i] >= q.rows())
            throw ShapeError({.what = "The spatial score needs q of every layer",
                              .expected = "more than " + std::to_string(bestLayer[i]) + " layers",
                              .found = std::to_string(q.rows())});
        mask[i] = static_cast<double>(q(bestLayer[i], static_cast<Eigen::Index>(i))) < threshold ? 1 : 0;
    }
    return mask;
}

} // namespace brainlike
