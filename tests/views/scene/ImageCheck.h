#pragma once

#include "tests/support/TestFiles.h"
#include "views/scene/OffscreenRenderer.h"

#include <QImage>
#include <QString>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace brainlike::test {

inline QImage toImage(const RgbaImage& image) {
    return QImage(image.bytes.data(), image.width, image.height, 4 * image.width, QImage::Format_RGBA8888).copy();
}

/// How far two pictures are apart: the share of pixels with a channel off by more than `tolerance`.
inline double differingShare(const QImage& actual, const QImage& expected, int tolerance, QImage& difference) {
    difference = QImage(expected.size(), QImage::Format_RGB888);
    qint64 off = 0;
    for (int y = 0; y < expected.height(); ++y)
        for (int x = 0; x < expected.width(); ++x) {
            const QColor a = actual.pixelColor(x, y);
            const QColor b = expected.pixelColor(x, y);
            const int worst =
                std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
            off += worst > tolerance ? 1 : 0;
            difference.setPixelColor(x, y, QColor(worst, worst, worst));
        }
    return static_cast<double>(off) / (static_cast<double>(expected.width()) * expected.height());
}

/// Compares with tests/baselines/<name>.png. Rasterisers place edges differently: up to 1.5 % of the pixels may differ
/// by more than 16 of 255. On failure the picture and the difference are kept in `render-failures` of the working
/// folder. $BRAINLIKE_WRITE_BASELINES=1 writes the baseline instead.
/// @returns what is wrong; empty if nothing is
inline QString compareWithBaseline(const QImage& actual, const QString& name, double allowedShare = 0.015) {
    const std::filesystem::path baseline = sourceFolder() / "tests/baselines" / (name.toStdString() + ".png");
    if (qEnvironmentVariableIsSet("BRAINLIKE_WRITE_BASELINES"))
        return actual.convertToFormat(QImage::Format_RGB888).save(QString::fromStdString(baseline.string()))
                   ? QString()
                   : "cannot write " + QString::fromStdString(baseline.string());
    const QImage expected(QString::fromStdString(baseline.string()));
    const std::filesystem::path kept = std::filesystem::current_path() / "render-failures";
    const auto keep = [&](const QImage& image, const QString& kind) {
        std::filesystem::create_directories(kept);
        image.save(QString::fromStdString(kept.string()) + "/" + name + "-" + kind + ".png");
    };
    if (expected.isNull() || expected.size() != actual.size()) {
        keep(actual, "actual");
        return "no baseline of this size: " + QString::fromStdString(baseline.string());
    }
    QImage difference;
    const double share = differingShare(actual, expected, 16, difference);
    if (share <= allowedShare)
        return {};
    keep(actual, "actual");
    keep(difference, "difference");
    return QStringLiteral("%1 % of the pixels differ from %2; see %3")
        .arg(100 * share, 0, 'f', 2)
        .arg(name, QString::fromStdString(kept.string()));
}

} // namespace brainlike::test
