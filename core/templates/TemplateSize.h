#pragma once

#include <optional>
#include <string_view>

namespace brainlike {

/// Vertices a hemisphere of fsaverage and its coarser versions; nothing for other names.
[[nodiscard]] std::optional<int> knownVertexCount(std::string_view templateName);

/// The name of the template with that many vertices a hemisphere: an fsaverage, or "fsLR"; nothing for other numbers.
[[nodiscard]] std::optional<std::string_view> templateWithVertices(int vertexCount);

/// Whether a surface of that many vertices can be a subdivided icosahedron: 10·4^k + 2. The vertices of a coarser
/// fsaverage are the first ones of a denser one.
[[nodiscard]] bool isIcosahedralSize(int vertexCount);

} // namespace brainlike
