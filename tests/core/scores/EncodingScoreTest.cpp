#include "core/scores/EncodingScore.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/scores/DimensionGroups.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

namespace {

RowMatrix<float> scores() {
    RowMatrix<float> matrix(3, 4);
    matrix << 0.25f, 0.5f, std::nanf(""), std::nanf(""), //
        0.75f, 0.25f, -0.5f, std::nanf(""),              //
        0.5f, std::nanf(""), -0.25f, std::nanf("");
    return matrix;
}

} // namespace

class EncodingScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bestLayerOfEachDimension() {
        QCOMPARE(encodingScore(scores()), (0.75 + 0.5 - 0.25) / 3);
        const std::vector<int> two{1, 2};
        QCOMPARE(encodingScore(scores(), two), 0.125);
        const std::vector<int> none{3};
        QVERIFY(std::isnan(encodingScore(scores(), none)));
    }

    void givenLayer() {
        QCOMPARE(encodingScore(scores(), {}, {.choice = LayerChoice::Layer, .layer = 0}), 0.375);
        QVERIFY_EXCEPTION_THROWN((void)encodingScore(scores(), {}, {.choice = LayerChoice::Layer, .layer = 3}),
                                 ShapeError);
    }

    void meanOverLayers() {
        const auto means = dimensionScores(scores(), {.choice = LayerChoice::Mean});
        QCOMPARE(means[0], 0.5);
        QCOMPARE(means[1], 0.375);
        QCOMPARE(means[2], -0.375);
        QVERIFY(std::isnan(means[3]));
        QCOMPARE(encodingScore(scores(), {}, {.choice = LayerChoice::Mean}), 0.5 / 3);
    }

    void windowOfAllChannels() {
        const std::vector<double> times{-0.1, 0, 0.1, 0.1 + 0.1 + 0.1}; // the last is not exactly 0.3
        QCOMPARE(windowDimensions(2, times, 0, 0.1), (std::vector<int>{1, 2, 5, 6}));
        QCOMPARE(windowDimensions(2, times, 0.3, 0.3), (std::vector<int>{3, 7}));
        QVERIFY(windowDimensions(2, times, 2, 3).empty());
        QVERIFY(std::isnan(encodingScore(RowMatrix<float>::Zero(1, 8), windowDimensions(2, times, 2, 3))));
    }

    void normalisedByTheMaximum() {
        const double maximum = largestFinite(std::vector<double>{0.25, std::nan(""), 0.5, -0.25});
        QCOMPARE(maximum, 0.5);
        QCOMPARE(normalised(0.25, maximum), 0.5);
        QCOMPARE(normalised(-0.25, maximum), -0.5);
        QCOMPARE(normalised(0.75, maximum), 1.5); // not clipped
        QVERIFY(std::isnan(normalised(undefined, maximum)));
        QVERIFY(std::isnan(normalised(-1, largestFinite(std::vector<double>{-1, 0}))));
        QVERIFY(std::isnan(largestFinite({})) && std::isnan(normalised(1, undefined)));
    }

    void refusesDimensionsThatAreNotThere() {
        const std::vector<int> outside{0, 4};
        QVERIFY_EXCEPTION_THROWN((void)encodingScore(scores(), outside), ShapeError);
    }

    void severalSetsAtOnce() {
        const std::vector<double> values{1, 2, std::numeric_limits<double>::quiet_NaN(), 6};
        const DimensionGroups sets{{"a", "b", "none"}, {{0, 2, 3}, {1}, {}}};
        const auto scores = encodingScores(values, sets);
        QCOMPARE(scores[0], 3.5);
        QCOMPARE(scores[1], 2.0);
        QVERIFY(std::isnan(scores[2]));
        const DimensionGroups outside{{"outside"}, {{4}}};
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)encodingScores(values, outside));
    }
};

QTEST_GUILESS_MAIN(EncodingScoreTest)
#include "EncodingScoreTest.moc"
