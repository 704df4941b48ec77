#include "views/scene/SoftwareRenderer.h"

#include "tests/views/scene/ImageCheck.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/CortexMap.h"

#include <QTest>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int edge = 300;
constexpr ViewSpacing spacing{.left = 6, .top = 6, .right = 6, .bottom = 6, .label = 0, .gap = 6};

/// A scene of the synthetic cortex, 300 × 300 pixels.
struct Sketch {
    std::shared_ptr<const CortexGeometry> geometry = syntheticCortex();
    CortexScene scene;
    SoftwareRenderer renderer;

    explicit Sketch(std::string_view preset = "four-view", std::string_view underlay = "soft") {
        SceneStyle style = SceneStyle::on({255, 255, 255, 255});
        style.underlay.folding = foldingFrom(underlay);
        scene.setStyle(style);
        scene.setGeometry(geometry);
        scene.view().setPreset(preset);
        scene.view().setSize(edge, edge, spacing);
    }
    void showScores(double threshold = 0) {
        scene.setOverlay(scoreOverlay(syntheticScores(*geometry), scoreScale({0, 0.45}, threshold)));
    }
    RgbaImage draw(int sampling = 1) { return renderer.draw(scene, edge, edge, sampling); }
};

/// Hue in degrees and lightness in percent (CIE L*) of a colour.
struct HueAndLightness {
    double hue = 0, lightness = 0;
    explicit HueAndLightness(Rgba8 color) {
        hue = QColor(color.r, color.g, color.b).hueF() * 360.0;
        const auto linear = [](std::uint8_t channel) {
            const double share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
        };
        const double y = 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
        lightness = y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
    }
};

} // namespace

class SoftwareRendererTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void looksAsTheGraphicsDriverDraws_data();
    void looksAsTheGraphicsDriverDraws();
    void looksAsBefore_data();
    void looksAsBefore();
    void anotherMapOnlyRecolors();
    void recoloringEqualsDrawingAnew();
    void noticesEverythingElse();
    void lightKeepsHueAndLightness_data();
    void lightKeepsHueAndLightness();
    void keepsTheColoursOfManyLines();
    void samplingSmooths();
    void drawsNothingWithoutGeometry();
};

void SoftwareRendererTest::looksAsTheGraphicsDriverDraws_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("map");
    QTest::newRow("cortex-four-view-score") << "four-view"
                                            << "score";
    QTest::newRow("cortex-four-view-best-layer") << "four-view"
                                                 << "best-layer";
    QTest::newRow("cortex-four-view-threshold") << "four-view"
                                                << "threshold";
    QTest::newRow("cortex-four-view-bare") << "four-view"
                                           << "bare";
    QTest::newRow("cortex-lateral-medial") << "lateral-medial"
                                           << "score";
    QTest::newRow("cortex-left") << "left"
                                 << "score";
    QTest::newRow("cortex-right") << "right"
                                  << "score";
    QTest::newRow("cortex-dorsal") << "dorsal"
                                   << "score";
    QTest::newRow("cortex-ventral") << "ventral"
                                    << "best-layer";
    QTest::newRow("cortex-compared") << "four-view"
                                     << "compared";
}

void SoftwareRendererTest::looksAsTheGraphicsDriverDraws() {
    if (qEnvironmentVariableIsSet("BRAINLIKE_WRITE_BASELINES"))
        QSKIP("the graphics driver writes these");
    QFETCH(QString, preset);
    QFETCH(QString, map);
    Sketch sketch(preset.toStdString());
    if (map == "score")
        sketch.showScores();
    else if (map == "threshold")
        sketch.showScores(0.2);
    else if (map == "best-layer")
        sketch.scene.setOverlay(bestLayerOverlay(syntheticBestLayers(*sketch.geometry, 6), scoreScale({0, 0.4}, 0)));
    else if (map == "compared")
        showCompared(sketch.scene, *sketch.geometry);
    // Lines are smoothed here, but not by the driver.
    const QString problem = compareWithBaseline(toImage(sketch.draw()), QTest::currentDataTag(), 0.035);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void SoftwareRendererTest::looksAsBefore_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("underlay");
    QTest::addColumn<double>("share");
    for (const std::string_view preset : presetNames()) {
        const QString name = QString::fromUtf8(preset.data(), qsizetype(preset.size()));
        QTest::newRow(qPrintable("software-" + name)) << name << "soft" << 0.0;
    }
    for (const std::string_view underlay : foldingNames()) {
        const QString name = QString::fromUtf8(underlay.data(), qsizetype(underlay.size()));
        QTest::newRow(qPrintable("software-underlay-" + name)) << "lateral" << name << 0.0;
    }
    for (const double share : {0.25, 0.75, 1.0})
        QTest::newRow(qPrintable(QStringLiteral("software-blend-%1").arg(100 * share))) << "lateral"
                                                                                        << "soft" << share;
}

void SoftwareRendererTest::looksAsBefore() {
    QFETCH(QString, preset);
    QFETCH(QString, underlay);
    QFETCH(double, share);
    Sketch sketch(preset.toStdString(), underlay.toStdString());
    if (!QString(QTest::currentDataTag()).contains("underlay"))
        sketch.showScores();
    if (share > 0)
        sketch.scene.setGeometry(blendedGeometry(*sketch.geometry, *roundCortex(*sketch.geometry), share));
    const QImage image = toImage(sketch.renderer.draw(sketch.scene, edge, edge, 2))
                             .scaled(150, 150, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QString problem = compareWithBaseline(image, QTest::currentDataTag());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void SoftwareRendererTest::anotherMapOnlyRecolors() {
    Sketch sketch;
    sketch.showScores();
    const RgbaImage first = sketch.draw();
    QVERIFY(!sketch.renderer.wasRecoloredOnly());
    auto values = syntheticScores(*sketch.geometry);
    for (float& value : values)
        value = 0.5F * value;
    sketch.scene.setOverlay(scoreOverlay(values, scoreScale({0, 0.45}, 0)));
    const RgbaImage second = sketch.draw();
    QVERIFY(sketch.renderer.wasRecoloredOnly());
    QVERIFY(first.bytes != second.bytes);
}

void SoftwareRendererTest::recoloringEqualsDrawingAnew() {
    for (const int sampling : {1, 2}) {
        Sketch one, two;
        one.showScores();
        one.draw(sampling);
        one.scene.setOverlay(scoreOverlay(syntheticScores(*one.geometry), scoreScale({0, 0.3}, 0, "viridis")));
        two.scene.setOverlay(scoreOverlay(syntheticScores(*two.geometry), scoreScale({0, 0.3}, 0, "viridis")));
        const RgbaImage again = one.draw(sampling);
        QVERIFY(one.renderer.wasRecoloredOnly());
        QVERIFY(again.bytes == two.draw(sampling).bytes);
    }
}

void SoftwareRendererTest::noticesEverythingElse() {
    Sketch sketch;
    sketch.showScores();
    const RgbaImage first = sketch.draw();
    const auto differs = [&] {
        const RgbaImage image = sketch.draw();
        return !sketch.renderer.wasRecoloredOnly() && image.bytes != first.bytes;
    };
    const PixelPoint at = sketch.scene.view().panels()[0].anchor;
    sketch.scene.view().rotate(at, 20, 10);
    QVERIFY(differs());
    sketch.scene.view().resetCamera();
    QVERIFY(sketch.draw().bytes == first.bytes);
    sketch.scene.view().zoom(at, 1.5);
    QVERIFY(differs());
    sketch.scene.view().resetCamera();
    sketch.scene.setOutlinesVisible(false);
    QVERIFY(differs());
    sketch.scene.setOutlinesVisible(true);
    sketch.showScores(0.2); // other borders between classes
    QVERIFY(differs());
    sketch.showScores();
    sketch.scene.setGeometry(blendedGeometry(*sketch.geometry, *roundCortex(*sketch.geometry), 0.3));
    QVERIFY(differs());
    sketch.scene.setGeometry(sketch.geometry);
    QVERIFY(sketch.draw().bytes == first.bytes);
}

void SoftwareRendererTest::lightKeepsHueAndLightness_data() {
    QTest::addColumn<QColor>("color");
    QTest::newRow("orange") << QColor(235, 120, 30);
    QTest::newRow("bright yellow") << QColor(252, 255, 164);
    QTest::newRow("purple") << QColor(120, 28, 109);
    QTest::newRow("blue") << QColor(40, 90, 190);
    QTest::newRow("full red") << QColor(255, 0, 0);
}

void SoftwareRendererTest::lightKeepsHueAndLightness() {
    QFETCH(QColor, color);
    Sketch sketch("left");
    sketch.scene.setOutlinesVisible(false);
    const auto total = static_cast<std::size_t>(sketch.geometry->counts.total());
    const auto channel = [](int value) { return static_cast<std::uint8_t>(value); };
    const Rgba8 data{channel(color.red()), channel(color.green()), channel(color.blue()), 255};
    sketch.scene.setOverlay({.colors = std::vector<Rgba8>(total, data), .classes = {}});
    const RgbaImage image = sketch.draw();
    const HueAndLightness expected(data);
    const CortexSide& side = sketch.geometry->side(Hemisphere::Left);
    int facing = 0;
    for (int vertex = 0; vertex < side.mesh.vertexCount(); ++vertex) {
        const auto at = sketch.scene.view().positionOf({Hemisphere::Left, vertex});
        if (!at || side.isCortex[static_cast<std::size_t>(vertex)] == 0)
            continue;
        const Rgba8 seen = image.at(static_cast<int>(at->x), static_cast<int>(at->y));
        if (seen == Rgba8{255, 255, 255, 255})
            continue;
        const HueAndLightness found(seen);
        const double turn = std::abs(std::remainder(found.hue - expected.hue, 360.0));
        QVERIFY2(turn < 6, qPrintable(QStringLiteral("hue %1 became %2").arg(expected.hue).arg(found.hue)));
        QVERIFY(found.lightness < expected.lightness + 1);
        // What faces the viewer keeps its lightness within 5 of 100.
        if (-side.normals(vertex, 0) > 0.99F) {
            QVERIFY2(std::abs(found.lightness - expected.lightness) < 5,
                     qPrintable(QStringLiteral("%1 became %2").arg(expected.lightness).arg(found.lightness)));
            ++facing;
        }
    }
    QVERIFY(facing > 3);
}

void SoftwareRendererTest::keepsTheColoursOfManyLines() {
    Sketch sketch("left");
    // Two lines a region are drawn, the casing and its own.
    constexpr int regions = 200;
    const CortexSide& side = sketch.geometry->side(Hemisphere::Left);
    std::vector<SurfaceLines> lines;
    std::vector<int> facing;
    for (int vertex = 0; vertex < side.mesh.vertexCount(); ++vertex)
        if (-side.normals(vertex, 0) > 0.5F)
            facing.push_back(vertex);
    QVERIFY(facing.size() >= regions);
    for (int region = 0; region < regions; ++region) {
        SurfaceLines line{.points = {}, .color = region < regions - 20 ? Rgba8{0, 0, 0, 255} : Rgba8{255, 0, 0, 255}};
        const std::int32_t from = facing[static_cast<std::size_t>(region)];
        for (Eigen::Index face = 0; face < side.mesh.faces.rows(); ++face)
            for (int corner = 0; corner < 3; ++corner)
                if (side.mesh.faces(face, corner) == from)
                    for (const int other : {1, 2}) {
                        const std::int32_t to = side.mesh.faces(face, (corner + other) % 3);
                        line.points[0].push_back({{from, to, to}, {1, 0, 0}});
                        line.points[0].push_back({{from, to, to}, {0.4F, 0.6F, 0}});
                    }
        lines.push_back(std::move(line));
    }
    sketch.scene.setLines(lines);
    const auto redIn = [](const RgbaImage& image) {
        int count = 0;
        for (int y = 0; y < edge; ++y)
            for (int x = 0; x < edge; ++x) {
                const Rgba8 pixel = image.at(x, y);
                count += pixel.r > pixel.g + 100 && pixel.r > pixel.b + 100 ? 1 : 0;
            }
        return count;
    };
    const int ours = redIn(sketch.draw());
    const int drivers = redIn(OffscreenRenderer().render(sketch.scene, edge, edge));
    QVERIFY2(drivers > 30 && std::abs(ours - drivers) < drivers / 2,
             qPrintable(QStringLiteral("%1 red pixels, the driver's picture has %2").arg(ours).arg(drivers)));
}

void SoftwareRendererTest::samplingSmooths() {
    Sketch sketch("left");
    const auto between = [](const RgbaImage& image) {
        int count = 0;
        for (int y = 0; y < edge; ++y)
            for (int x = 0; x < edge; ++x)
                count += image.at(x, y).r > 205 && image.at(x, y).r < 254 ? 1 : 0;
        return count;
    };
    const int plain = between(sketch.draw(1));
    QVERIFY(between(sketch.draw(2)) > 2 * plain + 50);
}

void SoftwareRendererTest::drawsNothingWithoutGeometry() {
    CortexScene scene;
    SoftwareRenderer renderer;
    const RgbaImage image = renderer.draw(scene, 20, 10);
    QCOMPARE(image.width, 20);
    QCOMPARE(image.height, 10);
    QCOMPARE(image.at(3, 3), (Rgba8{255, 255, 255, 255}));
}

QTEST_GUILESS_MAIN(SoftwareRendererTest)
#include "SoftwareRendererTest.moc"
