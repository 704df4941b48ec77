#include "core/tables/SubjectResamples.h"

#include "core/scores/BestLayer.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace brainlike;

namespace {

constexpr float missingValue = std::numeric_limits<float>::quiet_NaN();

/// The group mean that subjectMean gives of the subjects of a resample, repetitions and all.
RowMatrix<float> meanOf(const RowMatrix<float>& subjects, const std::vector<int>& sample) {
    std::vector<RowMatrix<float>> drawn;
    for (const int subject : sample)
        drawn.push_back(subjects.row(subject));
    return subjectMean(drawn);
}

bool isSame(float a, float b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

class SubjectResamplesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachDistinctResampleOnce() {
        QCOMPARE(SubjectResamples(3, {}).size(), Eigen::Index{10});
        QCOMPARE(SubjectResamples(2, {}).size(), Eigen::Index{3});
        QCOMPARE(SubjectResamples(8, {.resamples = 5}).size(), Eigen::Index{5});
    }

    void meansAreThoseOfTheDrawnSubjects_data() {
        QTest::addColumn<bool>("withMissing");
        QTest::newRow("all there") << false;
        QTest::newRow("some missing") << true;
    }
    void meansAreThoseOfTheDrawnSubjects() {
        QFETCH(bool, withMissing);
        RowMatrix<float> subjects(4, 5);
        for (int i = 0; i < subjects.size(); ++i)
            subjects.data()[i] = std::sin(static_cast<float>(3 * i + 1));
        if (withMissing) {
            subjects(1, 2) = missingValue;
            subjects.col(4).setConstant(missingValue);
        }
        const BootstrapOptions options{.resamples = 40, .seed = 3};
        const SubjectResamples resamples(4, options);
        const auto means = resamples.means(subjects);
        QCOMPARE(means.rows(), Eigen::Index{5});
        QCOMPARE(means.cols(), resamples.size());
        // Every mean that is there is one of a drawn resample, and every drawn resample's is there.
        std::set<Eigen::Index> met;
        for (const auto& sample : resampledSubjects(4, options)) {
            const auto expected = meanOf(subjects, sample);
            bool isThere = false;
            for (Eigen::Index resample = 0; resample < means.cols(); ++resample) {
                bool isIt = true;
                for (Eigen::Index d = 0; d < means.rows(); ++d)
                    isIt = isIt && isSame(means(d, resample), expected(0, d));
                if (isIt)
                    met.insert(resample);
                isThere = isThere || isIt;
            }
            QVERIFY(isThere);
        }
        QCOMPARE(static_cast<Eigen::Index>(met.size()), resamples.size());
    }

    void intervalsAreThoseOfTheBootstrap() {
        RowMatrix<float> subjects(5, 1);
        subjects << 0.5F, 2.25F, -1, 7, 3.5F;
        const BootstrapOptions options{.resamples = 300, .seed = 11, .level = 0.9};
        const SubjectResamples resamples(5, options);
        const RowMatrix<double> means = resamples.means(subjects).cast<double>();
        const auto found = resamples.interval({means.data(), static_cast<std::size_t>(means.size())});
        const auto expected = bootstrapSubjects(
            5,
            [&](std::span<const int> sample) {
                return static_cast<double>(meanOf(subjects, {sample.begin(), sample.end()})(0, 0));
            },
            options);
        QCOMPARE(found.low, expected.low);
        QCOMPARE(found.high, expected.high);
        QCOMPARE(found.defined, 300);
    }

    void undefinedResamplesAreLeftOut() {
        const SubjectResamples resamples(2, {.resamples = 100});
        const std::vector<double> values{1, std::numeric_limits<double>::quiet_NaN(), 1};
        const auto interval = resamples.interval(values);
        QCOMPARE(interval.low, 1.0);
        QCOMPARE(interval.high, 1.0);
        QVERIFY(interval.defined < 100 && interval.defined > 0);
    }

    void groupsAreTurnedRound() {
        const SetsOfDimensions setsOf({{"odd", "all", "none", "last"}, {{1, 3}, {0, 1, 2, 3}, {}, {3}}}, 5);
        const auto of = [&](int dimension) {
            const auto sets = setsOf.of(dimension);
            return std::vector<std::int32_t>(sets.begin(), sets.end());
        };
        QCOMPARE(setsOf.setCount(), 4);
        QCOMPARE(of(0), (std::vector<std::int32_t>{1}));
        QCOMPARE(of(1), (std::vector<std::int32_t>{0, 1}));
        QCOMPARE(of(2), (std::vector<std::int32_t>{1}));
        QCOMPARE(of(3), (std::vector<std::int32_t>{0, 1, 3}));
        QVERIFY(of(4).empty());
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, SetsOfDimensions({{"far"}, {{5}}}, 5));
    }

    void setMeansSkipWhatIsMissing() {
        const DimensionGroups sets{{"both", "second", "none"}, {{0, 1}, {1}, {}}};
        const SetsOfDimensions setsOf(sets, 3);
        ResampledSetMeans means(setsOf, 2);
        means.add(0, std::vector<float>{1, missingValue});
        means.add(1, std::vector<float>{3, 5});
        means.add(2, std::vector<float>{100, 100});
        const auto result = means.means();
        QCOMPARE(result(0, 0), 2.0);
        QCOMPARE(result(0, 1), 5.0);
        QCOMPARE(result(1, 0), 3.0);
        QVERIFY(std::isnan(result(2, 0)));
    }
};

QTEST_GUILESS_MAIN(SubjectResamplesTest)
#include "SubjectResamplesTest.moc"
