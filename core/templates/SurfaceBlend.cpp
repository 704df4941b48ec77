#include "core/templates/SurfaceBlend.h"

#include "core/base/Error.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace brainlike {
namespace {

constexpr double thousandths = 1000;

} // namespace

SurfaceKind SurfaceBlend::to() const {
    const auto place = placeOf(*this);
    return isPure() || !place ? from : static_cast<SurfaceKind>(static_cast<int>(from) + 1);
}

bool SurfaceBlend::isAnatomical() const {
    const auto place = placeOf(*this);
    return from == SurfaceKind::Midthickness || (place && *place <= static_cast<double>(SurfaceKind::Pial));
}

std::optional<double> placeOf(const SurfaceBlend& surface) {
    if (surface.from > SurfaceKind::Flat)
        return std::nullopt;
    return static_cast<double>(surface.from) + surface.share;
}

SurfaceBlend blendAt(double place) {
    const double rounded = std::round(std::clamp(place, 0.0, lastBlendPlace) * thousandths) / thousandths;
    const double whole = std::floor(rounded);
    return {static_cast<SurfaceKind>(static_cast<int>(whole)),
            std::round((rounded - whole) * thousandths) / thousandths};
}

std::string nameOf(const SurfaceBlend& surface) {
    const std::string name(nameOf(surface.from));
    if (surface.isPure())
        return name;
    std::string digits = std::to_string(std::lround(surface.share * thousandths));
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    return name + "+0." + digits;
}

SurfaceBlend surfaceBlendFrom(std::string_view name) {
    const auto plus = name.find('+');
    if (plus == std::string_view::npos)
        return {surfaceKindFrom(name)};
    const SurfaceKind from = surfaceKindFrom(name.substr(0, plus));
    const std::string_view digits = name.substr(plus + 1);
    double share = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
    const bool isNumber = error == std::errc() && end == digits.data() + digits.size();
    if (!isNumber || !(share >= 0 && share < 1) || from > SurfaceKind::Sphere)
        throw NotFoundError({.what = "There is no such place between two surfaces",
                             .expected = "white, pial, inflated or sphere, a plus sign and a number from 0 to below 1, "
                                         "as in pial+0.5",
                             .found = std::string(name)});
    return blendAt(static_cast<double>(from) + share);
}

} // namespace brainlike
