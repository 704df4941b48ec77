#include "core/encoding/MatrixKernels.h"
#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QtTest>

#include <array>
#include <unistd.h>

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

    void aWordThatIsNeitherCommandNorFileIsNamed() {
        const Outcome unknown = run({"encod", "study.json"});
        QCOMPARE(unknown.status, 2);
        QVERIFY2(unknown.errors.contains("neither a command nor a file"), qPrintable(unknown.errors));
        QVERIFY(unknown.errors.contains("found: encod"));
        for (const char* verb : {"demo", "simulate", "encode", "merge", "ridge", "scores", "figure"})
            QVERIFY(unknown.errors.contains(verb));
        const Outcome missing = run({"no-such-scores.h5"}); // that it is not there, the disk tells
        QCOMPARE(missing.status, 1);
        QVERIFY2(missing.errors.contains("no such file"), qPrintable(missing.errors));
        QVERIFY(missing.errors.contains("file: no-such-scores.h5"));
        for (const Outcome& outcome : {unknown, missing})
            QVERIFY(!outcome.errors.contains("display") && outcome.output.isEmpty());
    }

    void filesThatAreThereAreForTheWindow() {
        const QTemporaryDir folder;
        QFile file(folder.filePath("scores"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QString& name : {file.fileName(), folder.path()})
            QVERIFY(run({name}).errors.contains("no display"));
    }

    void resultsThatNobodyTakesAreAFailure() {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe(ends.data()), 0);
        ::close(ends[0]); // as after `| head` has read enough
        QProcess process;
        process.setChildProcessModifier([writeEnd = ends[1]] { ::dup2(writeEnd, STDOUT_FILENO); });
        process.start(QString::fromStdString(brainlike::test::executable().string()), {"figure", "--list"});
        QVERIFY(process.waitForFinished(60000));
        ::close(ends[1]);
        QCOMPARE(process.exitStatus(), QProcess::NormalExit); // not by SIGPIPE
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("cannot be written to the standard output"));
    }

    void negativeSeedsAreWrongUsage_data() {
        QTest::addColumn<QStringList>("arguments");
        const QStringList ridge{"ridge", "--features", "x.npy", "--responses", "y.npy", "--out", "r.h5"};
        const QStringList scores{"scores", "scores.h5", "--what", "half-time"};
        for (const char* seed : {"-1", "1.5", "18446744073709551616", "+1", "0x10", "one"}) {
            QTest::addRow("ridge --shuffle %s", seed) << ridge + QStringList{"--shuffle", seed};
            QTest::addRow("ridge --seed %s", seed) << ridge + QStringList{"--features", "x2.npy", "--seed", seed};
            QTest::addRow("scores --seed %s", seed) << scores + QStringList{"--seed", seed};
            QTest::addRow("simulate --seed %s", seed) << QStringList{"simulate", "folder", "--seed", seed};
            QTest::addRow("demo --seed %s", seed) << QStringList{"demo", "--no-window", "--seed", seed};
        }
    }
    void negativeSeedsAreWrongUsage() {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.errors.contains("a whole number from 0 to 18446744073709551615"), qPrintable(outcome.errors));
    }

    void theLargestSeedIsOne() {
        const Outcome outcome = run({"scores", "missing.h5", "--what", "half-time", "--seed", "18446744073709551615"});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.contains("missing.h5"), qPrintable(outcome.errors));
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
