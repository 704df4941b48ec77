#include "core/encoding/AlphaSpec.h"

#include "core/base/Error.h"
#include "core/encoding/RidgeOptions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

[[noreturn]] void refuse(std::string_view spec, const std::string& expected, std::string_view found) {
    throw ValueError({.what = "The λ grid cannot be read",
                      .place = "\"" + std::string(spec) + "\"",
                      .expected = expected,
                      .found = "\"" + std::string(found) + "\"",
                      .advice = "write first:last:count (exponents of 10), as 0:8:10, or a list, as 1,10,100"});
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0;;) {
        const auto end = text.find(separator, start);
        auto part = text.substr(start, end == std::string_view::npos ? end : end - start);
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        while (!part.empty() && part.back() == ' ')
            part.remove_suffix(1);
        parts.push_back(part);
        if (end == std::string_view::npos)
            return parts;
        start = end + 1;
    }
}

template <typename Number>
Number numberFrom(std::string_view spec, std::string_view part, const char* expected) {
    auto digits = part;
    if (digits.size() > 1 && digits.front() == '+')
        digits.remove_prefix(1);
    Number value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        refuse(spec, expected, part);
    return value;
}

std::vector<double> fromRange(std::string_view spec, const std::vector<std::string_view>& parts) {
    if (parts.size() != 3)
        refuse(spec, "first:last:count", spec);
    const auto first = numberFrom<double>(spec, parts[0], "an exponent of 10");
    const auto last = numberFrom<double>(spec, parts[1], "an exponent of 10");
    const auto count = numberFrom<int>(spec, parts[2], "a whole number of λ");
    if (count < 1 || count > largestGrid)
        refuse(spec, "a count from 1 to " + std::to_string(largestGrid), parts[2]);
    return logSpace(first, last, count);
}

} // namespace

std::vector<double> alphasFrom(std::string_view spec) {
    std::vector<double> alphas;
    if (const auto range = split(spec, ':'); range.size() > 1)
        alphas = fromRange(spec, range);
    else
        for (const auto part : split(spec, ','))
            alphas.push_back(numberFrom<double>(spec, part, "a number"));
    for (const double alpha : alphas)
        if (!std::isfinite(alpha) || alpha <= 0)
            refuse(spec,
                   "every λ finite and above 0 (with 0, weights are not determined where features outnumber rows or "
                   "repeat one another)",
                   std::to_string(alpha));
    std::sort(alphas.begin(), alphas.end());
    alphas.erase(std::unique(alphas.begin(), alphas.end()), alphas.end());
    return alphas;
}

} // namespace brainlike
