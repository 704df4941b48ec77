#pragma once

#include "core/base/Error.h"
#include "core/properties/Property.h"

namespace brainlike::test {

/// Six vertices a hemisphere on the axes, of the areas V1 (0, 1), MT (2, 3) and 44 (4); vertex 5 is medial wall.
inline PropertyTarget smallTarget() {
    const Annotation side{{{"???", {}, false}, {"V1", {}, true}, {"MT", {}, true}, {"44", {}, true}},
                          {1, 1, 2, 2, 3, 0}};
    Mesh sphere;
    sphere.points.resize(6, 3);
    sphere.points << 100, 0, 0, -100, 0, 0, 0, 100, 0, 0, -100, 0, 0, 0, 100, 0, 0, -100;
    return {.templateName = "small",
            .counts = {6, 6},
            .parcellation = {"small areas", {side, side}},
            .readSphere = [sphere](Hemisphere) { return sphere; }};
}

/// A target whose sphere must not be read.
inline PropertyTarget targetWithoutSphere() {
    auto target = smallTarget();
    target.readSphere = [](Hemisphere) -> Mesh { throw NotFoundError({.what = "the sphere was asked for"}); };
    return target;
}

} // namespace brainlike::test
