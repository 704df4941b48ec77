#include "core/base/Error.h"
#include "core/scores/DimensionGroups.h"
#include "core/scores/HalfTime.h"
#include "core/simulate/Simulate.h"
#include "core/stats/Correlation.h"
#include "core/study/AreaDistances.h"
#include "core/study/Encode.h"
#include "core/study/ScoreFile.h"
#include "core/study/Study.h"
#include "core/study/Workers.h"
#include "core/templates/TemplateFinder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

using namespace brainlike;

namespace {

struct Planted {
    double distance, depth, amplitude, halfTime;
};

/// An area whose image-driven responses are strong enough to be found in a study of this size: its planted share of
/// the standard deviation is several times the standard error of R over 240 images, 1/√240 = 0.065, of one subject.
constexpr double strongAmplitude = 0.18;

} // namespace

/// The real pipeline finds what was planted: one model, two subjects with fMRI and four with MEG, encoded as any study
/// is.
class RecoveryTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<ScoreFile> m_scores;
    nlohmann::json m_truth;
    std::map<std::string, Planted> m_planted;
    AreaDistances m_areas;
    std::vector<RowMatrix<double>> m_areaScores; ///< a checkpoint: layers × areas
    std::vector<RowMatrix<double>> m_bestScores; ///< a checkpoint: 1 × areas, mean over vertices of the best layer's R

    [[nodiscard]] const ScoredModel& model() const { return m_scores->index().models.front(); }
    [[nodiscard]] int lastStep() const { return static_cast<int>(model().steps.size()) - 1; }

    void readPlanted() {
        for (const auto& area : m_truth.at("areas"))
            m_planted[area.at("id")] = {area.at("distance"), area.at("depth"), area.at("amplitude"),
                                        area.at("half_time")};
    }

    void readAreaScores() {
        const auto layers = static_cast<Eigen::Index>(model().layerNames.size());
        for (int step = 0; step <= lastStep(); ++step) {
            RowMatrix<float> scores(layers, m_scores->index().vertexCounts.total());
            for (Eigen::Index layer = 0; layer < layers; ++layer) {
                const auto mean = m_scores->fmriMean(0, step, static_cast<int>(layer));
                scores.row(layer) = Eigen::Map<const Eigen::RowVectorXf>(mean->data(), scores.cols());
            }
            m_areaScores.push_back(groupMeans(scores, m_areas.areas));
            const RowMatrix<float> best = scores.colwise().maxCoeff();
            m_bestScores.push_back(groupMeans(best, m_areas.areas));
        }
    }

    [[nodiscard]] std::vector<std::size_t> strongAreas() const {
        std::vector<std::size_t> strong;
        for (std::size_t area = 0; area < m_areas.areas.size(); ++area) {
            if (m_planted.at(m_areas.areas.ids[area]).amplitude >= strongAmplitude)
                strong.push_back(area);
        }
        return strong;
    }

    [[nodiscard]] HalfTime halfTimeOf(std::size_t area) const {
        std::vector<double> values;
        for (const auto& scores : m_bestScores)
            values.push_back(scores(0, static_cast<Eigen::Index>(area)));
        return halfTime(model().steps, values);
    }

    /// R of the best layer of an area at the end of training.
    [[nodiscard]] double finalScore(const std::string& id) const {
        const auto& ids = m_areas.areas.ids;
        const auto area = std::find(ids.begin(), ids.end(), id) - ids.begin();
        return m_areaScores.back().col(area).maxCoeff();
    }

    static double ranked(const std::vector<double>& a, const std::vector<double>& b) {
        const auto ranks = [](const std::vector<double>& values) {
            std::vector<double> result;
            for (const double value : values)
                result.push_back(static_cast<double>(
                    std::count_if(values.begin(), values.end(), [value](double other) { return other < value; })));
            return result;
        };
        return correlate(ranks(a), ranks(b)).r;
    }

private Q_SLOTS:
    void initTestCase() {
        try {
            m_areas = areaDistances(TemplateFinder().find("fsaverage5"));
        } catch (const NotFoundError&) {
            QSKIP("the fsaverage5 template is not installed (./run build fetches it)");
        }
        m_scratch = std::make_unique<QTemporaryDir>();
        const std::filesystem::path folder = m_scratch->path().toStdString() + "/study";
        JobContext job;
        const SimulationOptions options{.subjects = 2, .megSubjects = 4, .images = 240, .models = 1, .layers = 8};
        const Study study = readStudy(simulateStudy(folder, options, job, defaultThreads()).study);
        const auto result = encodeStudy(study, {.out = folder / "scores.h5", .onUnit = {}}, job);
        QCOMPARE(result.computedCount, std::size_t{8 * 10 * 6});
        m_scores = std::make_unique<ScoreFile>(result.scores);
        std::ifstream truth(folder / "truth.json");
        m_truth = nlohmann::json::parse(truth);
        readPlanted();
        readAreaScores();
    }

    /// The best layer of an area follows its planted depth. Layers carry bands of factors ±0.4 wide, so neighbours are
    /// nearly as good: a correlation of .9 allows an error of half a band.
    void bestLayersFollowPlantedDepths() {
        std::vector<double> found, planted;
        for (const std::size_t area : strongAreas()) {
            Eigen::Index layer = 0;
            m_areaScores.back().col(static_cast<Eigen::Index>(area)).maxCoeff(&layer);
            found.push_back(model().layerDepths[static_cast<std::size_t>(layer)]);
            planted.push_back(m_planted.at(m_areas.areas.ids[area]).depth);
        }
        const auto correlation = correlate(found, planted);
        qInfo("best layer against planted depth: r = %.3f over %d areas", correlation.r, correlation.n);
        QVERIFY(correlation.n > 60);
        QVERIFY(correlation.r > 0.9);
    }

    /// Half-times come later the deeper an area was planted; the scale is not the planted one, because R saturates.
    void halfTimesFollowPlantedOnes() {
        std::vector<double> found, planted, early, late;
        for (const std::size_t area : strongAreas()) {
            const HalfTime time = halfTimeOf(area);
            if (time.status != HalfTimeStatus::Ok)
                continue;
            const Planted& truth = m_planted.at(m_areas.areas.ids[area]);
            found.push_back(std::log10(time.step));
            planted.push_back(std::log10(truth.halfTime));
            if (truth.depth < 0.3)
                early.push_back(found.back());
            if (truth.depth > 0.7)
                late.push_back(found.back());
        }
        const double rank = ranked(found, planted);
        std::sort(early.begin(), early.end());
        std::sort(late.begin(), late.end());
        const double earlyMedian = early.at(early.size() / 2);
        const double lateMedian = late.at(late.size() / 2);
        qInfo("half-times against planted ones: rank correlation %.3f over %zu of %zu areas; median 10^%.2f in early, "
              "10^%.2f in late areas",
              rank, found.size(), strongAreas().size(), earlyMedian, lateMedian);
        QVERIFY(found.size() * 10 >= strongAreas().size() * 9);
        QVERIFY(rank > 0.8);                     // unrelated half-times of 100 areas: standard deviation 0.1
        QVERIFY(lateMedian - earlyMedian > 0.5); // planted: 0.4 × 1.35 or more apart in log10
    }

    void areasAreOrderedByTheirPlantedAmplitude() {
        const double v1 = finalScore("lh:V1"), mt = finalScore("lh:MT"), prefrontal = finalScore("lh:IFSa");
        const double far = finalScore("lh:10pp");
        qInfo("R at the end: V1 %.3f, MT %.3f, IFSa %.3f, 10pp %.3f", v1, mt, prefrontal, far);
        QVERIFY(v1 > mt && mt > prefrontal && prefrontal > far);
        std::vector<double> found, planted;
        for (const std::size_t area : strongAreas()) {
            found.push_back(finalScore(m_areas.areas.ids[area]));
            planted.push_back(m_planted.at(m_areas.areas.ids[area]).amplitude);
        }
        const double r = correlate(found, planted).r;
        qInfo("R against planted amplitude: r = %.3f", r);
        QVERIFY(r > 0.9);
    }

    /// No response before the onset; found within two samples after it: the first sample at 67 ms is still rising.
    void megStartsAtThePlantedOnset() {
        const auto courses = m_scores->megTimeCourses(0, lastStep());
        QVERIFY(courses);
        const auto& times = m_scores->index().times;
        const Eigen::RowVectorXf best = courses->mean.colwise().maxCoeff();
        const float peak = best.maxCoeff();
        double before = 0;
        std::size_t first = 0;
        for (std::size_t i = 0; i < times.size(); ++i) {
            if (times[i] < 0)
                before = std::max(before, static_cast<double>(best(static_cast<Eigen::Index>(i))));
            else if (first == 0 && best(static_cast<Eigen::Index>(i)) > 0.2F * peak)
                first = i;
        }
        const double onset = m_truth.at("meg").at("onset");
        qInfo("MEG: onset planted at %.3f s, found at %.3f s; peak R %.3f, before onset at most %.3f", onset,
              times[first], static_cast<double>(peak), before);
        QVERIFY(times[first] > onset && times[first] <= onset + 2.0 / 30);
        QVERIFY(before < 0.25 * peak);
    }

    /// The summary has the signs, sizes and order that the paper reports (METHODS 9), with room for this study's noise.
    void scoresLookLikeThePapers() {
        const SummaryCurves curves = m_scores->summary(0);
        const auto& steps = model().steps;
        const HalfTime encoding = halfTime(steps, curves.encodingFmri);
        const HalfTime spatial = halfTime(steps, curves.spatial);
        const HalfTime temporal = halfTime(steps, curves.temporal);
        qInfo("untrained → trained: encoding %.3f → %.3f, MEG %.3f → %.3f, spatial %.2f → %.2f, temporal %.2f → %.2f",
              curves.encodingFmri.front(), curves.encodingFmri.back(), curves.encodingMeg.front(),
              curves.encodingMeg.back(), curves.spatial.front(), curves.spatial.back(), curves.temporal.front(),
              curves.temporal.back());
        qInfo("half-times: temporal %.2f %%, encoding %.2f %%, spatial %.2f %% of training", 100 * temporal.share,
              100 * encoding.share, 100 * spatial.share);
        QVERIFY(curves.encodingFmri.front() < 0.05 && curves.encodingFmri.back() > 0.07);
        QVERIFY(curves.spatial.front() < 0 && curves.spatial.back() > 0.25);
        QVERIFY(curves.temporal.front() < 0 && curves.temporal.back() > 0.8);
        QVERIFY(temporal.status == HalfTimeStatus::Ok && encoding.status == HalfTimeStatus::Ok &&
                spatial.status == HalfTimeStatus::Ok);
        QVERIFY(temporal.step < encoding.step && encoding.step < spatial.step);
    }
};

QTEST_GUILESS_MAIN(RecoveryTest)
#include "RecoveryTest.moc"
