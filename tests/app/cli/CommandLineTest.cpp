#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QtTest>

namespace {

struct Outcome {
    int status = -1;
    QString output, errors;
};

/// Runs the program without a display.
/// @param platform  of Qt; empty: as it finds
Outcome run(const QStringList& arguments, const QString& platform = {}) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    if (!platform.isEmpty())
        environment.insert("QT_QPA_PLATFORM", platform);
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

    void windowWithoutGraphicsSaysWhatToDo() {
        const Outcome outcome = run({}, "minimal"); // it has no OpenGL
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.contains("gives no OpenGL"), qPrintable(outcome.errors));
        QVERIFY(outcome.errors.contains("brainlike figure"));
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
