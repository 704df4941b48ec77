#include "core/study/EncodingOptionsJson.h"

#include "core/base/Error.h"
#include "core/encoding/AlphaSpec.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace brainlike {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& key, const std::string& expected, const Json& found) {
    throw FormatError(
        {.what = "An encoding option cannot be used", .place = "/" + key, .expected = expected, .found = found.dump()});
}

std::vector<double> sortedAlphas(std::vector<double> alphas) {
    for (const double alpha : alphas)
        if (!(std::isfinite(alpha) && alpha > 0))
            throw ValueError({.what = "A λ cannot be used",
                              .expected = "finite and above 0",
                              .found = Json(alpha).dump(),
                              .advice = "λ = 0 (no penalty) is not supported; use a very small one"});
    std::sort(alphas.begin(), alphas.end());
    alphas.erase(std::unique(alphas.begin(), alphas.end()), alphas.end());
    return alphas;
}

std::vector<double> gridFrom(const Json& json) {
    if (json.is_string())
        return alphasFrom(json.get<std::string>());
    if (!json.is_array() || json.empty())
        refuse("alphas", "a list of numbers, or a spec such as \"0:8:10\"", json);
    std::vector<double> alphas;
    for (const Json& item : json) {
        if (!item.is_number())
            refuse("alphas/" + std::to_string(alphas.size()), "a number", item);
        alphas.push_back(item.get<double>());
    }
    return sortedAlphas(std::move(alphas));
}

int foldCount(const std::string& key, const Json& json) {
    if (!json.is_number_integer() || json < 2 || json > 1000000)
        refuse(key, "a whole number, 2 or more", json);
    return json.get<int>();
}

std::optional<std::uint64_t> seedFrom(const std::string& key, const Json& json) {
    if (json.is_null())
        return std::nullopt;
    if (!json.is_number_unsigned() && !(json.is_number_integer() && json.get<std::int64_t>() >= 0))
        refuse(key, "a whole number, 0 or more, or null", json);
    return json.get<std::uint64_t>();
}

std::vector<std::int64_t> groupsFrom(const std::string& key, const Json& json) {
    if (!json.is_array())
        refuse(key, "a list of whole numbers", json);
    std::vector<std::int64_t> groups;
    for (const Json& item : json) {
        if (!item.is_number_integer())
            refuse(key + "/" + std::to_string(groups.size()), "a whole number", item);
        groups.push_back(item.get<std::int64_t>());
    }
    return groups;
}

bool truthFrom(const std::string& key, const Json& json) {
    if (!json.is_boolean())
        refuse(key, "true or false", json);
    return json.get<bool>();
}

template <typename Parse>
auto named(const std::string& key, const Json& json, Parse parse) {
    if (!json.is_string())
        refuse(key, "a name", json);
    try {
        return parse(json.get<std::string>());
    } catch (const ValueError& error) {
        refuse(key, error.details().expected, json);
    }
}

void setOption(RidgeOptions& options, const std::string& key, const Json& value) {
    if (key == "alphas")
        options.alphas = gridFrom(value);
    else if (key == "outer_folds")
        options.outer.count = foldCount(key, value);
    else if (key == "inner_folds")
        options.inner.count = foldCount(key, value);
    else if (key == "shuffle")
        options.outer.shuffleSeed = seedFrom(key, value);
    else if (key == "inner_shuffle")
        options.inner.shuffleSeed = seedFrom(key, value);
    else if (key == "groups")
        options.outer.groups = groupsFrom(key, value);
    else if (key == "inner_groups")
        options.inner.groups = value.is_null() ? std::vector<std::int64_t>() : groupsFrom(key, value);
    else if (key == "lambda_mode")
        options.lambdaMode = named(key, value, lambdaModeFrom);
    else if (key == "score")
        options.selection = named(key, value, selectionScoreFrom);
    else if (key == "standardize")
        options.standardize = truthFrom(key, value);
    else if (key == "drop")
        options.notFinite = named(key, value, notFiniteFrom);
    else if (key == "double")
        options.doublePrecision = truthFrom(key, value);
    else
        refuse(key,
               "one of alphas, outer_folds, inner_folds, shuffle, inner_shuffle, groups, inner_groups, lambda_mode, "
               "score, standardize, drop, double",
               value);
}

/// Inner folds are divided as the outer ones are, unless their own keys say otherwise: a group that the outer folds
/// keep together must not choose λ on both sides of an inner fold.
void followOuter(RidgeOptions& options, const Json& json) {
    if (!json.contains("inner_shuffle"))
        options.inner.shuffleSeed = options.outer.shuffleSeed;
    if (!json.contains("inner_groups"))
        options.inner.groups = options.outer.groups;
}

} // namespace

nlohmann::json toJson(const RidgeOptions& options) {
    const auto seed = [](const FoldOptions& folds) { return folds.shuffleSeed ? Json(*folds.shuffleSeed) : Json(); };
    Json json{{"alphas", options.alphas},
              {"outer_folds", options.outer.count},
              {"inner_folds", options.inner.count},
              {"shuffle", seed(options.outer)},
              {"lambda_mode", nameOf(options.lambdaMode)},
              {"score", nameOf(options.effectiveSelection())},
              {"standardize", options.standardize},
              {"double", options.doublePrecision}};
    if (options.notFinite != NotFinite::Refuse)
        json["drop"] = nameOf(options.notFinite);
    if (options.outer.shuffleSeed || options.inner.shuffleSeed)
        json["inner_shuffle"] = seed(options.inner);
    if (!options.outer.groups.empty())
        json["groups"] = options.outer.groups;
    if (!options.outer.groups.empty() || !options.inner.groups.empty())
        json["inner_groups"] = options.inner.groups.empty() ? Json() : Json(options.inner.groups);
    return json;
}

RidgeOptions ridgeOptionsFromJson(const nlohmann::json& json) {
    if (!json.is_object())
        throw FormatError(
            {.what = "The encoding options cannot be read", .expected = "an object", .found = json.dump()});
    RidgeOptions options;
    for (const auto& [key, value] : json.items())
        setOption(options, key, value);
    followOuter(options, json);
    validate(options);
    return options;
}

} // namespace brainlike
