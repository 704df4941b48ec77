#include "core/study/GroupScores.h"

#include "core/scores/BestLayer.h"
#include "core/stats/FalseDiscoveryRate.h"
#include "core/stats/StudentT.h"
#include "core/stats/TTest.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

/// 2 layers × 4 dimensions; one dimension has a score in one recording only, one in none.
std::vector<LayerScores> example() {
    std::vector<LayerScores> recordings(3, LayerScores(2, 4));
    recordings[0] << 0.1F, 0.5F, nan, nan, 0.3F, 0.2F, nan, nan;
    recordings[1] << 0.2F, 0.4F, nan, nan, 0.5F, 0.1F, nan, nan;
    recordings[2] << 0.3F, 0.6F, 0.7F, nan, 0.1F, 0.9F, 0.2F, nan;
    return recordings;
}

std::vector<std::span<const float>> layerOf(const std::vector<LayerScores>& recordings, Eigen::Index layer) {
    std::vector<std::span<const float>> spans;
    for (const auto& recording : recordings)
        spans.emplace_back(recording.row(layer).data(), static_cast<std::size_t>(recording.cols()));
    return spans;
}

} // namespace

class GroupScoresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsAreThoseOfTheStatistics() {
        const auto recordings = example();
        const auto maps = groupMaps(recordings, 100);
        for (Eigen::Index layer = 0; layer < 2; ++layer) {
            const auto expected = groupStatistics(layerOf(recordings, layer), 100);
            const auto q = benjaminiHochberg(expected.p);
            for (Eigen::Index d = 0; d < 2; ++d) {
                const auto i = static_cast<std::size_t>(d);
                QCOMPARE(maps.mean(layer, d), static_cast<float>(expected.mean[i]));
                QCOMPARE(maps.sem(layer, d), static_cast<float>(expected.sem[i]));
                QCOMPARE(maps.t(layer, d), static_cast<float>(expected.t[i]));
                QCOMPARE(maps.p(layer, d), static_cast<float>(expected.p[i]));
                QCOMPARE(maps.q(layer, d), static_cast<float>(q[i]));
            }
        }
        QCOMPARE(maps.mean(0, 0), 0.2F);
        QCOMPARE(maps.sem(0, 0), static_cast<float>(0.1 / std::sqrt(3.0)));
    }

    void whatIsMissingPoisonsNothing() {
        const auto maps = groupMaps(example(), 100);
        QCOMPARE(maps.mean(0, 2), 0.7F);
        QVERIFY(std::isnan(maps.q(0, 2)) && std::isnan(maps.sem(0, 2)));
        QVERIFY(std::isnan(maps.mean(1, 3)));
        QVERIFY(std::isfinite(maps.q(0, 0)) && std::isfinite(maps.q(1, 1)));
    }

    void oneRecordingIsTestedOverImages() {
        std::vector<LayerScores> one(1, LayerScores(1, 2));
        one[0] << 0.3F, 0.0F;
        const auto maps = groupMaps(one, 50);
        QCOMPARE(maps.p(0, 0), static_cast<float>(correlationP(static_cast<double>(0.3F), 50)));
        QCOMPARE(maps.p(0, 1), 1.0F);
        QVERIFY(std::isnan(maps.sem(0, 0)));
    }

    void bestLayersComeWithMarginAndAgreement() {
        const auto recordings = example();
        const auto best = bestLayerMap(subjectMean(recordings), recordings);
        QCOMPARE(best.layer, (std::vector<std::int16_t>{1, 0, 0, -1}));
        QCOMPARE(best.score[1], 0.5F);
        QCOMPARE(best.margin[1], 0.1F);
        QCOMPARE(best.agreement[1], 2.0F / 3.0F);
        QVERIFY(std::isnan(best.score[3]));
    }

    void timeCoursesAverageChannels() {
        const auto recordings = example();
        const auto mean = subjectMean(recordings);
        const auto courses = timeCourses(mean, recordings, 2); // 2 channels × 2 times
        QCOMPARE(courses.mean.rows(), 2);
        QCOMPARE(courses.mean.cols(), 2);
        QCOMPARE(courses.mean(0, 0), (0.2F + 0.7F) / 2);
        QCOMPARE(courses.mean(0, 1), 0.5F);
        // means over channels of the recordings at the first time: 0.1, 0.2, (0.3 + 0.7) / 2
        const double average = (0.1 + 0.2 + 0.5) / 3;
        const double variance =
            (std::pow(0.1 - average, 2) + std::pow(0.2 - average, 2) + std::pow(0.5 - average, 2)) / 2;
        QVERIFY(std::abs(courses.sem(0, 0) - static_cast<float>(std::sqrt(variance / 3))) < 1e-6F);
    }
};

QTEST_GUILESS_MAIN(GroupScoresTest)
#include "GroupScoresTest.moc"
