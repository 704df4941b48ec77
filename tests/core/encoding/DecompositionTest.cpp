#include "core/encoding/Decomposition.h"

#include "core/base/Error.h"
#include "core/encoding/FeatureBlocks.h"
#include "core/encoding/FeatureScaling.h"
#include "core/encoding/FiniteCheck.h"
#include "core/encoding/Parallel.h"
#include "tests/core/encoding/PlantedData.h"
#include "tests/support/Expectations.h"

#include <QTest>

#include <Eigen/Cholesky>
#include <atomic>
#include <cmath>
#include <limits>

using namespace brainlike;
using Eigen::Index;
using test::furthest;
using test::noise;

namespace {

const std::vector<Rows> blocks{{0, 3, 4, 9}, {1, 2, 10, 11, 12}, {5, 6, 7, 8}, {13, 14, 15}};
const std::vector<double> alphas{0.01, 1, 50, 1e6};

/// (XᵀX + λ)⁻¹ of the centred training rows, by the equations themselves.
RowMatrix<double> directPrediction(const RowMatrix<double>& x, const RowMatrix<double>& y, std::size_t left,
                                   double alpha) {
    const Rows training = joinedWithout(blocks, left);
    const RowMatrix<double> xTrain = gathered(x, training);
    const RowMatrix<double> yTrain = gathered(y, training);
    const RowMatrix<double> xc = xTrain.rowwise() - xTrain.colwise().mean();
    const RowMatrix<double> yc = yTrain.rowwise() - yTrain.colwise().mean();
    RowMatrix<double> gram = xc.transpose() * xc;
    gram.diagonal().array() += alpha;
    const RowMatrix<double> weights = gram.ldlt().solve(xc.transpose() * yc);
    return (gathered(x, blocks[left]).rowwise() - xTrain.colwise().mean()) * weights;
}

} // namespace

/// The parts behind the ridge against the equations they stand for.
class DecompositionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void featuresFormSolvesTheEquations_data() { addColumns(); }
    void featuresFormSolvesTheEquations() {
        QFETCH(int, columns);
        const auto given = noise(16, columns, 1);
        const auto y = noise(16, 3, 2);
        const auto prepared = centred(given);
        const auto whitening = whiteningOf(prepared.values);
        const auto white = whitened(prepared.values, whitening, 1);
        const Eigen::RowVectorXd scale = Eigen::RowVectorXd::LinSpaced(columns, 0.5, 2);
        const RowMatrix<double> scaled = prepared.values * scale.asDiagonal();
        const auto moments = momentsOf(prepared.values, blocks);
        for (std::size_t left = 0; left < blocks.size(); ++left) {
            const auto found =
                decomposeFeatures(prepared.values, scale, whitening.unwhiten, moments, blocks, left, alphas.front());
            const auto single = decomposeInnerFeatures(prepared.values, scale, whitening.unwhiten, moments, blocks,
                                                       left, alphas.front(), Products::Single);
            QVERIFY((single.project.toDouble() - found.project).norm() < 1e-5 * found.project.norm());
            QVERIFY((single.right.toDouble() - found.right).norm() < 1e-5 * found.right.norm());
            RowMatrix<double> training = gathered(white, joinedWithout(blocks, left));
            training.rowwise() -= training.colwise().mean().eval();
            const RowMatrix<double> cross = training.transpose() * gathered(y, joinedWithout(blocks, left));
            compare(found, cross, scaled, y, left);
            // For one λ by a Cholesky factor; 1e-9 is too small for one and takes the eigenvectors.
            for (const double alpha : {1e-9, 0.01, 1.0, 50.0, 1e6}) {
                const auto solved = solvedFeatures(prepared.values, scale, whitening.unwhiten, moments, blocks, left,
                                                   std::min(alpha, alphas.front()), alpha);
                QCOMPARE((solved.eigenvalues.array() == 1).all(), alpha != 1e-9);
                if (alpha == 1e-9)
                    continue; // the other test's form
                const RowMatrix<double> expected = directPrediction(scaled, y, left, alpha);
                QVERIFY(furthest(solved.right * (solved.project * cross), expected) <
                        1e-9 * std::max(expected.cwiseAbs().maxCoeff(), 1e-12));
            }
        }
    }

    void samplesFormSolvesTheEquations_data() { addColumns(); }
    void samplesFormSolvesTheEquations() {
        QFETCH(int, columns);
        const auto x = noise(16, columns, 1);
        const auto y = noise(16, 3, 2);
        for (std::size_t left = 0; left < blocks.size(); ++left) {
            const auto found = decomposeSamples(gramOfRows(x), blocks, left, alphas.front());
            RowMatrix<double> training = gathered(y, joinedWithout(blocks, left));
            training.rowwise() -= training.colwise().mean().eval();
            compare(found, training, x, y, left);
        }
    }

    void shrinkageFallsFromOne() {
        Decomposition decomposition;
        decomposition.eigenvalues = Eigen::Vector3d(0, 1, 99);
        const auto factors = shrinkage(decomposition.eigenvalues, {1, 9});
        const RowMatrix<double> expected = (RowMatrix<double>(3, 2) << 1, 1.0 / 9, 1, 0.2, 1, 100.0 / 108).finished();
        QVERIFY(furthest(factors, expected) < 1e-15);
    }

    void whiteningKeepsInnerProducts() {
        for (const int columns : {1, 5, 40}) {
            auto given = noise(16, columns, 3);
            if (columns > 2)
                given.col(1) = given.col(0); // collinear
            const auto values = centred(given).values;
            const auto whitening = whiteningOf(values);
            // x = whitened · unwhitenᵀ
            QVERIFY(furthest(productByTransposed(whitened(values, whitening, 2), whitening.unwhiten), values) < 1e-8);
        }
    }

    void centringIsExactOnALargeOffset() {
        auto given = noise(50, 3, 4);
        const auto plain = centred(given);
        given.array() += 1e6;
        given.col(2).setConstant(0.1);
        const auto shifted = centred(given);
        QVERIFY(furthest(plain.values.leftCols(2), shifted.values.leftCols(2)) < 1e-9);
        QVERIFY(shifted.values.col(2).isZero(0));
        QCOMPARE(shifted.deviation[2], 0.0);
        QVERIFY(std::abs(plain.deviation[0] - shifted.deviation[0]) < 1e-9);
        const auto scale = scaleIn(given, shifted, {0, 1, 2, 3, 4, 5}, true);
        QCOMPARE(scale[2], 0.0);
        const RowMatrix<double> six = shifted.values.topRows(6) * scale.asDiagonal();
        const double deviation = std::sqrt((six.col(0).array() - six.col(0).mean()).square().mean());
        QVERIFY(std::abs(deviation - 1) < 1e-12);
        QVERIFY(rowsEqual(given, (Eigen::RowVectorXd(3) << 0, 0, 1).finished(), {0, 7, 9}));
        QVERIFY(!rowsEqual(given, scale, {0, 7, 9}));
    }

    void trainingSumsAreThoseOfTheRows() {
        checkTrainingSums<double>(1e-12);
        checkTrainingSums<float>(1e-4);
    }

    void parallelWorkIsDoneOnce() {
        for (const int threads : {1, 3, 8}) {
            std::vector<std::atomic<int>> counts(100);
            std::atomic<int> largest = 0;
            parallelFor(threads, 100, JobContext(), [&](Index index, int worker) {
                ++counts[static_cast<std::size_t>(index)];
                if (worker > largest)
                    largest = worker;
            });
            QVERIFY(std::all_of(counts.begin(), counts.end(), [](const auto& count) { return count == 1; }));
            QVERIFY(largest < threads);
        }
        parallelFor(4, 0, JobContext(), [](Index, int) { throw std::runtime_error("called"); });
    }

    void parallelFailuresAndCancellingEndTheWork() {
        for (const int threads : {1, 4}) {
            std::atomic<int> calls = 0;
            const auto failing = [&](Index index, int) {
                ++calls;
                if (index == 2)
                    throw ValueError({.what = "the third"});
            };
            QVERIFY_EXCEPTION_THROWN(parallelFor(threads, 100000, JobContext(), failing), ValueError);
            QVERIFY(calls < 100000);
            std::stop_source stop;
            stop.request_stop();
            const JobContext cancelled(stop.get_token(), {});
            QVERIFY_EXCEPTION_THROWN(parallelFor(threads, 5, cancelled, [](Index, int) {}), CancelledError);
        }
    }

    void valuesThatAreNotFiniteAreNamed() {
        RowMatrix<float> values = RowMatrix<float>::Constant(4, 3, std::numeric_limits<float>::max());
        requireFinite(values, "responses");
        values(2, 1) = -std::numeric_limits<float>::infinity();
        auto message = test::messageFrom<ValueError>([&] { requireFinite(values, "responses"); });
        VERIFY_CONTAINS(message, "responses, row 2, column 1");
        RowMatrix<double> wide = RowMatrix<double>::Constant(2, 2, 1e308); // whose sum overflows
        requireFinite(wide, "features");
        wide(1, 0) = std::numeric_limits<double>::quiet_NaN();
        message = test::messageFrom<ValueError>([&] { requireFinite(wide, "features"); });
        VERIFY_CONTAINS(message, "features, row 1, column 0");
        VERIFY_CONTAINS(message, "NaN");
    }

private:
    static void addColumns() {
        QTest::addColumn<int>("columns");
        for (const int columns : {1, 4, 30})
            QTest::addRow("%d features", columns) << columns;
    }

    static void compare(const Decomposition& found, const RowMatrix<double>& cross, const RowMatrix<double>& x,
                        const RowMatrix<double>& y, std::size_t left) {
        const auto factors = shrinkage(found.eigenvalues, alphas);
        for (std::size_t alpha = 0; alpha < alphas.size(); ++alpha) {
            const RowMatrix<double> prediction =
                found.right * factors.col(static_cast<Index>(alpha)).asDiagonal() * found.project * cross;
            const auto expected = directPrediction(x, y, left, alphas[alpha]);
            QVERIFY(furthest(prediction, expected) < 1e-8 * std::max(1.0, expected.cwiseAbs().maxCoeff()));
        }
    }

    template <typename Scalar>
    void checkTrainingSums(double tolerance) {
        const auto x = noise(16, 5, 5);
        const auto y = noise(16, 7, 6);
        const auto features = FeatureBlocks<Scalar>::make(x, blocks, 2);
        QCOMPARE(features.columns(), Index(5));
        // The last two blocks are one test set.
        std::vector<BlockSet> tests = eachAlone(blocks.size() - 1);
        tests.back().push_back(blocks.size() - 1);
        SetSums<Scalar> sums(features, tests, TestSums::Yes, 7);
        BlockProducts<Scalar> products(features, 7);
        for (std::size_t block = 0; block < blocks.size(); ++block) {
            RowMatrix<Scalar> rows = gathered(y, blocks[block]).template cast<Scalar>();
            products.means.row(static_cast<Index>(block)) = rows.colwise().mean();
            rows.rowwise() -= rows.colwise().mean().eval();
            products.set(features, block, panelOf(std::as_const(rows)));
        }
        sums.sum(products);
        const auto expected = [&](const Rows& rows) {
            RowMatrix<double> own = gathered(x, rows);
            RowMatrix<double> ownResponses = gathered(y, rows);
            own.rowwise() -= own.colwise().mean().eval();
            ownResponses.rowwise() -= ownResponses.colwise().mean().eval();
            return RowMatrix<double>(own.transpose() * ownResponses);
        };
        std::vector<Rows> testRows;
        for (const auto& set : tests) {
            auto& rows = testRows.emplace_back();
            for (const auto block : set)
                rows.insert(rows.end(), blocks[block].begin(), blocks[block].end());
        }
        for (std::size_t left = 0; left < tests.size(); ++left) {
            QVERIFY(furthest(sums.training(left).template cast<double>(), expected(joinedWithout(testRows, left))) <
                    tolerance);
            QVERIFY(furthest(sums.test(left).template cast<double>(), expected(testRows[left])) < tolerance);
        }
    }
};

QTEST_GUILESS_MAIN(DecompositionTest)
#include "DecompositionTest.moc"
