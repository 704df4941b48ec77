#include "core/scores/TemporalScore.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <cmath>
#include <limits>
#include <string>

namespace brainlike {
namespace {

constexpr double shareOfMaximum = 0.95;
/// Sampled times carry rounding errors; the image's onset must take part.
constexpr double onset = -1e-9;

double timeOfMaximum(const double* course, std::span<const double> times) {
    double maximum = 0;
    for (std::size_t t = 0; t < times.size(); ++t)
        if (times[t] >= onset && course[t] > maximum && std::isfinite(course[t]))
            maximum = course[t];
    if (maximum <= 0)
        return undefined;
    double sum = 0;
    int n = 0;
    for (std::size_t t = 0; t < times.size(); ++t)
        if (times[t] >= onset && course[t] >= shareOfMaximum * maximum && std::isfinite(course[t])) {
            sum += times[t];
            ++n;
        }
    return sum / n;
}

} // namespace

RowMatrix<double> channelMeans(const RowMatrix<float>& scores, int timeCount) {
    if (timeCount < 1 || scores.cols() % timeCount != 0)
        throw ShapeError({.what = "The MEG scores do not divide into channels of equal length",
                          .expected = "a multiple of " + std::to_string(timeCount) + " times",
                          .found = std::to_string(scores.cols())});
    const Eigen::Index channels = scores.cols() / timeCount;
    RowMatrix<double> sums = RowMatrix<double>::Zero(scores.rows(), timeCount);
    RowMatrix<double> counts = RowMatrix<double>::Zero(scores.rows(), timeCount);
    for (Eigen::Index k = 0; k < scores.rows(); ++k)
        for (Eigen::Index c = 0; c < channels; ++c)
            for (Eigen::Index t = 0; t < timeCount; ++t)
                if (const float value = scores(k, c * timeCount + t); !std::isnan(value)) {
                    sums(k, t) += static_cast<double>(value);
                    counts(k, t) += 1;
                }
    return (counts.array() > 0).select(sums.array() / counts.array(), undefined);
}

std::vector<double> timesOfMaximum(const RowMatrix<double>& courses, std::span<const double> times) {
    if (static_cast<std::size_t>(courses.cols()) != times.size())
        throw ShapeError({.what = "The time courses and their times differ in length",
                          .expected = std::to_string(times.size()),
                          .found = std::to_string(courses.cols())});
    std::vector<double> result(static_cast<std::size_t>(courses.rows()));
    for (Eigen::Index k = 0; k < courses.rows(); ++k)
        result[static_cast<std::size_t>(k)] = timeOfMaximum(courses.row(k).data(), times);
    return result;
}

Correlation temporalScore(std::span<const double> layerDepths, std::span<const double> timesOfMaximum) {
    return correlate(layerDepths, timesOfMaximum);
}

} // namespace brainlike
