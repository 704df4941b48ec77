#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QtTest>

namespace {

struct Outcome {
    int status = -1;
    QString output, errors;
};

/// Runs the program without a display.
Outcome run(const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    process.setProcessEnvironment(environment);
    process.start(QString::fromStdString(brainlike::test::executable().string()), arguments);
    if (!process.waitForFinished(60000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void versionGoesToStandardOutput() {
        const Outcome outcome = run({"--version"});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.output.startsWith("brainlike "));
    }

    void wrongUsageExitsWithTwo() {
        const Outcome outcome = run({"encode"});
        QCOMPARE(outcome.status, 2);
        QVERIFY(!outcome.errors.isEmpty());
        QVERIFY(outcome.output.isEmpty());
        QCOMPARE(run({"ridge", "--no-such-option"}).status, 2);
    }

    void windowWithoutDisplaySaysWhatToDo() {
        const Outcome outcome = run({});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.contains("no display"), qPrintable(outcome.errors));
        QVERIFY(outcome.errors.contains("--no-window"));
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
