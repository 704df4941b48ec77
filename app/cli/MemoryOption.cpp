#include "app/cli/MemoryOption.h"

#include "core/base/Error.h"

#include <charconv>
#include <cmath>
#include <malloc.h>
#include <string>

namespace brainlike {
namespace {

/// Larger blocks are mapped by themselves and unmapped when freed; smaller ones would cost time.
constexpr int largestKept = 2 * 1024 * 1024;

} // namespace

double bytesFrom(std::string_view text) {
    constexpr std::string_view units = "KMGT";
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    double factor = 1;
    if (rest.size() == 1) {
        const auto unit = units.find(static_cast<char>(rest.front() & ~0x20)); // upper case
        if (unit != units.npos) {
            factor = std::pow(1024.0, static_cast<double>(unit + 1));
            rest = {};
        }
    }
    if (failure != std::errc() || !rest.empty() || !std::isfinite(value) || !(value > 0))
        throw UsageError({.what = "The memory cannot be used",
                          .expected = "a size above 0 such as 4G or 512M (K, M, G, T: powers of 1024)",
                          .found = std::string(text)});
    return value * factor;
}

void giveMemoryBackAtOnce() {
    ::mallopt(M_MMAP_THRESHOLD, largestKept);
    ::mallopt(M_TRIM_THRESHOLD, largestKept);
}

} // namespace brainlike
