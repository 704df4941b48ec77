#include "app/cli/WholeNumber.h"

#include <charconv>
#include <optional>
#include <string>
#include <system_error>

namespace brainlike {
namespace {

std::optional<std::uint64_t> parsed(std::string_view text) {
    std::uint64_t number = 0;
    const char* last = text.data() + text.size();
    const auto [end, failure] = std::from_chars(text.data(), last, number);
    return failure == std::errc() && end == last ? std::optional(number) : std::nullopt;
}

} // namespace

const CLI::Validator& wholeNumber() {
    static const CLI::Validator validator(
        [](const std::string& text) {
            return parsed(text) ? std::string()
                                : "expected a whole number from 0 to 18446744073709551615, found " + text;
        },
        "NUMBER");
    return validator;
}

std::uint64_t wholeNumberFrom(std::string_view text) {
    return parsed(text).value();
}

} // namespace brainlike
