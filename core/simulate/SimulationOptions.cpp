#include "core/simulate/SimulationOptions.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr std::string_view human = "human-centric";
constexpr double images = 1e7;
constexpr double batch = 2048;

constexpr std::array<SimulatedModel, 6> models{{
    {"human", "Simulated Large · human-centric", human, 300e6, images, batch, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0},
    {"satellite", "Simulated Large · satellite", "satellite", 300e6, images, batch, 0.84, 0.66, 0.75, 0.1, 0.0, 0.1},
    {"cellular", "Simulated Large · cellular", "cellular", 300e6, images, batch, 0.78, 0.54, 0.65, 0.0, 0.0, 0.16},
    {"small", "Simulated Small · human-centric", human, 21e6, images, batch, 0.95, 0.68, 1.05, 1.0, -0.25, 0.14},
    {"base", "Simulated Base · human-centric", human, 86e6, images, batch, 0.97, 0.87, 1.05, 1.0, -0.18, 0.11},
    {"giant", "Simulated Giant · human-centric", human, 1.1e9, images, batch, 1.02, 1.12, 0.94, 1.0, 0.1, 0.0},
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
    checkRange("meg-subjects", options.megSubjects, 1, 100);
    checkRange("images", options.images, 25, 100'000);
    checkRange("models", options.models, 1, static_cast<int>(models.size()));
    checkRange("layers", options.layers, 2, 100);
    checkRange("steps", options.steps, 2, 100);
    checkRange("features", options.features, 2, 10'000);
    if (options.templateName.empty())
        throw UsageError({.what = "--template is empty", .expected = "a template's name or folder"});
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
