#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string_view>

namespace brainlike {

/// For options of unsigned numbers (seeds): digits alone, up to 2⁶⁴ − 1. Without it "-1" is taken for the largest one.
[[nodiscard]] const CLI::Validator& wholeNumber();

/// The number, of a text that it accepts.
[[nodiscard]] std::uint64_t wholeNumberFrom(std::string_view text);

} // namespace brainlike
