#include "core/stats/SpinMatching.h"

#include "core/base/Error.h"

#include <QtTest>

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

using namespace brainlike;

namespace {

using Matching = std::vector<std::int32_t>;

RowMatrix<double> randomCosts(int size, unsigned seed, bool whole) {
    std::mt19937 generator(seed);
    RowMatrix<double> costs(size, size);
    for (double& cost : costs.reshaped())
        cost = static_cast<double>(generator() % (whole ? 6U : 1U << 31)) / (whole ? 1.0 : 1e9);
    return costs;
}

Matching farthestFirst(const RowMatrix<double>& costs) {
    Matching matching(static_cast<std::size_t>(costs.rows()));
    matchFarthestFirst(costs, matching);
    return matching;
}

Matching optimal(const RowMatrix<double>& costs) {
    Matching matching(static_cast<std::size_t>(costs.rows()));
    matchOptimally(costs, matching);
    return matching;
}

double costOf(const RowMatrix<double>& costs, const Matching& matching) {
    double sum = 0;
    for (std::size_t row = 0; row < matching.size(); ++row)
        sum += costs(static_cast<Eigen::Index>(row), matching[row]);
    return sum;
}

bool isPermutation(Matching matching) {
    std::sort(matching.begin(), matching.end());
    for (std::size_t i = 0; i < matching.size(); ++i)
        if (matching[i] != static_cast<std::int32_t>(i))
            return false;
    return true;
}

/// neuromaps' own lines, on whole matrices.
Matching asNeuromaps(RowMatrix<double> costs) {
    Matching matching(static_cast<std::size_t>(costs.rows()));
    for (std::size_t step = 0; step < matching.size(); ++step) {
        Eigen::Index row = 0, column = 0;
        costs.rowwise().minCoeff().maxCoeff(&row);
        costs.row(row).minCoeff(&column);
        matching[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(column);
        costs.row(row).setConstant(-std::numeric_limits<double>::infinity());
        costs.col(column).setConstant(std::numeric_limits<double>::infinity());
    }
    return matching;
}

double smallestOfAll(const RowMatrix<double>& costs) {
    Matching matching(static_cast<std::size_t>(costs.rows()));
    std::iota(matching.begin(), matching.end(), 0);
    double smallest = costOf(costs, matching);
    while (std::next_permutation(matching.begin(), matching.end()))
        smallest = std::min(smallest, costOf(costs, matching));
    return smallest;
}

} // namespace

class SpinMatchingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void farthestFirstIsNeuromaps() {
        for (const bool whole : {false, true}) // whole costs tie
            for (int size = 1; size < 70; size += 4) {
                const RowMatrix<double> costs = randomCosts(size, static_cast<unsigned>(size), whole);
                const Matching matching = farthestFirst(costs);
                QVERIFY(matching == asNeuromaps(costs));
                QVERIFY(isPermutation(matching));
            }
    }

    void optimalIsTheSmallestOfAll() {
        for (const bool whole : {false, true})
            for (unsigned seed = 0; seed < 140; ++seed) {
                const RowMatrix<double> costs = randomCosts(1 + static_cast<int>(seed % 7), seed, whole);
                const Matching matching = optimal(costs);
                QVERIFY(isPermutation(matching));
                QVERIFY(std::abs(costOf(costs, matching) - smallestOfAll(costs)) < 1e-12);
            }
    }

    /// Costs of a row and a column plus something that is 0 along one matching only: that one is best.
    void optimalFindsThePlantedMatching() {
        std::mt19937 generator(4);
        for (const int size : {2, 17, 60, 150}) {
            Matching planted(static_cast<std::size_t>(size));
            std::iota(planted.begin(), planted.end(), 0);
            std::shuffle(planted.begin(), planted.end(), generator);
            RowMatrix<double> costs = randomCosts(size, 8, false).array() + 0.01;
            for (int row = 0; row < size; ++row)
                costs(row, planted[static_cast<std::size_t>(row)]) = 0;
            costs.colwise() += Eigen::VectorXd::LinSpaced(size, -50, 3000);
            costs.rowwise() += Eigen::RowVectorXd::LinSpaced(size, 700, -20);
            QVERIFY(optimal(costs) == planted);
        }
    }

    /// i · j is smallest in sum when the large meet the small; every row wants the same column at first.
    void optimalSettlesRivalry() {
        constexpr int size = 120;
        RowMatrix<double> costs(size, size);
        for (int row = 0; row < size; ++row)
            for (int column = 0; column < size; ++column)
                costs(row, column) = row * column;
        const Matching matching = optimal(costs);
        for (int row = 0; row < size; ++row)
            QCOMPARE(matching[static_cast<std::size_t>(row)], size - 1 - row);
    }

    void equalCostsStillMatchOneToOne() {
        const RowMatrix<double> costs = RowMatrix<double>::Constant(40, 40, 2.5);
        QVERIFY(isPermutation(optimal(costs)));
        QVERIFY(isPermutation(farthestFirst(costs)));
    }

    void optimalCostsNoMore() {
        for (unsigned seed = 0; seed < 20; ++seed) {
            const RowMatrix<double> costs = randomCosts(90, seed, false);
            QVERIFY(costOf(costs, optimal(costs)) <= costOf(costs, farthestFirst(costs)));
        }
    }

    void nothingMatchesNothing() {
        QVERIFY(optimal(RowMatrix<double>(0, 0)).empty());
        QVERIFY(farthestFirst(RowMatrix<double>(0, 0)).empty());
    }

    void refusesWhatIsNotSquare() {
        Matching matching(3);
        QVERIFY_EXCEPTION_THROWN(matchOptimally(RowMatrix<double>::Zero(3, 4), matching), ShapeError);
        QVERIFY_EXCEPTION_THROWN(matchFarthestFirst(RowMatrix<double>::Zero(4, 3), matching), ShapeError);
        QVERIFY_EXCEPTION_THROWN(matchOptimally(RowMatrix<double>::Zero(2, 2), matching), ShapeError);
    }
};

QTEST_GUILESS_MAIN(SpinMatchingTest)
#include "SpinMatchingTest.moc"
