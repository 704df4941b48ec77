#pragma once

#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <QProcess>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace brainlike::test {

struct Outcome {
    int code = -1;
    std::string output;
    std::string errors;
};

inline Outcome run(QStringList arguments) {
    QProcess process;
    process.start(QString::fromStdString(executable().string()), QStringList{"ridge"} + arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

inline QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Random features and responses that depend on them, in a folder of the test's own.
class RidgeFiles {
public:
    RidgeFiles() {
        std::mt19937 random(5);
        const auto value = [&random] { return static_cast<float>(random()) / 2147483648.0F - 1.0F; };
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < columns; ++column)
                x.push_back(value());
            for (std::size_t target = 0; target < targets; ++target)
                y.push_back(x[row * columns + target % columns] + 0.5F * value());
        }
        save();
    }

    void save() const {
        writeNpy<float>(folder.file("x.npy"), {rows, columns}, x);
        writeNpy<float>(folder.file("y.npy"), {rows, targets}, y);
    }

    [[nodiscard]] QStringList arguments(const QStringList& more = {}) const {
        return QStringList{"--features", text(folder.file("x.npy")), "--responses", text(folder.file("y.npy")), "--out",
                           text(out())} +
               more;
    }
    /// Features that the responses do not depend on, 3 columns.
    [[nodiscard]] std::vector<float> secondSpace() const {
        std::mt19937 random(6);
        std::vector<float> values(rows * 3);
        for (auto& value : values)
            value = static_cast<float>(random()) / 2147483648.0F - 1.0F;
        return values;
    }
    [[nodiscard]] QStringList withSecondSpace(const QStringList& more) const {
        return withSecondSpace(more, secondSpace());
    }
    [[nodiscard]] QStringList withSecondSpace(const QStringList& more, const std::vector<float>& values) const {
        writeNpy<float>(folder.file("x2.npy"), {values.size() / 3, 3}, values);
        return arguments(QStringList{"--features", text(folder.file("x2.npy"))} + more);
    }
    [[nodiscard]] std::filesystem::path out() const { return folder.file("r.h5"); }
    /// Names of all files in the folder.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            found.push_back(entry.path().filename().string());
        std::sort(found.begin(), found.end());
        return found;
    }

    static constexpr std::size_t rows = 40;
    static constexpr std::size_t columns = 4;
    static constexpr std::size_t targets = 6;
    ScratchFolder folder;
    std::vector<float> x;
    std::vector<float> y;
};

[[nodiscard]] inline std::vector<double> scores(const std::filesystem::path& file) {
    return Hdf5File::openRead(file).read<double>("/score", 1).values;
}

[[nodiscard]] inline double mean(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace brainlike::test
