#include "core/scores/NoiseCeiling.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

class NoiseCeilingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNumPy() {
        const auto data = test::dataJson("scores/scores.json").at("ceiling");
        const auto image = data.at("image").get<std::vector<int>>();
        RowMatrix<float> trials(static_cast<Eigen::Index>(image.size()), data.at("dimensions").get<Eigen::Index>());
        for (Eigen::Index i = 0; i < trials.size(); ++i)
            trials.data()[i] = data.at("trials").at(static_cast<std::size_t>(i)).get<float>();
        const auto snr = noiseCeilingSnr(trials, image);
        for (std::size_t d = 0; d < snr.size(); ++d) {
            QVERIFY(std::abs(snr[d] - data.at("ncsnr").at(d).get<double>()) < 1e-9);
            QVERIFY(std::abs(noiseCeiling(snr[d], 3) - data.at("ceiling").at(d).get<double>()) < 1e-9);
        }
    }

    void closedForms() {
        QVERIFY(std::abs(noiseCeiling(1, 1) - std::sqrt(0.5)) < 1e-15);
        QVERIFY(std::abs(noiseCeiling(1, 3) - std::sqrt(0.75)) < 1e-15);
        QCOMPARE(noiseCeiling(0, 3), 0.0);
        QCOMPARE(noiseCeiling(std::numeric_limits<double>::infinity(), 1), 1.0);
        QVERIFY(std::isnan(noiseCeiling(std::nan(""), 1)));
        QVERIFY_EXCEPTION_THROWN((void)noiseCeiling(1, 0), ValueError);
    }

    void onlyRepeatedImagesCount() {
        RowMatrix<float> trials(5, 2);
        trials << 1.f, std::nanf(""), 0.f, 1.f, 0.5f, 2.f, 7.f, 3.f, -4.f, 5.f;
        // image 9 is shown in trials 0 and 2, the others once
        const auto snr = noiseCeilingSnr(trials, std::vector<int>{9, 1, 9, 2, 3});
        QVERIFY(std::abs(snr[0] - std::sqrt((1 - 0.125) / 0.125)) < 1e-12);
        QVERIFY(std::isnan(snr[1]));
        QVERIFY_EXCEPTION_THROWN((void)noiseCeilingSnr(trials, std::vector<int>{1, 2}), ShapeError);
    }

    /// Trials as they were recorded, not z-scored, image by image: the same ratio.
    void trialsImageByImage() {
        const std::vector<int> image{0, 1, 0, 2, 1, 0, 3};
        RowMatrix<float> trials(7, 3), scored(7, 3);
        for (int i = 0; i < trials.size(); ++i)
            trials.data()[i] = 1000 + 5 * std::sin(static_cast<float>(7 * i % 19));
        trials.col(2).setConstant(4);
        for (int d = 0; d < 2; ++d) {
            const Eigen::VectorXd column = trials.col(d).cast<double>();
            const double mean = column.mean();
            const double sd = std::sqrt((column.array() - mean).square().mean());
            scored.col(d) = ((column.array() - mean) / sd).cast<float>();
        }
        RepeatedTrials repeated(3);
        for (int wanted = 0; wanted < 4; ++wanted) {
            std::vector<int> rows;
            for (int row = 0; row < 7; ++row)
                if (image[static_cast<std::size_t>(row)] == wanted)
                    rows.push_back(row);
            repeated.addImage(trials(rows, Eigen::all));
        }
        const auto snr = repeated.snr();
        const auto expected = noiseCeilingSnr(scored, image);
        for (std::size_t d = 0; d < 2; ++d) {
            QVERIFY(std::abs(snr[d] - expected[d]) < 1e-6);
            // Three, two, one and one trials: 1/k is 17/24 on average.
            QVERIFY(std::abs(repeated.ceiling()[d] - noiseCeiling(snr[d], 24.0 / 17)) < 1e-12);
        }
        QVERIFY(std::isnan(snr[2]));
        QVERIFY(std::isnan(repeated.ceiling()[2]));
        QVERIFY_EXCEPTION_THROWN(repeated.addImage(RowMatrix<float>::Zero(1, 2)), ShapeError);
    }
};

QTEST_GUILESS_MAIN(NoiseCeilingTest)
#include "NoiseCeilingTest.moc"
