#include "views/figure/PngFile.h"

#include "core/base/Error.h"

#include <QBuffer>
#include <QtEndian>

#include <zlib.h>

namespace brainlike {
namespace {

/// Signature and the IHDR chunk, which must come first.
constexpr qsizetype headerBytes = 8 + 4 + 4 + 13 + 4;

QByteArray bigEndian(quint32 value) {
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray& type, const QByteArray& content) {
    const QByteArray body = type + content;
    const auto crc = crc32(0, reinterpret_cast<const Bytef*>(body.constData()), static_cast<uInt>(body.size()));
    return bigEndian(static_cast<quint32>(content.size())) + body + bigEndian(static_cast<quint32>(crc));
}

} // namespace

QByteArray pngWithText(const QImage& image, const QByteArray& keyword) {
    const QByteArray text = image.text(QString::fromUtf8(keyword)).toUtf8();
    QImage plain = image;
    plain.setText(QString::fromUtf8(keyword), QString());
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!plain.save(&buffer, "PNG") || png.size() < headerBytes)
        throw Error({.what = "The figure could not be encoded as PNG"});
    // Keyword, not compressed, no language, no translated keyword.
    const QByteArray content = keyword + QByteArray(1, '\0') + QByteArray(2, '\0') + QByteArray(2, '\0') + text;
    png.insert(headerBytes, chunk("iTXt", content));
    return png;
}

} // namespace brainlike
