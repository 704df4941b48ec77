#include "core/encoding/Banded.h"
#include "tests/core/encoding/EncodingReferences.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace brainlike;
using Eigen::Index;
using test::agree;
using test::at;
using test::matrixOf;

namespace {

using Json = nlohmann::json;

const Json& bandedReferences() {
    static const Json all = test::dataJson("encoding/banded.json");
    return all;
}

const Json& bandedReference(const QString& name) {
    for (const auto& one : bandedReferences())
        if (one.at("name").get<std::string>() == name.toStdString())
            return one;
    throw std::runtime_error("no such reference");
}

struct Fit {
    BandedResult result;
    Index spaces = 0;
    Index samples = 0;
};

Fit fitted(const Json& reference, bool doublePrecision) {
    auto options = test::optionsOf(reference, doublePrecision);
    options.threads = 2;
    std::vector<FeatureSpace> spaces;
    for (const auto& x : reference.at("spaces"))
        spaces.push_back({"space " + std::to_string(spaces.size()), matrixOf(x)});
    JobContext job;
    BandedOptions banded;
    banded.weights = matrixOf(reference.at("weights"));
    const auto count = static_cast<Index>(spaces.size());
    return {fitBandedRidge(spaces, matrixOf(reference.at("y")), options, banded, job), count, banded.weights.rows()};
}

/// The best inner score of one outer fold, sample and target (or all targets) of a fit.
double innerBest(const Fit& fit, const RidgeOptions& options, Index outer, Index sample, Index target) {
    const auto& scores = fit.result.ridge.innerScores;
    const auto width = options.lambdaMode == LambdaMode::Global ? static_cast<Index>(options.alphas.size())
                                                                : fit.result.ridge.score.size();
    const auto start = scores.begin() + (outer * fit.samples + sample) * width;
    return options.lambdaMode == LambdaMode::Global ? *std::max_element(start, start + width) : start[target];
}

double innerOf(const Json& reference, Index outer, Index sample, Index target) {
    const auto& cell =
        reference.at("inner_best").at(static_cast<std::size_t>(outer)).at(static_cast<std::size_t>(sample));
    return test::numberOf(cell.is_array() ? cell.at(static_cast<std::size_t>(target)) : cell);
}

} // namespace

/// The random search over given weights against himalaya (tests/data/encoding/make_banded.py).
class BandedReferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("doublePrecision");
        for (const auto& one : bandedReferences())
            for (const bool doublePrecision : {true, false}) {
                const auto name = QString::fromStdString(one.at("name").get<std::string>());
                QTest::newRow((name + (doublePrecision ? ", double" : ", float")).toUtf8()) << name << doublePrecision;
            }
    }

    void agrees() {
        QFETCH(QString, name);
        QFETCH(bool, doublePrecision);
        const Json& expected = bandedReference(name);
        const auto fit = fitted(expected, doublePrecision);
        const double tolerance = doublePrecision ? 1e-6 : 1e-4;
        compareInner(fit, expected, tolerance);
        compareAlphas(fit, expected);
        const auto folds = matrixOf(expected.at("score_folds"));
        compare(fit.result.ridge.foldScores, folds, tolerance);
        compare(fit.result.splitScores, matrixOf(expected.at("score_split")), tolerance);
        compare(fit.result.splitR2, matrixOf(expected.at("r2_split")), tolerance);
        for (Index target = 0; target < folds.cols(); ++target)
            QVERIFY(agree(fit.result.splitScores.col(target).sum(), fit.result.ridge.score[target], 1e-12));
    }

private:
    static void compare(const RowMatrix<double>& found, const RowMatrix<double>& expected, double tolerance) {
        QCOMPARE(found.rows(), expected.rows());
        QCOMPARE(found.cols(), expected.cols());
        for (Index row = 0; row < found.rows(); ++row)
            for (Index column = 0; column < found.cols(); ++column)
                QVERIFY2(agree(found(row, column), expected(row, column), tolerance),
                         at(row, column, found(row, column), expected(row, column)));
    }

    static void compareAlphas(const Fit& fit, const Json& expected) {
        for (Index outer = 0; outer < fit.result.ridge.foldScores.rows(); ++outer) {
            const auto wanted = matrixOf(expected.at("band_alpha").at(static_cast<std::size_t>(outer)));
            const auto found = fit.result.bandAlphas.middleRows(outer * fit.spaces, fit.spaces);
            QCOMPARE(found.cols(), wanted.cols());
            for (Index cell = 0; cell < wanted.size(); ++cell) {
                const double one = found(cell / wanted.cols(), cell % wanted.cols());
                QVERIFY2(agree(one, wanted.data()[cell], 1e-8 * wanted.data()[cell]),
                         at(outer, cell % wanted.cols(), one, wanted.data()[cell]));
            }
        }
    }

    static void compareInner(const Fit& fit, const Json& expected, double tolerance) {
        const auto options = test::optionsOf(expected, true);
        const Index targets = options.lambdaMode == LambdaMode::Global ? 1 : fit.result.ridge.score.size();
        for (Index outer = 0; outer < fit.result.ridge.foldScores.rows(); ++outer)
            for (Index sample = 0; sample < fit.samples; ++sample)
                for (Index target = 0; target < targets; ++target) {
                    const double found = innerBest(fit, options, outer, sample, target);
                    const double wanted = innerOf(expected, outer, sample, target);
                    QVERIFY2(agree(found, wanted, tolerance * std::max(1.0, std::abs(wanted))),
                             at(outer, target, found, wanted));
                }
    }
};

QTEST_GUILESS_MAIN(BandedReferenceTest)
#include "BandedReferenceTest.moc"
