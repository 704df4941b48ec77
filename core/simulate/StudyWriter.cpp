#include "core/simulate/StudyWriter.h"

#include "core/simulate/LatentFactors.h"

#include <algorithm>

namespace brainlike {
namespace {

using nlohmann::json;

std::string padded(int number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string subjectName(int subject) {
    return "subject" + padded(subject + 1, 2);
}

json describeModel(const SimulationOptions& options, const SimulatedModel& model) {
    json layers = json::array();
    const auto names = simulatedLayerNames(options.layers);
    for (int layer = 0; layer < options.layers; ++layer)
        layers.push_back({{"name", names[layer]}, {"depth", simulatedLayerDepth(layer, options.layers)}});
    json checkpoints = json::array();
    for (const std::int64_t step : simulatedSteps(options.steps))
        checkpoints.push_back({{"step", step}, {"features", simulatedFeaturesPath(model, step)}});
    return {{"id", model.id},
            {"label", model.label},
            {"family", "Simulated ViT"},
            {"parameters", model.parameters},
            {"image_type", model.imageType},
            {"training_images", model.trainingImages},
            {"batch_size", model.batchSize},
            {"layers", layers},
            {"checkpoints", checkpoints}};
}

json describeRecordings(const SimulationOptions& options) {
    json recordings = json::array();
    for (int subject = 0; subject < options.subjects; ++subject)
        recordings.push_back({{"id", "fmri-" + subjectName(subject)},
                              {"subject", subjectName(subject)},
                              {"kind", "fmri"},
                              {"responses", simulatedResponsesPath("fmri", subject)}});
    for (int subject = 0; subject < options.megSubjects; ++subject)
        recordings.push_back({{"id", "meg-" + subjectName(subject)},
                              {"subject", subjectName(subject)},
                              {"kind", "meg"},
                              {"responses", simulatedResponsesPath("meg", subject)},
                              {"channels", "meg/channels.csv"},
                              {"times", "meg/times.npy"}});
    return recordings;
}

json describeAreas(const CortexModel& cortex) {
    json areas = json::array();
    for (const PlantedArea& area : cortex.areas)
        areas.push_back({{"id", std::string(shortName(area.hemisphere)) + ":" + area.name},
                         {"distance", area.distance},
                         {"depth", area.depth},
                         {"amplitude", area.amplitude},
                         {"half_time", plantedHalfTime(area.depth)}});
    return areas;
}

} // namespace

std::vector<std::string> simulatedLayerNames(int count) {
    std::vector<std::string> names;
    for (int layer = 0; layer < count; ++layer)
        names.push_back("layer" + padded(layer, 2));
    return names;
}

double simulatedLayerDepth(int layer, int count) {
    return static_cast<double>(layer) / (count - 1);
}

std::string simulatedFeaturesPath(const SimulatedModel& model, std::int64_t step) {
    return "features/" + std::string(model.id) + "/step_" + std::to_string(step) + "/{layer}.npy";
}

std::string simulatedResponsesPath(std::string_view kind, int subject) {
    return std::string(kind) + "/" + subjectName(subject) + ".npy";
}

json describeStudy(const SimulationOptions& options) {
    json models = json::array();
    for (int model = 0; model < options.models; ++model)
        models.push_back(describeModel(options, simulatedModels()[static_cast<std::size_t>(model)]));
    return {{"format", "brainlike-study"},
            {"version", 1},
            {"name", "Simulated study (seed " + std::to_string(options.seed) + ")"},
            {"template", {{"name", options.templateName}}},
            {"models", models},
            {"recordings", describeRecordings(options)},
            {"images", {{"ids", "images.txt"}, {"folder", "pictures"}}}};
}

json describeOptions(const SimulationOptions& options) {
    return {{"simulator", simulatorVersion}, {"subjects", options.subjects}, {"meg_subjects", options.megSubjects},
            {"images", options.images},      {"models", options.models},     {"layers", options.layers},
            {"steps", options.steps},        {"features", options.features}, {"template", options.templateName},
            {"seed", options.seed}};
}

json describeTruth(const SimulationOptions& options, const CortexModel& cortex, const MegLayout& layout) {
    const MegCourse course = megCourse(layout.times);
    json halfTimes = json::array();
    for (const double depth : course.depth)
        halfTimes.push_back(plantedHalfTime(depth));
    json factors = json::array();
    for (int factor = 0; factor < factorCount; ++factor)
        factors.push_back({{"depth", factorDepth(factor)}, {"half_time", plantedHalfTime(factorDepth(factor))}});
    return {{"format", "brainlike-truth"},
            {"version", 1},
            {"about", "What was planted in this simulated study. The pipeline does not read it."},
            {"options", describeOptions(options)},
            {"factors", factors},
            {"areas", describeAreas(cortex)},
            {"meg",
             {{"onset", course.onset},
              {"times", layout.times},
              {"depth", course.depth},
              {"amplitude", course.amplitude},
              {"half_time", halfTimes}}}};
}

} // namespace brainlike
