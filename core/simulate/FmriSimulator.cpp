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

constexpr double vertexBandWidth = 0.15;
constexpr double sensoryDepth = 0.1;
constexpr double sensoryShare = 0.3; ///< of sensory factors in the weights of the deepest vertices
constexpr double weightLength = 12;  ///< mm over which weights change
constexpr float sharedWeight = 0.98F;
constexpr float ownWeight = 0.2F;
constexpr float evenness = 0.25F; ///< square of the weight at which weights stop to grow, so that no factor prevails
constexpr double strongest = 0.95;
constexpr std::array subjectGains{1.0, 0.985, 1.015, 0.99, 1.01};
/// Share, common to all subjects, of what the factors do not explain: none up to one amplitude, the largest from
/// another one on.
constexpr double noShareAmplitude = 0.15;
constexpr double fullShareAmplitude = 0.35;
constexpr double largestShare = 0.98;

/// Planted weights, factors × vertices: every vertex's image-driven variance is its amplitude squared.
RowMatrix<float> plantedWeights(const SimulationOptions& options, const CortexModel& cortex, int subject) {
    const auto shared =
        smoothFields(cortex.points, factorCount, weightLength, NormalStream(options.seed, Purpose::SharedWeights));
    const auto own =
        smoothFields(cortex.points, factorCount, weightLength,
                     NormalStream(options.seed, Purpose::SubjectWeights, static_cast<std::uint64_t>(subject)));
    const double gain = subjectGains[static_cast<std::size_t>(subject) % subjectGains.size()];
    const auto sensory = factorBand(sensoryDepth, vertexBandWidth);
    RowMatrix<float> weights(factorCount, cortex.points.rows());
    for (Eigen::Index vertex = 0; vertex < weights.cols(); ++vertex) {
        const auto band = factorBand(cortex.depth[vertex], vertexBandWidth);
        const double sensoryPart = sensoryShare * cortex.depth[vertex];
        double squares = 0;
        for (int factor = 0; factor < factorCount; ++factor) {
            const float field = sharedWeight * shared(vertex, factor) + ownWeight * own(vertex, factor);
            const float even = field / std::sqrt(field * field + evenness);
            weights(factor, vertex) = static_cast<float>(band[factor] + sensoryPart * sensory[factor]) * even;
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

/// Two sources of what the factors do not explain: responses to the image that all subjects share, strong where
/// responses to images are, and noise of the subject's own. Both are slightly smooth along the cortex.
class Unexplained {
public:
    Unexplained(const SimulationOptions& options, const CortexModel& cortex, const RowMatrix<float>& weights,
                int subject)
        : m_neighbours(cortex.neighbours), m_own(options.seed, Purpose::FmriNoise, static_cast<std::uint64_t>(subject)),
          m_common(options.seed, Purpose::FmriCommon), m_commonScale(weights.cols()), m_ownScale(weights.cols()),
          m_drawn(weights.cols()), m_scratch(static_cast<std::size_t>(weights.cols())) {
        for (Eigen::Index vertex = 0; vertex < weights.cols(); ++vertex) {
            const double left = std::max(1.0 - weights.col(vertex).squaredNorm(), 0.0);
            const double share = largestShare * std::clamp((cortex.amplitude[vertex] - noShareAmplitude) /
                                                               (fullShareAmplitude - noShareAmplitude),
                                                           0.0, 1.0);
            m_commonScale(vertex) = static_cast<float>(std::sqrt(left * share));
            m_ownScale(vertex) = static_cast<float>(std::sqrt(left * (1 - share)));
        }
    }

    /// Replaces a row of responses by what is not explained.
    void draw(Eigen::Index image, Eigen::Ref<Eigen::RowVectorXf> row) {
        const auto first = static_cast<std::uint64_t>(image) * m_scratch.size();
        drawNoise(m_own, first, m_neighbours, m_scratch, row);
        row.array() *= m_ownScale.array();
        drawNoise(m_common, first, m_neighbours, m_scratch, m_drawn);
        row.array() += m_commonScale.array() * m_drawn.array();
    }

private:
    const Neighbours& m_neighbours;
    NormalStream m_own, m_common;
    Eigen::RowVectorXf m_commonScale, m_ownScale, m_drawn;
    std::vector<float> m_scratch;
};

} // namespace

RowMatrix<float> simulateFmri(const SimulationOptions& options, const CortexModel& cortex,
                              const RowMatrix<float>& factors, int subject, JobContext& job) {
    const auto weights = plantedWeights(options, cortex, subject);
    Unexplained unexplained(options, cortex, weights, subject);
    RowMatrix<float> responses(factors.rows(), weights.cols());
    for (Eigen::Index image = 0; image < responses.rows(); ++image) {
        job.throwIfCancelled();
        auto row = responses.row(image);
        unexplained.draw(image, row);
        for (int factor = 0; factor < factorCount; ++factor)
            row += factors(image, factor) * weights.row(factor);
    }
    return responses;
}

} // namespace brainlike
