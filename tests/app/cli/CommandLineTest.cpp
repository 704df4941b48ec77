#include "core/encoding/MatrixKernels.h"
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
Outcome run(const QStringList& arguments, const QString& platform = {},
            const std::vector<std::pair<QString, QString>>& variables = {}) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    if (!platform.isEmpty())
        environment.insert("QT_QPA_PLATFORM", platform);
    for (const auto& [name, value] : variables)
        environment.insert(name, value);
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

    void productsUseTheInstructionsOfThisProcessor() {
        // The library says with this variable which kernels it takes, each time it is loaded.
        const auto kernels = [](const std::vector<std::pair<QString, QString>>& more) {
            auto variables = more;
            variables.emplace_back("OPENBLAS_VERBOSE", "2");
            return run({"--version"}, {}, variables).errors.trimmed().section('\n', -1).section(' ', -1);
        };
        const QString chosen = kernels({});
        if (chosen.isEmpty())
            QSKIP("skipped: the matrix library has kernels for one processor only");
        QVERIFY2(!brainlike::kernelsInsteadOf(chosen.toStdString(), brainlike::vectorInstructions()),
                 qPrintable(chosen));
        QCOMPARE(kernels({{"OPENBLAS_CORETYPE", "Prescott"}}), "Prescott");
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
