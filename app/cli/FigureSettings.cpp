#include "app/cli/FigureSettings.h"

#include "core/base/Error.h"
#include "core/color/ColorMapFile.h"
#include "core/session/Comparison.h"
#include "core/templates/SurfaceBlend.h"
#include "views/scene/SurfaceColors.h"
#include "views/scene/ViewPreset.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace brainlike {
namespace {

UsageError wrongValue(const std::string& key, const std::string& expected, const std::string& found) {
    return UsageError({.what = "--set " + key + " has a value that cannot be", .expected = expected, .found = found});
}

template <typename Number>
Number numberFrom(const std::string& key, const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stopped != end || !std::isfinite(static_cast<double>(number)))
        throw wrongValue(key, "a number", text);
    return number;
}

ColorRange rangeFrom(const std::string& text) {
    const std::size_t middle = text.find_first_of(",:");
    if (middle == std::string::npos)
        throw wrongValue("range", "two numbers, as in 0,0.4", text);
    const ColorRange range{numberFrom<double>("range", text.substr(0, middle)),
                           numberFrom<double>("range", text.substr(middle + 1))};
    if (range.low >= range.high)
        throw wrongValue("range", "the lower number first", text);
    return range;
}

std::vector<std::string> listFrom(const std::string& key, const std::string& text) {
    std::vector<std::string> names;
    std::istringstream stream(text);
    for (std::string name; std::getline(stream, name, ',');)
        if (!name.empty())
            names.push_back(name);
    if (names.empty())
        throw wrongValue(key, "names, as in V1,V2", text);
    return names;
}

double gapFrom(const std::string& text) {
    const double gap = numberFrom<double>("gap", text);
    if (gap < 0 || gap > 200)
        throw wrongValue("gap", "millimetres from 0 to 200", text);
    return gap;
}

VertexId vertexFrom(const std::string& text) {
    if (!text.starts_with("lh:") && !text.starts_with("rh:"))
        throw wrongValue("vertex", "a hemisphere and an index, as in lh:123", text);
    const int index = numberFrom<int>("vertex", text.substr(3));
    if (index < 0)
        throw wrongValue("vertex", "an index from 0", text);
    return {text.starts_with("lh") ? Hemisphere::Left : Hemisphere::Right, index};
}

/// One of two words.
bool isFirst(const std::string& key, const std::string& text, const std::string& first, const std::string& second) {
    if (text != first && text != second)
        throw wrongValue(key, first + " or " + second, text);
    return text == first;
}

/// Calls what throws NotFoundError for an unknown name, and makes wrong usage of it.
template <typename Check>
void known(const std::string& key, const std::string& text, Check check) {
    try {
        check();
    } catch (const NotFoundError& error) {
        throw wrongValue(key, error.details().expected, text);
    }
}

/// A word of a selection's JSON, whose reader throws FormatError for an unknown one.
template <typename Read>
auto named(const std::string& key, Read read) {
    try {
        return read();
    } catch (const FormatError& error) {
        throw wrongValue(key, error.details().expected, error.details().found);
    }
}

/// Fields of a selection, as in its JSON.
Selection withJson(const std::string& key, const nlohmann::json& json) {
    return named(key, [&] { return selectionFromJson(json); });
}

void setLayout(Selection& selection, const std::string& key, const std::string& text) {
    known(key, text, [&] { (void)panelsOf(text); });
    selection.cameraPreset = text == "four" ? "four-view" : text;
}

/// The name of a layout; or cameras as in a selection's JSON, of which several are not linked.
void setCamera(Selection& selection, const std::string& text) {
    if (!text.starts_with('[') && !text.starts_with('{'))
        return setLayout(selection, "camera", text);
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded())
        throw wrongValue("camera", R"(a layout, or JSON such as {"turn": [0.92, 0, 0.38, 0], "zoom": 2})", text);
    selection.cameras = withJson("camera", {{"cameras", json}}).cameras;
    if (selection.cameras.size() > 1)
        selection.linkedCameras = false;
}

/// A list of maps as JSON, or a file that holds one: alone, in a selection, or in the recipe of a figure.
/// @throws UsageError for wrong JSON on the command line, FormatError and FileError for a wrong file
std::vector<StackedMap> stackFrom(const std::string& text) {
    if (text.starts_with('[')) {
        const auto list = nlohmann::json::parse(text, nullptr, false);
        if (list.is_discarded())
            throw wrongValue("stack", "a list of maps in JSON, or a file that holds one", text);
        return withJson("stack", {{"stack", list}}).stack;
    }
    std::ifstream stream(text);
    if (!stream)
        throw FileError({.what = "The stack of maps cannot be read",
                         .file = text,
                         .expected = "a list of maps in JSON, or a file that holds one"});
    auto json = nlohmann::json::parse(stream, nullptr, false);
    if (json.is_object() && json.contains("selection"))
        json = json["selection"];
    if (json.is_object() && json.contains("stack"))
        json = json["stack"];
    if (!json.is_array())
        throw FormatError({.what = "The file holds no stack of maps",
                           .file = text,
                           .expected = "a list of maps, a selection or the recipe of a figure, in JSON"});
    return stackFromJson(json, "/stack");
}

double opacityFrom(const std::string& text) {
    const auto opacity = numberFrom<double>("opacity", text);
    if (!(opacity >= 0 && opacity <= 1))
        throw wrongValue("opacity", "a number from 0 to 1", text);
    return opacity;
}

/// "first-step", "previous-step", "step:N", "model:ID", "layer:NAME", "subject:S"; names may be left out.
Difference differenceFrom(const std::string& key, const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::string base = text.substr(0, colon);
    const std::string name = colon == std::string::npos ? std::string() : text.substr(colon + 1);
    nlohmann::json json{{"base", base}};
    if (base == "step")
        json["step"] = numberFrom<std::int64_t>(key, name);
    else
        json["name"] = name;
    return withJson(key, {{"difference", json}}).difference;
}

using Setter = std::function<void(FigureSettings&, const std::string&)>;

const std::map<std::string, Setter>& setters() {
    static const std::map<std::string, Setter> all{
        {"template", [](auto& settings, const auto& text) { settings.options.templateName = text; }},
        {"surface",
         [](auto& settings, const auto& text) {
             known("surface", text, [&] { (void)surfaceBlendFrom(text); });
             settings.options.selection.surface = text;
             settings.isSurfaceGiven = true;
         }},
        {"layout", [](auto& settings, const auto& text) { setLayout(settings.options.selection, "layout", text); }},
        {"camera", [](auto& settings, const auto& text) { setCamera(settings.options.selection, text); }},
        {"map",
         [](auto& settings, const auto& text) {
             settings.mapName.reset();
             settings.options.selection.map = MapKind::Score;
             try {
                 settings.options.selection.map = mapKindFrom(text);
             } catch (const FormatError&) {
                 settings.mapName = text; // of a map in a file: told apart once it is read
             }
         }},
        {"property", [](auto& settings, const auto& text) { settings.options.selection.property = text; }},
        {"level",
         [](auto& settings, const auto& text) {
             settings.options.selection.areaMeans = isFirst("level", text, "area", "vertex");
         }},
        {"model", [](auto& settings, const auto& text) { settings.model = text; }},
        {"step",
         [](auto& settings, const auto& text) {
             if (text != "last")
                 settings.step = numberFrom<std::int64_t>("step", text);
         }},
        {"layer",
         [](auto& settings, const auto& text) {
             if (text != "best")
                 settings.layer = text;
         }},
        {"subject",
         [](auto& settings, const auto& text) {
             if (text != "mean" && text != "group")
                 settings.subject = text;
         }},
        {"range", [](auto& settings, const auto& text) { settings.options.selection.range = rangeFrom(text); }},
        {"threshold",
         [](auto& settings, const auto& text) {
             settings.options.selection.threshold = numberFrom<double>("threshold", text);
         }},
        {"colormap",
         [](auto& settings, const auto& text) {
             known("colormap", text, [&] { (void)colorMapFrom(text); });
             settings.options.colorMap = text;
             settings.files.emplace_back(text);
         }},
        {"significance",
         [](auto& settings, const auto& text) {
             settings.options.selection.significance = withJson("significance", {{"significance", text}}).significance;
         }},
        {"significance-map",
         [](auto& settings, const auto& text) {
             Selection& selection = settings.options.selection;
             selection.significanceMap = text;
             if (selection.significance == Significance::Ignore)
                 selection.significance = Significance::Hide;
         }},
        {"minus", [](auto& settings,
                     const auto& text) { settings.options.selection.difference = differenceFrom("minus", text); }},
        {"compare",
         [](auto& settings, const auto& text) {
             settings.options.selection.isCompared = text != "off";
             if (text != "off")
                 settings.options.selection.difference = differenceFrom("compare", text);
         }},
        {"range-rule",
         [](auto& settings, const auto& text) {
             settings.options.selection.rangeRule = withJson("range-rule", {{"range_rule", text}}).rangeRule;
         }},
        {"symmetric",
         [](auto& settings, const auto& text) {
             settings.options.selection.symmetric = isFirst("symmetric", text, "on", "off");
         }},
        {"vision",
         [](auto& settings, const auto& text) {
             settings.options.selection.colorVision = withJson("vision", {{"color_vision", text}}).colorVision;
         }},
        {"outlines",
         [](auto& settings, const auto& text) {
             Selection& selection = settings.options.selection;
             selection.outlines = text == "chosen" || isFirst("outlines", text, "on", "off");
             selection.regions.outlined = text == "chosen" ? OutlineSet::ChosenAreas : OutlineSet::Areas;
         }},
        {"parcellation",
         [](auto& settings, const auto& text) { settings.options.selection.regions.parcellation = text; }},
        {"areas",
         [](auto& settings, const auto& text) { settings.options.selection.regions.areas = listFrom("areas", text); }},
        {"regions",
         [](auto& settings, const auto& text) {
             for (const std::string& file : listFrom("regions", text))
                 settings.regionFiles.emplace_back(file);
             settings.files.insert(settings.files.end(), settings.regionFiles.begin(), settings.regionFiles.end());
         }},
        {"names",
         [](auto& settings, const auto& text) {
             settings.options.selection.regions.areaNames = isFirst("names", text, "on", "off");
         }},
        {"isolate",
         [](auto& settings, const auto& text) {
             settings.options.selection.regions.isolated = isFirst("isolate", text, "on", "off");
         }},
        {"contour",
         [](auto& settings, const auto& text) {
             RegionChoice& regions = settings.options.selection.regions;
             (isFirst("contour", text, "q", "threshold") ? regions.significanceContour : regions.thresholdContour) =
                 true;
         }},
        {"gap", [](auto& settings, const auto& text) { settings.options.selection.gap = gapFrom(text); }},
        {"stack",
         [](auto& settings, const auto& text) {
             settings.options.selection.stack = stackFrom(text);
             settings.files.emplace_back(text);
         }},
        {"opacity",
         [](auto& settings, const auto& text) { settings.options.selection.placement.opacity = opacityFrom(text); }},
        {"underlay",
         [](auto& settings, const auto& text) {
             known("underlay", text, [&] { (void)foldingFrom(text); });
             settings.options.selection.underlay = text;
         }},
        {"theme",
         [](auto& settings, const auto& text) { settings.options.dark = isFirst("theme", text, "dark", "light"); }},
        {"vertex", [](auto& settings, const auto& text) { settings.options.selection.vertex = vertexFrom(text); }},
    };
    return all;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

NotFoundError missing(const std::string& what, const std::vector<std::string>& there, const std::string& found) {
    return NotFoundError(
        {.what = "The scores have no such " + what, .expected = "one of " + joined(there), .found = found});
}

const ScoredModel& modelOf(const FigureSettings& settings, const ScoreIndex& index) {
    std::vector<std::string> ids;
    for (const ScoredModel& model : index.models) {
        if (!settings.model || model.id == *settings.model)
            return model;
        ids.push_back(model.id);
    }
    throw missing("model", ids, settings.model.value_or("none"));
}

std::string recordingOf(const std::string& subject, const ScoreIndex& index) {
    std::vector<std::string> subjects;
    for (const ScoredRecording& recording : index.fmri) {
        if (recording.subject == subject || recording.id == subject)
            return recording.id;
        subjects.push_back(recording.subject);
    }
    throw missing("subject", subjects, subject);
}

std::string wordOf(DifferenceBase base) {
    switch (base) {
    case DifferenceBase::Model:
        return "model";
    case DifferenceBase::Layer:
        return "layer";
    case DifferenceBase::ImageType:
        return "image type";
    case DifferenceBase::Size:
        return "number of parameters";
    default:
        return "step";
    }
}

/// @throws NotFoundError naming what there is
void requireOther(Difference& difference, const ScoredModel& model, const ScoreIndex& index) {
    const std::string& name = difference.name;
    std::vector<std::string> there;
    if (difference.base == DifferenceBase::Subject && !name.empty() && name != meanOfSubjects)
        difference.name = recordingOf(name, index);
    if (difference.base == DifferenceBase::Model)
        for (const ScoredModel& other : index.models)
            there.push_back(other.id);
    if (difference.base == DifferenceBase::Layer)
        there = model.layerNames;
    for (const ScoredModel& other : index.models) {
        if (difference.base == DifferenceBase::ImageType)
            there.push_back(other.imageType);
        if (difference.base == DifferenceBase::Size)
            there.push_back(sizeName(other));
    }
    if (difference.base == DifferenceBase::Step)
        for (const std::int64_t step : model.steps)
            there.push_back(std::to_string(step));
    const std::string wanted = difference.base == DifferenceBase::Step ? std::to_string(difference.step) : name;
    if (!there.empty() && !wanted.empty() && std::find(there.begin(), there.end(), wanted) == there.end())
        throw missing(wordOf(difference.base), there, wanted);
}

} // namespace

FigureSettings figureSettings(const std::vector<std::string>& assignments) {
    FigureSettings settings;
    for (const std::string& assignment : assignments) {
        const std::size_t equals = assignment.find('=');
        const std::string key = assignment.substr(0, equals);
        const auto found = setters().find(key);
        if (equals == std::string::npos || found == setters().end()) {
            std::vector<std::string> keys;
            for (const auto& [name, setter] : setters())
                keys.push_back(name);
            throw UsageError({.what = "--set does not know this",
                              .expected = "key=value with a key of " + joined(keys),
                              .found = assignment});
        }
        found->second(settings, assignment.substr(equals + 1));
    }
    return settings;
}

Selection selectionOf(const FigureSettings& settings, const ScoreIndex& index) {
    Selection selection = settings.options.selection;
    const ScoredModel& model = modelOf(settings, index);
    selection.model = model.id;
    if (model.steps.empty())
        throw NotFoundError({.what = "The model has no checkpoints", .place = model.id});
    selection.step = settings.step.value_or(model.steps.back());
    if (std::find(model.steps.begin(), model.steps.end(), selection.step) == model.steps.end()) {
        std::vector<std::string> steps;
        for (const std::int64_t step : model.steps)
            steps.push_back(std::to_string(step));
        throw missing("step", steps, std::to_string(selection.step));
    }
    if (settings.layer &&
        std::find(model.layerNames.begin(), model.layerNames.end(), *settings.layer) == model.layerNames.end())
        throw missing("layer", model.layerNames, *settings.layer);
    selection.layer = settings.layer;
    if (settings.subject)
        selection.recording = recordingOf(*settings.subject, index);
    requireOther(selection.difference, model, index);
    return selection;
}

} // namespace brainlike
