#include "core/base/AtomicFile.h"

#include "tests/support/Expectations.h"

#include <iterator>
#include <sys/stat.h>
#include <unistd.h>

using namespace brainlike;
using namespace brainlike::test;

class AtomicFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesANewFile();
    void replacesAnOldFile();
    void failureKeepsTheOldFileAndLeavesNothing();
    void failureOfANewFileLeavesNothing();
    void writerThatWritesNothing();
    void missingFolder();
    void targetIsAFolder();
    void folderWithoutPermission();
    void nameWithoutFolder();
    void anInputIsNoTarget();
};

namespace {

std::ptrdiff_t entriesOf(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

} // namespace

void AtomicFileTest::writesANewFile() {
    const ScratchFolder folder;
    replaceFile(folder.file("a.txt"), std::string_view("new\0bytes", 9));
    QCOMPARE(bytesOf(folder.file("a.txt")), std::string("new\0bytes", 9));
    replaceFile(folder.file("empty.txt"), "");
    QCOMPARE(bytesOf(folder.file("empty.txt")), std::string());
    QCOMPARE(entriesOf(folder.path()), 2);
}

void AtomicFileTest::replacesAnOldFile() {
    const ScratchFolder folder;
    const auto path = folder.file("a.txt", "a much longer old content");
    std::filesystem::path aside;
    replaceFile(path, [&](const std::filesystem::path& given) {
        aside = given;
        QCOMPARE(bytesOf(path), std::string("a much longer old content"));
        std::ofstream(given) << "new";
    });
    QCOMPARE(bytesOf(path), std::string("new"));
    QVERIFY(aside != path && aside.parent_path() == path.parent_path());
    QCOMPARE(entriesOf(folder.path()), 1);
}

void AtomicFileTest::failureKeepsTheOldFileAndLeavesNothing() {
    const ScratchFolder folder;
    const auto path = folder.file("a.txt", "old");
    const auto fail = [&] {
        replaceFile(path, [](const std::filesystem::path& aside) {
            std::ofstream(aside) << "half";
            throw ValueError({.what = "the writer failed"});
        });
    };
    VERIFY_CONTAINS(messageFrom<ValueError>(fail), "the writer failed");
    QCOMPARE(bytesOf(path), std::string("old"));
    QCOMPARE(entriesOf(folder.path()), 1);
}

void AtomicFileTest::failureOfANewFileLeavesNothing() {
    const ScratchFolder folder;
    const auto fail = [&] {
        replaceFile(folder.file("a.txt"), [](const std::filesystem::path& aside) {
            std::ofstream(aside) << "half";
            throw std::runtime_error("something else");
        });
    };
    QVERIFY_EXCEPTION_THROWN(fail(), std::runtime_error);
    QCOMPARE(entriesOf(folder.path()), 0);
}

void AtomicFileTest::writerThatWritesNothing() {
    const ScratchFolder folder;
    const auto path = folder.file("a.txt", "old");
    VERIFY_CONTAINS(messageFrom<FileError>([&] { replaceFile(path, [](const auto&) {}); }), "a.txt");
    QCOMPARE(bytesOf(path), std::string("old"));
}

void AtomicFileTest::missingFolder() {
    const ScratchFolder folder;
    const auto path = folder.file("none/a.txt");
    const auto message = messageFrom<FileError>([&] { replaceFile(path, "x"); });
    VERIFY_CONTAINS(message, "folder does not exist");
    VERIFY_CONTAINS(message, "none");
    QVERIFY(!std::filesystem::exists(folder.file("none")));
    VERIFY_CONTAINS(messageFrom<FileError>([&] { checkWritable(path); }), "folder does not exist");
}

void AtomicFileTest::targetIsAFolder() {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder.file("a"));
    VERIFY_CONTAINS(messageFrom<FileError>([&] { replaceFile(folder.file("a"), "x"); }), "is a folder");
    QVERIFY(std::filesystem::is_directory(folder.file("a")));
}

void AtomicFileTest::folderWithoutPermission() {
    if (::geteuid() == 0)
        QSKIP("skipped: root may write everywhere");
    const ScratchFolder folder;
    const auto path = folder.file("a.txt", "old");
    ::chmod(folder.path().c_str(), 0555);
    const auto message = messageFrom<FileError>([&] { replaceFile(path, "x"); });
    ::chmod(folder.path().c_str(), 0755);
    VERIFY_CONTAINS(message, "not writable");
    QCOMPARE(bytesOf(path), std::string("old"));
}

void AtomicFileTest::nameWithoutFolder() {
    const ScratchFolder folder;
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder.path());
    replaceFile("a.txt", "x");
    std::filesystem::current_path(before);
    QCOMPARE(bytesOf(folder.file("a.txt")), std::string("x"));
}

void AtomicFileTest::anInputIsNoTarget() {
    const ScratchFolder folder;
    const auto input = folder.file("input.npy", "numbers");
    const auto other = folder.file("other.npy", "numbers");
    std::filesystem::create_symlink("input.npy", folder.file("link.npy"));
    const std::vector<std::filesystem::path> inputs{"", folder.file("missing.npy"), input};
    const auto refused = [&inputs](const std::filesystem::path& target) {
        return messageFrom<FileError>([&] { requireNoInput(target, inputs); });
    };
    VERIFY_CONTAINS(refused(input), "input.npy");
    VERIFY_CONTAINS(refused(folder.path() / "." / "input.npy"), "another file than " + input.string());
    VERIFY_CONTAINS(refused(folder.file("link.npy")), "link.npy");
    requireNoInput(other, inputs);
    requireNoInput(folder.file("missing.npy"), inputs);
    requireNoInput(other, {});
}

QTEST_GUILESS_MAIN(AtomicFileTest)
#include "AtomicFileTest.moc"
