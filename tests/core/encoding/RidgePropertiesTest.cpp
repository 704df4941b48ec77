#include "core/base/Error.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/Ridge.h"
#include "core/encoding/RidgeFit.h"
#include "core/encoding/SelectionKernels.h"
#include "tests/core/encoding/PlantedData.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

using namespace brainlike;
using Eigen::Index;
using test::furthest;
using test::noise;
using test::planted;

namespace {

RidgeOptions doubleOptions() {
    RidgeOptions options;
    options.doublePrecision = true;
    options.keepInner = true;
    return options;
}

RidgeResult fit(const RowMatrix<double>& x, const RowMatrix<double>& y, const RidgeOptions& options) {
    JobContext job;
    return fitRidge(x, y, options, job);
}

bool sameBits(const RidgeResult& a, const RidgeResult& b) {
    const auto same = [](const auto& left, const auto& right) {
        return left.size() == right.size() &&
               std::memcmp(left.data(), right.data(), static_cast<std::size_t>(left.size()) * sizeof(double)) == 0;
    };
    return same(a.foldScores, b.foldScores) && same(a.alphas, b.alphas) && same(a.innerScores, b.innerScores) &&
           same(a.score, b.score);
}

bool hasWarning(const RidgeResult& result, const char* text) {
    return std::any_of(result.warnings.begin(), result.warnings.end(),
                       [text](const std::string& warning) { return warning.find(text) != std::string::npos; });
}

void addModes() {
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("columns");
    for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
        for (const int columns : {7, 70})
            QTest::addRow("%s, %d features", nameOf(mode).data(), columns) << static_cast<int>(mode) << columns;
}

} // namespace

/// What must hold for any data.
class RidgePropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void threadsChangeNoBit_data() { addModes(); }
    void threadsChangeNoBit() {
        QFETCH(int, mode);
        QFETCH(int, columns);
        const auto data = planted(50, columns, 2100);
        auto options = doubleOptions();
        options.lambdaMode = static_cast<LambdaMode>(mode);
        const auto one = fit(data.x, data.y, options);
        const PreparedFeatures features(data.x, options);
        const PreparedResponses responses(data.y, options);
        JobContext job;
        const auto prepared = fitRidge(features, responses, options, job);
        for (const int threads : {2, 3, 7}) {
            options.threads = threads;
            QVERIFY(sameBits(one, fit(data.x, data.y, options)));
            const PreparedFeatures otherFeatures(data.x, options);
            const PreparedResponses otherResponses(data.y, options);
            QVERIFY(sameBits(prepared, fitRidge(otherFeatures, otherResponses, options, job)));
            // Prepared with one number of threads, fitted with another.
            QVERIFY(sameBits(prepared, fitRidge(features, responses, options, job)));
        }
    }

    void targetsDoNotDependOnTheirOrder_data() { addModes(); }
    void targetsDoNotDependOnTheirOrder() {
        QFETCH(int, mode);
        QFETCH(int, columns);
        const auto data = planted(50, columns, 300);
        auto options = doubleOptions();
        options.lambdaMode = static_cast<LambdaMode>(mode);
        const RowMatrix<double> reversed = data.y.rowwise().reverse();
        const auto result = fit(data.x, data.y, options);
        const auto other = fit(data.x, reversed, options);
        QVERIFY(furthest(result.foldScores, other.foldScores.rowwise().reverse()) < 1e-12);
    }

    void scaleAndOffsetOfDataChangeNothing_data() { addModes(); }
    void scaleAndOffsetOfDataChangeNothing() {
        QFETCH(int, mode);
        QFETCH(int, columns);
        const auto data = planted(50, columns, 20);
        auto options = doubleOptions();
        options.lambdaMode = static_cast<LambdaMode>(mode);
        const auto result = fit(data.x, data.y, options);
        RowMatrix<double> y = data.y;
        for (Index target = 0; target < y.cols(); ++target)
            y.col(target) *= std::pow(10.0, static_cast<double>(target) - 13); // down to what MEG measures, in tesla
        const RowMatrix<double> x = (data.x.array() * 1e-9 + 3e-7).matrix();
        for (const bool doublePrecision : {true, false}) {
            options.doublePrecision = doublePrecision;
            const auto other = fit(x, y, options);
            const double tolerance = doublePrecision ? 1e-9 : 1e-4;
            QVERIFY(furthest(result.alphas, other.alphas) < 1e-9);
            QVERIFY(furthest(result.foldScores, other.foldScores) < tolerance);
        }
    }

    void duplicatedTargetsDoNotChangeTheGlobalChoice() {
        const auto data = planted(60, 9, 30);
        RowMatrix<double> twice(60, 60);
        twice << data.y, data.y;
        const auto once = fit(data.x, data.y, doubleOptions());
        const auto result = fit(data.x, twice, doubleOptions());
        QVERIFY(furthest(once.alphas, result.alphas) == 0);
        QVERIFY(furthest(once.foldScores, result.foldScores.leftCols(30)) < 1e-12);
        QVERIFY(furthest(once.foldScores, result.foldScores.rightCols(30)) < 1e-12);
    }

    void formsOfTheCriterionAgree_data() {
        QTest::addColumn<int>("columns");
        QTest::addColumn<bool>("doublePrecision");
        QTest::addColumn<int>("selection");
        for (const int columns : {4, 30, 90})
            for (const bool doublePrecision : {true, false})
                for (const auto selection : {SelectionScore::R2, SelectionScore::MeanSquaredError})
                    QTest::addRow("%d features, %s, %s", columns, doublePrecision ? "double" : "float",
                                  nameOf(selection).data())
                        << columns << doublePrecision << static_cast<int>(selection);
    }
    void formsOfTheCriterionAgree() {
        QFETCH(int, columns);
        QFETCH(bool, doublePrecision);
        QFETCH(int, selection);
        const auto data = planted(60, columns, 700);
        auto options = doubleOptions();
        options.doublePrecision = doublePrecision;
        options.selection = static_cast<SelectionScore>(selection);
        const PreparedFeatures features(data.x, options);
        JobContext job;
        const auto shared =
            fitPrepared(features.data(), *prepareResponses(data.y, options, RowKernels::Always), options, job);
        const auto streamed =
            fitPrepared(features.data(), *prepareResponses(data.y, options, RowKernels::Never), options, job);
        QVERIFY(furthest(shared.alphas, streamed.alphas) == 0);
        QVERIFY(furthest(shared.foldScores, streamed.foldScores) == 0);
        QCOMPARE(shared.innerScores.size(), streamed.innerScores.size());
        for (std::size_t index = 0; index < shared.innerScores.size(); ++index)
            QVERIFY(std::abs(shared.innerScores[index] - streamed.innerScores[index]) <
                    (doublePrecision ? 1e-10 : 2e-5) * std::max(1.0, std::abs(streamed.innerScores[index])));
    }

    void strongSignalChoosesLittleShrinkage() {
        auto options = doubleOptions();
        const auto clear = planted(100, 10, 40, 0.01);
        QVERIFY(fit(clear.x, clear.y, options).alphas.maxCoeff() == 1.0);
        QVERIFY(fit(clear.x, clear.y, options).score.minCoeff() > 0.99);
        const auto random = fit(noise(100, 10, 11), noise(100, 400, 12), options);
        QVERIFY(random.alphas.minCoeff() > 100);
        QVERIFY(std::abs(random.score.mean()) < 0.1);
    }

    void perTargetFindsTheOptimumOfEachTarget() {
        // The best λ of ridge on features with variance 1 is d·σ²/signal variance: here 10·σ².
        const auto data = planted(600, 10, 1, 0);
        RowMatrix<double> y(600, 2);
        y.col(0) = data.y.col(0) + 0.3 * noise(600, 1, 5).col(0);
        y.col(1) = data.y.col(0) + 6.0 * noise(600, 1, 6).col(0);
        auto options = doubleOptions();
        options.lambdaMode = LambdaMode::PerTarget;
        const auto result = fit(data.x, y, options);
        QVERIFY(result.alphas.col(0).maxCoeff() <= 8);
        QVERIFY(result.alphas.col(1).minCoeff() >= 50);
    }

    void tiesTakeTheSmallestAlpha() {
        auto data = planted(40, 5, 3);
        data.y.col(1).head(32).setConstant(2.5); // constant in every training set of the last fold
        auto options = doubleOptions();
        options.lambdaMode = LambdaMode::PerTarget;
        const auto result = fit(data.x, data.y, options);
        QCOMPARE(result.alphas(4, 1), options.alphas.front());
        QVERIFY(std::isnan(result.foldScores(4, 1)));
    }

    void numbersOfAnyPrecisionAreTheSameNumbers() {
        // 1e6 ± 1 in single precision: coarse, but what it holds is exact.
        const auto data = planted(40, 5, 6);
        const RowMatrix<float> x = (data.x.array() + 1e6).matrix().cast<float>();
        const RowMatrix<float> y = (data.y.array() - 1e6).matrix().cast<float>();
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
            for (const bool doublePrecision : {true, false}) {
                auto options = doubleOptions();
                options.lambdaMode = mode;
                options.doublePrecision = doublePrecision;
                JobContext job;
                const auto result = fit(x.cast<double>(), y.cast<double>(), options);
                QVERIFY(sameBits(result, fitRidge(x, y, options, job)));
                QVERIFY(sameBits(result, fitRidge(RowMatrix<double>(x.cast<double>()), y, options, job)));
                QVERIFY(sameBits(result, fitRidge(PreparedFeatures(x, options), PreparedResponses(y, options), options,
                                                  job)) ||
                        mode == LambdaMode::Global); // there row kernels may be summed in another order
            }
    }

    void oneFeatureCorrelatesTheSameForEveryAlpha() {
        const auto data = planted(40, 1, 5);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
            for (const bool doublePrecision : {true, false}) {
                auto options = doubleOptions();
                options.lambdaMode = mode;
                options.selection = SelectionScore::Correlation;
                options.doublePrecision = doublePrecision;
                QVERIFY((fit(data.x, data.y, options).alphas.array() == options.alphas.front()).all());
            }
    }

    void aTargetWithoutAlphaHasNoScore() {
        // Constant in each inner test fold, so that no R² is defined, but not over all rows.
        const auto data = planted(36, 3, 2);
        RowMatrix<double> y = data.y;
        for (Index row = 0; row < 36; ++row)
            y(row, 1) = static_cast<double>(row / 6);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            auto options = doubleOptions();
            options.lambdaMode = mode;
            options.selection = SelectionScore::R2;
            options.outer.count = 3;
            options.inner.count = 4;
            const auto result = fit(data.x, mode == LambdaMode::Global ? RowMatrix<double>(y.col(1)) : y, options);
            const Index target = mode == LambdaMode::Global ? 0 : 1;
            QVERIFY(result.alphas.col(target).array().isNaN().all());
            QVERIFY(result.foldScores.col(target).array().isNaN().all());
            QVERIFY(std::isnan(result.score[target]));
            QVERIFY(hasWarning(result, "No λ could be chosen for 3"));
        }
    }

    void whatIsUndefinedIsCountedAndSaid() {
        auto data = planted(40, 5, 4);
        data.y.col(0).setConstant(3);
        data.y.col(1).segment(8, 8).setConstant(-1); // outer test fold 1
        data.x.col(2).setConstant(9);
        for (const bool doublePrecision : {true, false}) {
            auto options = doubleOptions();
            options.doublePrecision = doublePrecision;
            const auto result = fit(data.x, data.y, options);
            QCOMPARE(result.constantTargets, 1);
            QCOMPARE(result.undefinedFoldTargets, 1);
            QCOMPARE(result.droppedColumns, 1);
            QVERIFY(std::isnan(result.score[0]));
            QVERIFY(std::isnan(result.foldScores(1, 1)));
            const auto& folds = result.foldScores;
            const double mean = (folds(0, 1) + folds(2, 1) + folds(3, 1) + folds(4, 1)) / 4;
            QVERIFY(std::abs(result.score[1] - mean) < 1e-15);
            QVERIFY(hasWarning(result, "1 of 4 targets are constant over all rows"));
            QVERIFY(hasWarning(result, "1 feature column is constant"));
            QVERIFY(hasWarning(result, "1 test fold of a target has no correlation"));
        }
    }

    void equalTestRowsHaveNoScore() {
        auto data = planted(40, 3, 2);
        for (Index row = 16; row < 24; ++row)
            data.x.row(row) = data.x.row(16);
        for (const bool doublePrecision : {true, false}) {
            auto options = doubleOptions();
            options.doublePrecision = doublePrecision;
            const auto result = fit(data.x, data.y, options);
            QVERIFY(result.foldScores.row(2).array().isNaN().all());
            QVERIFY(result.score.allFinite());
            QCOMPARE(result.undefinedFoldTargets, 2);
        }
    }

    void constantTargetsAlone() {
        const auto data = planted(40, 3, 2);
        const RowMatrix<double> y = RowMatrix<double>::Constant(40, 2, 7);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            auto options = doubleOptions();
            options.lambdaMode = mode;
            const auto result = fit(data.x, y, options);
            QVERIFY(result.score.array().isNaN().all());
            QVERIFY(result.alphas.array().isNaN().all());
            QCOMPARE(result.constantTargets, 2);
            QCOMPARE(result.undefinedFoldTargets, 0);
        }
    }

    void noDefinedSelectionScoreGivesNoAlpha() {
        const auto data = planted(9, 2, 3);
        auto options = doubleOptions();
        options.outer.count = 2;
        options.inner.count = 4; // test folds of one row: no R²
        const auto result = fit(data.x, data.y, options);
        QVERIFY(std::isnan(result.alphas(0, 0)));
        QVERIFY(result.foldScores.row(0).array().isNaN().all());
        QVERIFY(hasWarning(result, "No λ could be chosen for 1 outer fold") ||
                hasWarning(result, "No λ could be chosen for 2 outer folds"));
    }

    void edgeOfTheGridIsReported() {
        const auto data = planted(80, 5, 20, 0.01);
        auto options = doubleOptions();
        options.alphas = logSpace(3, 6, 4);
        const auto result = fit(data.x, data.y, options);
        QCOMPARE(result.edgeShare, 1.0);
        QVERIFY(hasWarning(result, "edge of the grid for 100 % of the outer folds"));
        options.alphas = {5};
        QCOMPARE(fit(data.x, data.y, options).edgeShare, 0.0);
    }

    void shuffledAndGroupedFoldsAreUsed() {
        const auto data = planted(60, 6, 8);
        auto options = doubleOptions();
        const auto plain = fit(data.x, data.y, options);
        options.outer.shuffleSeed = options.inner.shuffleSeed = 9;
        const auto result = fit(data.x, data.y, options);
        QVERIFY(furthest(plain.foldScores, result.foldScores) > 1e-3);
        // The same by hand: rows reordered so that the shuffled folds become contiguous ones.
        const auto outer = makeFolds(options.outer, allRows(60));
        const Rows order = joined(outer);
        auto grouped = doubleOptions();
        grouped.outer.groups.resize(60);
        for (std::size_t fold = 0; fold < outer.size(); ++fold)
            for (const auto row : outer[fold]) // groups of one size are taken by descending id
                grouped.outer.groups[static_cast<std::size_t>(row)] = 10 - static_cast<std::int64_t>(fold);
        grouped.inner.shuffleSeed = 9;
        const auto same = fit(data.x, data.y, grouped);
        QVERIFY(furthest(same.foldScores, result.foldScores) == 0);
    }
};

QTEST_GUILESS_MAIN(RidgePropertiesTest)
#include "RidgePropertiesTest.moc"
