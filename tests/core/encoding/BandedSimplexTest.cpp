#include "core/encoding/BandedSimplex.h"

#include "core/base/Error.h"
#include "tests/core/encoding/PlantedData.h"

#include <QTest>

#include <cmath>

using namespace brainlike;
using Eigen::Index;
using test::furthest;

namespace {

bool identical(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    return a.rows() == b.rows() && (a.array() == b.array()).all();
}

} // namespace

/// Weights of feature spaces for a random search.
class BandedSimplexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void samplesLieOnTheSimplex() {
        const auto weights = simplexSamples(4000, 3, 5);
        QVERIFY(furthest(weights.row(0), RowMatrix<double>::Constant(1, 3, 1.0 / 3)) < 1e-15);
        QVERIFY(weights.minCoeff() >= 0);
        QVERIFY((weights.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-12);
        // Mean 1/3 and variance (1/3)(2/3)/(3a + 1), a = 0.1 and 1 in turn.
        for (const int parity : {0, 1}) {
            const double concentration = parity == 0 ? 0.1 : 1.0;
            for (Index space = 0; space < 3; ++space) {
                double sum = 0;
                double squares = 0;
                for (Index row = 2 + parity; row < 4000; row += 2) {
                    sum += weights(row, space);
                    squares += std::pow(weights(row, space) - 1.0 / 3, 2);
                }
                const double expected = 2.0 / 9 / (3 * concentration + 1);
                QVERIFY(std::abs(sum / 1999 - 1.0 / 3) < 5 * std::sqrt(expected / 1999));
                QVERIFY(std::abs(squares / 1999 / expected - 1) < 0.15);
            }
        }
    }

    void samplesDependOnTheSeedAlone() {
        const auto weights = simplexSamples(50, 4, 9);
        QVERIFY(identical(weights, simplexSamples(50, 4, 9)));
        QVERIFY(furthest(weights.bottomRows(49), simplexSamples(50, 4, 10).bottomRows(49)) > 0.1);
        QVERIFY(identical(RowMatrix<double>(weights.topRows(20)), simplexSamples(20, 4, 9)));
        QVERIFY(furthest(simplexSamples(3, 1, 0), RowMatrix<double>::Ones(3, 1)) == 0);
        // Concentrations so small that gamma variates underflow still give weights.
        QVERIFY(simplexSamples(100, 3, 1, {1e-4}).allFinite());
        for (const auto& bad : {std::vector<double>{}, {0}, {-1}, {std::nan("")}})
            QVERIFY_EXCEPTION_THROWN(static_cast<void>(simplexSamples(3, 2, 0, bad)), ValueError);
    }
};

QTEST_GUILESS_MAIN(BandedSimplexTest)
#include "BandedSimplexTest.moc"
