#pragma once

#include "core/base/Error.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace brainlike::test {

/// A folder of a test's own, gone with it.
class ScratchFolder {
public:
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path() / name; }
    /// A new file of that name with these bytes. (File systems flush what is overwritten, which takes long.)
    [[nodiscard]] std::filesystem::path file(const std::string& name, std::string_view bytes) const {
        std::filesystem::remove(file(name));
        std::ofstream(file(name), std::ios::binary) << bytes;
        return file(name);
    }

private:
    QTemporaryDir m_folder;
};

[[nodiscard]] inline std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The message of the error of type `Expected` that `action` throws; fails the test (and gives "") otherwise.
template <typename Expected, typename Action>
[[nodiscard]] std::string messageFrom(const Action& action) {
    try {
        action();
    } catch (const Expected& error) {
        return error.what();
    } catch (const std::exception& error) {
        QTest::qFail(error.what(), __FILE__, __LINE__);
        return {};
    }
    QTest::qFail("nothing was thrown", __FILE__, __LINE__);
    return {};
}

/// Whether `action` succeeds or throws a brainlike::Error; anything else that is thrown fails the test.
template <typename Action>
[[nodiscard]] bool failsCleanly(const Action& action) {
    try {
        action();
    } catch (const Error& error) {
        return !std::string(error.what()).empty();
    }
    return true;
}

#define VERIFY_CONTAINS(text, part)                                                                                    \
    QVERIFY2(std::string(text).find(part) != std::string::npos, std::string(text).c_str())

} // namespace brainlike::test
