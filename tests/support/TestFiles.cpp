#include "tests/support/TestFiles.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace brainlike::test {
namespace {

std::filesystem::path fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr)
        throw std::runtime_error(std::string(name) + " is not set: run the tests through ctest");
    return value;
}

} // namespace

std::filesystem::path sourceFolder() { return fromEnvironment("BRAINLIKE_SOURCE_DIR"); }

std::filesystem::path executable() { return fromEnvironment("BRAINLIKE_EXECUTABLE"); }

std::filesystem::path dataFile(const std::string& relative) { return sourceFolder() / "tests/data" / relative; }

nlohmann::json dataJson(const std::string& relative) {
    std::ifstream stream(dataFile(relative));
    if (!stream)
        throw std::runtime_error("missing test data: " + relative);
    return nlohmann::json::parse(stream);
}

std::optional<std::filesystem::path> sharedFile(const std::string& relative) {
    const char* named = std::getenv("BRAINLIKE_SHARED_DATA");
    const auto folder = named != nullptr ? std::filesystem::path(named) : sourceFolder() / "../shared/data";
    auto path = folder / relative;
    return std::filesystem::exists(path) ? std::optional(path) : std::nullopt;
}

} // namespace brainlike::test
