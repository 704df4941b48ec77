#include "core/simulate/FmriSimulator.h"

#include "core/simulate/LatentFactors.h"
#include "core/simulate/NormalStream.h"
#include "core/simulate/SmoothField.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace brainlike {
namespace {

constexpr double bandWidth = 0.15;
constexpr double weightLength = 12; ///< mm over which weights change
constexpr float sharedWeight = 0.8F;
constexpr float ownWeight = 0.6F;
constexpr double strongest = 0.95;
constexpr std::array subjectGains{1.0, 0.92, 1.08, 0.96, 1.04};

/// Planted weights, factors × vertices: every vertex's image-driven variance is its amplitude squared.
RowMatrix<float> plantedWeights(const SimulationOptions& options, const CortexModel& cortex, int subject) {
    const auto shared =
        smoothFields(cortex.points, factorCount, weightLength, NormalStream(options.seed, Purpose::SharedWeights));
    const auto own =
        smoothFields(cortex.points, factorCount, weightLength,
                     NormalStream(options.seed, Purpose::SubjectWeights, static_cast<std::uint64_t>(subject)));
    const double gain = subjectGains[static_cast<std::size_t>(subject) % subjectGains.size()];
    RowMatrix<float> weights(factorCount, cortex.points.rows());
    for (Eigen::Index vertex = 0; vertex < weights.cols(); ++vertex) {
        const auto band = factorBand(cortex.depth[vertex], bandWidth);
        double squares = 0;
        for (int factor = 0; factor < factorCount; ++factor) {
            const float field = sharedWeight * shared(vertex, factor) + ownWeight * own(vertex, factor);
            weights(factor, vertex) = static_cast<float>(band[factor]) * field;
            squares += weights(factor, vertex) * weights(factor, vertex);
        }
        const double amplitude = std::min(cortex.amplitude[vertex] * gain, strongest);
        weights.col(vertex) *= static_cast<float>(amplitude / std::sqrt(squares));
    }
    return weights;
}

/// Noise of one image, variance 1: every vertex shares some with its neighbours.
void drawNoise(const NormalStream& normal, std::uint64_t first, const Neighbours& neighbours,
               std::vector<float>& scratch, Eigen::Ref<Eigen::RowVectorXf> noise) {
    for (std::size_t vertex = 0; vertex < scratch.size(); ++vertex)
        scratch[vertex] = static_cast<float>(normal(first + vertex));
    for (std::size_t vertex = 0; vertex < scratch.size(); ++vertex) {
        const int start = neighbours.starts[vertex];
        const int end = neighbours.starts[vertex + 1];
        float sum = scratch[vertex];
        for (int i = start; i < end; ++i)
            sum += scratch[neighbours.vertices[i]];
        noise(static_cast<Eigen::Index>(vertex)) = sum / std::sqrt(static_cast<float>(end - start + 1));
    }
}

} // namespace

RowMatrix<float> simulateFmri(const SimulationOptions& options, const CortexModel& cortex,
                              const RowMatrix<float>& factors, int subject, JobContext& job) {
    const auto weights = plantedWeights(options, cortex, subject);
    const NormalStream normal(options.seed, Purpose::FmriNoise, static_cast<std::uint64_t>(subject));
    const Eigen::RowVectorXf noise = (1 - weights.colwise().squaredNorm().array()).max(0.0F).sqrt();
    std::vector<float> scratch(static_cast<std::size_t>(weights.cols()));
    RowMatrix<float> responses(factors.rows(), weights.cols());
    for (Eigen::Index image = 0; image < responses.rows(); ++image) {
        job.throwIfCancelled();
        auto row = responses.row(image);
        drawNoise(normal, static_cast<std::uint64_t>(image) * scratch.size(), cortex.neighbours, scratch, row);
        row.array() *= noise.array();
        for (int factor = 0; factor < factorCount; ++factor)
            row += factors(image, factor) * weights.row(factor);
    }
    return responses;
}

} // namespace brainlike
