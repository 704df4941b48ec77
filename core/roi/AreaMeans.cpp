#include "core/roi/AreaMeans.h"

#include "core/base/Error.h"

#include <cmath>
#include <limits>
#include <map>

namespace brainlike {
namespace {

struct Sum {
    int vertices = 0, finite = 0;
    double total = 0;
};

std::vector<Sum> sumsOf(const Annotation& annotation, std::span<const float> values) {
    std::vector<Sum> sums(annotation.areas.size());
    for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex) {
        if (annotation.labels[vertex] < 0)
            continue;
        Sum& sum = sums[static_cast<std::size_t>(annotation.labels[vertex])];
        ++sum.vertices;
        if (values.empty() || !std::isfinite(values[vertex]))
            continue;
        ++sum.finite;
        sum.total += static_cast<double>(values[vertex]);
    }
    return sums;
}

} // namespace

std::vector<AreaSummary> summarizeAreas(const Parcellation& parcellation, std::span<const float> values) {
    const std::size_t left = parcellation.sides[0].labels.size();
    const std::size_t total = left + parcellation.sides[1].labels.size();
    if (!values.empty() && values.size() != total)
        throw ShapeError({.what = "The map does not belong to the parcellation",
                          .expected = std::to_string(total) + " values",
                          .found = std::to_string(values.size())});
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<AreaSummary> summaries;
    std::map<std::string, std::size_t> places;
    for (std::size_t side = 0; side < 2; ++side) {
        const Annotation& annotation = parcellation.sides[side];
        const auto part = values.empty() ? values : values.subspan(side == 0 ? 0 : left, annotation.labels.size());
        const std::vector<Sum> sums = sumsOf(annotation, part);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            const Area& area = annotation.areas[i];
            if (!area.isCortex || sums[i].vertices == 0)
                continue;
            const auto [found, isNew] = places.try_emplace(area.name, summaries.size());
            if (isNew)
                summaries.push_back({area.name, area.color, {}, {none, none}});
            AreaSummary& summary = summaries[found->second];
            summary.vertices[side] = sums[i].vertices;
            if (sums[i].finite > 0)
                summary.means[side] = sums[i].total / sums[i].finite;
        }
    }
    return summaries;
}

} // namespace brainlike
