#include "core/encoding/BandedSimplex.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"

#include <cmath>
#include <numbers>
#include <random>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

/// Logarithms of gamma variates; logarithms, because small concentrations give numbers below the smallest double.
class GammaVariates {
public:
    explicit GammaVariates(std::uint64_t seed) : m_generator(seed) {}

    double logarithm(double shape) {
        if (shape < 1)
            return logarithm(shape + 1) + std::log(uniform()) / shape;
        const double d = shape - 1.0 / 3;
        const double c = 1 / std::sqrt(9 * d);
        for (;;) {
            const double x = normal();
            const double root = 1 + c * x;
            if (root <= 0)
                continue;
            const double logV = 3 * std::log(root);
            if (std::log(uniform()) < 0.5 * x * x + d - d * root * root * root + d * logV)
                return std::log(d) + logV;
        }
    }

private:
    double uniform() { return (static_cast<double>(m_generator() >> 11U) + 0.5) * 0x1p-53; }
    double normal() {
        const double radius = std::sqrt(-2 * std::log(uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

    std::mt19937_64 m_generator;
};

void requireSimplex(Index samples, Index spaces, const std::vector<double>& concentrations) {
    if (samples < 1 || spaces < 1)
        throw ValueError({.what = "A random search needs at least one sample and one feature space",
                          .found = counted(samples, "sample") + " of " + counted(spaces, "space")});
    if (concentrations.empty())
        throw ValueError({.what = "A random search needs a concentration", .expected = "at least one"});
    for (const double concentration : concentrations)
        if (!std::isfinite(concentration) || concentration <= 0)
            throw ValueError({.what = "A concentration of the random search cannot be used",
                              .expected = "a finite number above 0",
                              .found = std::to_string(concentration)});
}

} // namespace

RowMatrix<double> simplexSamples(Index samples, Index spaces, std::uint64_t seed,
                                 const std::vector<double>& concentrations) {
    requireSimplex(samples, spaces, concentrations);
    RowMatrix<double> weights(samples, spaces);
    weights.row(0).setConstant(1 / static_cast<double>(spaces));
    GammaVariates gamma(seed);
    for (Index sample = 1; sample < samples; ++sample) {
        const double concentration = concentrations[static_cast<std::size_t>(sample) % concentrations.size()];
        for (Index space = 0; space < spaces; ++space)
            weights(sample, space) = gamma.logarithm(concentration);
        weights.row(sample) = (weights.row(sample).array() - weights.row(sample).maxCoeff()).exp();
        weights.row(sample) /= weights.row(sample).sum();
    }
    return weights;
}

} // namespace brainlike
