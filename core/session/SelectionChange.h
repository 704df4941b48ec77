#pragma once

#include "core/session/Selection.h"

#include <set>
#include <string>

namespace brainlike {

/// Names of the fields, as in the JSON form, in which two selections differ.
[[nodiscard]] std::set<std::string> changedFields(const Selection& before, const Selection& after);

} // namespace brainlike
