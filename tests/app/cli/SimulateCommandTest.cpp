#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <filesystem>
#include <memory>

using namespace brainlike;
namespace fs = std::filesystem;

namespace {

struct Outcome {
    int code = -1;
    QString output;
    QString errors;
};

Outcome outcomeOf(QProcess& process) {
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void start(QProcess& process, const QStringList& arguments) {
    process.start(QString::fromStdString(test::executable().string()), QStringList{"simulate"} + arguments);
}

Outcome run(const QStringList& arguments) {
    QProcess process;
    start(process, arguments);
    return outcomeOf(process);
}

} // namespace

class SimulateCommandTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_scratch;

    [[nodiscard]] QString place(const QString& name) const { return m_scratch->filePath(name); }
    [[nodiscard]] QStringList small(const QString& name, const QStringList& more = {}) const {
        return QStringList{place(name), "--subjects", "1", "--meg-subjects", "1", "--images",   "25", "--models",
                           "1",         "--layers",   "2", "--steps",        "2", "--features", "4"} +
               more;
    }
    [[nodiscard]] bool exists(const QString& name) const { return fs::exists(place(name).toStdString()); }

    static void skipWithoutTemplate(const Outcome& outcome) {
        if (outcome.errors.contains("The template fsaverage5 was not found"))
            QSKIP("the fsaverage5 template is not installed (./run build fetches it)");
    }

private Q_SLOTS:
    void init() { m_scratch = std::make_unique<QTemporaryDir>(); }

    void writesAStudyOnce() {
        const Outcome first = run(small("study"));
        skipWithoutTemplate(first);
        QCOMPARE(first.code, 0);
        QCOMPARE(first.output, place("study/study.json") + "\n");
        QVERIFY(exists("study/study.json"));
        QVERIFY(first.errors.contains("study written"));

        const Outcome second = run(small("study"));
        QCOMPARE(second.code, 0);
        QCOMPARE(second.output, first.output);
        QVERIFY(second.errors.contains("was there already"));
    }

    void anotherStudyIsRefused() {
        const Outcome first = run(small("study"));
        skipWithoutTemplate(first);
        QCOMPARE(first.code, 0);
        const Outcome other = run(small("study", {"--seed", "2"}));
        QCOMPARE(other.code, 1);
        QVERIFY2(other.errors.contains("seed 1 instead of 2"), qPrintable(other.errors));
        QCOMPARE(other.output, QString());
    }

    void dataProblemsExitWithOne() {
        const Outcome unknown = run(small("study", {"--template", "no-such-template"}));
        QCOMPARE(unknown.code, 1);
        QVERIFY(unknown.errors.contains("no-such-template"));
        QVERIFY(!exists("study"));
        const Outcome parent = run(small("missing/study"));
        QCOMPARE(parent.code, 1);
        QVERIFY(!exists("missing"));
    }

    void wrongUsageExitsWithTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no folder") << QStringList{};
        QTest::newRow("no subject") << QStringList{"x", "--subjects", "0"};
        QTest::newRow("too few images") << QStringList{"x", "--images", "24"};
        QTest::newRow("one layer") << QStringList{"x", "--layers", "1"};
        QTest::newRow("too many models") << QStringList{"x", "--models", "8"};
        QTest::newRow("one step") << QStringList{"x", "--steps", "1"};
        QTest::newRow("no feature") << QStringList{"x", "--features", "-3"};
        QTest::newRow("not a number") << QStringList{"x", "--images", "many"};
        QTest::newRow("negative seed") << QStringList{"x", "--seed", "-1"};
        QTest::newRow("no thread") << QStringList{"x", "--threads", "0"};
        QTest::newRow("unknown option") << QStringList{"x", "--noise", "1"};
        QTest::newRow("unknown progress") << QStringList{"x", "--progress", "song"};
    }

    void wrongUsageExitsWithTwo() {
        QFETCH(QStringList, arguments);
        if (!arguments.isEmpty())
            arguments.front() = place("study");
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(!outcome.errors.isEmpty());
        QVERIFY(!exists("study"));
    }

    void interruptLeavesNoStudy() {
        QProcess process;
        start(process, {place("study"), "--images", "2000", "--threads", "1", "--progress", "json"});
        QVERIFY(process.waitForStarted());
        process.setReadChannel(QProcess::StandardError);
        QVERIFY(process.waitForReadyRead(60000)); // the first line of progress: the work has begun
        const QByteArray line = process.readLine();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        Outcome outcome = outcomeOf(process);
        outcome.errors.prepend(QString::fromUtf8(line));
        skipWithoutTemplate(outcome);
        QCOMPARE(outcome.code, 130);
        QVERIFY(!exists("study/study.json"));
    }
};

QTEST_GUILESS_MAIN(SimulateCommandTest)
#include "SimulateCommandTest.moc"
