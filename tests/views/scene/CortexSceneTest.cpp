#include "core/base/Error.h"
#include "tests/views/scene/ImageCheck.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/OffscreenRenderer.h"

#include <QTest>

#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int edge = 300;

/// A scene as tests draw it: 300 × 300 pixels, no multisampling.
struct Picture {
    std::shared_ptr<CortexGeometry> geometry = syntheticCortex();
    CortexScene scene;

    explicit Picture(std::string_view preset = "four-view") {
        scene.setStyle(SceneStyle::on({255, 255, 255, 255}));
        scene.setGeometry(geometry);
        scene.view().setPreset(preset);
        scene.view().setSize(edge, edge, {.left = 6, .top = 6, .right = 6, .bottom = 6, .label = 0, .gap = 6});
    }
    void showScores(double threshold = 0) {
        scene.setOverlay(scoreOverlay(syntheticScores(*geometry), scoreScale({0, 0.45}, threshold)));
    }
    [[nodiscard]] RgbaImage draw(OffscreenRenderer& renderer) { return renderer.render(scene, edge, edge); }
    /// Colour at a vertex of the left hemisphere, as drawn.
    [[nodiscard]] Rgba8 colorAt(const RgbaImage& image, int vertex) const {
        const auto at = scene.view().positionOf({Hemisphere::Left, vertex});
        if (!at)
            throw std::logic_error("the vertex is not seen");
        return image.at(static_cast<int>(at->x), static_cast<int>(at->y));
    }
    /// Left vertex nearest to a point, mm.
    [[nodiscard]] int vertexNear(const Eigen::RowVector3f& point) const {
        Eigen::Index index = 0;
        (geometry->sides[0].mesh.points.rowwise() - point).rowwise().squaredNorm().minCoeff(&index);
        return static_cast<int>(index);
    }
};

/// Hue apart from brightness: channels over their sum.
Eigen::Vector3d chroma(Rgba8 color) {
    const Eigen::Vector3d value(color.r, color.g, color.b);
    return value / std::max(1.0, value.sum());
}

bool isGrey(Rgba8 color) {
    return std::max({color.r, color.g, color.b}) - std::min({color.r, color.g, color.b}) < 12;
}

} // namespace

class CortexSceneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void looksAsBefore_data();
    void looksAsBefore();
    void everyPixelOfABestLayerMapHasALayersHue();
    void missingAndMedialWallAreGrey();
    void thresholdHidesLowScores();
    void outlinesComeAndGo();
    void aNewMapReplacesTheOldOne();
    void samplingSmoothsEdges();
    void refusesAMapOfAnotherSize();
    void drawsTheSameTwice();
    void manyScenesOneAfterAnother();

private:
    std::unique_ptr<OffscreenRenderer> m_renderer;
};

void CortexSceneTest::initTestCase() {
    // Not even a display variable may be needed.
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    m_renderer = std::make_unique<OffscreenRenderer>();
    QVERIFY(!m_renderer->deviceName().empty());
}

void CortexSceneTest::looksAsBefore_data() {
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

void CortexSceneTest::looksAsBefore() {
    QFETCH(QString, preset);
    QFETCH(QString, map);
    Picture picture(preset.toStdString());
    if (map == "score")
        picture.showScores();
    else if (map == "threshold")
        picture.showScores(0.2);
    else if (map == "best-layer")
        picture.scene.setOverlay(bestLayerOverlay(syntheticBestLayers(*picture.geometry, 6), scoreScale({0, 0.4}, 0)));
    else if (map == "compared")
        showCompared(picture.scene, *picture.geometry);
    const QString problem = compareWithBaseline(toImage(picture.draw(*m_renderer)), QTest::currentDataTag());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void CortexSceneTest::everyPixelOfABestLayerMapHasALayersHue() {
    constexpr int layers = 4;
    Picture picture;
    picture.scene.setOutlinesVisible(false);
    picture.scene.setOverlay(bestLayerOverlay(syntheticBestLayers(*picture.geometry, layers), scoreScale({0, 0.4}, 0.1)));
    const RgbaImage image = picture.draw(*m_renderer);
    std::array<int, layers> seen{};
    for (int y = 0; y < edge; ++y)
        for (int x = 0; x < edge; ++x) {
            const Rgba8 color = image.at(x, y);
            if (isGrey(color)) // background or medial wall
                continue;
            double nearest = 10;
            int layer = -1;
            for (int candidate = 0; candidate < layers; ++candidate) {
                const double distance = (chroma(color) - chroma(LayerScale{layers}.colorOf(candidate))).norm();
                if (distance < nearest) {
                    nearest = distance;
                    layer = candidate;
                }
            }
            QVERIFY2(nearest < 0.05, qPrintable(QStringLiteral("pixel %1 %2 mixes layers").arg(x).arg(y)));
            ++seen[static_cast<std::size_t>(layer)];
        }
    for (const int count : seen)
        QVERIFY(count > 500);
}

void CortexSceneTest::missingAndMedialWallAreGrey() {
    Picture picture;
    picture.scene.setOutlinesVisible(false);
    picture.showScores();
    const RgbaImage image = picture.draw(*m_renderer);
    QVERIFY(isGrey(picture.colorAt(image, picture.vertexNear({-50, -35, 0})))); // not computed
    QVERIFY(isGrey(picture.colorAt(image, picture.vertexNear({-14, 5, 5}))));   // medial wall
    QVERIFY(!isGrey(picture.colorAt(image, picture.vertexNear({-45, -55, 10}))));
    QCOMPARE(image.at(1, 1), (Rgba8{255, 255, 255, 255}));
}

void CortexSceneTest::thresholdHidesLowScores() {
    Picture picture;
    picture.scene.setOutlinesVisible(false);
    picture.showScores(0.2);
    const RgbaImage image = picture.draw(*m_renderer);
    QVERIFY(isGrey(picture.colorAt(image, picture.vertexNear({-40, 50, 10}))));   // 0.08
    QVERIFY(!isGrey(picture.colorAt(image, picture.vertexNear({-45, -55, 10})))); // 0.38
}

void CortexSceneTest::outlinesComeAndGo() {
    Picture picture;
    const auto dark = [&](bool visible) {
        picture.scene.setOutlinesVisible(visible);
        const RgbaImage image = picture.draw(*m_renderer);
        int count = 0;
        for (int y = 0; y < edge; ++y)
            for (int x = 0; x < edge; ++x)
                count += image.at(x, y).g < 110 ? 1 : 0;
        return count;
    };
    const int without = dark(false);
    QVERIFY(dark(true) > without + 200);
    QCOMPARE(dark(false), without);
}

void CortexSceneTest::aNewMapReplacesTheOldOne() {
    Picture picture;
    picture.showScores();
    const RgbaImage scores = picture.draw(*m_renderer);
    picture.scene.setOverlay(bestLayerOverlay(syntheticBestLayers(*picture.geometry, 6), scoreScale({0, 0.4}, 0)));
    const RgbaImage layers = picture.draw(*m_renderer);
    QVERIFY(scores.bytes != layers.bytes);
    picture.showScores();
    QVERIFY(picture.draw(*m_renderer).bytes == scores.bytes);
    picture.scene.setOverlay({});
    const RgbaImage bare = picture.draw(*m_renderer);
    QVERIFY(isGrey(picture.colorAt(bare, picture.vertexNear({-45, -55, 10}))));
}

void CortexSceneTest::samplingSmoothsEdges() {
    Picture picture("left");
    const RgbaImage plain = picture.draw(*m_renderer);
    const RgbaImage smooth = m_renderer->render(picture.scene, edge, edge, 2);
    QCOMPARE(smooth.width, edge);
    const auto silhouette = [](const RgbaImage& image) {
        int between = 0;
        for (int y = 0; y < edge; ++y)
            for (int x = 0; x < edge; ++x)
                between += image.at(x, y).r > 205 && image.at(x, y).r < 254 ? 1 : 0;
        return between;
    };
    QVERIFY(silhouette(smooth) > 2 * silhouette(plain) + 50);
}

void CortexSceneTest::refusesAMapOfAnotherSize() {
    Picture picture;
    QVERIFY_THROWS_EXCEPTION(ShapeError, picture.scene.setOverlay({.colors = std::vector<Rgba8>(7), .classes = {}}));
    const auto total = static_cast<std::size_t>(picture.geometry->counts.total());
    QVERIFY_THROWS_EXCEPTION(ShapeError,
                             picture.scene.setOverlay({.colors = std::vector<Rgba8>(total), .classes = {1, 2}}));
}

void CortexSceneTest::drawsTheSameTwice() {
    Picture one, two;
    one.showScores();
    two.showScores();
    QVERIFY(one.draw(*m_renderer).bytes == two.draw(*m_renderer).bytes);
    OffscreenRenderer another;
    QVERIFY(two.draw(another).bytes == one.draw(*m_renderer).bytes);
}

void CortexSceneTest::manyScenesOneAfterAnother() {
    RgbaImage first;
    for (int i = 0; i < 20; ++i) {
        Picture picture;
        picture.showScores();
        const RgbaImage image = picture.draw(*m_renderer);
        if (i == 0)
            first = image;
        QVERIFY(image.bytes == first.bytes);
    }
}

QTEST_GUILESS_MAIN(CortexSceneTest)
#include "CortexSceneTest.moc"
