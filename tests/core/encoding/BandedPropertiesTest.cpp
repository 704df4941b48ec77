#include "core/base/Error.h"
#include "core/encoding/Banded.h"
#include "tests/core/encoding/BandedSpaces.h"
#include "tests/support/Expectations.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace brainlike;
using Eigen::Index;
using test::bandedOptions;
using test::fit;
using test::furthest;
using test::noise;
using test::planted;
using test::searched;
using test::TwoSpaces;
using test::twoSpaces;
using test::weighted;

namespace {

constexpr double notFinite = std::numeric_limits<double>::quiet_NaN();

RidgeResult plainFit(const RowMatrix<double>& x, const RowMatrix<double>& y, const RidgeOptions& options) {
    JobContext job;
    return fitRidge(x, y, options, job);
}

template <typename Matrix>
bool sameBits(const Matrix& a, const Matrix& b) {
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(*a.data())) == 0;
}

bool sameResults(const BandedResult& a, const BandedResult& b) {
    return sameBits(a.ridge.foldScores, b.ridge.foldScores) && sameBits(a.ridge.alphas, b.ridge.alphas) &&
           sameBits(a.ridge.innerScores, b.ridge.innerScores) && sameBits(a.bandAlphas, b.bandAlphas) &&
           sameBits(a.chosenWeights, b.chosenWeights) && sameBits(a.splitScores, b.splitScores) &&
           sameBits(a.splitR2, b.splitR2);
}

void addCases() {
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("selection");
    for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
        for (const int columns : {5, 60})
            for (const auto selection :
                 {SelectionScore::R2, SelectionScore::MeanSquaredError, SelectionScore::Correlation})
                QTest::addRow("%s, %d features, %s", nameOf(mode).data(), columns, nameOf(selection).data())
                    << static_cast<int>(mode) << columns << static_cast<int>(selection);
}

RidgeOptions optionsOfCase() {
    QFETCH(int, mode);
    QFETCH(int, selection);
    auto options = bandedOptions(static_cast<LambdaMode>(mode));
    options.selection = static_cast<SelectionScore>(selection);
    return options;
}

} // namespace

/// What must hold for any data.
class BandedPropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneSpaceIsThePlainRidge_data() { addCases(); }
    void oneSpaceIsThePlainRidge() {
        QFETCH(int, columns);
        auto options = optionsOfCase();
        const auto data = planted(50, columns, 300);
        for (const bool doublePrecision : {true, false}) {
            options.doublePrecision = doublePrecision;
            const auto plain = plainFit(data.x, data.y, options);
            const auto result = fit({{"x", data.x}}, data.y, options, searched(20));
            QCOMPARE(result.weights.rows(), Index(1));
            QVERIFY(sameBits(result.ridge.alphas, plain.alphas));
            QVERIFY(sameBits(RowMatrix<double>(result.bandAlphas), plain.alphas));
            QVERIFY(furthest(result.ridge.foldScores, plain.foldScores) < (doublePrecision ? 1e-12 : 1e-5));
            QVERIFY(furthest(result.splitScores, result.ridge.score.transpose()) < 1e-12);
            if (options.lambdaMode == LambdaMode::Global)
                QVERIFY(sameBits(result.ridge.innerScores, plain.innerScores));
        }
    }

    void aSpaceWithoutWeightIsNotThere_data() { addCases(); }
    void aSpaceWithoutWeightIsNotThere() {
        QFETCH(int, columns);
        const auto options = optionsOfCase();
        const auto data = twoSpaces(50, columns, 8, 20);
        const auto plain = plainFit(data.spaces[0].values, data.y, options);
        const auto result = fit(data.spaces, data.y, options, weighted({{1, 0}}));
        QVERIFY(furthest(result.ridge.alphas, plain.alphas) == 0);
        QVERIFY(furthest(result.ridge.foldScores, plain.foldScores) < 1e-9);
        QVERIFY(result.splitScores.row(1).isZero(1e-12));
        QVERIFY(result.splitR2.row(1).isZero(1e-12));
        QVERIFY((result.bandAlphas.row(1).array() == std::numeric_limits<double>::infinity()).all());
    }

    void shuffledAndGroupedFoldsAreThoseOfThePlainRidge() {
        const auto data = twoSpaces(50, 5, 8, 6);
        for (const bool grouped : {false, true}) {
            auto options = bandedOptions();
            for (auto* folds : {&options.outer, &options.inner}) {
                folds->shuffleSeed = 4;
                for (int row = 0; grouped && row < 50; ++row)
                    folds->groups.push_back(row * 7 % 11);
            }
            const auto plain = plainFit(data.spaces[0].values, data.y, options);
            const auto result = fit(data.spaces, data.y, options, weighted({{1, 0}}));
            QVERIFY(furthest(result.ridge.alphas, plain.alphas) == 0);
            QVERIFY(furthest(result.ridge.foldScores, plain.foldScores) < 1e-9);
        }
    }

    void singlePrecisionResponsesAreTheSameNumbers() {
        const auto data = twoSpaces(40, 5, 4, 6);
        const RowMatrix<float> y = (data.y.array() + 1e6).matrix().cast<float>();
        JobContext job;
        const auto result = fitBandedRidge(data.spaces, y, bandedOptions(), searched(3), job);
        QVERIFY(sameResults(result, fit(data.spaces, y.cast<double>(), bandedOptions(), searched(3))));
    }

    void equalWeightsAreThePlainRidgeOnAllFeatures_data() { addCases(); }
    void equalWeightsAreThePlainRidgeOnAllFeatures() {
        QFETCH(int, columns);
        auto options = optionsOfCase();
        const auto data = twoSpaces(50, columns, 8, 20);
        const auto result = fit(data.spaces, data.y, options, weighted({{0.5, 0.5}}));
        RowMatrix<double> both(50, columns + 8);
        both << data.spaces[0].values, data.spaces[1].values;
        for (double& alpha : options.alphas)
            alpha *= 2; // λ/γ
        const auto plain = plainFit(both, data.y, options);
        QVERIFY(furthest(result.bandAlphas.topRows(1), plain.alphas.topRows(1)) < 1e-9);
        QVERIFY(furthest(result.ridge.foldScores, plain.foldScores) < 1e-9);
    }

    void theSpaceThatExplainsIsFound_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("columns");
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
            for (const int columns : {6, 120})
                QTest::addRow("%s, %d features", nameOf(mode).data(), columns) << static_cast<int>(mode) << columns;
    }
    void theSpaceThatExplainsIsFound() {
        QFETCH(int, mode);
        QFETCH(int, columns);
        const auto data = twoSpaces(120, 6, columns, 12);
        const auto options = bandedOptions(static_cast<LambdaMode>(mode));
        const auto result = fit(data.spaces, data.y, options, searched(40));
        Index found = 0;
        for (Index row = 0; row < result.bandAlphas.rows(); row += 2)
            found += (result.bandAlphas.row(row).array() < result.bandAlphas.row(row + 1).array()).count();
        QVERIFY(10 * found > 9 * result.bandAlphas.size() / 2);
        QVERIFY(result.splitScores.row(0).mean() > 0.5);
        QVERIFY(std::abs(result.splitScores.row(1).mean()) < 0.1);
        QVERIFY(result.splitR2.row(0).mean() > 10 * std::abs(result.splitR2.row(1).mean()));
        RowMatrix<double> both(120, 6 + columns);
        both << data.spaces[0].values, data.spaces[1].values;
        QVERIFY(result.ridge.score.mean() > plainFit(both, data.y, options).score.mean());
    }

    void eachTargetFindsItsOwnSpace() {
        auto data = twoSpaces(150, 6, 6, 2);
        data.y.col(1) = data.spaces[1].values * noise(6, 1, 5) + noise(150, 1, 6);
        const auto result = fit(data.spaces, data.y, bandedOptions(), searched(40));
        QVERIFY(result.splitScores(0, 0) > 0.5 && std::abs(result.splitScores(1, 0)) < 0.1);
        QVERIFY(result.splitScores(1, 1) > 0.5 && std::abs(result.splitScores(0, 1)) < 0.1);
    }

    void threadsChangeNoBit_data() { addCases(); }
    void threadsChangeNoBit() {
        QFETCH(int, columns);
        auto options = optionsOfCase();
        const auto data = twoSpaces(40, columns, 4, 530);
        for (const bool doublePrecision : {true, false}) {
            options.doublePrecision = doublePrecision;
            options.threads = 1;
            const auto one = fit(data.spaces, data.y, options, searched(5));
            for (const int threads : {2, 5}) {
                options.threads = threads;
                QVERIFY(sameResults(one, fit(data.spaces, data.y, options, searched(5))));
            }
        }
    }

    void permutedTargetsGivePermutedResults_data() { addCases(); }
    void permutedTargetsGivePermutedResults() {
        QFETCH(int, columns);
        const auto options = optionsOfCase();
        const auto data = twoSpaces(40, columns, 4, 300);
        const RowMatrix<double> reversed = data.y.rowwise().reverse();
        const auto result = fit(data.spaces, data.y, options, searched(4));
        const auto other = fit(data.spaces, reversed, options, searched(4));
        QVERIFY(furthest(result.ridge.foldScores, other.ridge.foldScores.rowwise().reverse()) < 1e-12);
        QVERIFY(furthest(result.splitScores, other.splitScores.rowwise().reverse()) < 1e-12);
        const RowMatrix<double> alphas = other.bandAlphas.rowwise().reverse();
        QVERIFY(furthest(result.bandAlphas, alphas) < 1e-9);
    }

    void scaleAndOffsetChangeNothing_data() { addCases(); }
    void scaleAndOffsetChangeNothing() {
        QFETCH(int, columns);
        const auto options = optionsOfCase();
        auto data = twoSpaces(40, columns, 4, 12);
        const auto result = fit(data.spaces, data.y, options, searched(6));
        data.y = (data.y.array() * 3e-13 + 1e-12).matrix();
        data.spaces[0].values = (data.spaces[0].values.array() * 1e-5 - 2).matrix();
        data.spaces[1].values = (data.spaces[1].values.array() * 1e7).matrix();
        const auto other = fit(data.spaces, data.y, options, searched(6));
        QVERIFY(furthest(result.bandAlphas, other.bandAlphas) < 1e-9);
        QVERIFY(furthest(result.ridge.foldScores, other.ridge.foldScores) < 1e-8);
        QVERIFY(furthest(result.splitScores, other.splitScores) < 1e-8);
        QVERIFY(furthest(result.splitR2, other.splitR2) < 1e-8);
    }

    void spacesMayComeInAnyOrder() {
        const auto data = twoSpaces(40, 5, 4, 12);
        const auto result = fit(data.spaces, data.y, bandedOptions(), weighted({{0.5, 0.5}, {0.9, 0.1}}));
        const auto other =
            fit({data.spaces[1], data.spaces[0]}, data.y, bandedOptions(), weighted({{0.5, 0.5}, {0.1, 0.9}}));
        QVERIFY(furthest(result.ridge.foldScores, other.ridge.foldScores) < 1e-10);
        QVERIFY(furthest(result.splitScores, other.splitScores.colwise().reverse()) < 1e-10);
    }

    void aTieTakesTheEarlierWeights() {
        const auto data = twoSpaces(40, 5, 4, 12);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            const auto once = fit(data.spaces, data.y, bandedOptions(mode), weighted({{0.3, 0.7}}));
            const auto twice = fit(data.spaces, data.y, bandedOptions(mode), weighted({{0.3, 0.7}, {0.3, 0.7}}));
            QVERIFY(furthest(once.bandAlphas, twice.bandAlphas) == 0);
            QVERIFY(furthest(once.ridge.foldScores, twice.ridge.foldScores) == 0);
        }
    }

    void moreSamplesNeverScoreLessInside() {
        const auto data = twoSpaces(40, 5, 4, 12);
        auto options = bandedOptions(LambdaMode::Global);
        double before = -std::numeric_limits<double>::infinity();
        for (const int samples : {1, 4, 16}) {
            const auto result = fit(data.spaces, data.y, options, searched(samples));
            const auto first = result.ridge.innerScores.begin();
            const double best = *std::max_element(first, first + samples * 6);
            QVERIFY(best >= before);
            before = best;
        }
    }

    void undefinedTargetsAreCounted() {
        auto data = twoSpaces(40, 5, 4, 4);
        data.y.col(0).setConstant(3);
        data.y.col(1).segment(14, 13).setConstant(-1); // outer test fold 1
        data.spaces[1].values.col(2).setConstant(9);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            const auto result = fit(data.spaces, data.y, bandedOptions(mode), searched(5));
            QCOMPARE(result.ridge.constantTargets, 1);
            QCOMPARE(result.ridge.undefinedFoldTargets, 1);
            QCOMPARE(result.ridge.droppedColumns, 1);
            QVERIFY(std::isnan(result.ridge.score[0]) && std::isnan(result.splitScores(1, 0)));
            QVERIFY(std::isnan(result.ridge.foldScores(1, 1)) && std::isfinite(result.ridge.score[1]));
            QVERIFY(std::abs(result.splitScores.col(1).sum() - result.ridge.score[1]) < 1e-12);
            if (mode == LambdaMode::PerTarget)
                QVERIFY(result.bandAlphas.col(0).array().isNaN().all());
        }
    }

    void constantTargetsAlone() {
        const auto data = twoSpaces(40, 5, 4, 2);
        const RowMatrix<double> y = RowMatrix<double>::Constant(40, 2, 7);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            const auto result = fit(data.spaces, y, bandedOptions(mode), searched(3));
            QVERIFY(result.ridge.score.array().isNaN().all());
            QVERIFY(result.bandAlphas.array().isNaN().all());
            QVERIFY(result.splitScores.array().isNaN().all());
        }
    }

    void equalTestRowsHaveNoScore() {
        auto data = twoSpaces(39, 3, 2, 2);
        for (Index row = 13; row < 26; ++row)
            data.spaces[0].values.row(row) = data.spaces[0].values.row(13);
        const auto alone = fit(data.spaces, data.y, bandedOptions(), weighted({{1, 0}}));
        QVERIFY(alone.ridge.foldScores.row(1).array().isNaN().all());
        const auto both = fit(data.spaces, data.y, bandedOptions(), weighted({{0.5, 0.5}}));
        QVERIFY(both.ridge.foldScores.allFinite());
    }

    void badInputIsRefused() {
        const auto data = twoSpaces(40, 5, 4, 3);
        const auto options = bandedOptions();
        const auto refusal = [&](const auto& change) {
            auto changed = data;
            change(changed);
            return test::messageFrom<Error>(
                [&] { static_cast<void>(fit(changed.spaces, changed.y, options, searched(3))); });
        };
        auto text = refusal([](TwoSpaces& d) { d.spaces[1].values = noise(39, 4, 1); });
        VERIFY_CONTAINS(text, "b.npy");
        VERIFY_CONTAINS(text, "40 rows, as a.npy");
        VERIFY_CONTAINS(text, "39");
        text = refusal([](TwoSpaces& d) { d.y = noise(38, 3, 1); });
        VERIFY_CONTAINS(text, "38 rows of responses");
        text = refusal([](TwoSpaces& d) { d.spaces[1].values.setConstant(4); });
        VERIFY_CONTAINS(text, "b.npy, training rows of outer fold 0");
        text = refusal([](TwoSpaces& d) { d.spaces[1].values.bottomRows(26).setConstant(4); });
        VERIFY_CONTAINS(text, "b.npy, training rows of outer fold 0");
        text = refusal([](TwoSpaces& d) { d.spaces[1].values(7, 2) = notFinite; });
        VERIFY_CONTAINS(text, "b.npy, row 7, column 2");
        text = refusal([](TwoSpaces& d) { d.spaces[0].values.resize(40, 0); });
        VERIFY_CONTAINS(text, "a.npy");
        text = refusal([](TwoSpaces& d) { d.spaces.clear(); });
        VERIFY_CONTAINS(text, "feature space");
        text = refusal([](TwoSpaces& d) {
            for (auto& space : d.spaces)
                space.values = RowMatrix<double>(space.values.topRows(2));
            d.y = RowMatrix<double>(d.y.topRows(2));
        });
        VERIFY_CONTAINS(text, "fewer rows than folds");
    }

    void badWeightsAreRefused() {
        const auto data = twoSpaces(40, 5, 4, 3);
        const auto refusal = [&](const BandedOptions& banded) {
            return test::messageFrom<Error>(
                [&] { static_cast<void>(fit(data.spaces, data.y, bandedOptions(), banded)); });
        };
        VERIFY_CONTAINS(refusal(weighted({{1, 0, 0}})), "2 columns");
        VERIFY_CONTAINS(refusal(weighted({{1, 0}, {0, 0}})), "row 1");
        VERIFY_CONTAINS(refusal(weighted({{2, -1}})), "0 or more");
        VERIFY_CONTAINS(refusal(weighted({{notFinite, 1}})), "row 0");
        VERIFY_CONTAINS(refusal(searched(0)), "at least one sample");
    }

    void cancelledSearchesStop() {
        const auto data = twoSpaces(40, 5, 4, 600);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            std::stop_source stop;
            JobContext job(stop.get_token(), [&](const Progress& progress) {
                if (progress.fraction > 0.3)
                    stop.request_stop();
            });
            QVERIFY_EXCEPTION_THROWN(
                static_cast<void>(fitBandedRidge(data.spaces, data.y, bandedOptions(mode), searched(4), job)),
                CancelledError);
        }
    }

    void progressGoesFromNoneToAll() {
        const auto data = twoSpaces(40, 5, 4, 600);
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget}) {
            auto options = bandedOptions(mode);
            options.threads = 2;
            std::vector<double> fractions;
            JobContext job({}, [&](const Progress& progress) { fractions.push_back(progress.fraction); });
            static_cast<void>(fitBandedRidge(data.spaces, data.y, options, searched(4), job));
            QCOMPARE(fractions.front(), 0.0);
            QCOMPARE(fractions.back(), 1.0);
            QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        }
    }
};

QTEST_GUILESS_MAIN(BandedPropertiesTest)
#include "BandedPropertiesTest.moc"
