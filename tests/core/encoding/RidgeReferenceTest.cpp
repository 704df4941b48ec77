#include "core/base/Error.h"
#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/Ridge.h"
#include "core/encoding/RidgeFit.h"
#include "core/encoding/StagedFit.h"
#include "core/encoding/TestPrediction.h"
#include "tests/core/encoding/EncodingReferences.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace brainlike;
using test::agree;
using test::at;
using test::matrixOf;
using test::optionsOf;

namespace {

using Json = nlohmann::json;

const Json& references() {
    static const Json all = test::dataJson("encoding/ridge.json");
    return all;
}

const Json& reference(const QString& name) {
    for (const auto& one : references())
        if (one.at("name").get<std::string>() == name.toStdString())
            return one;
    throw std::runtime_error("no such reference");
}

/// Inner scores of the reference at one (outer, λ, target), the target counted among those that are not constant.
double innerScore(const Json& scores, std::size_t outer, std::size_t alpha, std::size_t target) {
    const auto& cell = scores.at(outer).at(alpha);
    const auto& value = cell.is_array() ? cell.at(target) : cell;
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

} // namespace

/// The solver against scikit-learn and a plain loop (tests/data/encoding/make_ridge.py).
class RidgeReferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agrees_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("doublePrecision");
        QTest::addColumn<int>("kernels");
        for (const auto& one : references())
            for (const bool doublePrecision : {true, false})
                for (const auto kernels : {RowKernels::Never, RowKernels::Always}) {
                    const auto name = QString::fromStdString(one.at("name").get<std::string>());
                    const auto row = name + (doublePrecision ? ", double" : ", float") +
                                     (kernels == RowKernels::Always ? ", row kernels" : "");
                    QTest::newRow(row.toUtf8()) << name << doublePrecision << static_cast<int>(kernels);
                }
    }

    void agrees() {
        QFETCH(QString, name);
        QFETCH(bool, doublePrecision);
        QFETCH(int, kernels);
        const Json& expected = reference(name);
        const auto options = optionsOf(expected, doublePrecision);
        const auto x = matrixOf(expected.at("x"));
        const auto y = matrixOf(expected.at("y"));
        const PreparedFeatures features(x, options);
        const auto responses = prepareResponses(y, options, static_cast<RowKernels>(kernels));
        JobContext job;
        const auto result = fitPrepared(features.data(), *responses, options, job);

        const auto alphas = matrixOf(expected.at("alpha"));
        const auto scores = matrixOf(expected.at("score_folds"));
        QCOMPARE(result.alphas.rows(), alphas.rows());
        QCOMPARE(result.alphas.cols(), alphas.cols());
        QCOMPARE(result.foldScores.rows(), scores.rows());
        QCOMPARE(result.foldScores.cols(), scores.cols());
        const double scoreTolerance = doublePrecision ? 1e-6 : 1e-4;
        for (Eigen::Index fold = 0; fold < scores.rows(); ++fold)
            for (Eigen::Index target = 0; target < scores.cols(); ++target) {
                const Eigen::Index column = alphas.cols() == 1 ? 0 : target;
                const double alpha = result.alphas(fold, column);
                if (agree(alpha, alphas(fold, column), 1e-9 * alphas(fold, column))) {
                    const double found = result.foldScores(fold, target);
                    QVERIFY2(agree(found, scores(fold, target), scoreTolerance),
                             at(fold, target, found, scores(fold, target)));
                } else {
                    // In single precision another λ is right where its inner score is as good (METHODS 5).
                    QVERIFY2(!doublePrecision && closeInnerScores(expected, responses->kept, options, fold, target,
                                                                  alpha, alphas(fold, column)),
                             at(fold, target, alpha, alphas(fold, column)));
                }
            }
        compareInner(result, expected, responses->kept, options, doublePrecision ? 1e-6 : 2e-4);
    }

    void predictionsAgree_data() {
        QTest::addColumn<QString>("name");
        for (const auto& one : test::dataJson("encoding/predictions.json")) {
            const auto name = QString::fromStdString(one.at("name").get<std::string>());
            QTest::newRow(name.toUtf8()) << name;
        }
    }
    void predictionsAgree() {
        QFETCH(QString, name);
        const Json& known = reference(name);
        const auto options = optionsOf(known, true);
        const auto x = matrixOf(known.at("x"));
        const auto y = matrixOf(known.at("y"));
        const auto chosen = indicesOf(matrixOf(known.at("alpha")), options.alphas);
        const PreparedFeatures nested(x, options);
        const PreparedFeatures outerOnly(x, options, {}, FoldDepth::OuterOnly);
        const auto all = predictTestRows(nested.data(), y, chosen, allRows(y.rows()));
        const auto stored = test::dataJson("encoding/predictions.json");
        const auto* entry = &stored.front();
        for (const auto& one : stored)
            entry = one.at("name").get<std::string>() == name.toStdString() ? &one : entry;
        const double away = (all - matrixOf(entry->at("prediction"))).cwiseAbs().maxCoeff();
        QVERIFY2(away < 1e-8, QByteArray::number(away));

        // Some images alone, in any order, from features prepared for the outer folds.
        const Rows some{y.rows() - 1, 0, y.rows() / 2};
        const auto few = predictTestRows(outerOnly.data(), y, chosen, some);
        for (std::size_t place = 0; place < some.size(); ++place)
            QVERIFY((few.row(static_cast<Eigen::Index>(place)) - all.row(some[place])).cwiseAbs().maxCoeff() < 1e-12);

        // With the λ given nothing is chosen, and the scores are the same.
        const auto responses = prepareResponses(y, options, RowKernels::Never);
        StagedFit fit(outerOnly.data(), *responses, options, {});
        AlphaChoice given;
        for (Eigen::Index fold = 0; fold < chosen.rows(); ++fold)
            if (chosen.cols() == 1)
                given.global.push_back(chosen(fold, 0));
            else
                given.targets.emplace_back(&chosen(fold, 0), &chosen(fold, 0) + chosen.cols());
        fit.setChoice(given);
        QCOMPARE(fit.foldsToChoose(), std::size_t{0});
        JobContext job;
        fit.predict(*responses, {job});
        const auto result = fit.take();
        const auto scores = matrixOf(known.at("score_folds"));
        for (Eigen::Index fold = 0; fold < scores.rows(); ++fold)
            for (Eigen::Index target = 0; target < scores.cols(); ++target)
                QVERIFY2(agree(result.foldScores(fold, target), scores(fold, target), 1e-6),
                         at(fold, target, result.foldScores(fold, target), scores(fold, target)));

        given.global.clear();
        given.targets.clear();
        QVERIFY_EXCEPTION_THROWN(fit.setChoice(given), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)predictTestRows(nested.data(), y.topRows(4), chosen, {0}), ShapeError);
    }

private:
    static AlphaIndices indicesOf(const RowMatrix<double>& alphas, const std::vector<double>& grid) {
        return AlphaIndices::NullaryExpr(alphas.rows(), alphas.cols(), [&](Eigen::Index row, Eigen::Index column) {
            return static_cast<int>(std::ranges::lower_bound(grid, alphas(row, column) * (1 - 1e-9)) - grid.begin());
        });
    }

    static std::size_t keptIndex(const std::vector<Eigen::Index>& kept, Eigen::Index target) {
        return static_cast<std::size_t>(std::find(kept.begin(), kept.end(), target) - kept.begin());
    }

    static bool closeInnerScores(const Json& expected, const std::vector<Eigen::Index>& kept,
                                 const RidgeOptions& options, Eigen::Index fold, Eigen::Index target, double found,
                                 double wanted) {
        const auto score = [&](double alpha) {
            const auto index = static_cast<std::size_t>(std::find(options.alphas.begin(), options.alphas.end(), alpha) -
                                                        options.alphas.begin());
            return innerScore(expected.at("inner_score"), static_cast<std::size_t>(fold), index,
                              keptIndex(kept, target));
        };
        return std::abs(score(found) - score(wanted)) <= 1e-4;
    }

    static void compareInner(const RidgeResult& result, const Json& expected, const std::vector<Eigen::Index>& kept,
                             const RidgeOptions& options, double tolerance) {
        const bool global = options.lambdaMode == LambdaMode::Global;
        const auto targets = global ? 1 : result.score.size();
        std::size_t next = 0;
        for (Eigen::Index fold = 0; fold < result.foldScores.rows(); ++fold)
            for (std::size_t alpha = 0; alpha < options.alphas.size(); ++alpha)
                for (Eigen::Index target = 0; target < targets; ++target) {
                    const double found = result.innerScores.at(next++);
                    const auto index = global ? 0 : keptIndex(kept, target);
                    const double wanted = index < kept.size() ? innerScore(expected.at("inner_score"),
                                                                           static_cast<std::size_t>(fold), alpha, index)
                                                              : std::numeric_limits<double>::quiet_NaN();
                    const double scale = std::max(1.0, std::abs(wanted));
                    QVERIFY2(agree(found, wanted, tolerance * scale), at(fold, target, found, wanted));
                }
        QCOMPARE(next, result.innerScores.size());
    }
};

QTEST_GUILESS_MAIN(RidgeReferenceTest)
#include "RidgeReferenceTest.moc"
