#pragma once

#include "core/base/Error.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// One thing wrong with a study file.
struct StudyProblem {
    std::string pointer; ///< JSON pointer ("/models/0/layers/2/depth"); empty: the whole document
    std::string message;
    friend bool operator==(const StudyProblem&, const StudyProblem&) = default;
};

/// An error met while looking at a study, as a problem of one line.
[[nodiscard]] StudyProblem problemFrom(std::string pointer, const Error& error);

/// What `resources/schema/study.schema.json` has to say about a document; empty: it fits.
[[nodiscard]] std::vector<StudyProblem> schemaProblems(const nlohmann::json& study);

/// One line a problem, "pointer: message".
[[nodiscard]] std::string listOf(const std::vector<StudyProblem>& problems);

} // namespace brainlike
