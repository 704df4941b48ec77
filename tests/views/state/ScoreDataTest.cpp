#include "views/state/ScoreData.h"

#include "core/base/Error.h"
#include "tests/support/FakeScores.h"

#include <QSignalSpy>
#include <QtTest>

using namespace brainlike;

class ScoreDataTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsOffTheGuiThread() {
        JobRunner runner;
        ScoreData scores(runner);
        scores.setSource(std::make_shared<test::FakeScores>());
        QThread* reader = nullptr;
        std::size_t models = 0;
        const JobHandle handle = scores.read<std::size_t>(
            this,
            [&](const ScoreSource& source) {
                reader = QThread::currentThread();
                return source.index().models.size();
            },
            [&](std::size_t count) { models = count; });
        QTRY_COMPARE(models, std::size_t(2));
        QVERIFY(reader != QThread::currentThread());
    }

    void failuresAreReportedAndNotDelivered() {
        JobRunner runner;
        ScoreData scores(runner);
        scores.setSource(std::make_shared<test::FakeScores>());
        std::string signalled, told;
        bool delivered = false;
        connect(&scores, &ScoreData::failed, this, [&](const ErrorDetails& error) { signalled = error.what; });
        const JobHandle handle = scores.read<int>(
            this, [](const ScoreSource&) -> int { throw FormatError({.what = "The chunk is damaged"}); },
            [&](int) { delivered = true; }, [&](const ErrorDetails& error) { told = error.what; });
        QTRY_COMPARE(told, std::string("The chunk is damaged"));
        QCOMPARE(signalled, told);
        QVERIFY(!delivered);
    }

    void withoutASourceNothingIsRead() {
        JobRunner runner;
        ScoreData scores(runner);
        bool called = false;
        const JobHandle handle = scores.read<int>(
            this, [&](const ScoreSource&) { return 1; }, [&](int) { called = true; });
        QVERIFY(!scores.index());
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void manyArrivalsAreOneSignal() {
        JobRunner runner;
        ScoreData scores(runner);
        QSignalSpy arrived(&scores, &ScoreData::arrived);
        for (int unit = 0; unit < 50; ++unit)
            scores.noteArrival();
        QCOMPARE(arrived.count(), 0);
        QVERIFY(arrived.wait());
        QCOMPARE(arrived.count(), 1);
    }

    void anotherSourceIsAnnounced() {
        JobRunner runner;
        ScoreData scores(runner);
        QSignalSpy changed(&scores, &ScoreData::sourceChanged);
        scores.setSource(std::make_shared<test::FakeScores>());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QString::fromStdString(scores.index()->studyName), "Fake study");
    }
};

QTEST_GUILESS_MAIN(ScoreDataTest)
#include "ScoreDataTest.moc"
