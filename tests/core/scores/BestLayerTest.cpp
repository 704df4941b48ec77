#include "core/scores/BestLayer.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

RowMatrix<float> matrixFrom(const nlohmann::json& values, Eigen::Index rows, Eigen::Index columns) {
    RowMatrix<float> matrix(rows, columns);
    for (Eigen::Index i = 0; i < matrix.size(); ++i) {
        const auto& value = values.at(static_cast<std::size_t>(i));
        matrix.data()[i] = value.is_null() ? missing : value.get<float>();
    }
    return matrix;
}

bool same(float value, const nlohmann::json& expected) {
    return expected.is_null() ? std::isnan(value) : std::abs(value - expected.get<float>()) < 1e-6f;
}

} // namespace

class BestLayerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNumPy() {
        const auto data = test::dataJson("scores/scores.json").at("best_layer");
        const Eigen::Index layers = data.at("layers");
        const Eigen::Index dimensions = data.at("dimensions");
        std::vector<RowMatrix<float>> subjects;
        for (const auto& values : data.at("subjects"))
            subjects.push_back(matrixFrom(values, layers, dimensions));
        const auto mean = subjectMean(subjects);
        for (Eigen::Index i = 0; i < mean.size(); ++i)
            QVERIFY(same(mean.data()[i], data.at("mean").at(static_cast<std::size_t>(i))));
        const auto best = bestLayers(matrixFrom(data.at("mean"), layers, dimensions), subjects);
        QCOMPARE(best.layer, data.at("layer").get<std::vector<std::int16_t>>());
        for (std::size_t d = 0; d < best.layer.size(); ++d) {
            QVERIFY(same(best.score[d], data.at("score").at(d)));
            QVERIFY(same(best.margin[d], data.at("margin").at(d)));
            QVERIFY(same(best.agreement[d], data.at("agreement").at(d)));
        }
    }

    void tiesTakeTheEarlierLayer() {
        RowMatrix<float> mean(3, 2);
        mean << 0.1f, -0.5f, 0.3f, missing, 0.3f, -0.5f;
        const auto best = bestLayers(mean, {});
        QCOMPARE(best.layer[0], std::int16_t(1));
        QCOMPARE(best.margin[0], 0.f);
        QCOMPARE(best.layer[1], std::int16_t(0));
        QCOMPARE(best.score[1], -0.5f);
        QVERIFY(std::isnan(best.agreement[0]));
    }

    void infiniteValuesAreNoScores() {
        RowMatrix<float> mean(2, 1);
        mean << std::numeric_limits<float>::infinity(), 0.2f;
        const auto best = bestLayers(mean, {});
        QCOMPARE(best.layer[0], std::int16_t(1));
        QVERIFY(std::isnan(best.margin[0]));
    }

    void agreementCountsSubjectsWithAValue() {
        RowMatrix<double> mean(2, 1);
        mean << 0.1, 0.2;
        RowMatrix<double> against(2, 1);
        against << 0.3, 0.2;
        const RowMatrix<double> none = RowMatrix<double>::Constant(2, 1, std::nan(""));
        const std::vector<RowMatrix<double>> subjects{mean, against, none, mean, mean};
        QCOMPARE(bestLayers(mean, subjects).agreement[0], 0.75f);
    }

    void refusesShapesThatDiffer() {
        const std::vector<RowMatrix<float>> subjects{RowMatrix<float>::Zero(2, 3), RowMatrix<float>::Zero(3, 2)};
        QVERIFY_EXCEPTION_THROWN((void)bestLayers(RowMatrix<float>::Zero(2, 3), subjects), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)subjectMean(subjects), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)subjectMean({}), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)bestLayers(RowMatrix<float>(0, 3), {}), ShapeError);
    }
};

QTEST_GUILESS_MAIN(BestLayerTest)
#include "BestLayerTest.moc"
