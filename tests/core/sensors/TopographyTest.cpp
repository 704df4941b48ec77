#include "core/sensors/Topography.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

SensorLayout square() {
    SensorLayout layout;
    for (const SensorPlace& place : {SensorPlace{-0.5, -0.5}, SensorPlace{0.5, -0.5}, SensorPlace{0.5, 0.5}, SensorPlace{-0.5, 0.5}, SensorPlace{0, 0}})
        layout.places.emplace_back(place);
    return layout;
}

double gridCoordinate(int index) {
    return -1 + 2.0 * index / (Topography::gridSize - 1);
}

} // namespace

class TopographyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void interpolatesAsSciPy() {
        const auto reference = test::dataJson("sensors/topography.json");
        const auto places = reference.at("places").get<std::vector<SensorPlace>>();
        const auto points = reference.at("points").get<std::vector<SensorPlace>>();
        const auto values = reference.at("values").get<std::vector<double>>();
        const auto expected = reference.at("interpolated").get<std::vector<double>>();
        const RowMatrix<double> weights = thinPlateWeights(places, points);
        const Eigen::VectorXd found = weights * Eigen::Map<const Eigen::VectorXd>(values.data(), 40);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY2(std::abs(found(static_cast<Eigen::Index>(i)) - expected[i]) < 1e-9,
                     qPrintable(QString::number(i)));
        const Eigen::VectorXd again =
            thinPlateWeights(places, places) * Eigen::Map<const Eigen::VectorXd>(values.data(), 40);
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(std::abs(again(static_cast<Eigen::Index>(i)) - values[i]) < 1e-9);
    }

    void coincidingSensorsCountAsOne() {
        const std::vector<SensorPlace> three{{0, 0}, {1, 0}, {0, 1}}, four{{0, 0}, {1, 0}, {0, 1}, {0, 1}};
        const std::vector<SensorPlace> points{{0.3, 0.2}, {0.1, 0.8}};
        const RowMatrix<double> weights = thinPlateWeights(four, points), expected = thinPlateWeights(three, points);
        for (Eigen::Index i = 0; i < 2; ++i) {
            QVERIFY(std::abs(weights(i, 2) - expected(i, 2) / 2) < 1e-12);
            QCOMPARE(weights(i, 2), weights(i, 3));
        }
    }

    void planesAreKept() {
        const Topography topography(square());
        const auto grid = topography.gridOf(std::vector<float>{-0.5F, 0.5F, 0.5F, -0.5F, 0}); // value = x
        for (const int row : {0, 20, 63})
            for (const int column : {0, 31, 63})
                QVERIFY(std::abs(static_cast<double>((*grid)(row, column)) - gridCoordinate(column)) < 1e-5);
    }

    void missingValuesAreLeftOut() {
        constexpr float nan = std::numeric_limits<float>::quiet_NaN();
        const Topography topography(square());
        const auto grid = topography.gridOf(std::vector<float>{-0.5F, -0.5F, 0.5F, 0.5F, nan}); // value = y
        QVERIFY(std::abs(static_cast<double>((*grid)(10, 40)) - gridCoordinate(10)) < 1e-5);
        QVERIFY(!topography.gridOf(std::vector<float>{1, 1, nan, nan, nan}));
        QVERIFY(!topography.gridOf(std::vector<float>{1, nan, 1, nan, 1})); // on one line
        QVERIFY_EXCEPTION_THROWN((void)topography.gridOf(std::vector<float>{1, 2}), ShapeError);
    }

    void whatSpansNoAreaIsRefused() {
        const std::vector<SensorPlace> point{{0, 0}}, line{{0, 0}, {0.5, 0.5}, {1, 1}};
        const std::vector<SensorPlace> unknown{{0, 0}, {1, 0}, {std::nan(""), 1}};
        QVERIFY_EXCEPTION_THROWN((void)thinPlateWeights(line, point), ValueError);
        try {
            (void)thinPlateWeights(unknown, point);
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, std::string("sensor 2"));
        }
    }

    void contoursLieWhereTheGridHasTheValue() {
        RowMatrix<float> grid(30, 30);
        for (int row = 0; row < 30; ++row)
            for (int column = 0; column < 30; ++column)
                grid(row, column) = static_cast<float>(std::hypot(-1 + 2.0 * row / 29, -1 + 2.0 * column / 29));
        const auto pieces = contourPieces(grid, 0.6);
        double length = 0;
        for (const auto& piece : pieces) {
            for (const SensorPlace& end : {piece.from, piece.to})
                QVERIFY(std::abs(std::hypot(end[0], end[1]) - 0.6) < 0.005);
            length += std::hypot(piece.to[0] - piece.from[0], piece.to[1] - piece.from[1]);
        }
        QVERIFY(std::abs(length - 2 * 3.14159265 * 0.6) < 0.03);
        QVERIFY(contourPieces(grid, 5).empty());
    }

    void saddlesAreCutByTheirMean() {
        RowMatrix<float> grid(2, 2);
        grid << 1, 0, 0, 1;
        QCOMPARE(contourPieces(grid, 0.4).size(), std::size_t{2}); // the ones are joined: corners 01 and 10 are cut off
        const auto joined = contourPieces(grid, 0.4).front(), apart = contourPieces(grid, 0.6).front();
        QVERIFY(joined.from[0] > -1 + 1 && joined.from[1] == -1); // on the lower edge, then the right one
        QVERIFY(joined.to[0] == 1);
        QVERIFY(apart.from[0] == -1 && apart.to[1] == -1); // around the lower left corner
        grid(1, 1) = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(contourPieces(grid, 0.4).empty());
    }
};

QTEST_GUILESS_MAIN(TopographyTest)
#include "TopographyTest.moc"
