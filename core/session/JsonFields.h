#pragma once

#include "core/base/Error.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace brainlike {

/// Reads a field that may be missing or null. @throws FormatError naming its place if it has another type
template <typename T>
void readField(const nlohmann::json& json, const std::string& place, const char* key, T& value) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return;
    try {
        value = found->template get<T>();
    } catch (const nlohmann::json::exception&) {
        throw FormatError({.what = "The selection has a value of the wrong type",
                           .place = place + "/" + key,
                           .found = found->dump()});
    }
}

template <typename T>
void readField(const nlohmann::json& json, const std::string& place, const char* key, std::optional<T>& value) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return;
    T read{};
    readField(json, place, key, read);
    value = std::move(read);
}

/// Words of an enumeration in files.
template <typename Enum, std::size_t Count>
using EnumNames = std::array<std::pair<Enum, const char*>, Count>;

template <typename Enum, std::size_t Count>
const char* nameIn(const EnumNames<Enum, Count>& names, Enum value) {
    for (const auto& [known, name] : names)
        if (known == value)
            return name;
    return "";
}

/// @throws FormatError listing the words if there is another one
template <typename Enum, std::size_t Count>
void readNamed(const nlohmann::json& json, const std::string& place, const char* key,
               const EnumNames<Enum, Count>& names, Enum& value) {
    std::optional<std::string> word;
    readField(json, place, key, word);
    if (!word)
        return;
    std::string expected;
    for (const auto& [known, name] : names) {
        if (*word == name) {
            value = known;
            return;
        }
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    throw FormatError({.what = "The selection names something unknown",
                       .place = place + "/" + key,
                       .expected = "one of " + expected,
                       .found = *word});
}

} // namespace brainlike
