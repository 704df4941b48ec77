#include "core/study/EncodeUnit.h"

#include <QTest>

#include <set>

using namespace brainlike;

namespace {

Study studyOf(std::vector<int> checkpointCounts) {
    Study study;
    for (std::size_t i = 0; i < checkpointCounts.size(); ++i) {
        StudyModel model{.id = "m" + std::to_string(i)};
        model.layers = {{"a", 0}, {"b/c.d", 1}};
        for (int checkpoint = 0; checkpoint < checkpointCounts[i]; ++checkpoint)
            model.checkpoints.push_back({checkpoint * 10, "x"});
        study.models.push_back(model);
    }
    study.recordings = {{.id = "s1"}, {.id = "s2", .kind = RecordingKind::Meg}, {.id = "s3"}};
    return study;
}

} // namespace

class EncodeUnitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checkpointsFillTheAxisEvenly() {
        QCOMPARE(checkpointOrder(0), std::vector<int>());
        QCOMPARE(checkpointOrder(1), std::vector<int>{0});
        QCOMPARE(checkpointOrder(2), (std::vector<int>{1, 0}));
        QCOMPARE(checkpointOrder(9), (std::vector<int>{8, 0, 4, 2, 6, 1, 3, 5, 7}));
        for (int count = 3; count < 30; ++count) {
            const auto order = checkpointOrder(count);
            QCOMPARE(std::set<int>(order.begin(), order.end()).size(), static_cast<std::size_t>(count));
            QCOMPARE(static_cast<int>(order.size()), count);
        }
    }

    void lastCheckpointOfEveryModelComesFirst() {
        const auto order = workOrder(studyOf({3, 2}));
        QCOMPARE(order.size(), std::size_t{10});
        std::vector<std::pair<int, int>> seen;
        for (std::size_t i = 0; i < order.size(); ++i) {
            QCOMPARE(order[i].layer, static_cast<int>(i % 2));
            if (i % 2 == 0)
                seen.emplace_back(order[i].model, order[i].checkpoint);
        }
        QCOMPARE(seen, (std::vector<std::pair<int, int>>{{0, 2}, {1, 1}, {0, 0}, {1, 0}, {0, 1}}));
    }

    void numbersHaveNoGaps() {
        const Study study = studyOf({3, 2});
        const UnitNumbers numbers(study);
        QCOMPARE(numbers.count(), std::size_t{30});
        std::set<std::size_t> seen;
        for (const auto& group : workOrder(study))
            for (int recording = 0; recording < 3; ++recording)
                seen.insert(numbers.of({group.model, group.checkpoint, group.layer, recording}));
        QCOMPARE(seen.size(), std::size_t{30});
        QCOMPARE(*seen.rbegin(), std::size_t{29});
    }

    void partNamesAreSafeAndDistinct() {
        const Study study = studyOf({3});
        QCOMPARE(partName(study, {0, 1, 1, 2}), std::string("m0.10.b%2Fc%2Ed.s3.part"));
        QCOMPARE(describe(study, {0, 1, 1, 2}), std::string("model m0, step 10, layer b/c.d, recording s3"));
    }

    void recordingsAreListedByKind() {
        QCOMPARE(recordingsOf(studyOf({1}), RecordingKind::Fmri), (std::vector<int>{0, 2}));
        QCOMPARE(recordingsOf(studyOf({1}), RecordingKind::Meg), std::vector<int>{1});
    }
};

QTEST_GUILESS_MAIN(EncodeUnitTest)
#include "EncodeUnitTest.moc"
