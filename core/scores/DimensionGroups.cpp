#include "core/scores/DimensionGroups.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

void requireFit(const Parcellation& parcellation, VertexCounts counts) {
    for (const Hemisphere hemisphere : hemispheres)
        if (const auto found = parcellation.side(hemisphere).labels.size();
            found != static_cast<std::size_t>(counts.of(hemisphere)))
            throw ShapeError({.what = "The parcellation does not fit the template",
                              .place = parcellation.name + " " + std::string(shortName(hemisphere)),
                              .expected = std::to_string(counts.of(hemisphere)) + " labels",
                              .found = std::to_string(found)});
}

std::string idOf(Hemisphere hemisphere, const std::string& name) {
    return std::string(shortName(hemisphere)) + ":" + name;
}

} // namespace

DimensionGroups areaGroups(const Parcellation& parcellation, VertexCounts counts) {
    requireFit(parcellation, counts);
    DimensionGroups groups;
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& side = parcellation.side(hemisphere);
        std::vector<std::vector<int>> members(side.areas.size());
        for (std::size_t vertex = 0; vertex < side.labels.size(); ++vertex) {
            const auto area = static_cast<std::size_t>(side.labels[vertex]);
            if (side.labels[vertex] >= 0 && area < side.areas.size() && side.areas[area].isCortex)
                members[area].push_back(counts.offset(hemisphere) + static_cast<int>(vertex));
        }
        for (std::size_t area = 0; area < members.size(); ++area) {
            if (members[area].empty())
                continue;
            groups.ids.push_back(idOf(hemisphere, side.areas[area].name));
            groups.members.push_back(std::move(members[area]));
        }
    }
    return groups;
}

DimensionGroups roiGroups(const Parcellation& parcellation, VertexCounts counts, const std::string& name,
                          std::span<const std::string> areas) {
    requireFit(parcellation, counts);
    DimensionGroups groups;
    std::vector<bool> known(areas.size(), false);
    for (const Hemisphere hemisphere : hemispheres) {
        std::vector<int> members;
        for (std::size_t a = 0; a < areas.size(); ++a)
            for (const int vertex : parcellation.verticesOf(hemisphere, areas[a])) {
                known[a] = true;
                members.push_back(counts.offset(hemisphere) + vertex);
            }
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        if (members.empty())
            continue;
        groups.ids.push_back(idOf(hemisphere, name));
        groups.members.push_back(std::move(members));
    }
    for (std::size_t a = 0; a < areas.size(); ++a)
        if (!known[a])
            throw NotFoundError({.what = "The parcellation " + parcellation.name + " has no area of this name",
                                 .place = "region of interest " + name,
                                 .found = areas[a],
                                 .advice = "Use the short names of the parcellation, such as V1 or FFC"});
    return groups;
}

std::vector<int> windowDimensions(int channelCount, std::span<const double> times, double start, double end) {
    // Sampled times carry rounding errors; an end that is meant to lie on a sample must include it.
    constexpr double tolerance = 1e-9;
    std::vector<int> dimensions;
    const auto timeCount = static_cast<int>(times.size());
    for (int channel = 0; channel < channelCount; ++channel)
        for (int t = 0; t < timeCount; ++t)
            if (const double time = times[static_cast<std::size_t>(t)];
                time >= start - tolerance && time <= end + tolerance)
                dimensions.push_back(channel * timeCount + t);
    return dimensions;
}

RowMatrix<double> groupMeans(const RowMatrix<float>& scores, const DimensionGroups& groups) {
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const int member : groups.members[g])
            if (member < 0 || member >= scores.cols())
                throw ShapeError({.what = "A group names a dimension that the scores do not have",
                                  .place = groups.ids[g],
                                  .expected = "below " + std::to_string(scores.cols()),
                                  .found = std::to_string(member)});
    RowMatrix<double> means(scores.rows(), static_cast<Eigen::Index>(groups.size()));
    for (Eigen::Index k = 0; k < scores.rows(); ++k)
        for (std::size_t g = 0; g < groups.size(); ++g) {
            double sum = 0;
            int n = 0;
            for (const int member : groups.members[g])
                if (const float value = scores(k, member); !std::isnan(value)) {
                    sum += static_cast<double>(value);
                    ++n;
                }
            means(k, static_cast<Eigen::Index>(g)) = n > 0 ? sum / n : std::numeric_limits<double>::quiet_NaN();
        }
    return means;
}

} // namespace brainlike
