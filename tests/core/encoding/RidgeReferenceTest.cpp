#include "core/encoding/FeatureData.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/Ridge.h"
#include "core/encoding/RidgeFit.h"
#include "tests/core/encoding/EncodingReferences.h"
#include "tests/support/TestFiles.h"

#include <QTest>

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

private:
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
