#include "core/scores/NoiseCeiling.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

namespace brainlike {
namespace {

/// Running mean and sum of squared deviations of one image's repeats (Welford 1962).
struct Spread {
    int n = 0;
    double mean = 0, squares = 0;
    void add(double value) {
        ++n;
        const double difference = value - mean;
        mean += difference / n;
        squares += difference * (value - mean);
    }
};

std::vector<std::vector<Eigen::Index>> trialsByImage(std::span<const int> imageOfTrial) {
    std::map<int, std::vector<Eigen::Index>> grouped;
    for (std::size_t trial = 0; trial < imageOfTrial.size(); ++trial)
        grouped[imageOfTrial[trial]].push_back(static_cast<Eigen::Index>(trial));
    std::vector<std::vector<Eigen::Index>> result;
    for (auto& [image, trials] : grouped)
        if (trials.size() > 1)
            result.push_back(std::move(trials));
    return result;
}

double snrOf(double noiseVariance) {
    return std::sqrt(std::max(0.0, 1 - noiseVariance) / noiseVariance);
}

} // namespace

double noiseCeiling(double ncsnr, double repeats) {
    if (!(repeats > 0))
        throw ValueError({.what = "A noise ceiling needs the number of repeats averaged",
                          .expected = "more than 0",
                          .found = std::to_string(repeats)});
    if (std::isnan(ncsnr) || ncsnr < 0)
        return undefined;
    if (std::isinf(ncsnr))
        return 1;
    return std::sqrt(ncsnr * ncsnr / (ncsnr * ncsnr + 1 / repeats));
}

std::vector<double> noiseCeilingSnr(const RowMatrix<float>& trials, std::span<const int> imageOfTrial) {
    if (static_cast<std::size_t>(trials.rows()) != imageOfTrial.size())
        throw ShapeError({.what = "The noise ceiling needs the image of every trial",
                          .expected = std::to_string(trials.rows()) + " trials",
                          .found = std::to_string(imageOfTrial.size())});
    const auto size = static_cast<std::size_t>(trials.cols());
    std::vector<double> sums(size, 0.0);
    std::vector<int> images(size, 0);
    std::vector<Spread> spreads(size);
    for (const auto& rows : trialsByImage(imageOfTrial)) {
        std::fill(spreads.begin(), spreads.end(), Spread{});
        for (const Eigen::Index row : rows)
            for (std::size_t d = 0; d < size; ++d)
                if (const float value = trials(row, static_cast<Eigen::Index>(d)); !std::isnan(value))
                    spreads[d].add(static_cast<double>(value));
        for (std::size_t d = 0; d < size; ++d)
            if (spreads[d].n > 1) {
                sums[d] += spreads[d].squares / (spreads[d].n - 1);
                ++images[d];
            }
    }
    std::vector<double> result(size, undefined);
    for (std::size_t d = 0; d < size; ++d)
        if (images[d] > 0)
            result[d] = snrOf(sums[d] / images[d]);
    return result;
}

RepeatedTrials::RepeatedTrials(std::size_t dimensions) : m_dimensions(dimensions) {}

void RepeatedTrials::addImage(const RowMatrix<float>& trials) {
    if (static_cast<std::size_t>(trials.cols()) != m_dimensions.size())
        throw ShapeError({.what = "The trials have another number of dimensions",
                          .expected = std::to_string(m_dimensions.size()),
                          .found = std::to_string(trials.cols())});
    for (std::size_t d = 0; d < m_dimensions.size(); ++d) {
        auto& all = m_dimensions[d];
        Spread own;
        for (Eigen::Index trial = 0; trial < trials.rows(); ++trial)
            if (const auto value = static_cast<double>(trials(trial, static_cast<Eigen::Index>(d)));
                !std::isnan(value)) {
                own.add(value);
                ++all.n;
                const double difference = value - all.mean;
                all.mean += difference / all.n;
                all.squares += difference * (value - all.mean);
            }
        if (own.n == 0)
            continue;
        all.inverseSum += 1.0 / own.n;
        ++all.images;
        if (own.n > 1) {
            all.withinSum += own.squares / (own.n - 1);
            ++all.withinImages;
        }
    }
}

std::vector<double> RepeatedTrials::snr() const {
    std::vector<double> result;
    for (const auto& all : m_dimensions) {
        const bool isDefined = all.withinImages > 0 && all.squares > 0;
        const double noise = all.withinSum / all.withinImages / (all.squares / all.n);
        result.push_back(isDefined ? snrOf(noise) : undefined);
    }
    return result;
}

std::vector<double> RepeatedTrials::ceiling() const {
    std::vector<double> result = snr();
    for (std::size_t d = 0; d < result.size(); ++d)
        if (const auto& all = m_dimensions[d]; all.images > 0)
            result[d] = noiseCeiling(result[d], all.images / all.inverseSum);
    return result;
}

} // namespace brainlike
