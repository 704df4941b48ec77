#include "core/study/SummaryScores.h"

#include "core/scores/EncodingScore.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"

#include <cmath>

namespace brainlike {
namespace {

SummaryValue valueOf(double value, const char* reason) {
    return {value, std::isfinite(value) ? "" : reason};
}

SummaryValue valueOf(const Correlation& correlation, const char* units) {
    if (std::isfinite(correlation.r))
        return {correlation.r, ""};
    return {correlation.r,
            std::string(nameOf(correlation.status)) + " (" + std::to_string(correlation.n) + " " + units + ")"};
}

} // namespace

void addFmri(CheckpointSummary& summary, const RowMatrix<float>& mean, const BestLayerMap& best,
             std::span<const double> layerDepths, const AreaDistances& areas) {
    summary.encodingFmri = valueOf(finiteMean(std::span<const float>(best.score)), "no vertex has a score");
    if (!areas.reason.empty())
        summary.spatial = {std::numeric_limits<double>::quiet_NaN(), areas.reason};
    else
        summary.spatial = valueOf(spatialScore(mean, areas.areas, layerDepths, areas.distances), "areas");
}

void addMeg(CheckpointSummary& summary, const RowMatrix<float>& mean, const BestLayerMap& best,
            std::span<const double> layerDepths, std::span<const double> times) {
    summary.encodingMeg = valueOf(finiteMean(std::span<const float>(best.score)), "no channel has a score");
    const auto peaks = timesOfMaximum(channelMeans(mean, static_cast<int>(times.size())), times);
    summary.temporal = valueOf(temporalScore(layerDepths, peaks), "layers");
}

} // namespace brainlike
