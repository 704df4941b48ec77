#include "core/simulate/MegSimulator.h"

#include "core/simulate/LatentFactors.h"
#include "core/simulate/NormalStream.h"
#include "core/simulate/SmoothField.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace brainlike {
namespace {

constexpr int channelCount = 271;
constexpr int timeCount = 106;
constexpr double firstTime = -0.5;
constexpr double samplingRate = 30;

constexpr double onset = 0.06;      ///< s; the first samples after it are 67 ms (rising) and 100 ms
constexpr double rise = 0.013;      ///< s
constexpr double peak = 0.11;       ///< s
constexpr double decay = 0.45;      ///< s
constexpr double sustained = 0.85;  ///< share of the peak that stays to the end
constexpr double slowDecay = 6;     ///< s, of that share
constexpr double deepestTime = 2.0; ///< s after onset at which the last factors are followed
constexpr double depthExponent = 0.7;
constexpr double timeBandWidth = 0.2;
constexpr double lingeringShare = 0.3; ///< of sensory factors while the last ones are followed
constexpr double strength = 0.25;      ///< of the peak, in noise standard deviations

constexpr double patternLength = 0.5; ///< of topographies, in radii of the head
constexpr double envelopeWidth = 0.7;
constexpr float sharedPattern = 0.8F;
constexpr float ownPattern = 0.6F;
constexpr float memory = 0.5F;       ///< of the noise from one sample to the next
constexpr int commonSources = 24;    ///< of noise that sensors share
constexpr float commonShare = 0.02F; ///< of the noise variance

/// Directions of the sensors on a unit sphere: a spiral from the vertex down to below the equator.
RowMatrix<float> directions() {
    const double turn = std::numbers::pi * (1 + std::sqrt(5.0));
    RowMatrix<float> points(channelCount, 3);
    for (int i = 0; i < channelCount; ++i) {
        const double z = 1 - 1.35 * (i + 0.5) / channelCount;
        const double radius = std::sqrt(1 - z * z);
        points.row(i) << static_cast<float>(radius * std::cos(turn * (i + 0.5))),
            static_cast<float>(radius * std::sin(turn * (i + 0.5))), static_cast<float>(z);
    }
    return points;
}

/// Channels × factors, mean square 1 a factor.
RowMatrix<float> topographies(const SimulationOptions& options, int subject) {
    const auto places = directions();
    RowMatrix<float> patterns = sharedPattern * smoothFields(places, factorCount, patternLength,
                                                             NormalStream(options.seed, Purpose::Topographies)) +
                                ownPattern * smoothFields(places, factorCount, patternLength,
                                                          NormalStream(options.seed, Purpose::SubjectTopographies,
                                                                       static_cast<std::uint64_t>(subject)));
    for (int factor = 0; factor < factorCount; ++factor) {
        const double center = -0.85 + 1.3 * factorDepth(factor);
        for (int channel = 0; channel < channelCount; ++channel) {
            const double distance = (places(channel, 1) - center) / envelopeWidth;
            patterns(channel, factor) *= static_cast<float>(std::exp(-distance * distance / 2));
        }
        patterns.col(factor) *= std::sqrt(static_cast<float>(channelCount) / patterns.col(factor).squaredNorm());
    }
    return patterns;
}

/// Times × factors: how strongly each factor shows at each time.
RowMatrix<float> courses(const MegLayout& layout) {
    const MegCourse planted = megCourse(layout.times);
    const auto sensory = factorBand(0, timeBandWidth);
    RowMatrix<float> result(timeCount, factorCount);
    for (int time = 0; time < timeCount; ++time) {
        const auto band = factorBand(planted.depth[time], timeBandWidth);
        const double lingering = lingeringShare * planted.depth[time];
        for (int factor = 0; factor < factorCount; ++factor)
            result(time, factor) =
                static_cast<float>(strength * planted.amplitude[time] * (band[factor] + lingering * sensory[factor]));
    }
    return result;
}

/// How noise sources reach the sensors: channels × sources, variance `commonShare` a channel.
RowMatrix<float> noiseMixing(const SimulationOptions& options) {
    const auto part = static_cast<std::uint64_t>(-1);
    RowMatrix<float> mixing = smoothFields(directions(), commonSources, patternLength / 2,
                                           NormalStream(options.seed, Purpose::MegNoise, part));
    for (int channel = 0; channel < channelCount; ++channel)
        mixing.row(channel) *= std::sqrt(commonShare) / mixing.row(channel).norm();
    return mixing;
}

/// Sources × times, each row with unit variance and the memory of the noise.
RowMatrix<float> noiseCourses(const NormalStream& normal, std::uint64_t first, int rows) {
    const float fresh = std::sqrt(1 - memory * memory);
    RowMatrix<float> courses(rows, timeCount);
    for (int row = 0; row < rows; ++row) {
        for (int time = 0; time < timeCount; ++time) {
            const auto index = first + static_cast<std::uint64_t>(row * timeCount + time);
            const auto value = static_cast<float>(normal(index));
            courses(row, time) = time == 0 ? value : memory * courses(row, time - 1) + fresh * value;
        }
    }
    return courses;
}

} // namespace

MegLayout megLayout() {
    MegLayout layout;
    const auto places = directions();
    layout.positions.resize(channelCount, 3);
    for (int channel = 0; channel < channelCount; ++channel) {
        const std::string number = std::to_string(channel + 1);
        layout.names.push_back("S" + std::string(3 - number.size(), '0') + number);
        layout.positions.row(channel) << 0.105 * places(channel, 0), 0.12 * places(channel, 1),
            0.115 * places(channel, 2);
    }
    for (int time = 0; time < timeCount; ++time)
        layout.times.push_back(firstTime + time / samplingRate);
    return layout;
}

MegCourse megCourse(const std::vector<double>& times) {
    MegCourse course{.onset = onset};
    for (const double time : times) {
        const double since = std::max(time - onset, 0.0);
        const double late = std::max(time - peak, 0.0);
        const double after = late / decay;
        const double start = 1 - std::exp(-since / rise);
        course.amplitude.push_back(
            start * (sustained * std::exp(-late / slowDecay) + (1 - sustained) * std::exp(-after * after)));
        course.depth.push_back(std::pow(std::min(since / deepestTime, 1.0), depthExponent));
    }
    return course;
}

RowMatrix<float> simulateMeg(const SimulationOptions& options, const MegLayout& layout, const RowMatrix<float>& factors,
                             int subject, JobContext& job) {
    const auto patterns = topographies(options, subject);
    const auto strengths = courses(layout);
    const auto mixing = noiseMixing(options);
    const NormalStream normal(options.seed, Purpose::MegNoise, static_cast<std::uint64_t>(subject));
    const float ownNoise = std::sqrt(1 - commonShare);
    const auto perImage = static_cast<std::uint64_t>((channelCount + commonSources) * timeCount);
    RowMatrix<float> responses(factors.rows(), channelCount * timeCount);
    for (Eigen::Index image = 0; image < responses.rows(); ++image) {
        job.throwIfCancelled();
        const auto noise =
            noiseCourses(normal, static_cast<std::uint64_t>(image) * perImage, channelCount + commonSources);
        const RowMatrix<float> scaled = strengths * factors.row(image).asDiagonal();
        Eigen::Map<RowMatrix<float>> response(responses.row(image).data(), channelCount, timeCount);
        response = ownNoise * noise.topRows(channelCount);
        response += mixing.lazyProduct(noise.bottomRows(commonSources));
        response += patterns.lazyProduct(scaled.transpose());
    }
    return responses;
}

} // namespace brainlike
