#include "core/session/ColorChoice.h"

#include "core/session/JsonFields.h"

#include <cmath>

namespace brainlike {
namespace {

constexpr EnumNames<RangeRule, 4> ruleNames{{{RangeRule::Study, "study"},
                                             {RangeRule::Map, "map"},
                                             {RangeRule::Percentile2, "percentile-2-98"},
                                             {RangeRule::Percentile5, "percentile-5-95"}}};

} // namespace

void addJson(nlohmann::json& json, const ColorChoice& choice) {
    json["threshold"] = choice.threshold;
    if (choice.range)
        json["range"] = {choice.range->low, choice.range->high};
    if (choice.rangeRule != RangeRule::Study)
        json["range_rule"] = nameIn(ruleNames, choice.rangeRule);
    if (choice.symmetric)
        json["symmetric"] = true;
    if (choice.oneTailed)
        json["one_tailed"] = true;
    if (!choice.colorMap.empty())
        json["colormap"] = choice.colorMap;
}

ColorChoice colorChoiceFromJson(const nlohmann::json& json, const std::string& place) {
    ColorChoice choice;
    readField(json, place, "threshold", choice.threshold);
    readNamed(json, place, "range_rule", ruleNames, choice.rangeRule);
    readField(json, place, "symmetric", choice.symmetric);
    readField(json, place, "one_tailed", choice.oneTailed);
    readField(json, place, "colormap", choice.colorMap);
    if (const auto range = json.find("range"); range != json.end() && !range->is_null()) {
        if (!range->is_array() || range->size() != 2 || !(*range)[0].is_number() || !(*range)[1].is_number())
            throw FormatError({.what = "A range is two numbers", .place = place + "/range", .found = range->dump()});
        choice.range = ColorRange{(*range)[0].get<double>(), (*range)[1].get<double>()};
    }
    return choice;
}

} // namespace brainlike
