#include "core/base/JobContext.h"

#include "core/base/Error.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace brainlike;

class JobContextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reportsToItsListener();
    void worksWithoutListener();
    void cancels();
    void listenerIsCalledOneAtATime();
};

void JobContextTest::reportsToItsListener() {
    std::vector<Progress> seen;
    JobContext context({}, [&seen](const Progress& progress) { seen.push_back(progress); });
    context.report(0.25, "reading");
    context.report(1, "done");
    QCOMPARE(seen.size(), std::size_t(2));
    QCOMPARE(seen[0].fraction, 0.25);
    QCOMPARE(seen[0].text, std::string("reading"));
    QCOMPARE(seen[1].text, std::string("done"));
}

void JobContextTest::worksWithoutListener() {
    JobContext context;
    context.report(0.5, "nobody listens");
    context.throwIfCancelled();
    QVERIFY(!context.isCancelled());
}

void JobContextTest::cancels() {
    std::stop_source source;
    const JobContext context(source.get_token());
    context.throwIfCancelled();
    source.request_stop();
    QVERIFY(context.isCancelled() && context.stopToken().stop_requested());
    QVERIFY_EXCEPTION_THROWN(context.throwIfCancelled(), CancelledError);
}

void JobContextTest::listenerIsCalledOneAtATime() {
    int inside = 0, overlaps = 0, calls = 0;
    JobContext context({}, [&](const Progress&) {
        overlaps += ++inside > 1 ? 1 : 0;
        ++calls;
        std::this_thread::yield();
        --inside;
    });
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&context] {
            for (int report = 0; report < 200; ++report)
                context.report(0, "working");
        });
    threads.clear();
    QCOMPARE(calls, 800);
    QCOMPARE(overlaps, 0);
}

QTEST_GUILESS_MAIN(JobContextTest)
#include "JobContextTest.moc"
