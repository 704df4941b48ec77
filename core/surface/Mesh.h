#pragma once

#include "core/base/Matrix.h"

#include <cstdint>

namespace brainlike {

/// Triangle mesh of one hemisphere.
struct Mesh {
    RowMatrix<float> points;       ///< vertices × 3, mm, in the template's own space (Template::space)
    RowMatrix<std::int32_t> faces; ///< faces × 3, vertex indices from 0

    [[nodiscard]] int vertexCount() const { return static_cast<int>(points.rows()); }
    [[nodiscard]] int faceCount() const { return static_cast<int>(faces.rows()); }
};

} // namespace brainlike
