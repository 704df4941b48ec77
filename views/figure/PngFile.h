#pragma once

#include <QByteArray>
#include <QImage>

namespace brainlike {

/// A PNG with the picture's resolution (pHYs) and its text `keyword` as uncompressed UTF-8 (iTXt), so that any tool
/// reads it.
/// @throws Error if the picture cannot be encoded
[[nodiscard]] QByteArray pngWithText(const QImage& image, const QByteArray& keyword);

} // namespace brainlike
