#include "core/scores/SpatialScore.h"

#include "core/base/Error.h"
#include "core/scores/BestLayer.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// Two areas a side and a medial wall; six vertices left, five right.
Parcellation smallParcellation() {
    const std::vector<Area> areas{
        {.name = "wall", .isCortex = false}, {.name = "V1"}, {.name = "V2"}, {.name = "none"}};
    return {"small", {Annotation{areas, {1, 1, 0, 2, 2, -1}}, Annotation{areas, {2, 1, 1, 0, 1}}}};
}

constexpr VertexCounts counts{6, 5};

} // namespace

class SpatialScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areasOfBothSides() {
        const auto groups = areaGroups(smallParcellation(), counts);
        QCOMPARE(groups.ids, (std::vector<std::string>{"lh:V1", "lh:V2", "rh:V1", "rh:V2"}));
        QCOMPARE(groups.members, (std::vector<std::vector<int>>{{0, 1}, {3, 4}, {7, 8, 10}, {6}}));
        QVERIFY_EXCEPTION_THROWN((void)areaGroups(smallParcellation(), VertexCounts{6, 6}), ShapeError);
    }

    void regionsOfSeveralAreas() {
        const std::vector<std::string> both{"V2", "V1"};
        const auto groups = roiGroups(smallParcellation(), counts, "early", both);
        QCOMPARE(groups.ids, (std::vector<std::string>{"lh:early", "rh:early"}));
        QCOMPARE(groups.members, (std::vector<std::vector<int>>{{0, 1, 3, 4}, {6, 7, 8, 10}}));
        const std::vector<std::string> unknown{"V1", "V9"};
        try {
            (void)roiGroups(smallParcellation(), counts, "early", unknown);
            QFAIL("unknown area accepted");
        } catch (const NotFoundError& error) {
            QCOMPARE(error.details().found, std::string("V9"));
        }
    }

    void groupMeansSkipMissingVertices() {
        RowMatrix<float> scores(1, 11);
        scores << 1, missing, 9, missing, missing, 9, 4, 1, 2, 9, 6;
        const auto means = groupMeans(scores, areaGroups(smallParcellation(), counts));
        QCOMPARE(means(0, 0), 1.0);
        QVERIFY(std::isnan(means(0, 1)));
        QCOMPARE(means(0, 2), 3.0);
        QCOMPARE(means(0, 3), 4.0);
        QVERIFY_EXCEPTION_THROWN((void)groupMeans(RowMatrix<float>::Zero(1, 4), {{"x"}, {{4}}}), ShapeError);
    }

    void findsAPlantedHierarchy() {
        // Area g of 12 is best explained by layer g / 3; its distance is 10 mm a layer.
        const std::vector<double> depths{0, 0.3, 0.7, 1};
        RowMatrix<float> scores(4, 24);
        DimensionGroups groups;
        std::vector<double> distances;
        std::vector<double> planted;
        for (int g = 0; g < 12; ++g) {
            groups.ids.push_back("lh:" + std::to_string(g));
            groups.members.push_back({2 * g, 2 * g + 1});
            distances.push_back(10.0 * (g / 3) + g % 3);
            planted.push_back(depths[static_cast<std::size_t>(g / 3)]);
            for (int k = 0; k < 4; ++k)
                for (int v = 0; v < 2; ++v) // one vertex alone would choose another layer
                    scores(k, 2 * g + v) = (k == g / 3 ? 0.3f : 0.1f) + (v == 1 && k == 3 - g / 3 ? 0.1f : 0.f);
        }
        const auto score = spatialScore(scores, groups, depths, distances);
        const auto expected = correlate(planted, distances);
        QCOMPARE(score.n, 12);
        QCOMPARE(score.r, expected.r);
        QVERIFY(score.r > 0.98);
    }

    void leavesOutUnitsWithoutLayerOrDistance() {
        const std::vector<double> depths{0, 1};
        const std::vector<std::int16_t> best{0, 0, 1, 1, -1, 1};
        const std::vector<double> distances{0, 5, 30, 40, 1000, std::nan("")};
        const auto score = spatialScore(best, depths, distances);
        QCOMPARE(score.n, 4);
        QCOMPARE(score.r, correlate(std::vector<double>{0, 0, 1, 1}, std::vector<double>{0, 5, 30, 40}).r);
        const std::vector<std::uint8_t> mask{1, 1, 1, 0, 1, 1};
        QCOMPARE(spatialScore(best, depths, distances, mask).n, 3);
        const std::vector<std::uint8_t> none(6, 0);
        QCOMPARE(spatialScore(best, depths, distances, none).status, CorrelationStatus::TooFew);
        const std::vector<std::int16_t> flat(6, 1);
        QCOMPARE(spatialScore(flat, depths, distances).status, CorrelationStatus::NoVariance);
    }

    void significanceIsThatOfTheBestLayer() {
        RowMatrix<float> q(2, 4);
        q << 0.001f, 0.5f, 0.001f, missing, 0.5f, 0.001f, 0.001f, 0.5f;
        const std::vector<std::int16_t> best{0, 0, -1, 0};
        QCOMPARE(significantAtBestLayer(best, q), (std::vector<std::uint8_t>{1, 0, 0, 0}));
        QCOMPARE(significantAtBestLayer(best, q, 0.6), (std::vector<std::uint8_t>{1, 1, 0, 0}));
    }

    void refusesSizesThatDiffer() {
        const std::vector<double> depths{0, 1};
        const std::vector<std::int16_t> best{0, 2};
        QVERIFY_EXCEPTION_THROWN((void)spatialScore(best, depths, std::vector<double>{1, 2}), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)spatialScore(best, depths, std::vector<double>{1}), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)significantAtBestLayer(best, RowMatrix<float>::Zero(2, 2)), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)significantAtBestLayer(best, RowMatrix<float>::Zero(3, 3)), ShapeError);
    }
};

QTEST_GUILESS_MAIN(SpatialScoreTest)
#include "SpatialScoreTest.moc"
