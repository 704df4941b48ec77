#include "core/encoding/StagedFit.h"

#include "core/base/Error.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace brainlike;
using Eigen::Index;

namespace {

/// Responses in memory, given out as a file would.
class MatrixSource final : public ResponseSource {
public:
    explicit MatrixSource(RowMatrix<double> values, bool single = false)
        : m_values(std::move(values)), m_single(single) {}
    Index rows() const override { return m_values.rows(); }
    Index targets() const override { return m_values.cols(); }
    Values read(Index first, Index count, const JobContext& job) const override {
        job.throwIfCancelled();
        const RowMatrix<double> part = m_values.middleCols(first, count);
        if (m_single)
            return RowMatrix<float>(part.cast<float>());
        return part;
    }

private:
    RowMatrix<double> m_values;
    bool m_single;
};

RowMatrix<double> normal(Index rows, Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> draw;
    return RowMatrix<double>::NullaryExpr(rows, columns, [&] { return draw(random); });
}

/// Bits, so that NaN equals NaN and 0 is not −0.
template <typename Values>
std::vector<std::uint64_t> bitsOf(const Values& values) {
    std::vector<std::uint64_t> bits;
    for (const double value : values)
        bits.push_back(std::bit_cast<std::uint64_t>(value));
    return bits;
}

std::vector<std::uint64_t> bitsOf(const RowMatrix<double>& values) {
    return bitsOf(std::vector<double>(values.data(), values.data() + values.size()));
}

/// Fits chunk by chunk.
RidgeResult inChunks(PreparedFeatures& features, const ResponseSource& source, const RidgeOptions& options, Index tiles,
                     Index together, std::size_t folds) {
    JobContext job;
    const auto outline = outlineResponses(source, options, together, job);
    const auto forChunks = [&](const auto& use) {
        for (Index first = 0; first < outline.tileCount; first += tiles)
            use(*prepareChunk(source, outline, first, std::min(tiles, outline.tileCount - first), together, job));
    };
    std::vector<std::vector<PairKernels>> kernels;
    for (std::size_t outer = 0; outer < outline.plan.outer.size() && outline.wantsRowKernels; ++outer) {
        KernelSums sums(outline, nullptr, outer);
        forChunks([&](const auto& chunk) { sums.add(chunk, options.threads, job); });
        kernels.push_back(sums.take(2));
    }
    StagedFit fit(features.data(), outline, options, kernels);
    while (fit.foldsToChoose() > 0) {
        const std::size_t first = outline.plan.outer.size() - fit.foldsToChoose();
        features.decomposeInner(first, std::min(folds, fit.foldsToChoose()));
        fit.beginChoice(folds);
        forChunks([&](const auto& chunk) { fit.addToChoice(chunk, job); });
        fit.endChoice(job);
    }
    features.decomposeOuter();
    forChunks([&](const auto& chunk) { fit.predict(chunk, {job}); });
    return fit.take();
}

bool sameBits(const RidgeResult& one, const RidgeResult& other) {
    return bitsOf(one.score) == bitsOf(other.score) && bitsOf(one.foldScores) == bitsOf(other.foldScores) &&
           bitsOf(one.alphas) == bitsOf(other.alphas) && bitsOf(one.innerScores) == bitsOf(other.innerScores) &&
           one.warnings == other.warnings && one.droppedColumns == other.droppedColumns;
}

} // namespace

class StagedFitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chunksChangeNothing_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("selection");
        QTest::addColumn<bool>("precise");
        for (const int columns : {7, 60})
            for (const bool precise : {false, true})
                for (const auto selection :
                     {SelectionScore::R2, SelectionScore::MeanSquaredError, SelectionScore::Correlation})
                    for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
                        QTest::addRow("%d columns, %s, %s, %s", columns, nameOf(mode).data(), nameOf(selection).data(),
                                      precise ? "double" : "float")
                            << columns << static_cast<int>(mode) << static_cast<int>(selection) << precise;
    }
    void chunksChangeNothing() {
        QFETCH(int, columns);
        QFETCH(int, mode);
        QFETCH(int, selection);
        QFETCH(bool, precise);
        RidgeOptions options;
        options.outer.count = 4;
        options.inner.count = 3;
        options.lambdaMode = static_cast<LambdaMode>(mode);
        options.selection = static_cast<SelectionScore>(selection);
        options.doublePrecision = precise;
        options.alphas = logSpace(-1, 4, 5);
        const auto x = normal(50, columns, 1);
        RowMatrix<double> y = x.leftCols(5) * normal(5, 3000, 2) + 2 * normal(50, 3000, 3);
        for (const Index constant : {0, 5, 700, 701, 2999})
            y.col(constant).setConstant(3);
        y.middleCols(1000, 40) *= 1e3;
        y.col(17).head(13).setConstant(1); // constant in the first test fold alone
        PreparedFeatures features(x, options);
        JobContext job;
        const auto whole = fitRidge(features, PreparedResponses(y, options), options, job);
        QCOMPARE(whole.constantTargets, 5);
        const MatrixSource source(y);
        for (const auto& [tiles, together, folds, threads] :
             {std::array<int, 4>{1, 256, 1, 1}, {5, 100, 4, 2}, {3, 5000, 3, 1}, {100, 1024, 2, 3}}) {
            options.threads = threads;
            const auto parts = inChunks(features, source, options, tiles, together, static_cast<std::size_t>(folds));
            QCOMPARE(bitsOf(parts.score), bitsOf(whole.score));
            QCOMPARE(bitsOf(parts.foldScores), bitsOf(whole.foldScores));
            QCOMPARE(bitsOf(parts.alphas), bitsOf(whole.alphas));
            QCOMPARE(parts.warnings, whole.warnings);
        }
    }

    void foldsInTurnChangeNothing_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("selection");
        QTest::addColumn<bool>("precise");
        for (const int columns : {7, 60, 300}) // few; more than rows; so many that the rows' products are kept
            for (const bool precise : {false, true})
                for (const auto selection : {SelectionScore::R2, SelectionScore::Correlation})
                    for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
                        QTest::addRow("%d columns, %s, %s, %s", columns, nameOf(mode).data(), nameOf(selection).data(),
                                      precise ? "double" : "float")
                            << columns << static_cast<int>(mode) << static_cast<int>(selection) << precise;
    }
    /// Decomposing some outer folds at a time, on any number of threads and in any chunks, gives the bits of all
    /// folds kept; also to several recordings at once.
    void foldsInTurnChangeNothing() {
        QFETCH(int, columns);
        QFETCH(int, mode);
        QFETCH(int, selection);
        QFETCH(bool, precise);
        RidgeOptions options;
        options.outer.count = 4;
        options.inner.count = 3;
        options.lambdaMode = static_cast<LambdaMode>(mode);
        options.selection = static_cast<SelectionScore>(selection);
        options.doublePrecision = precise;
        options.keepInner = true;
        options.alphas = logSpace(-1, 4, 5);
        auto x = normal(50, columns, 1);
        x.col(3).head(40).setConstant(2);               // dropped in a fold
        x.middleRows(8, 5).rowwise() = x.row(8).eval(); // a test block of equal rows
        const RowMatrix<double> y = x.leftCols(5) * normal(5, 900, 2) + 2 * normal(50, 900, 3);
        const RowMatrix<double> other = x.leftCols(5) * normal(5, 40, 4) + normal(50, 40, 5);
        const PreparedFeatures kept(x, options);
        const PreparedResponses responses(y, options), others(other, options);
        JobContext job;
        const auto whole = fitRidge(kept, responses, options, job);
        const auto second = fitRidge(kept, others, options, job);
        for (const auto& [folds, threads] : {std::array<int, 2>{1, 1}, {1, 3}, {3, 2}, {4, 1}}) {
            options.threads = threads;
            const auto together = static_cast<std::size_t>(folds);
            PreparedFeatures chunked(x, options, job, FoldDepth::InTurn);
            QVERIFY(sameBits(inChunks(chunked, MatrixSource(y), options, 1, 256, together), whole));
            auto given = x;
            PreparedFeatures features(std::move(given), options, job, FoldDepth::InTurn);
            const std::array both{&responses.data(), &others.data()};
            std::vector<RidgeResult> results;
            fitInTurn(features, both, options, together, job, 0, [&](std::size_t place, RidgeResult result) {
                QCOMPARE(place, results.size());
                results.push_back(std::move(result));
            });
            QCOMPARE(results.size(), std::size_t{2});
            QVERIFY(sameBits(results[0], whole));
            QVERIFY(sameBits(results[1], second));
        }
    }

    void foldsInTurnShareProductsToo() {
        RidgeOptions options;
        options.keepInner = true;
        const auto x = normal(1500, 30, 1);
        const RowMatrix<double> y = x.leftCols(5) * normal(5, 500, 2) + 2 * normal(1500, 500, 3);
        const PreparedResponses responses(y, options);
        JobContext job;
        const auto whole = fitPrepared(PreparedFeatures(x, options).data(), responses.data(), options, job, 1e9);
        PreparedFeatures features(x, options, job, FoldDepth::InTurn);
        const std::array only{&responses.data()};
        fitInTurn(features, only, options, 2, job, 1e9,
                  [&](std::size_t, const RidgeResult& result) { QVERIFY(sameBits(result, whole)); });
    }

    void aTrainingSetWithoutFeaturesIsRefusedInTurnToo() {
        const RidgeOptions options;
        RowMatrix<double> x = RowMatrix<double>::Constant(50, 3, 1);
        x(2, 0) = 2;
        QVERIFY_EXCEPTION_THROWN(PreparedFeatures(x, options), ValueError);
        QVERIFY_EXCEPTION_THROWN(PreparedFeatures(x, options, {}, FoldDepth::InTurn), ValueError);
    }

    void sharedProductsChangeNothing_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("precise");
        for (const int columns : {7, 150}) // through weights, and not
            for (const bool precise : {false, true})
                QTest::addRow("%d columns, %s", columns, precise ? "double" : "float") << columns << precise;
    }
    void sharedProductsChangeNothing() {
        QFETCH(int, columns);
        QFETCH(bool, precise);
        RidgeOptions options;
        options.outer.count = 5;
        options.inner.count = 3;
        options.doublePrecision = precise;
        options.keepInner = true;
        options.alphas = logSpace(-1, 4, 6);
        // Blocks of rows with other means: what lies between the means counts.
        RowMatrix<double> x = normal(1500, columns, 1);
        RowMatrix<double> y = x.leftCols(5) * normal(5, 1500, 2) + 2 * normal(1500, 1500, 3);
        for (Index row = 0; row < x.rows(); ++row) {
            x.row(row).array() += 3 * std::sin(0.004 * static_cast<double>(row));
            y.row(row).array() += 100 + 5 * std::cos(0.003 * static_cast<double>(row));
        }
        y.col(5).setConstant(3);
        y.col(17).head(200).setConstant(1);
        PreparedFeatures features(x, options);
        const PreparedResponses responses(y, options);
        JobContext job;
        const auto apart = fitPrepared(features.data(), responses.data(), options, job);
        const auto products = sharedProducts(features.data(), responses.data(), 1e9, 2, job);
        QVERIFY(!std::holds_alternative<std::monostate>(products));
        const auto together = fitPrepared(features.data(), responses.data(), options, job, 1e9);
        QCOMPARE(bitsOf(together.alphas), bitsOf(apart.alphas));
        const double tolerance = precise ? 1e-9 : 1e-5;
        QVERIFY(std::isnan(together.score[5]) && std::isnan(apart.score[5]));
        for (Index target = 0; target < y.cols(); ++target)
            if (target != 5)
                QVERIFY2(std::abs(together.score[target] - apart.score[target]) < tolerance,
                         QByteArray::number(together.score[target] - apart.score[target]));
        for (std::size_t index = 0; index < apart.innerScores.size(); ++index)
            QVERIFY(std::abs(together.innerScores[index] - apart.innerScores[index]) < tolerance);
        // The same bits where a part of the products is computed again, and on any number of threads.
        options.threads = 2;
        const auto inPart = fitPrepared(features.data(), responses.data(), options, job, 5e6);
        QCOMPARE(bitsOf(inPart.score), bitsOf(together.score));
        QCOMPARE(bitsOf(inPart.innerScores), bitsOf(together.innerScores));
    }

    void foldsThatShareTooLittleShareNothing() {
        RidgeOptions options;
        const auto x = normal(2000, 4, 1);
        const auto y = normal(2000, 20, 2);
        const JobContext job;
        const auto isShared = [&] {
            return !std::holds_alternative<std::monostate>(
                sharedProducts(PreparedFeatures(x, options).data(), PreparedResponses(y, options).data(), 1e9, 1, job));
        };
        QVERIFY(isShared());
        options.lambdaMode = LambdaMode::PerTarget;
        QVERIFY(!isShared());
        options.lambdaMode = LambdaMode::Global;
        options.inner.shuffleSeed = 1;
        QVERIFY(!isShared());
    }

    void singlePrecisionNumbersAreTakenAsTheyAre() {
        RidgeOptions options;
        options.doublePrecision = true;
        const auto x = normal(40, 4, 4);
        const RowMatrix<float> single = normal(40, 300, 5).cast<float>();
        PreparedFeatures features(x, options);
        JobContext job;
        const auto whole = fitRidge(features, PreparedResponses(single, options), options, job);
        const auto parts = inChunks(features, MatrixSource(single.cast<double>(), true), options, 1, 256, 5);
        QCOMPARE(bitsOf(parts.score), bitsOf(whole.score));
    }

    void targetsThatAreNotFiniteAreLeftOut() {
        RidgeOptions options;
        const auto x = normal(40, 4, 12);
        auto y = normal(40, 700, 13);
        JobContext job;
        RowMatrix<double> others(40, 698);
        others << y.leftCols(600), y.middleCols(601, 98);
        const PreparedFeatures complete(x, options);
        const auto expected = fitRidge(complete, PreparedResponses(others, options), options, job);
        y(3, 600) = std::numeric_limits<double>::quiet_NaN();
        y(39, 699) = -std::numeric_limits<double>::infinity();
        QVERIFY_EXCEPTION_THROWN(PreparedResponses(y, options), ValueError);
        options.notFinite = NotFinite::DropTargets;
        PreparedFeatures features(x, options);
        for (const auto& result : {fitRidge(features, PreparedResponses(y, options), options, job),
                                   inChunks(features, MatrixSource(y), options, 1, 256, 5)}) {
            QCOMPARE(result.notFiniteTargets, 2);
            QCOMPARE(result.constantTargets, 0);
            QVERIFY(result.warnings.front().find("2 targets hold values that are not finite") != std::string::npos ||
                    result.warnings.back().find("2 targets hold values that are not finite") != std::string::npos);
            QVERIFY(std::isnan(result.score[600]) && std::isnan(result.score[699]));
            Eigen::VectorXd rest(698);
            rest << result.score.head(600), result.score.segment(601, 98);
            QCOMPARE(bitsOf(rest), bitsOf(expected.score));
        }
        QVERIFY_EXCEPTION_THROWN(PreparedFeatures(y, options), ValueError);
    }

    void innerScoresFallIntoPlace() {
        RidgeOptions options;
        options.lambdaMode = LambdaMode::PerTarget;
        options.keepInner = true;
        const auto x = normal(40, 4, 6);
        auto y = normal(40, 700, 7);
        y.col(300).setConstant(1);
        PreparedFeatures features(x, options);
        JobContext job;
        const auto whole = fitRidge(features, PreparedResponses(y, options), options, job);
        const auto parts = inChunks(features, MatrixSource(y), options, 1, 256, 5);
        QCOMPARE(bitsOf(parts.innerScores), bitsOf(whole.innerScores));
    }

    void targetsThatAllStandStillHaveNoScore() {
        const RidgeOptions options;
        PreparedFeatures features(normal(40, 4, 8), options);
        const auto result =
            inChunks(features, MatrixSource(RowMatrix<double>::Constant(40, 20, 2)), options, 1, 256, 5);
        QCOMPARE(result.constantTargets, 20);
        QVERIFY(std::isnan(result.score[0]) && std::isnan(result.alphas(0, 0)));
    }

    void cancellingEndsThePreparation() {
        std::stop_source stop;
        stop.request_stop();
        const JobContext job(stop.get_token());
        const RidgeOptions options;
        const auto values = normal(40, 300, 9);
        QVERIFY_EXCEPTION_THROWN(PreparedFeatures(values, options, job), CancelledError);
        QVERIFY_EXCEPTION_THROWN(PreparedResponses(values, options, job), CancelledError);
        QVERIFY_EXCEPTION_THROWN((void)outlineResponses(MatrixSource(values), options, 256, job), CancelledError);
    }

    void responsesOfOtherRowsAreRefused() {
        const RidgeOptions options;
        PreparedFeatures features(normal(40, 4, 10), options);
        QVERIFY_EXCEPTION_THROWN((void)inChunks(features, MatrixSource(normal(41, 20, 11)), options, 1, 256, 5),
                                 ShapeError);
    }
};

QTEST_GUILESS_MAIN(StagedFitTest)
#include "StagedFitTest.moc"
