#include "core/tables/TableExtras.h"

#include "core/base/Error.h"
#include "core/properties/PublishedProperties.h"
#include "core/tables/TableRequest.h"

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

constexpr std::array<std::string_view, 3> axisNames{"layers", "times", "checkpoints"};
constexpr std::array<std::string_view, 5> unitNames{"subjects", "rois", "areas", "vertices", "windows"};
constexpr std::array<std::string_view, 4> betweenNames{"models", "steps", "image-types", "sizes"};
constexpr std::array<std::string_view, 4> metricNames{"encoding-fmri", "encoding-meg", "spatial", "temporal"};
constexpr std::array<std::string_view, 3> mapNames{"half-time", "score", "best-layer"};

template <typename Kind, std::size_t count>
Kind kindNamed(const std::array<std::string_view, count>& names, std::string_view name, const char* option) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end())
        return static_cast<Kind>(found - names.begin());
    std::string known;
    for (const auto each : names)
        known += (known.empty() ? "" : ", ") + std::string(each);
    throw UsageError(
        {.what = "There is no such choice", .place = option, .expected = known, .found = std::string(name)});
}

[[noreturn]] void refuseChoice(const char* option, const std::string& expected, const std::string& found) {
    throw UsageError(
        {.what = "These choices do not go together", .place = option, .expected = expected, .found = found});
}

bool hasMap(const PropertyChoice& choice, PropertyMapKind kind) {
    return choice.maps.empty() ? kind == PropertyMapKind::HalfTime
                               : std::find(choice.maps.begin(), choice.maps.end(), kind) != choice.maps.end();
}

} // namespace

std::string_view nameOf(NormalisedAxis axis) {
    return axisNames[static_cast<std::size_t>(axis)];
}

std::string_view nameOf(CompareUnit unit) {
    return unitNames[static_cast<std::size_t>(unit)];
}

std::string_view nameOf(CompareBetween between) {
    return betweenNames[static_cast<std::size_t>(between)];
}

std::string_view nameOf(PropertyMapKind map) {
    return mapNames[static_cast<std::size_t>(map)];
}

NormalisedAxis normalisedAxisNamed(std::string_view name) {
    return kindNamed<NormalisedAxis>(axisNames, name, "--normalise");
}

CompareUnit compareUnitNamed(std::string_view name) {
    return kindNamed<CompareUnit>(unitNames, name, "--unit");
}

CompareBetween compareBetweenNamed(std::string_view name) {
    return kindNamed<CompareBetween>(betweenNames, name, "--between");
}

CurveMetric curveMetricNamed(std::string_view name) {
    return kindNamed<CurveMetric>(metricNames, name, "--metric");
}

PropertyMapKind propertyMapNamed(std::string_view name) {
    return kindNamed<PropertyMapKind>(mapNames, name, "--map");
}

void checkNormalisation(const TableRequest& request) {
    if (request.normalise == NormalisedAxis::Times &&
        (request.level == "roi" || request.level == "area" || request.level == "vertex"))
        refuseChoice("--normalise", "layers or checkpoints for fMRI, which has no times", "times");
}

void checkComparison(const TableRequest& request) {
    const auto& choice = request.compare;
    const std::string unit(nameOf(choice.unit));
    const bool isOrder = choice.metric == CurveMetric::Spatial || choice.metric == CurveMetric::Temporal;
    if (isOrder && choice.unit != CompareUnit::Subjects)
        refuseChoice("--unit", "subjects, as each has one " + std::string(nameOf(*choice.metric)) + " score", unit);
    if (isOrder && request.layer)
        refuseChoice("--layer", "none, as the score is over all layers", *request.layer);
    if (choice.metric == CurveMetric::EncodingMeg &&
        (choice.unit == CompareUnit::Rois || choice.unit == CompareUnit::Areas || choice.unit == CompareUnit::Vertices))
        refuseChoice("--unit", "subjects or windows, for MEG", unit);
    if (choice.metric == CurveMetric::EncodingFmri && choice.unit == CompareUnit::Windows)
        refuseChoice("--unit", "subjects, rois, areas or vertices, for fMRI", unit);
    if (choice.unit == CompareUnit::Subjects && request.subject)
        refuseChoice("--subject", "all of them, with the unit subjects", *request.subject);
}

void checkProperty(const TableRequest& request) {
    const auto& choice = request.property;
    const bool hasStep = request.step || request.onlyLastStep;
    const bool isHalfTimeAlone = !hasMap(choice, PropertyMapKind::Score) && !hasMap(choice, PropertyMapKind::BestLayer);
    if (hasStep && isHalfTimeAlone)
        refuseChoice("--step", "none, as the half-time is over all checkpoints of a model", "a step");
    if (request.level != "vertex")
        return;
    if (choice.method && *choice.method != SpinMethod::AlexanderBloch)
        refuseChoice("--method", "alexander-bloch for vertices; vasa and hungarian are for areas and ROIs",
                     std::string(nameOf(*choice.method)));
    const auto published = publishedPropertyNames();
    const auto& sources = choice.request.sources;
    if (sources.empty() || std::any_of(sources.begin(), sources.end(), [&](const auto& source) {
            return std::find(published.begin(), published.end(), source) != published.end();
        }))
        refuseChoice("--property", "maps of vertices: the published properties are means of areas",
                     sources.empty() ? "the published properties" : sources.front());
}

} // namespace brainlike
