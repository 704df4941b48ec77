#include "views/state/ColorBar.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QtTest>

#include <cmath>

using namespace brainlike;

namespace {

constexpr Rgba8 ground{160, 160, 160, 255};

MapColors colorsOf(MapKind kind, double low, double high) {
    MapColors colors{.kind = kind, .scale = {.map = ColorMap::named("inferno"), .low = low, .high = high}};
    colors.scale.threshold = -std::numeric_limits<double>::infinity();
    return colors;
}

QImage painted(const ColorBar& bar, const QSizeF& size) {
    QImage image(size.toSize() + QSize(40, 40), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintColorBar(painter, QRectF(QPointF(20, 20), size), bar, QApplication::font(), Theme::of(Theme::lightPalette()));
    return image;
}

} // namespace

class ColorBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void titlesNameQuantityAndUnit() {
        QCOMPARE(mapBar(colorsOf(MapKind::Score, 0, 1), ground).title, QString("R (Pearson)"));
        QCOMPARE(mapBar(colorsOf(MapKind::Difference, -1, 1), ground).title, QString("ΔR (Pearson)"));
        QCOMPARE(mapBar(colorsOf(MapKind::QValue, 0, 3), ground).title, QString("−log₁₀ q"));
        MapColors halfTimes = colorsOf(MapKind::HalfTime, 1e3, 1e7);
        halfTimes.firstStep = 1000;
        const ColorBar bar = mapBar(halfTimes, ground);
        QVERIFY(bar.isSteps);
        QCOMPARE(bar.swatches.size(), std::size_t(2));
        QCOMPARE(bar.swatches[0].second, QString("≤ first (1k)"));
        QCOMPARE(bar.swatches[0].first, halfTimes.censoredColor());
    }

    void marksStandWhereTheThresholdCuts() {
        ColorScale scale = colorsOf(MapKind::Score, 0, 1).scale;
        QCOMPARE(thresholdMarks(scale), std::vector{0.0});
        scale.threshold = 0.25;
        QCOMPARE(thresholdMarks(scale), std::vector{0.25});
        scale.low = -1;
        scale.isTwoTailed = true;
        QCOMPARE(thresholdMarks(scale), (std::vector{0.25, -0.25}));
        scale.threshold = 0;
        QCOMPARE(thresholdMarks(scale), std::vector{0.0});
    }

    void theBandShowsTheScalesColours() {
        ColorBar bar = mapBar(colorsOf(MapKind::Score, 0, 1), ground);
        const QSizeF size = colorBarSize(bar, QApplication::font(), 400);
        const QRectF band = colorBarBand(bar, QApplication::font(), QRectF(QPointF(20, 20), size));
        QVERIFY(QRectF(QPointF(20, 20), size).contains(band));
        const QImage image = painted(bar, size);
        for (const double value : {0.25, 0.5, 0.75}) {
            const Rgba8 wanted = bar.scale->colorOf(value);
            const QColor found =
                image.pixelColor(QPointF(band.center().x(), band.bottom() - value * band.height()).toPoint());
            QVERIFY(std::abs(found.red() - wanted.r) + std::abs(found.green() - wanted.g) +
                        std::abs(found.blue() - wanted.b) <
                    20);
        }
        // While a handle is dragged, the band spans the axis it had.
        bar.scale->high = 0.5;
        bar.axis = ColorRange{0, 1};
        const Rgba8 last = bar.scale->map.at(1);
        const QColor above =
            painted(bar, size).pixelColor(QPointF(band.center().x(), band.bottom() - 0.75 * band.height()).toPoint());
        QVERIFY(std::abs(above.red() - last.r) + std::abs(above.green() - last.g) < 10);
    }

    void arrowsSayThatValuesLieBeyond() {
        ColorBar bar = mapBar(colorsOf(MapKind::Score, 0, 1), ground);
        const QSizeF size = colorBarSize(bar, QApplication::font(), 400);
        const QRectF band = colorBarBand(bar, QApplication::font(), QRectF(QPointF(20, 20), size));
        const QPoint above = QPointF(band.center().x(), band.top() - 4).toPoint();
        QCOMPARE(painted(bar, size).pixelColor(above), QColor(Qt::white));
        bar.isCutHigh = true;
        QVERIFY(painted(bar, size).pixelColor(above) != QColor(Qt::white));
    }

    void significanceIsASecondAxis() {
        MapColors colors = colorsOf(MapKind::Score, 0, 1);
        const ColorBar plain = mapBar(colors, ground);
        colors.significance = Significance::Fade;
        const ColorBar bar = mapBar(colors, ground);
        const QSizeF size = colorBarSize(bar, QApplication::font(), 400);
        const QRectF band = colorBarBand(bar, QApplication::font(), QRectF(QPointF(20, 20), size));
        QVERIFY(band.width() > 2 * colorBarBand(plain, QApplication::font(), QRectF(QPointF(20, 20), size)).width());
        const QImage image = painted(bar, size);
        const auto y = static_cast<int>(band.center().y());
        const QColor left = image.pixelColor(static_cast<int>(band.left()) + 1, y);
        QVERIFY(std::abs(left.red() - ground.r) < 10 && std::abs(left.blue() - ground.b) < 10);
        const Rgba8 full = bar.scale->colorOf(0.5);
        QVERIFY(std::abs(image.pixelColor(static_cast<int>(band.right()) - 2, y).red() - full.r) < 15);
    }

    void fitsIntoLittleRoom() {
        MapColors colors = colorsOf(MapKind::HalfTime, 1e3, 1e7);
        colors.scale.isLogarithmic = true;
        const ColorBar bar = mapBar(colors, ground);
        for (const double height : {150.0, 300.0, 1000.0})
            QVERIFY(colorBarSize(bar, QApplication::font(), height).height() <= height);
    }
};

QTEST_MAIN(ColorBarTest)
#include "ColorBarTest.moc"
