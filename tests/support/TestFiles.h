#pragma once

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace brainlike::test {

/// Root of the source tree.
[[nodiscard]] std::filesystem::path sourceFolder();
/// A stored reference of tests/data.
[[nodiscard]] std::filesystem::path dataFile(const std::string& relative);
/// The same, parsed as JSON.
[[nodiscard]] nlohmann::json dataJson(const std::string& relative);
/// A file of the optional real data ($BRAINLIKE_SHARED_DATA, else ../shared/data beside the source tree); nothing if
/// it is not there, and the test says "skipped".
[[nodiscard]] std::optional<std::filesystem::path> sharedFile(const std::string& relative);
/// The program under test.
[[nodiscard]] std::filesystem::path executable();

} // namespace brainlike::test
