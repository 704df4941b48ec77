#include "views/state/CortexAnnotations.h"

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

    void labelMapsHaveALegendOfTheirAreas() {
        MapColors colors = colorsOf(MapKind::Imported, 0, 1);
        colors.title = "areas";
        colors.labels = {{3, "V1", {200, 0, 0, 255}}, {5, "MT", {0, 0, 200, 255}}};
        const ColorBar legend = mapBar(colors, ground, 5);
        QVERIFY(legend.isLegend() && !legend.scale);
        QCOMPARE(legend.title, QString("areas"));
        QCOMPARE(legend.swatches.size(), std::size_t(2));
        QCOMPARE(legend.swatches[1].second, QString("MT"));
        QCOMPARE(legend.pointed.value(), std::size_t(1));
        // One of the other hemisphere, in nearly the same colour, is the same area.
        colors.labels.push_back({8, "MT", {4, 0, 190, 255}});
        QCOMPARE(mapBar(colors, ground, 8).swatches.size(), std::size_t(2));
        QCOMPARE(mapBar(colors, ground, 8).pointed.value(), std::size_t(1));
        colors.labels.push_back({9, "MT", {200, 200, 0, 255}});
        QCOMPARE(mapBar(colors, ground).swatches.size(), std::size_t(3));
        const QSizeF size = colorBarSize(legend, QApplication::font(), 1000);
        const QImage image = painted(legend, size);
        int red = 0, blue = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                red += image.pixelColor(x, y) == QColor(200, 0, 0);
                blue += image.pixelColor(x, y) == QColor(0, 0, 200);
            }
        QVERIFY(red > 50 && red == blue);
    }

    void manyLabelsGiveWayToThePointedOne() {
        MapColors colors = colorsOf(MapKind::Imported, 0, 1);
        for (int label = 0; label < 180; ++label)
            colors.labels.push_back({label, "A" + std::to_string(label), {0, 0, 200, 255}});
        const ColorBar none = mapBar(colors, ground);
        QVERIFY(none.swatches.empty() && none.note.contains("180"));
        const ColorBar pointed = mapBar(colors, ground, 77);
        QCOMPARE(pointed.swatches.size(), std::size_t(1));
        QCOMPARE(pointed.swatches[0].second, QString("A77"));
        QVERIFY(pointed.note.contains("180"));
    }

    void aSquareShowsEffectAndSignificance() {
        MapColors colors = colorsOf(MapKind::Score, 0, 1);
        colors.significance = Significance::Fade;
        const ColorBar bar = mapBar(colors, ground);
        const QSizeF size = colorBarSize(bar, QApplication::font(), 1000);
        const QRectF band = colorBarBand(bar, QApplication::font(), QRectF(QPointF(20, 20), size));
        QCOMPARE(band.width(), band.height());
        const QImage image = painted(bar, size);
        const auto at = [&](double x, double y) {
            return image.pixelColor((band.topLeft() + QPointF(x * band.width(), (1 - y) * band.height())).toPoint());
        };
        // Where q = 1 the surface shows, where it is significant the scale's colour, whatever the effect.
        const auto near = [](QColor a, Rgba8 b) {
            return std::abs(a.red() - b.r) + std::abs(a.green() - b.g) + std::abs(a.blue() - b.b) < 24;
        };
        for (const double effect : {0.2, 0.5, 0.8}) {
            QVERIFY(near(at(0.015, effect), ground));
            QVERIFY(near(at(0.985, effect), colors.scale.colorOf(effect)));
        }
        // Best layers have one, too.
        colors.kind = MapKind::BestLayer;
        colors.layerNames = {"a", "b", "c"};
        const ColorBar layers = mapBar(colors, ground);
        QCOMPARE(colorBarBand(layers, QApplication::font(), QRectF(0, 0, 300, 400)).width(), band.width());
    }

    void opacityPalesTheBar() {
        MapColors colors = colorsOf(MapKind::Score, 0, 1);
        colors.opacity = 0.5;
        const ColorBar bar = mapBar(colors, ground);
        const QSizeF size = colorBarSize(bar, QApplication::font(), 1000);
        const QRectF band = colorBarBand(bar, QApplication::font(), QRectF(QPointF(20, 20), size));
        Rgba8 half = colors.scale.colorOf(0.9);
        half.a = 128;
        const QColor found =
            painted(bar, size).pixelColor((band.topLeft() + QPointF(7, 0.1 * band.height())).toPoint());
        const Rgba8 expected = blend(ground, half);
        QVERIFY(std::abs(found.red() - expected.r) + std::abs(found.blue() - expected.b) < 16);
    }

    void barsOfAStackShareTheHeight() {
        const QFont font = QApplication::font();
        std::vector<std::pair<int, ColorBar>> bars;
        for (const int id : {4, 2, 0})
            bars.emplace_back(id, mapBar(colorsOf(MapKind::Score, 0, 1), ground));
        const BarColumn roomy = barColumn(bars, font, 2000);
        QCOMPARE(roomy.bars.size(), std::size_t(3));
        QVERIFY(roomy.note.isEmpty() && roomy.of(2) != nullptr && roomy.of(7) == nullptr);
        QVERIFY(roomy.bars[0].map == 4 && roomy.bars[0].box.bottom() < roomy.bars[1].box.top());
        const double least = leastBarHeight(bars[0].second, font);
        const BarColumn tight = barColumn(bars, font, 3.5 * least + 40);
        QCOMPARE(tight.bars.size(), std::size_t(3));
        QVERIFY(tight.box.height() <= 3.5 * least + 40);
        const BarColumn two = barColumn(bars, font, 2.9 * least);
        QCOMPARE(two.bars.size(), std::size_t(2));
        QCOMPARE(two.note, QString("1 more map"));
        QVERIFY(two.of(0) == nullptr && two.box.height() <= 2.9 * least);
        BarColumn placed = two;
        placeColumn(placed, QRectF(0, 0, 400, 600), 600);
        QVERIFY(placed.box.right() < 600 && std::abs(placed.box.center().y() - 300) < 1);
        QVERIFY(barColumn({}, font, 500).bars.empty());
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

    void theArrowBelowASquareLeavesItsAxisFree() {
        MapColors colors = colorsOf(MapKind::Score, 0, 1);
        colors.significance = Significance::Fade;
        const ColorBar plain = mapBar(colors, ground);
        colors.isCutLow = true;
        const ColorBar cut = mapBar(colors, ground);
        const QFont font = QApplication::font();
        const QSizeF size = colorBarSize(cut, font, 400);
        QVERIFY(size.height() > colorBarSize(plain, font, 400).height());
        const QImage image = painted(cut, size);
        const QRectF band = colorBarBand(cut, font, QRectF(QPointF(20, 20), size));
        const auto isInk = [&](double x, double y) {
            return image.pixelColor(QPointF(x, y).toPoint()) != QColor(Qt::white);
        };
        QVERIFY(isInk(band.center().x(), band.bottom() + 4)); // the arrow
        for (const double x : {band.left() + 20, band.right() - 20})
            QVERIFY(!isInk(x, band.bottom() + 4));
    }

    void labelsAreCountedByName() {
        MapColors colors = colorsOf(MapKind::Imported, 0, 1);
        const auto shade = [](int value) { return static_cast<std::uint8_t>(value); };
        for (int label = 0; label < 60; ++label)
            colors.labels.push_back(
                {label, "area " + std::to_string(label % 30), {shade(4 * label), shade(label < 30 ? 0 : 200), 0, 255}});
        QCOMPARE(mapBar(colors, ground).note, QString("30 labels"));
    }

    void rulesAreSaidExactly() {
        for (const MapKind kind : {MapKind::Score, MapKind::BestLayer, MapKind::Difference, MapKind::QValue})
            QVERIFY(rangeRuleText(kind, RangeRule::Study).contains("99.5 %"));
        QVERIFY(rangeRuleText(MapKind::TValue, RangeRule::Study).contains("95 %"));
        // Files have no checkpoints.
        QVERIFY(!rangeRuleText(MapKind::Imported, RangeRule::Study).contains("checkpoint"));
        QVERIFY(rangeRuleText(MapKind::Score, RangeRule::Map).contains("lowest to highest"));
    }

    void labelsOfPanelsAreElided() {
        const QFont font = QApplication::font();
        const QFontMetricsF metrics(font);
        const QString text = QStringLiteral("Right · lateral");
        QCOMPARE(labelIn(text, metrics.horizontalAdvance(text), font), text);
        const QString shorter = labelIn(text, 0.7 * metrics.horizontalAdvance(text), font);
        QVERIFY(shorter.endsWith(QChar(0x2026)) && shorter.size() < text.size());
        QVERIFY(labelIn(text, 10, font).isEmpty());
    }

    void notesGiveWayToTheBar() {
        MapColors colors = colorsOf(MapKind::BestLayer, 0, 1);
        for (int layer = 0; layer < 6; ++layer)
            colors.layerNames.push_back("layer " + std::to_string(layer));
        colors.scale.threshold = 0;
        colors.scale.fade = 0.3;
        colors.hasMargins = true;
        const QFont font = QApplication::font();
        const ColorBar bar = mapBar(colors, ground);
        QVERIFY(bar.note.contains('\n'));
        for (const double height : {130.0, 200.0, 260.0, 600.0}) {
            const BarColumn column = barColumn({{0, bar}}, font, height);
            QVERIFY2(column.box.height() <= height, qPrintable(QString::number(column.box.height())));
            QVERIFY(bar.note.startsWith(column.bars[0].bar.note));
            QVERIFY((height > 130) || column.bars[0].bar.note.size() < bar.note.size());
            QVERIFY((height < 600) || column.bars[0].bar.note == bar.note);
        }
    }

    void valuesTakenForAWallAreNamed() {
        MapColors colors = colorsOf(MapKind::Imported, 0, 1);
        colors.note = "Medial wall: 0 in the file";
        QCOMPARE(mapBar(colors, ground).note, QString("Medial wall: 0 in the file"));
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

    void namesTheMapThatTellsSignificance() {
        MapColors colors = colorsOf(MapKind::Imported, 0, 1);
        colors.significance = Significance::Hide;
        colors.significanceName = "group p";
        QCOMPARE(mapBar(colors, ground).note, QString("Only p < 0.01 by group p"));
        colors.significance = Significance::Fade;
        const ColorBar bar = mapBar(colors, ground);
        QCOMPARE(bar.note, QString("p: group p"));
        QVERIFY(bar.isOfOtherMap);
    }

    void namesTheLineAroundAMap() {
        MapColors colors = colorsOf(MapKind::TValue, -5, 5);
        colors.scale.isTwoTailed = true;
        colors.scale.threshold = 2.5;
        colors.contour = Rgba8{86, 180, 233, 255};
        ColorBar bar = mapBar(colors, ground);
        QVERIFY(bar.scale && bar.swatches.size() == 1 && bar.swatches[0].first == *colors.contour);
        QCOMPARE(bar.swatches[0].second, QString("line: ± 2.5"));
        // Of a hidden map the line is all there is to explain.
        colors.isOnlyContour = true;
        colors.significance = Significance::Hide;
        bar = mapBar(colors, ground);
        QVERIFY(bar.isLegend() && bar.title == QString("t"));
        QCOMPARE(bar.swatches[0].second, QString("line: ± 2.5, q < 0.01"));
        colors.scale.threshold = 0;
        colors.significance = Significance::Ignore;
        QCOMPARE(mapBar(colors, ground).swatches[0].second, QString("no threshold: no line"));
        // Lists of labels give way, the line stays.
        for (int label = 0; label < 40; ++label)
            colors.labels.push_back({label, "area " + std::to_string(label), {200, 30, 40, 255}});
        colors.isOnlyContour = false;
        bar = mapBar(colors, ground);
        QVERIFY(bar.hasLine && bar.swatches.size() == 1 && bar.note == QString("40 labels"));
        QCOMPARE(shortLegend(bar).swatches, bar.swatches);
        // Opacity fades the map, not its line.
        bar.opacity = 0;
        const QSizeF size = colorBarSize(bar, QApplication::font(), 400);
        const QImage image = painted(bar, size);
        bool isSeen = false;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                isSeen = isSeen || image.pixelColor(x, y) == QColor(86, 180, 233);
        QVERIFY(isSeen);
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
