#include "core/session/SelectionChange.h"

#include <nlohmann/json.hpp>

namespace brainlike {

namespace {

std::set<std::string> differingKeys(const nlohmann::json& first, const nlohmann::json& second) {
    std::set<std::string> changed;
    for (const auto& [key, value] : first.items())
        if (!second.contains(key) || second.at(key) != value)
            changed.insert(key);
    for (const auto& [key, value] : second.items())
        if (!first.contains(key))
            changed.insert(key);
    return changed;
}

std::vector<int> idsOf(const std::vector<StackedMap>& stack) {
    std::vector<int> ids;
    for (const StackedMap& map : stack)
        ids.push_back(map.id);
    return ids;
}

/// "stack/3/opacity" for a field of a map, "stack/3" for a map that came or went, "stack/order".
std::set<std::string> changesOf(const std::vector<StackedMap>& before, const std::vector<StackedMap>& after) {
    std::set<std::string> changed;
    std::vector<int> first = idsOf(before), second = idsOf(after);
    std::erase_if(first, [&](int id) { return findMap(after, id) == nullptr; });
    std::erase_if(second, [&](int id) { return findMap(before, id) == nullptr; });
    if (first != second)
        changed.insert("stack/order");
    for (const auto* stack : {&before, &after})
        for (const StackedMap& map : *stack) {
            const StackedMap* other = findMap(stack == &before ? after : before, map.id);
            const std::string name = "stack/" + std::to_string(map.id);
            if (other == nullptr)
                changed.insert(name);
            else if (stack == &before)
                for (const std::string& key : differingKeys(toJson(std::vector{map}).front(), toJson(std::vector{*other}).front()))
                    changed.insert(name + "/" + key);
        }
    return changed;
}

} // namespace

std::set<std::string> changedFields(const Selection& before, const Selection& after) {
    std::set<std::string> changed = differingKeys(toJson(before), toJson(after));
    if (changed.erase("stack") > 0)
        changed.merge(changesOf(before.stack, after.stack));
    return changed;
}

} // namespace brainlike
