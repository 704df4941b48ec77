#include "views/state/StepAxis.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

class StepAxisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trainedStepsLieByLogarithm() {
        const StepAxis axis(std::vector<std::int64_t>{0, 1000, 20000, 10000000});
        QCOMPARE(axis.positionOf(1000), 0.0);
        QCOMPARE(axis.positionOf(10000), 1.0);
        QCOMPARE(axis.high(), 4.0);
        QVERIFY(std::abs(axis.positionOf(20000) - std::log10(20.0)) < 1e-12);
    }

    void untrainedLiesLeftOfTheBreak() {
        const StepAxis axis(std::vector<std::int64_t>{0, 1000, 10000000});
        QVERIFY(axis.low() < 0);
        QCOMPARE(axis.positionOf(0), axis.low());
        QVERIFY(axis.breakPosition().has_value());
        QCOMPARE(*axis.breakPosition(), axis.low() / 2);
        QCOMPARE(axis.positionOf(500), axis.low() / 2); // linear in step there
    }

    void noBreakWithoutAnUntrainedCheckpoint() {
        const StepAxis axis(std::vector<std::int64_t>{1000, 10000});
        QVERIFY(!axis.breakPosition());
        QCOMPARE(axis.low(), 0.0);
        QCOMPARE(axis.high(), 1.0);
    }

    void onlyUntrained() {
        const StepAxis axis(std::vector<std::int64_t>{0});
        QVERIFY(!axis.breakPosition());
        QCOMPARE(axis.ticks().size(), std::size_t(1));
        QCOMPARE(axis.ticks().front().label, "untrained");
    }

    void ticksAreUntrainedAndPowersOfTen() {
        const StepAxis axis(std::vector<std::int64_t>{0, 1000, 5000, 400000});
        QStringList labels;
        for (const StepAxis::Tick& tick : axis.ticks())
            labels << tick.label;
        QCOMPARE(labels, (QStringList{"untrained", "1k", "10k", "100k"}));
    }

    void endsAreTicksWithinOneDecade() {
        const StepAxis axis(std::vector<std::int64_t>{2000, 3000, 5000});
        QStringList labels;
        for (const StepAxis::Tick& tick : axis.ticks())
            labels << tick.label;
        QCOMPARE(labels, (QStringList{"2k", "5k"}));
    }
};

QTEST_GUILESS_MAIN(StepAxisTest)
#include "StepAxisTest.moc"
