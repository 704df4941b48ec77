#include "core/maps/MedialWall.h"

#include "core/maps/MapSource.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/views/scene/SyntheticCortex.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// A thickness of 2 to 4 mm that is 0 in a disc around a point of the hemisphere.
std::vector<float> valuesWithDisc(const Mesh& mesh, Hemisphere hemisphere, bool isMedial) {
    const float side = (hemisphere == Hemisphere::Left ? 1.0F : -1.0F) * (isMedial ? 1.0F : -1.0F);
    const float middle = 0.5F * (mesh.points.col(0).minCoeff() + mesh.points.col(0).maxCoeff());
    std::vector<float> values;
    for (Eigen::Index i = 0; i < mesh.points.rows(); ++i) {
        const bool isInside = side * (mesh.points(i, 0) - middle) > 0 && std::abs(mesh.points(i, 1)) < 28 &&
                              std::abs(mesh.points(i, 2)) < 20;
        values.push_back(isInside ? 0 : 3 + std::sin(0.1F * mesh.points(i, 1)));
    }
    return values;
}

int missing(const std::vector<float>& values) {
    return static_cast<int>(std::ranges::count_if(values, [](float value) { return std::isnan(value); }));
}

} // namespace

class MedialWallTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheWall();
    void keepsOtherZeros();
    void filesSayWhatWasTakenForTheWall();
};

void MedialWallTest::findsTheWall() {
    for (const Hemisphere hemisphere : hemispheres) {
        const Mesh mesh = foldedHemisphere(hemisphere, 4);
        std::vector<float> values = valuesWithDisc(mesh, hemisphere, true);
        const auto zeros = static_cast<int>(std::ranges::count(values, 0.0F));
        QVERIFY(mayHoldWall(values));
        QCOMPARE(clearMedialWall(values, mesh, hemisphere), zeros);
        QCOMPARE(missing(values), zeros);
        QVERIFY(std::ranges::count(values, 0.0F) == 0);
        QCOMPARE(clearMedialWall(values, mesh, hemisphere), 0);
    }
}

void MedialWallTest::keepsOtherZeros() {
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, 4);
    const auto isKept = [&](std::vector<float> values) {
        const std::vector<float> before = values;
        return clearMedialWall(values, mesh, Hemisphere::Left) == 0 && values == before;
    };
    QVERIFY(isKept(valuesWithDisc(mesh, Hemisphere::Left, false))); // on the lateral side
    // A signed map cut at a threshold: zeros wherever it is weak, the wall among them.
    std::vector<float> cut = valuesWithDisc(mesh, Hemisphere::Left, true);
    for (std::size_t i = 0; i < cut.size(); ++i)
        if (mesh.points(static_cast<Eigen::Index>(i), 1) > 55)
            cut[i] = 0;
    QVERIFY(isKept(cut));
    QVERIFY(isKept(std::vector<float>(cut.size(), 0.0F)));
    // A few vertices are no wall.
    std::vector<float> few(cut.size(), 1.0F);
    std::fill_n(few.begin(), few.size() / 50, 0.0F);
    QVERIFY(isKept(few));
}

void MedialWallTest::filesSayWhatWasTakenForTheWall() {
    QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, 4);
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    const auto values = valuesWithDisc(mesh, Hemisphere::Left, true);
    writeFreeSurferMap(root / "lh.thickness", values);
    const auto open = [&] {
        return MapSource({root / "lh.thickness"}, (root / "fake").string(), TemplateFinder({root}));
    };
    const MapSource found = open();
    const auto wall = static_cast<int>(std::ranges::count(values, 0.0F));
    QCOMPARE(missing(found.maps()[0].values) - mesh.vertexCount(), wall); // nothing on the right
    QCOMPARE(found.maps()[0].note, std::string("Medial wall: 0 in the file"));
    QVERIFY(std::ranges::any_of(found.notes(), [&](const std::string& note) {
        return note.find(std::to_string(wall) + " vertices") != std::string::npos;
    }));
    // A parcellation tells the wall: zeros are zeros.
    writeAnnotations(root / "fake/label", "HCP-MMP1", mesh.vertexCount());
    const MapSource told = open();
    QCOMPARE(missing(told.maps()[0].values), mesh.vertexCount());
    QVERIFY(told.maps()[0].note.empty());
}

QTEST_GUILESS_MAIN(MedialWallTest)
#include "MedialWallTest.moc"
