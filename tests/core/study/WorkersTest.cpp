#include "core/study/Workers.h"

#include "core/base/Error.h"
#include "core/study/Turnstile.h"

#include <QTest>

#include <atomic>
#include <mutex>
#include <set>
#include <vector>

using namespace brainlike;

class WorkersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyIndexIsDoneOnce() {
        for (const int threads : {1, 3, 100}) {
            JobContext job;
            std::mutex mutex;
            std::multiset<std::size_t> seen;
            runWorkers(threads, 50, job, [&](std::size_t index, JobContext&) {
                const std::scoped_lock lock(mutex);
                seen.insert(index);
            });
            QCOMPARE(seen.size(), std::size_t{50});
            QCOMPARE(std::set<std::size_t>(seen.begin(), seen.end()).size(), std::size_t{50});
        }
    }

    void theFirstFailureStopsTheOthers() {
        JobContext job;
        std::atomic<int> calls = 0;
        try {
            runWorkers(2, 1000000, job, [&](std::size_t index, JobContext& inner) {
                ++calls;
                if (index == 3)
                    throw ValueError({.what = "three"});
                if (index > 3)
                    inner.throwIfCancelled();
            });
            QFAIL("no error");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().what, std::string("three"));
        }
        QVERIFY(calls < 1000000);
    }

    void cancellingIsAnErrorOfItsOwn() {
        std::stop_source stop;
        JobContext job(stop.get_token());
        int calls = 0;
        QVERIFY_EXCEPTION_THROWN(runWorkers(1, 10, job,
                                            [&](std::size_t, JobContext&) {
                                                ++calls;
                                                stop.request_stop();
                                            }),
                                 CancelledError);
        QCOMPARE(calls, 1);
    }

    void turnsComeInOrder() {
        JobContext job;
        Turnstile turns;
        std::vector<std::size_t> order;
        runWorkers(4, 200, job, [&](std::size_t index, JobContext& inner) {
            turns.wait(index, inner.stopToken());
            order.push_back(index);
            turns.pass();
        });
        QCOMPARE(order.size(), std::size_t{200});
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void aStoppedWaitIsCancelled() {
        Turnstile turns;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(turns.wait(1, stop.get_token()), CancelledError);
    }
};

QTEST_GUILESS_MAIN(WorkersTest)
#include "WorkersTest.moc"
