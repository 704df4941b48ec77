#pragma once

#include <string>
#include <string_view>
#include <type_traits>

namespace brainlike {

/// A number with what it counts: "1 vertex", "2 vertices".
template <typename Number>
[[nodiscard]] std::string counted(Number number, std::string_view singular, std::string_view plural) {
    static_assert(std::is_integral_v<Number>);
    return std::to_string(number) + " " + std::string(number == 1 ? singular : plural);
}

/// The same for a word whose plural has an s more: "1 image", "2 images".
template <typename Number>
[[nodiscard]] std::string counted(Number number, std::string_view singular) {
    return counted(number, singular, std::string(singular) + "s");
}

} // namespace brainlike
