#include "app/cli/ScoresExtras.h"

#include "core/base/Error.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <sstream>

namespace brainlike {
namespace {

UntoldHemisphere untoldHemisphere(const std::string& text) {
    if (text == "lh")
        return UntoldHemisphere::Left;
    if (text == "rh")
        return UntoldHemisphere::Right;
    return text == "both" ? UntoldHemisphere::Both : UntoldHemisphere::Unknown;
}

void refuseForOther(const std::vector<CLI::Option*>& options, const std::string& what, const char* table) {
    for (const CLI::Option* option : options)
        if (option->count() > 0)
            throw UsageError({.what = "The table " + what + " does not take this",
                              .place = option->get_name(),
                              .advice = std::string("it is for --what ") + table});
}

} // namespace

void ScoresExtras::addOptions(CLI::App& verb) {
    addEncodingOptions(verb);
    addCompareOptions(verb);
    addPropertyOptions(verb);
}

void ScoresExtras::addEncodingOptions(CLI::App& verb) {
    m_encoding = {verb.add_option("--normalise", m_normalise,
                                  "one more column: the score divided by its maximum over layers, times or checkpoints")
                      ->group("encoding")};
}

void ScoresExtras::addCompareOptions(CLI::App& verb) {
    const std::string group = "compare (also: --model A --model B, --step: default last)";
    m_compare = {
        verb.add_option("--unit", m_unit, "what pairs are of: subjects (default), rois, areas, vertices or windows"),
        verb.add_option(
            "--between", m_between,
            "models (default), steps (each checkpoint with one), image-types (models of a type averaged over the sizes "
            "that both types have) or sizes (likewise over image types)"),
        verb.add_option("--metric", m_metric,
                        "encoding-fmri (default), encoding-meg; with the unit subjects also spatial, temporal")};
    for (auto* option : m_compare)
        option->group(group);
}

void ScoresExtras::addPropertyOptions(CLI::App& verb) {
    m_property = {
        verb.add_option("--property", m_properties,
                        "a published property (expansion, thickness, timescale, myelin; default: these four) or a map: "
                        "FILE, LEFT,RIGHT or NAME=FILE; GIFTI, CIFTI, FreeSurfer, NPY or a CSV table of areas; "
                        "repeatable"),
        verb.add_option("--map", m_maps,
                        "what it is correlated with: half-time (default), score or best-layer; "
                        "repeatable"),
        verb.add_option("--spins", m_spins, "rotations of the spin test (default: 1000; 0: none)")
            ->check(CLI::Range(0, 10'000'000)),
        verb.add_option("--method", m_method,
                        "of the spin test: vasa (default of areas and ROIs), hungarian or alexander-bloch (default of "
                        "vertices)"),
        verb.add_option("--labels", m_labels,
                        "parcellation of the maps' own surface (GIFTI label, annot, dlabel); once a hemisphere"),
        verb.add_option("--sphere", m_spheres, "the maps' own sphere registered to fsaverage's; once a hemisphere"),
        verb.add_option("--hemisphere", m_hemisphere, "of maps that do not tell: lh, rh or, for tables, both")
            ->check(CLI::IsMember({"lh", "rh", "both"})),
        verb.add_option("--zeros", m_zeros, "what a 0 in a map of vertices is: value (default) or missing")
            ->check(CLI::IsMember({"value", "missing"})),
        verb.add_option("--threads", m_threads, "threads of the spin test (default: one a processor)")
            ->check(CLI::Range(1, 4096))};
    for (auto* option : m_property)
        option->group("property");
}

void ScoresExtras::apply(TableRequest& request, const std::vector<std::string>& models) const {
    if (request.what != "encoding")
        refuseForOther(m_encoding, request.what, "encoding");
    if (request.what != "compare")
        refuseForOther(m_compare, request.what, "compare");
    if (request.what != "property")
        refuseForOther(m_property, request.what, "property");
    if (request.what != "compare" && models.size() > 1)
        throw UsageError({.what = "The table " + request.what + " takes one model, or all",
                          .place = "--model",
                          .found = std::to_string(models.size())});
    if (request.what != "compare" && !models.empty())
        request.model = models.front();
    if (!m_normalise.empty())
        request.normalise = normalisedAxisNamed(m_normalise);
    request.compare = {.models = models,
                       .unit = compareUnitNamed(m_unit),
                       .between = compareBetweenNamed(m_between),
                       .metric = m_metric.empty() ? std::nullopt : std::optional(curveMetricNamed(m_metric))};
    auto& property = request.property;
    property.request.sources = m_properties;
    property.request.labels.assign(m_labels.begin(), m_labels.end());
    property.request.spheres.assign(m_spheres.begin(), m_spheres.end());
    property.request.untold = untoldHemisphere(m_hemisphere);
    property.request.zeros = m_zeros == "missing" ? ZeroMeaning::Missing : ZeroMeaning::Value;
    for (const auto& map : m_maps)
        property.maps.push_back(propertyMapNamed(map));
    property.spins = m_spins;
    property.threads = m_threads;
    if (m_method.empty())
        return;
    try {
        property.method = spinMethodNamed(m_method);
    } catch (const ValueError& error) {
        throw UsageError(error.details());
    }
}

std::vector<std::filesystem::path> ScoresExtras::files() const {
    std::vector<std::filesystem::path> files(m_labels.begin(), m_labels.end());
    files.insert(files.end(), m_spheres.begin(), m_spheres.end());
    for (const auto& source : m_properties) { // NAME=LEFT,RIGHT
        const auto equals = source.find('=');
        std::istringstream list(equals == std::string::npos ? source : source.substr(equals + 1));
        for (std::string file; std::getline(list, file, ',');)
            files.emplace_back(file);
    }
    return files;
}

void WarningSink::begin(const Table& head) {
    if (const auto found = head.options.find("warnings"); found != head.options.end())
        for (const auto& warning : *found)
            std::cerr << "brainlike: warning: " << warning.get<std::string>() << '\n';
    m_next.begin(head);
}

} // namespace brainlike
