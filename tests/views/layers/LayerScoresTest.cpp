#include "views/layers/LayerScores.h"

#include "tests/support/FakeScores.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace brainlike;

class LayerScoresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void winnerAndRunnerUp() {
        const double gap = std::nan("");
        const LayerProfile profile{{0.1, 0.3, gap, 0.3, 0.2}, {}};
        QCOMPARE(profile.bestLayer(), 1); // the earlier of equal ones
        QCOMPARE(profile.runnerUp(), 3);
        QCOMPARE(profile.computedCount(), 4);
        QCOMPARE((LayerProfile{{gap, gap}, {}}.bestLayer()), -1);
        QCOMPARE((LayerProfile{{gap, 0.2}, {}}.runnerUp()), -1);
    }

    void theBestOfAllVerticesIsTheMeanOfTheirBestLayers() {
        const test::FakeScores source;
        const LayerProfiles profiles = readLayerProfiles(source, {}, {9});
        const BestLayerMap best = *source.fmriBestLayer(0, 9);
        double sum = 0;
        for (const float score : best.score)
            sum += static_cast<double>(score);
        QVERIFY(std::abs(profiles.at(9).best - sum / 400) < 1e-6);
        QVERIFY(profiles.at(9).best > *std::ranges::max_element(profiles.at(9).mean));
    }

    void theGroupsVertexEqualsTheSource() {
        const test::FakeScores source;
        const LayerProfiles profiles = readLayerProfiles(source, {.model = 1, .vertex = 77}, {0, 4});
        const DimensionScores scores = source.fmriVertex(1, 77);
        QCOMPARE(profiles.size(), std::size_t(2));
        QCOMPARE(profiles.at(4).mean[3], static_cast<double>(scores.mean(4, 3)));
        QCOMPARE(profiles.at(4).sem[3], static_cast<double>(scores.sem(4, 3)));
        QCOMPARE(profiles.at(4).best, static_cast<double>(scores.mean.row(4).maxCoeff()));
    }

    void aRegionHasTheMeanOfItsVertices() {
        const test::FakeScores source;
        RegionChoice regions;
        regions.rois = SharedRois(withVertices(withVertices({}, "a", Hemisphere::Left, std::vector{4, 9}), "a",
                                               Hemisphere::Right, std::vector{0, 70000}));
        regions.roi = "a";
        LayerScoresRequest request;
        request.regions = regions;
        const LayerProfile profile = readLayerProfiles(source, request, {7}).at(7);
        const auto best = source.fmriBestLayer(0, 7)->score;
        for (int layer = 0; layer < 12; ++layer) {
            const auto map = *source.fmriMean(0, 7, layer);
            const double mean =
                (static_cast<double>(map[4]) + static_cast<double>(map[9]) + static_cast<double>(map[200])) / 3;
            QVERIFY(std::abs(profile.mean[static_cast<std::size_t>(layer)] - mean) < 1e-6);
        }
        QVERIFY(std::abs(profile.best - static_cast<double>(best[4] + best[9] + best[200]) / 3) < 1e-6);
        QVERIFY(profile.sem[3] > 0);
        request.regions->roi = "none of that name";
        QCOMPARE(readLayerProfiles(source, request, {7}).at(7).computedCount(), 0);
    }

    void aRecordingHasNoSem() {
        const test::FakeScores source;
        for (const std::optional<int> vertex : {std::optional<int>(12), std::optional<int>()}) {
            const LayerProfile profile = readLayerProfiles(source, {0, vertex, 2}, {5}).at(5);
            QCOMPARE(profile.computedCount(), 12);
            QVERIFY(std::ranges::all_of(profile.sem, [](double sem) { return std::isnan(sem); }));
        }
    }

    void missingCheckpointsHaveNoValues() {
        const test::FakeScores source({.missing = {5000}});
        for (const LayerScoresRequest& request :
             {LayerScoresRequest{}, LayerScoresRequest{0, 3}, LayerScoresRequest{0, 3, 1}}) {
            const LayerProfile profile = readLayerProfiles(source, request, {2}).at(2);
            QCOMPARE(profile.computedCount(), 0);
            QVERIFY(std::isnan(profile.best));
        }
    }
};

QTEST_GUILESS_MAIN(LayerScoresTest)
#include "LayerScoresTest.moc"
