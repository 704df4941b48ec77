#include "core/session/SelectionChange.h"

#include <nlohmann/json.hpp>

namespace brainlike {

std::set<std::string> changedFields(const Selection& before, const Selection& after) {
    const nlohmann::json first = toJson(before), second = toJson(after);
    std::set<std::string> changed;
    for (const auto& [key, value] : first.items())
        if (!second.contains(key) || second.at(key) != value)
            changed.insert(key);
    for (const auto& [key, value] : second.items())
        if (!first.contains(key))
            changed.insert(key);
    return changed;
}

} // namespace brainlike
