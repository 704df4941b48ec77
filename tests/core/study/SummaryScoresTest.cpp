#include "core/study/SummaryScores.h"

#include "core/study/GroupScores.h"

#include <QTest>

#include <cmath>

using namespace brainlike;

namespace {

/// Two vertices an area on a line, 10 mm from area to area, the same in both hemispheres.
std::array<Mesh, 2> lines() {
    std::array<Mesh, 2> meshes;
    for (std::size_t side = 0; side < 2; ++side) {
        meshes[side].points.resize(8, 3);
        for (int vertex = 0; vertex < 8; ++vertex)
            meshes[side].points.row(vertex) << (side == 0 ? -30.0F : 30.0F), 10.0F * static_cast<float>(vertex / 2),
                vertex % 2 == 0 ? -1.0F : 1.0F;
    }
    return meshes;
}

Parcellation fourAreas(const std::string& first) {
    Annotation side{.areas = {{.name = first}, {.name = "V2"}, {.name = "MT"}, {.name = "IFSp"}},
                    .labels = {0, 0, 1, 1, 2, 2, 3, 3}};
    return {.name = "four", .sides = {side, side}};
}

BestLayerMap bestOf(const RowMatrix<float>& mean) {
    return bestLayerMap(mean, {});
}

} // namespace

class SummaryScoresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void distancesAreBetweenCentroids() {
        const auto distances = areaDistances(fourAreas("V1"), lines());
        QCOMPARE(distances.reason, std::string());
        QCOMPARE(distances.areas.ids[2], std::string("lh:MT"));
        QCOMPARE(distances.distances, (std::vector<double>{0, 10, 20, 30, 0, 10, 20, 30}));
    }

    void setsOfSeveralAreasHaveTheirOwnCentroid() {
        const DimensionGroups sets{{"lh:first", "rh:late"}, {{0, 1, 2, 3}, {12, 13, 14, 15}}};
        const auto distances = setDistances(sets, fourAreas("V1"), lines());
        QCOMPARE(distances.distances, (std::vector<double>{5, 25}));
        QVERIFY(std::isnan(setDistances(sets, fourAreas("A1"), lines()).distances[0]));
    }

    void withoutV1ThereIsAReason() {
        const auto distances = areaDistances(fourAreas("A1"), lines());
        QVERIFY(std::isnan(distances.distances.front()));
        QVERIFY(distances.reason.find("V1") != std::string::npos);
        RowMatrix<float> mean = RowMatrix<float>::Random(2, 16);
        CheckpointSummary summary;
        addFmri(summary, mean, bestOf(mean), std::vector<double>{0, 1}, distances);
        QVERIFY(std::isnan(summary.spatial.value));
        QCOMPARE(summary.spatial.reason, distances.reason);
    }

    void laterLayersFartherAway() {
        RowMatrix<float> mean = RowMatrix<float>::Constant(4, 16, 0.1F);
        for (int vertex = 0; vertex < 16; ++vertex)
            mean((vertex % 8) / 2, vertex) = 0.5F + 0.01F * static_cast<float>(vertex);
        CheckpointSummary summary;
        addFmri(summary, mean, bestOf(mean), std::vector<double>{0, 0.3, 0.6, 0.9},
                areaDistances(fourAreas("V1"), lines()));
        QVERIFY(std::abs(summary.spatial.value - 1) < 1e-12);
        QVERIFY(std::abs(summary.encodingFmri.value - (0.5 + 0.01 * 7.5)) < 1e-6);
        QCOMPARE(summary.spatial.reason, std::string());
        QVERIFY(std::isnan(summary.temporal.value));
        QCOMPARE(summary.temporal.reason, std::string("not computed"));
    }

    void oneBestLayerHasNoVariance() {
        RowMatrix<float> mean = RowMatrix<float>::Constant(2, 16, 0.1F);
        CheckpointSummary summary;
        addFmri(summary, mean, bestOf(mean), std::vector<double>{0, 1}, areaDistances(fourAreas("V1"), lines()));
        QVERIFY(std::isnan(summary.spatial.value));
        QVERIFY(summary.spatial.reason.find("no variance (8 areas)") != std::string::npos);
    }

    void deeperLayersLater() {
        const std::vector<double> times{-0.1, 0, 0.1, 0.2};
        RowMatrix<float> mean(3, 8);    // 2 channels × 4 times
        mean << 9, 4, 1, 1, 9, 4, 1, 1, //
            9, 1, 4, 1, 9, 1, 4, 1,     //
            9, 1, 1, 4, 9, 1, 1, 4;
        CheckpointSummary summary;
        addMeg(summary, mean, bestOf(mean), std::vector<double>{0, 0.5, 1}, times);
        QVERIFY(std::abs(summary.temporal.value - 1) < 1e-12);
        QCOMPARE(summary.encodingMeg.value, (9.0 + 4 + 4 + 4) / 4);
    }
};

QTEST_GUILESS_MAIN(SummaryScoresTest)
#include "SummaryScoresTest.moc"
