#pragma once

#include "core/session/JsonFields.h"
#include "core/session/MapContent.h"

#include <string>

// Fields that the first map and those above it have in common, as JSON.

namespace brainlike {

/// Adds "significance" and "difference" where they are not as in a fresh choice.
void addJson(nlohmann::json& json, Significance significance, const Difference& difference);
/// Reads "map". @throws FormatError as all below, naming the JSON pointer below `place`
void readKind(const nlohmann::json& json, const std::string& place, MapKind& kind);
void readSignificance(const nlohmann::json& json, const std::string& place, Significance& significance,
                      Difference& difference);

} // namespace brainlike
