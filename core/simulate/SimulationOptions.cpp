#include "core/simulate/SimulationOptions.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr std::array<SimulatedModel, 7> models{{
    {"human", "Simulated ViT · human-centric images", "human-centric", 86e6, 1e7, 2048, 1.0, 1.0, 1.0, 1.0},
    {"satellite", "Simulated ViT · satellite images", "satellite", 86e6, 1e7, 2048, 0.84, 0.66, 0.75, 0.1},
    {"cellular", "Simulated ViT · cellular images", "cellular", 86e6, 1e7, 2048, 0.78, 0.54, 0.65, 0.0},
    {"giant", "Simulated ViT · giant", "human-centric", 1.1e9, 1.7e9, 4096, 1.08, 1.25, 1.0, 1.0},
    {"large", "Simulated ViT · large", "human-centric", 300e6, 1.7e9, 4096, 1.06, 1.15, 1.0, 1.0},
    {"base", "Simulated ViT · base", "human-centric", 86e6, 1.7e9, 4096, 1.03, 1.0, 1.0, 1.0},
    {"small", "Simulated ViT · small", "human-centric", 21e6, 1.7e9, 4096, 0.98, 0.85, 1.0, 1.0},
}};

/// Exponents of the nine trained checkpoints of the default study.
constexpr std::array<double, 9> exponents{3, 4, 4.47712, 5, 5.30103, 5.60206, 6, 6.47712, 7};

constexpr int unlimited = std::numeric_limits<int>::max();

void checkRange(std::string_view option, int value, int least, int most) {
    if (value >= least && value <= most)
        return;
    std::string expected = "at least " + std::to_string(least);
    if (most != unlimited)
        expected = std::to_string(least) + " to " + std::to_string(most);
    throw UsageError({.what = "--" + std::string(option) + " is out of range",
                      .expected = expected,
                      .found = std::to_string(value)});
}

/// Two significant digits, as people choose checkpoints.
std::int64_t roundStep(double step) {
    const double unit = std::pow(10.0, std::floor(std::log10(step)) - 1);
    return std::llround(std::round(step / unit) * unit);
}

} // namespace

void validate(const SimulationOptions& options) {
    checkRange("subjects", options.subjects, 1, 100);
    checkRange("images", options.images, 25, 100'000);
    checkRange("models", options.models, 1, static_cast<int>(models.size()));
    checkRange("layers", options.layers, 2, 100);
    checkRange("steps", options.steps, 2, 100);
    checkRange("features", options.features, 2, 10'000);
    if (options.templateName.empty())
        throw UsageError({.what = "--template is empty", .expected = "a template's name or folder"});
}

int megSubjects(const SimulationOptions& options) {
    return (options.subjects + 1) / 2;
}

std::vector<std::int64_t> simulatedSteps(int count) {
    std::vector<std::int64_t> steps{0};
    const int trained = count - 1;
    for (int i = 0; i < trained; ++i) {
        const double last = static_cast<double>(exponents.size() - 1);
        const double place = trained == 1 ? last : last * i / (trained - 1);
        const auto below = static_cast<std::size_t>(std::min(std::floor(place), last - 1));
        const double share = place - static_cast<double>(below);
        const double exponent = exponents[below] + share * (exponents[below + 1] - exponents[below]);
        steps.push_back(std::max(roundStep(std::pow(10.0, exponent)), steps.back() + 1));
    }
    return steps;
}

std::span<const SimulatedModel> simulatedModels() {
    return models;
}

} // namespace brainlike
