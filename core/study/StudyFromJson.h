#pragma once

#include "core/study/Study.h"
#include "core/study/StudySchema.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace brainlike {

/// A study as far as its document can be understood: what is missing or of the wrong type stays empty (the schema
/// reports it), list positions are kept. Encoding options, image ids from files and defaults are not read here.
[[nodiscard]] Study studyFromJson(const nlohmann::json& json, const std::filesystem::path& file);

/// METHODS 2: the paper's three windows, early (before 200 ms) and late (after 1500 ms).
[[nodiscard]] std::vector<TimeWindow> defaultWindows();

} // namespace brainlike
