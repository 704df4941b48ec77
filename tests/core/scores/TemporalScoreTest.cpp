#include "core/scores/TemporalScore.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

class TemporalScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNumPy() {
        const auto data = test::dataJson("scores/scores.json").at("temporal");
        const auto times = data.at("times").get<std::vector<double>>();
        const auto depths = data.at("depths").get<std::vector<double>>();
        RowMatrix<double> courses(static_cast<Eigen::Index>(depths.size()), static_cast<Eigen::Index>(times.size()));
        for (Eigen::Index i = 0; i < courses.size(); ++i)
            courses.data()[i] = data.at("courses").at(static_cast<std::size_t>(i));
        const auto peaks = timesOfMaximum(courses, times);
        QCOMPARE(peaks.size(), depths.size());
        for (std::size_t k = 0; k < peaks.size(); ++k)
            if (const auto& expected = data.at("t_max").at(k); expected.is_null())
                QVERIFY(std::isnan(peaks[k]));
            else
                QVERIFY(std::abs(peaks[k] - expected.get<double>()) < 1e-12);
        const auto score = temporalScore(depths, peaks);
        QCOMPARE(score.n, data.at("n").get<int>());
        QVERIFY(std::abs(score.r - data.at("r").get<double>()) < 1e-12);
        QVERIFY(std::abs(score.p / data.at("p").get<double>() - 1) < 1e-6);
    }

    void maximumIsTheMeanOfTheTimesNearTheTop() {
        const std::vector<double> times{-0.1, 0, 0.1, 0.2, 0.3};
        RowMatrix<double> courses(4, 5);
        courses << 9, 0.5, 0.96, 1, 0.96, // a higher value before the image does not count
            9, 0, 0, 0, 0,                // nothing above 0
            9, -1, -2, -3, -1,            //
            0, 1, 0, 0.949, 0.95;         // two separate times
        const auto peaks = timesOfMaximum(courses, times);
        QVERIFY(std::abs(peaks[0] - 0.2) < 1e-12);
        QVERIFY(std::isnan(peaks[1]) && std::isnan(peaks[2]));
        QVERIFY(std::abs(peaks[3] - 0.15) < 1e-12);
        const auto score = temporalScore(std::vector<double>{0, 0.3, 0.6, 1}, peaks);
        QCOMPARE(score.n, 2);
        QVERIFY(std::isnan(score.r));
        QCOMPARE(score.status, CorrelationStatus::TooFew);
    }

    void theOnsetOfTheImageTakesPartDespiteRounding() {
        // Sampled times carry rounding errors; the one at the onset may lie just below 0.
        const std::vector<double> times{-0.1, -0.1 + 0.3 - 0.2 - 1e-16, 0.1};
        QVERIFY(times[1] < 0);
        RowMatrix<double> courses(1, 3);
        courses << 5, 1, 0.5;
        QVERIFY(std::abs(timesOfMaximum(courses, times)[0]) < 1e-12);
    }

    void channelMeansSkipMissingValues() {
        RowMatrix<float> scores(1, 6); // 3 channels × 2 times
        scores << 1, 2, std::nanf(""), 4, 3, 9;
        const auto means = channelMeans(scores, 2);
        QCOMPARE(means(0, 0), 2.0);
        QCOMPARE(means(0, 1), 5.0);
        const RowMatrix<float> none = RowMatrix<float>::Constant(1, 2, std::nanf(""));
        QVERIFY(std::isnan(channelMeans(none, 1)(0, 0)));
        QVERIFY_EXCEPTION_THROWN((void)channelMeans(scores, 4), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)channelMeans(scores, 0), ShapeError);
    }

    void refusesSizesThatDiffer() {
        QVERIFY_EXCEPTION_THROWN((void)timesOfMaximum(RowMatrix<double>::Zero(2, 3), std::vector<double>{0, 1}),
                                 ShapeError);
    }
};

QTEST_GUILESS_MAIN(TemporalScoreTest)
#include "TemporalScoreTest.moc"
