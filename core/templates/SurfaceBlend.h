#pragma once

#include "core/templates/Template.h"

#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// What is drawn of a template: one of its surfaces, or a place on the straight way from one to the next in the order
/// white, pial, inflated, sphere, flat. On the way from sphere to flat the faces are those of the flat surface: its
/// cuts open.
struct SurfaceBlend {
    SurfaceKind from = SurfaceKind::Inflated;
    double share = 0; ///< of the way to the next surface, 0 ≤ share < 1

    [[nodiscard]] bool isPure() const { return share == 0; }
    /// Flat or on the way there: seen from above.
    [[nodiscard]] bool isFlat() const {
        return from == SurfaceKind::Flat || (from == SurfaceKind::Sphere && !isPure());
    }
    /// The surface at the other end; `from` itself where there is nothing to blend.
    [[nodiscard]] SurfaceKind to() const;
    /// Distances on it are those in the head: white, pial, or between them.
    [[nodiscard]] bool isAnatomical() const;
    friend bool operator==(const SurfaceBlend&, const SurfaceBlend&) = default;
};

/// Place of the flat surface, the last one of `blendAt`.
inline constexpr double lastBlendPlace = 4;

/// 0 white, 1 pial, 2 inflated, 3 sphere, 4 flat, fractions in between; nothing for midthickness.
[[nodiscard]] std::optional<double> placeOf(const SurfaceBlend& surface);
/// The inverse of `placeOf`, clamped and rounded to thousandths.
[[nodiscard]] SurfaceBlend blendAt(double place);

/// "pial", or "pial+0.5" halfway from pial to inflated.
[[nodiscard]] std::string nameOf(const SurfaceBlend& surface);
/// The inverse of `nameOf`.
/// @throws NotFoundError naming the known surfaces and how to write places between them
[[nodiscard]] SurfaceBlend surfaceBlendFrom(std::string_view name);

} // namespace brainlike
