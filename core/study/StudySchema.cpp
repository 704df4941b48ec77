#include "core/study/StudySchema.h"

#include "resources/Resources.h"

#include <algorithm>
#include <optional>

// valijson sorts last: its adapter needs nlohmann_json before it
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace brainlike {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;
using Failure = valijson::ValidationResults::Error;

Json schemaDocument() {
    constexpr std::string_view path = "schema/study.schema.json";
    const auto bytes = resource(path);
    if (!bytes)
        throw NotFoundError({.what = "The program lacks a resource", .file = std::string(path)});
    return Json::parse(*bytes);
}

/// valijson names a place "<root>", "[models]", "[0]".
Pointer pointerOf(const Failure& failure) {
    Pointer pointer;
    for (const std::string& part : failure.context)
        if (part.size() >= 2 && part.front() == '[' && part.back() == ']')
            pointer.push_back(part.substr(1, part.size() - 2));
    return pointer;
}

std::vector<std::string> tokensOf(Pointer pointer) {
    std::vector<std::string> tokens;
    for (; !pointer.empty(); pointer.pop_back())
        tokens.push_back(pointer.back());
    std::reverse(tokens.begin(), tokens.end());
    return tokens;
}

/// The part of the schema that describes a place of the document.
const Json& rulesAt(const Json& schema, const Pointer& place) {
    static const Json none = Json::object();
    const auto resolved = [&schema](const Json* rules) {
        while (rules->contains("$ref"))
            rules = &schema.at(Pointer(rules->at("$ref").get<std::string>().substr(1)));
        return rules;
    };
    const Json* rules = &schema;
    for (const std::string& token : tokensOf(place)) {
        if (rules->contains("properties") && rules->at("properties").contains(token))
            rules = resolved(&rules->at("properties").at(token));
        else if (rules->contains("items"))
            rules = resolved(&rules->at("items"));
        else
            return none;
    }
    return *rules;
}

std::string listed(const Json& names) {
    if (!names.is_array())
        return names.is_string() ? names.get<std::string>() : names.dump();
    std::string text;
    for (const Json& name : names)
        text += (text.empty() ? "" : " or ") + listed(name);
    return text;
}

std::string keysOf(const Json& rules) {
    const Json properties = rules.value("properties", Json::object());
    std::string text;
    for (const auto& [key, unused] : properties.items())
        text += (text.empty() ? "" : ", ") + key;
    return text;
}

/// A value as shown in a message: short.
std::string shown(const Json& value) {
    constexpr std::size_t longest = 60;
    if (value.is_structured())
        return std::string(value.is_array() ? "a list" : "an object");
    const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.size() <= longest ? text : text.substr(0, longest) + "…";
}

/// The text between the last two quotes of a failure's description.
std::string quoted(const std::string& description) {
    const auto end = description.rfind('\'');
    const auto begin = end == description.npos || end == 0 ? description.npos : description.rfind('\'', end - 1);
    return begin == description.npos ? "" : description.substr(begin + 1, end - begin - 1);
}

std::string rangeOf(const Json& rules) {
    std::string text;
    const auto add = [&](const char* key, const char* words) {
        if (rules.contains(key))
            text += (text.empty() ? "" : " and ") + std::string(words) + rules.at(key).dump();
    };
    add("minimum", "at least ");
    add("exclusiveMinimum", "more than ");
    add("maximum", "at most ");
    return text;
}

/// Failures of an enclosing value that only repeat those within.
bool isConsequence(const Failure& failure) {
    return failure.description.starts_with("Failed to validate against schema associated") ||
           failure.description.starts_with("Failed to validate item");
}

std::optional<std::string> unknownKey(const Json& document, const Json& schema, const Pointer& place,
                                      const Failure& failure) {
    if (!failure.description.starts_with("Object contains a property"))
        return std::nullopt;
    const Json known = rulesAt(schema, place).value("properties", Json::object());
    for (const auto& [key, unused] : document.at(place).items())
        if (!known.contains(key))
            return key;
    return std::nullopt;
}

std::string wordsOf(const Json& document, const Json& schema, const Pointer& place, const Failure& failure) {
    const Json& rules = rulesAt(schema, place);
    const std::string found = shown(document.at(place));
    const std::string& text = failure.description;
    if (text.starts_with("Value type not permitted"))
        return "expected " + listed(rules.value("type", Json("another type"))) + ", found " + found;
    if (text.starts_with("Failed to match against any enum"))
        return "expected " + listed(rules.value("enum", Json())) + ", found " + found;
    if (text.starts_with("Failed to match expected value"))
        return "expected " + rules.value("const", Json()).dump() + ", found " + found;
    if (text.starts_with("Failed to match regex"))
        return "expected letters, digits, and . _ + - after the first, found " + found;
    if (text.starts_with("Expected number"))
        return "expected " + rangeOf(rules) + ", found " + found;
    if (text.starts_with("Missing required property"))
        return "the key \"" + quoted(text) + "\" is missing";
    return text + (document.at(place).is_structured() ? "" : " Found " + found + ".");
}

std::deque<Failure> failuresOf(const Json& document, const valijson::Schema& schema) {
    valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter adapter(document);
    validator.validate(schema, adapter, &results);
    return {results.begin(), results.end()};
}

} // namespace

std::vector<StudyProblem> schemaProblems(const nlohmann::json& study) {
    const Json document = schemaDocument();
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);

    std::vector<StudyProblem> problems;
    Json rest = study;
    // Only the first unknown key of an object is reported at a time: take it away and look again.
    for (bool again = true; again;) {
        again = false;
        std::vector<StudyProblem> others;
        for (const Failure& failure : failuresOf(rest, schema)) {
            const Pointer place = pointerOf(failure);
            if (const auto key = unknownKey(rest, document, place, failure)) {
                problems.push_back(
                    {(place / *key).to_string(), "unknown key; known here: " + keysOf(rulesAt(document, place))});
                rest.at(place).erase(*key);
                again = true;
            } else if (!isConsequence(failure)) {
                others.push_back({place.to_string(), wordsOf(rest, document, place, failure)});
            }
        }
        if (!again)
            problems.insert(problems.end(), others.begin(), others.end());
    }
    return problems;
}

StudyProblem problemFrom(std::string pointer, const Error& error) {
    std::string message = error.what();
    const std::string_view breakBefore = "\n  ";
    for (auto found = message.find(breakBefore); found != message.npos; found = message.find(breakBefore))
        message.replace(found, breakBefore.size(), "; ");
    return {std::move(pointer), std::move(message)};
}

std::string listOf(const std::vector<StudyProblem>& problems) {
    std::string text;
    for (const StudyProblem& problem : problems)
        text += (text.empty() ? "" : "\n") + (problem.pointer.empty() ? std::string("(whole file)") : problem.pointer) +
                ": " + problem.message;
    return text;
}

} // namespace brainlike
