#include "views/state/JobRunner.h"

#include <QSemaphore>
#include <QtTest>

#include <stdexcept>

using namespace brainlike;

namespace {

using Outcome = JobOutcome<int>;

/// Work that waits until it may go on; `alive` expires once the pool has let go of it.
struct Blocked {
    std::shared_ptr<QSemaphore> entered = std::make_shared<QSemaphore>(), mayGo = std::make_shared<QSemaphore>();
    std::shared_ptr<int> token = std::make_shared<int>(0);
    std::weak_ptr<int> alive = token;

    std::function<int(JobContext&)> work(int value) {
        return [entered = entered, mayGo = mayGo, kept = std::exchange(token, nullptr), value](JobContext&) {
            entered->release();
            mayGo->acquire();
            return value;
        };
    }
};

} // namespace

class JobRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deliversTheValueOnTheRunnersThread() {
        JobRunner runner;
        std::optional<Outcome> outcome;
        QThread *worker = nullptr, *delivery = nullptr;
        const JobHandle handle = runner.run<int>(
            this,
            [&](JobContext&) {
                worker = QThread::currentThread();
                return 7;
            },
            [&](Outcome result) {
                delivery = QThread::currentThread();
                outcome = std::move(result);
            });
        QTRY_VERIFY(outcome.has_value());
        QCOMPARE(std::get<int>(*outcome), 7);
        QVERIFY(worker != delivery);
        QCOMPARE(delivery, QThread::currentThread());
    }

    void saysWhenTheLastJobHasEnded() {
        JobRunner runner;
        int ended = 0;
        connect(&runner, &JobRunner::idle, this, [&] { ++ended; });
        Blocked first, second;
        const auto ignore = [](const Outcome&) {};
        const JobHandle one = runner.run<int>(this, first.work(1), ignore);
        const JobHandle two = runner.run<int>(this, second.work(2), ignore);
        first.entered->acquire();
        second.entered->acquire();
        first.mayGo->release();
        QTRY_VERIFY(first.alive.expired());
        QCoreApplication::processEvents();
        QCOMPARE(ended, 0);
        second.mayGo->release();
        QTRY_COMPARE(ended, 1);
    }

    void anErrorIsAValue() {
        JobRunner runner;
        std::optional<Outcome> known, unknown;
        const JobHandle first = runner.run<int>(
            this,
            [](JobContext&) -> int {
                throw FormatError({.what = "Wrong shape", .file = "a.npy", .expected = "2-D", .found = "3-D"});
            },
            [&](Outcome result) { known = std::move(result); });
        const JobHandle second = runner.run<int>(
            this, [](JobContext&) -> int { throw std::runtime_error("out of luck"); },
            [&](Outcome result) { unknown = std::move(result); });
        QTRY_VERIFY(known && unknown);
        QCOMPARE(std::get<ErrorDetails>(*known).file, std::string("a.npy"));
        QCOMPARE(std::get<ErrorDetails>(*known).found, std::string("3-D"));
        QCOMPARE(std::get<ErrorDetails>(*unknown).what, std::string("out of luck"));
    }

    void cancellingDropsTheResult() {
        JobRunner runner;
        Blocked blocked;
        bool delivered = false;
        JobHandle handle = runner.run<int>(this, blocked.work(1), [&](Outcome) { delivered = true; });
        blocked.entered->acquire();
        handle.cancel();
        blocked.mayGo->release();
        QTRY_VERIFY(blocked.alive.expired());
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

    void workSeesTheCancellation() {
        JobRunner runner;
        QSemaphore entered, left;
        JobHandle handle = runner.run<int>(
            this,
            [&](JobContext& context) -> int {
                entered.release();
                while (!context.isCancelled())
                    QThread::yieldCurrentThread();
                left.release();
                context.throwIfCancelled();
                return 0;
            },
            [](Outcome) { QFAIL("a cancelled job delivered"); });
        entered.acquire();
        handle = JobHandle();
        left.acquire();
        QCoreApplication::processEvents();
    }

    void nothingReachesADestroyedReceiver() {
        JobRunner runner;
        Blocked blocked;
        bool delivered = false;
        auto receiver = std::make_unique<QObject>();
        const JobHandle handle = runner.run<int>(receiver.get(), blocked.work(1), [&](Outcome) { delivered = true; });
        blocked.entered->acquire();
        receiver.reset();
        blocked.mayGo->release();
        QTRY_VERIFY(blocked.alive.expired());
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

    void theLatestRequestWins() {
        JobRunner runner;
        Blocked slow;
        QList<int> delivered;
        const auto keep = [&](Outcome result) { delivered << std::get<int>(result); };
        JobHandle handle = runner.run<int>(this, slow.work(1), keep);
        slow.entered->acquire();
        handle = runner.run<int>(
            this, [](JobContext&) { return 2; }, keep);
        QTRY_COMPARE(delivered, QList<int>{2});
        slow.mayGo->release();
        QTRY_VERIFY(slow.alive.expired());
        QCoreApplication::processEvents();
        QCOMPARE(delivered, QList<int>{2});
    }

    void aDetachedJobStillDelivers() {
        JobRunner runner;
        int delivered = 0;
        runner
            .run<int>(
                this, [](JobContext&) { return 5; }, [&](Outcome result) { delivered = std::get<int>(result); })
            .detach();
        QTRY_COMPARE(delivered, 5);
    }

    void progressArrivesInOrderBeforeTheOutcome() {
        JobRunner runner;
        QStringList seen;
        const JobHandle handle = runner.run<int>(
            this,
            [](JobContext& context) {
                context.report(0.25, "reading");
                context.report(0.75, "drawing");
                return 1;
            },
            [&](Outcome) { seen << "done"; },
            [&](const Progress& progress) { seen << QString::fromStdString(progress.text); });
        QTRY_COMPARE(seen, (QStringList{"reading", "drawing", "done"}));
    }

    void theRunnerWaitsForItsJobs() {
        std::atomic<bool> finished = false;
        JobHandle handle;
        {
            JobRunner runner;
            QSemaphore entered;
            handle = runner.run<int>(
                this,
                [&](JobContext& context) {
                    entered.release();
                    while (!context.isCancelled())
                        QThread::yieldCurrentThread();
                    finished = true;
                    return 0;
                },
                [](Outcome) { QFAIL("delivered after the runner's end"); });
            entered.acquire();
        }
        QVERIFY(finished);
    }
};

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "JobRunnerTest.moc"
