#pragma once

#include "core/session/Selection.h"

#include <set>
#include <string>

namespace brainlike {

/// Names of the fields, as in the JSON form, in which two selections differ. Of the stack "stack/3/opacity" for a field
/// of a map, by its id, "stack/3" for one that came or went, and "stack/order".
[[nodiscard]] std::set<std::string> changedFields(const Selection& before, const Selection& after);

} // namespace brainlike
