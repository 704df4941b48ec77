#pragma once

#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QStringList>

#include <string>

namespace brainlike::test {

/// How a run of the program ended.
struct Outcome {
    int status = -1; ///< −1: did not end by itself
    std::string out, err;
};

/// Waits for a process that was started.
inline Outcome outcomeOf(QProcess& process) {
    process.waitForFinished(-1);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

/// Runs the program to its end.
/// @param folder  to run in; empty: the test's own
inline Outcome runProgram(const QStringList& arguments, const std::string& folder = {}) {
    QProcess process;
    process.setWorkingDirectory(QString::fromStdString(folder));
    process.start(QString::fromStdString(executable().string()), arguments);
    return outcomeOf(process);
}

} // namespace brainlike::test
