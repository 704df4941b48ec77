#include "core/scores/HalfTime.h"
#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/stats/TTest.h"
#include "tests/support/FakeScores.h"
#include "views/scene/CortexMap.h"

#include <QTest>

#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int total = 60;

FakeScores someScores() {
    return FakeScores({.layers = 4, .vertices = {30, 30}});
}

Selection selectionOf(const ScoreIndex& index, MapKind kind, std::size_t step = 9) {
    Selection selection;
    selection.model = index.models.front().id;
    selection.step = index.models.front().steps.at(step);
    selection.map = kind;
    return selection;
}

bool isSame(float a, double b) {
    return std::isnan(a) ? std::isnan(b) : std::abs(static_cast<double>(a) - b) <= 1e-5 * std::max(1.0, std::abs(b));
}

} // namespace

class MapValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void halfTimesAreThoseOfTheCore_data() {
        QTest::addColumn<QString>("layer");
        QTest::addColumn<QString>("recording");
        QTest::newRow("best layer, group") << ""
                                           << "";
        QTest::newRow("a layer, group") << "block_01"
                                        << "";
        QTest::newRow("best layer, a subject") << ""
                                               << "fmri-S2";
        QTest::newRow("a layer, a subject") << "block_04"
                                            << "fmri-S1";
    }

    void areasAndVerticesShareTheirRange() {
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::Difference);
        const auto ofVertices = fixedRange(source, selection);
        selection.areaMeans = true;
        QVERIFY(ofVertices && fixedRange(source, selection) == ofVertices);
    }

    void halfTimesAreThoseOfTheCore() {
        QFETCH(QString, layer);
        QFETCH(QString, recording);
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::HalfTime, 3);
        if (!layer.isEmpty())
            selection.layer = layer.toStdString();
        if (!recording.isEmpty())
            selection.recording = recording.toStdString();
        const auto map = readCortexMap(source, selection);
        QVERIFY(map.has_value());
        const auto& steps = source.index().models[0].steps;
        std::vector<std::vector<float>> scores;
        for (const std::int64_t step : steps) {
            Selection at = selection;
            at.step = step;
            at.map = MapKind::Score;
            scores.push_back(readCortexMap(source, at)->values);
        }
        int reached = 0, none = 0;
        for (std::size_t vertex = 0; vertex < total; ++vertex) {
            std::vector<double> trajectory;
            for (const auto& values : scores)
                trajectory.push_back(static_cast<double>(values[vertex]));
            const HalfTime expected = halfTime(steps, trajectory);
            QCOMPARE(map->states[vertex] == HalfTimeState::Reached, expected.status == HalfTimeStatus::Ok);
            QCOMPARE(map->states[vertex] == HalfTimeState::AtOrBeforeFirst,
                     expected.status == HalfTimeStatus::AtOrBeforeFirst);
            QCOMPARE(map->states[vertex] == HalfTimeState::None, expected.status == HalfTimeStatus::FinalNotPositive);
            QVERIFY(isSame(map->values[vertex], expected.step));
            reached += map->states[vertex] == HalfTimeState::Reached ? 1 : 0;
            none += map->states[vertex] == HalfTimeState::None ? 1 : 0;
        }
        QVERIFY(reached > 10);
        if (layer == "block_01") // early layers do not reach the last vertices
            QVERIFY(none > 0);
        QCOMPARE(map->lastStep, steps.back());
        QCOMPARE(map->firstStep, steps.front());
    }

    void halfTimesNeedTheLastCheckpointAndSkipOthers() {
        FakeScores source = someScores();
        const Selection selection = selectionOf(source.index(), MapKind::HalfTime);
        source.setMissing({0, 70000});
        const auto map = readCortexMap(source, selection);
        QVERIFY(map.has_value());
        QCOMPARE(map->firstStep, std::int64_t(1000));
        source.setMissing({10000000});
        QVERIFY(!readCortexMap(source, selection));
    }

    void differencesAreOfTheScoresNamed() {
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::Difference, 5);
        const auto scoresAt = [&](const Selection& at) {
            Selection plain = at;
            plain.map = MapKind::Score;
            return readCortexMap(source, plain)->values;
        };
        const auto check = [&](const Selection& base) {
            const auto a = scoresAt(selection), b = scoresAt(base);
            const auto map = readCortexMap(source, selection);
            for (std::size_t vertex = 0; vertex < total; ++vertex)
                if (map->values[vertex] != a[vertex] - b[vertex])
                    return false;
            return true;
        };
        Selection base = selection;
        base.step = 0;
        QVERIFY(check(base));
        selection.difference = {DifferenceBase::PreviousStep, {}};
        base.step = 70000;
        QVERIFY(check(base));
        selection.difference = {DifferenceBase::Model, {}};
        base = selection;
        base.model = "model-2";
        QVERIFY(check(base));
        selection.difference = {DifferenceBase::Layer, "block_03"};
        base = selection;
        base.layer = "block_03";
        QVERIFY(check(base));
    }

    void differencesFromNothingAreNotThere() {
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::Difference, 0);
        selection.difference = {DifferenceBase::PreviousStep, {}};
        QVERIFY(!readCortexMap(source, selection));
        selection.difference = {DifferenceBase::Model, "unknown"};
        QVERIFY(!otherSide(selection, source.index()));
        selection.difference = {DifferenceBase::Layer, "unknown"};
        QVERIFY(!otherSide(selection, source.index()));
        const FakeScores one({.models = 1, .vertices = {5, 5}});
        selection.difference = {DifferenceBase::Model, {}};
        QVERIFY(!otherSide(selection, one.index()));
    }

    void tIsThatOfTheSubjects() {
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::TValue);
        selection.layer = "block_02";
        std::vector<std::vector<float>> subjects;
        for (int subject = 0; subject < 3; ++subject)
            subjects.push_back(*source.fmriScore(0, 9, 1, subject));
        const std::vector<std::span<const float>> views(subjects.begin(), subjects.end());
        const auto expected = oneSampleTTest(views).t;
        const auto map = readCortexMap(source, selection);
        for (std::size_t vertex = 0; vertex < total; ++vertex)
            QVERIFY(isSame(map->values[vertex], expected[vertex]));
        // Of each vertex's best layer.
        selection.layer.reset();
        const auto best = source.fmriBestLayer(0, 9)->layer;
        const auto ofBest = readCortexMap(source, selection);
        int same = 0;
        for (std::size_t vertex = 0; vertex < total; ++vertex)
            if (best[vertex] == 1) {
                QCOMPARE(ofBest->values[vertex], map->values[vertex]);
                ++same;
            }
        QVERIFY(same > 5);
        // Of one subject: t of a correlation over 600 images.
        selection.layer = "block_02";
        selection.recording = "fmri-S1";
        const double r = static_cast<double>(subjects[0][7]);
        QVERIFY(isSame(readCortexMap(source, selection)->values[7], r * std::sqrt(598 / (1 - r * r))));
    }

    void qIsTheGroups() {
        const FakeScores source = someScores();
        Selection selection = selectionOf(source.index(), MapKind::QValue);
        selection.layer = "block_02";
        const auto q = *source.fmriQ(0, 9, 1);
        const auto map = readCortexMap(source, selection);
        for (std::size_t vertex = 0; vertex < total; ++vertex)
            QVERIFY(isSame(map->values[vertex], -std::log10(static_cast<double>(q[vertex]))));
        selection.layer.reset();
        const auto best = source.fmriBestLayer(0, 9)->layer;
        const auto ofBest = readCortexMap(source, selection);
        for (std::size_t vertex = 0; vertex < total; ++vertex) {
            const auto own = *source.fmriQ(0, 9, best[vertex]);
            QVERIFY(isSame(ofBest->values[vertex], -std::log10(static_cast<double>(own[vertex]))));
        }
        selection.recording = "fmri-S1";
        QVERIFY(!readCortexMap(source, selection));
        // Maps bring q along where the selection asks for it.
        selection = selectionOf(source.index(), MapKind::Score);
        selection.layer = "block_02";
        QVERIFY(readCortexMap(source, selection)->q.empty());
        selection.significance = Significance::Hide;
        QCOMPARE(readCortexMap(source, selection)->q, q);
        selection.recording = "fmri-S1";
        QVERIFY(readCortexMap(source, selection)->q.empty());
    }

    void marginsComeWithTheirPairedError() {
        const FakeScores source = someScores();
        const auto map = readCortexMap(source, selectionOf(source.index(), MapKind::BestLayer));
        const auto group = source.fmriBestLayer(0, 9);
        QCOMPARE(map->margins.size(), std::size_t(total));
        for (std::size_t vertex = 0; vertex < total; ++vertex) {
            QVERIFY(std::abs(map->margins[vertex] - group->margin[vertex]) < 1e-5F);
            int second = -1;
            for (int layer = 0; layer < 4; ++layer)
                if (layer != group->layer[vertex] &&
                    (second < 0 || (*source.fmriMean(0, 9, layer))[vertex] > (*source.fmriMean(0, 9, second))[vertex]))
                    second = layer;
            std::vector<std::vector<float>> ahead;
            for (int subject = 0; subject < 3; ++subject)
                ahead.push_back({(*source.fmriScore(0, 9, group->layer[vertex], subject))[vertex] -
                                 (*source.fmriScore(0, 9, second, subject))[vertex]});
            const std::vector<std::span<const float>> views(ahead.begin(), ahead.end());
            QVERIFY(isSame(map->marginNoise[vertex], oneSampleTTest(views).sem[0]));
        }
        Selection subject = selectionOf(source.index(), MapKind::BestLayer);
        subject.recording = "fmri-S1";
        QVERIFY(readCortexMap(source, subject)->margins.empty());
        const FakeScores alone({.layers = 4, .subjects = 1, .vertices = {5, 5}});
        QVERIFY(readCortexMap(alone, selectionOf(alone.index(), MapKind::BestLayer))->margins.empty());
    }

    void rangesHoldForTheWholeTraining() {
        const FakeScores source = someScores();
        const auto rangeAt = [&](MapKind kind, std::size_t step) {
            return fixedRange(source, selectionOf(source.index(), kind, step));
        };
        for (const MapKind kind :
             {MapKind::Score, MapKind::HalfTime, MapKind::Difference, MapKind::TValue, MapKind::QValue})
            QCOMPARE(rangeAt(kind, 1), rangeAt(kind, 9));
        QCOMPARE(rangeAt(MapKind::Score, 9), studyRange(source));
        QCOMPARE(rangeAt(MapKind::HalfTime, 9), std::optional(ColorRange{1e3, 1e7}));
        for (const MapKind kind : {MapKind::Difference, MapKind::TValue}) {
            const auto range = rangeAt(kind, 9);
            QCOMPARE(range->low, -range->high);
            QCOMPARE(range->high, roundUp(range->high));
        }
        QCOMPARE(rangeAt(MapKind::QValue, 9)->low, 0.0);
    }
};

QTEST_GUILESS_MAIN(MapValuesTest)
#include "MapValuesTest.moc"
