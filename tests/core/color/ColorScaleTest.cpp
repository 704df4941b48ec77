#include "core/color/ColorScale.h"

#include "core/base/Error.h"
#include "core/color/Opacities.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

const float notANumber = std::numeric_limits<float>::quiet_NaN();

ColorScale grayScale() {
    return {.map = ColorMap("ends", {{0, 0, 0, 255}, {100, 100, 100, 255}, {200, 200, 200, 255}}),
            .low = 0,
            .high = 2,
            .threshold = -10};
}

double luminance(Rgba8 color) {
    const auto linear = [](std::uint8_t channel) {
        const double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

QString joined(const std::vector<double>& values) {
    QStringList parts;
    for (const double value : values)
        parts << QString::number(value);
    return parts.join(' ');
}

} // namespace

class ColorScaleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsBundledMaps();
    void refusesUnknownMap();
    void sequentialMapsGrowBrighter_data();
    void sequentialMapsGrowBrighter();
    void divergingMapIsPaleInTheMiddle();
    void discreteMapsHaveEqualSteps();
    void logarithmicScaleIsEvenInDecades();
    void twoTailedThresholdCutsBySize();
    void manyValuesGetTheColoursOfEach();
    void logTicksAreRound_data();
    void logTicksAreRound();
    void mapsValuesLinearly();
    void hidesNanAndValuesBelowThreshold();
    void fadesInAboveTheThreshold();
    void refusesDifferentSizes();
    void layersAreDistinctAndOrdered();
    void blends();
    void ticksAreRound_data();
    void ticksAreRound();
    void textsTellTicksApart_data();
    void textsTellTicksApart();
    void roundsUp();
    void opacitiesAreThoseOfTheColours();
};

void ColorScaleTest::readsBundledMaps() {
    const auto names = ColorMap::names();
    for (const char* name : {"batlow", "cividis", "inferno", "lajolla", "magma", "roma", "vik", "viridis"})
        QVERIFY(std::find(names.begin(), names.end(), name) != names.end());
    QVERIFY(std::is_sorted(names.begin(), names.end()));
    QCOMPARE(ColorMap::names("diverging"), (std::vector<std::string>{"berlin", "roma", "vik"}));
    QCOMPARE(ColorMap::names("sequential").size() + ColorMap::names("diverging").size() +
                 ColorMap::names("discrete").size(),
             names.size());
    // First, middle and last colour as published.
    QCOMPARE(ColorMap::named("viridis").at(0), (Rgba8{0x44, 0x01, 0x54, 255}));
    QCOMPARE(ColorMap::named("viridis").at(1), (Rgba8{0xfd, 0xe7, 0x25, 255}));
    QCOMPARE(ColorMap::named("inferno").at(0), (Rgba8{0x00, 0x00, 0x04, 255}));
    QCOMPARE(ColorMap::named("inferno").at(7), ColorMap::named("inferno").at(1));
    QCOMPARE(ColorMap::named("inferno").at(-7), ColorMap::named("inferno").at(0));
}

void ColorScaleTest::refusesUnknownMap() {
    try {
        (void)ColorMap::named("jet");
        QFAIL("jet was accepted");
    } catch (const NotFoundError& error) {
        const std::string text = error.what();
        QVERIFY(text.find("jet") != std::string::npos);
        QVERIFY(text.find("batlow, batlow-8, berlin") != std::string::npos);
    }
    QVERIFY_THROWS_EXCEPTION(ShapeError, ColorMap("empty", {}));
}

void ColorScaleTest::sequentialMapsGrowBrighter_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"viridis", "cividis", "inferno", "magma", "batlow", "lajolla", "devon", "lipari"})
        QTest::newRow(name) << name;
}

void ColorScaleTest::sequentialMapsGrowBrighter() {
    QFETCH(QString, name);
    const ColorMap map = ColorMap::named(name.toStdString());
    for (int i = 1; i <= 10; ++i)
        QVERIFY(luminance(map.at(i / 10.0)) > luminance(map.at((i - 1) / 10.0)));
}

void ColorScaleTest::divergingMapIsPaleInTheMiddle() {
    const ColorMap map = ColorMap::named("vik");
    QVERIFY(luminance(map.at(0.5)) > 0.7);
    QVERIFY(map.at(0.1).b > map.at(0.1).r);
    QVERIFY(map.at(0.9).r > map.at(0.9).b);
}

void ColorScaleTest::discreteMapsHaveEqualSteps() {
    const ColorMap map = ColorMap::named("batlow-8");
    QCOMPARE(map.colors().size(), std::size_t(8));
    for (int i = 0; i < 80; ++i)
        QCOMPARE(map.at((i + 0.5) / 80), map.colors()[std::size_t(i / 10)]);
    for (std::size_t i = 1; i < map.colors().size(); ++i)
        QVERIFY(luminance(map.colors()[i]) > luminance(map.colors()[i - 1]));
}

void ColorScaleTest::logarithmicScaleIsEvenInDecades() {
    ColorScale scale = grayScale();
    scale.low = 100;
    scale.high = 10000;
    scale.isLogarithmic = true;
    QCOMPARE(scale.positionOf(100), 0.0);
    QCOMPARE(scale.positionOf(1000), 0.5);
    QCOMPARE(scale.positionOf(10000), 1.0);
    QCOMPARE(scale.valueAt(0.25), 100 * std::sqrt(10.0));
    QCOMPARE(scale.colorOf(1000), (Rgba8{100, 100, 100, 255}));
    QCOMPARE(scale.colorOf(1), (Rgba8{0, 0, 0, 255}));
    QCOMPARE(scale.colorOf(0), (Rgba8{0, 0, 0, 255}));
    QCOMPARE(scale.colorOf(1e9), (Rgba8{200, 200, 200, 255}));
    QCOMPARE(int(scale.colorOf(notANumber).a), 0);
}

void ColorScaleTest::twoTailedThresholdCutsBySize() {
    ColorScale scale = grayScale();
    scale.low = -2;
    scale.threshold = 0.5;
    QCOMPARE(int(scale.colorOf(-1).a), 0);
    scale.isTwoTailed = true;
    for (const double value : {-2.0, -0.5, 0.5, 2.0})
        QCOMPARE(int(scale.colorOf(value).a), 255);
    for (const double value : {-0.49, 0.0, 0.49})
        QCOMPARE(int(scale.colorOf(value).a), 0);
    // Zero has the colour in the very middle.
    scale.threshold = 0;
    QCOMPARE(scale.colorOf(0), (Rgba8{100, 100, 100, 255}));
}

void ColorScaleTest::manyValuesGetTheColoursOfEach() {
    std::vector<float> values{notANumber, -1e30F, 1e30F};
    for (int i = 0; i < 1000; ++i)
        values.push_back(3.0F * std::sin(0.37F * static_cast<float>(i)));
    std::vector<Rgba8> colors(values.size());
    ColorScale soft = grayScale();
    soft.map = ColorMap::named("inferno");
    soft.threshold = 0.1;
    soft.fade = 0.3;
    ColorScale logarithmic = soft;
    logarithmic.low = 0.1;
    logarithmic.isLogarithmic = true;
    ColorScale signedScale = soft;
    signedScale.low = -2;
    signedScale.isTwoTailed = true;
    for (const ColorScale& scale : {soft, logarithmic, signedScale}) {
        scale.apply(values, colors);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(colors[i], scale.colorOf(double(values[i])));
    }
}

void ColorScaleTest::logTicksAreRound_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("most");
    QTest::addColumn<QString>("ticks");
    QTest::newRow("a decade") << 1e3 << 1e4 << 6 << "1000 2000 5000 10000";
    QTest::newRow("training") << 1e3 << 1e7 << 6 << "1000 10000 100000 1e+06 1e+07";
    QTest::newRow("little room") << 1e3 << 1e7 << 3 << "10000 1e+06";
    QTest::newRow("odd ends") << 300.0 << 40000.0 << 7 << "500 1000 2000 5000 10000 20000";
    QTest::newRow("from zero") << 0.0 << 10.0 << 5 << "";
    QTest::newRow("empty") << 10.0 << 10.0 << 5 << "";
}

void ColorScaleTest::logTicksAreRound() {
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(int, most);
    QTEST(joined(logTicks(low, high, most)), "ticks");
}

void ColorScaleTest::mapsValuesLinearly() {
    const ColorScale scale = grayScale();
    QCOMPARE(scale.colorOf(0), (Rgba8{0, 0, 0, 255}));
    QCOMPARE(scale.colorOf(1), (Rgba8{100, 100, 100, 255}));
    QCOMPARE(scale.colorOf(2), (Rgba8{200, 200, 200, 255}));
    QCOMPARE(scale.colorOf(-1), (Rgba8{0, 0, 0, 255}));
    QCOMPARE(scale.colorOf(9), (Rgba8{200, 200, 200, 255}));
}

void ColorScaleTest::hidesNanAndValuesBelowThreshold() {
    ColorScale scale = grayScale();
    scale.threshold = 0.5;
    const std::vector<float> values{notANumber, 0.4F, 0.5F, 2.0F};
    std::vector<Rgba8> colors(4);
    scale.apply(values, colors);
    QCOMPARE(int(colors[0].a), 0);
    QCOMPARE(int(colors[1].a), 0);
    QCOMPARE(int(colors[2].a), 255);
    QCOMPARE(colors[3], (Rgba8{200, 200, 200, 255}));
}

void ColorScaleTest::fadesInAboveTheThreshold() {
    ColorScale scale = grayScale();
    scale.threshold = 0;
    scale.fade = 0.5; // over one unit
    QCOMPARE(int(scale.colorOf(0).a), 0);
    QCOMPARE(int(scale.colorOf(0.5).a), 64);
    QCOMPARE(int(scale.colorOf(1).a), 255);
    QCOMPARE(scale.opacityOf(0.25), 0.0625);
    QCOMPARE(scale.opacityOf(notANumber), 0.0);
}

void ColorScaleTest::refusesDifferentSizes() {
    std::vector<Rgba8> colors(2);
    QVERIFY_THROWS_EXCEPTION(ShapeError, grayScale().apply(std::vector<float>{1, 2, 3}, colors));
    QVERIFY_THROWS_EXCEPTION(ShapeError, LayerScale{3}.apply(std::vector<std::int16_t>{1}, colors));
}

void ColorScaleTest::layersAreDistinctAndOrdered() {
    for (const int count : {2, 12, 24, 40}) {
        const LayerScale scale{count};
        for (int layer = 1; layer < count; ++layer)
            QVERIFY(luminance(scale.colorOf(layer)) > luminance(scale.colorOf(layer - 1)));
    }
    QCOMPARE(int(LayerScale{12}.colorOf(-1).a), 0);
    QCOMPARE(int(LayerScale{12}.colorOf(12).a), 0);
    QCOMPARE(int(LayerScale{1}.colorOf(0).a), 255);
}

void ColorScaleTest::blends() {
    const Rgba8 bottom{100, 100, 100, 255};
    QCOMPARE(blend(bottom, {200, 0, 50, 0}), bottom);
    QCOMPARE(blend(bottom, {200, 0, 50, 255}), (Rgba8{200, 0, 50, 255}));
    QCOMPARE(blend({0, 0, 0, 255}, {255, 255, 255, 51}), (Rgba8{51, 51, 51, 255}));
}

void ColorScaleTest::ticksAreRound_data() {
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QString>("ticks");
    QTest::newRow("a score") << 0.0 << 0.5 << 6 << "0 0.1 0.2 0.3 0.4 0.5";
    QTest::newRow("few") << 0.0 << 0.5 << 3 << "0 0.25 0.5";
    QTest::newRow("odd ends") << 0.013 << 0.29 << 3 << "0.1 0.2";
    QTest::newRow("around zero") << -1.29 << 1.29 << 5 << "-1 -0.5 0 0.5 1";
    QTest::newRow("large") << 0.0 << 2e5 << 3 << "0 100000 200000";
    QTest::newRow("empty range") << 1.0 << 1.0 << 3 << "";
    QTest::newRow("not a number") << 0.0 << double(notANumber) << 3 << "";
}

void ColorScaleTest::ticksAreRound() {
    QFETCH(double, low);
    QFETCH(double, high);
    QFETCH(int, wanted);
    QTEST(joined(roundTicks(low, high, wanted)), "ticks");
}

void ColorScaleTest::textsTellTicksApart_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("spacing");
    QTest::addColumn<QString>("text");
    QTest::newRow("tenths") << 0.3 << 0.1 << "0.3";
    QTest::newRow("quarters") << 0.5 << 0.25 << "0.50";
    QTest::newRow("zero") << 0.0 << 0.25 << "0";
    QTest::newRow("tiny zero") << -1e-17 << 0.1 << "0";
    QTest::newRow("whole") << 40.0 << 20.0 << "40";
    QTest::newRow("negative") << -0.5 << 0.5 << QString::fromUtf8("−0.5");
    QTest::newRow("thousands") << 1200000.0 << 200000.0 << "1,200,000";
    QTest::newRow("huge") << 2e11 << 1e11 << QString::fromUtf8("2×10¹¹");
    QTest::newRow("huge halves") << -2.5e11 << 5e10 << QString::fromUtf8("−2.5×10¹¹");
    QTest::newRow("coarser than itself") << 2e8 << 1e9 << QString::fromUtf8("2×10⁸");
    QTest::newRow("minute") << 3e-7 << 1e-7 << QString::fromUtf8("3×10⁻⁷");
    QTest::newRow("minute zero") << 0.0 << 1e-7 << "0";
    QTest::newRow("close to another") << 0.5 << 1e-6 << "0.500000";
    QTest::newRow("small") << 0.002 << 0.001 << "0.002";
    QTest::newRow("not a number") << double(notANumber) << 0.1 << "";
}

void ColorScaleTest::textsTellTicksApart() {
    QFETCH(double, value);
    QFETCH(double, spacing);
    QTEST(QString::fromStdString(tickText(value, spacing)), "text");
}

void ColorScaleTest::roundsUp() {
    QCOMPARE(roundUp(0.437), 0.5);
    QCOMPARE(roundUp(0.5), 0.5);
    QCOMPARE(roundUp(0.11), 0.12);
    QCOMPARE(roundUp(9.3), 10.0);
    QCOMPARE(roundUp(0), 1.0);
    QCOMPARE(roundUp(double(notANumber)), 1.0);
}

void ColorScaleTest::opacitiesAreThoseOfTheColours() {
    std::vector<float> values{notANumber, std::numeric_limits<float>::infinity(), 0, -0.0F, 1e-40F, -3};
    for (int i = 0; i < 1300; ++i) // more than a block
        values.push_back(-1.0F + 0.003F * static_cast<float>(i));
    for (const bool isTwoTailed : {false, true})
        for (const double fade : {0.0, 0.3})
            for (const bool isLogarithmic : {false, true}) {
                ColorScale scale = grayScale();
                scale.low = isLogarithmic ? 0.01 : 0;
                scale.threshold = 0.5;
                scale.fade = fade;
                scale.isTwoTailed = isTwoTailed;
                scale.isLogarithmic = isLogarithmic;
                std::vector<Rgba8> colors(values.size());
                std::vector<std::uint8_t> opacities(values.size());
                scale.apply(values, colors);
                applyOpacity(scale, values, opacities);
                for (std::size_t i = 0; i < values.size(); ++i) {
                    QCOMPARE(opacities[i], colors[i].a);
                    // Together or one by one: the same.
                    QCOMPARE(colors[i], scale.colorOf(static_cast<double>(values[i])));
                    QVERIFY(std::abs(opacities[i] - 255 * scale.opacityOf(static_cast<double>(values[i]))) < 0.51);
                }
            }
    std::vector<std::uint8_t> few(3);
    QVERIFY_THROWS_EXCEPTION(ShapeError, applyOpacity(grayScale(), values, few));
}

QTEST_GUILESS_MAIN(ColorScaleTest)
#include "ColorScaleTest.moc"
