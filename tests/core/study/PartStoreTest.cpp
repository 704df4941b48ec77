#include "core/study/PartStore.h"

#include "core/base/Error.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace brainlike;
using nlohmann::json;

namespace {

json identity() {
    return {{"name", "tiny"},
            {"options", {{"double", false}, {"standardize", true}}},
            {"models", {{"vit", {{"checkpoints", {{"0", {{"features", "a.npy"}}}}}}}}},
            {"inputs", {{"a.npy", {{"bytes", 10}}}}}};
}

void touch(const std::filesystem::path& file) {
    std::ofstream(file) << "x";
}

} // namespace

class PartStoreTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::filesystem::path m_folder;

    PartLock take(const json& now, OtherParts others = OtherParts::Refuse, const Shard& shard = {}) const {
        return takeParts(m_folder, {now, m_folder.parent_path() / "study.json"}, shard, others, JobContext());
    }
    std::string refusal(const json& now) {
        try {
            (void)take(now);
        } catch (const ValueError& error) {
            return error.details().found;
        }
        return "";
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = partsFolderOf(m_scratch->filePath("scores.h5").toStdString());
        (void)take(identity());
        touch(m_folder / "a.part");
    }

    void theFolderIsNamedAfterTheOutput() {
        QCOMPARE(partsFolderOf("/x/scores.h5"), std::filesystem::path("/x/scores.parts"));
        QCOMPARE(partsFolderOf("scores"), std::filesystem::path("scores.parts"));
        QVERIFY_EXCEPTION_THROWN(partsFolderOf("/x/scores.parts"), ValueError);
    }

    void aSecondWriterIsRefused() {
        const auto lock = take(identity());
        try {
            const auto second = take(identity());
            QFAIL("two locks");
        } catch (const FileError& error) {
            QVERIFY(error.details().what.find("Another") != std::string::npos);
            QCOMPARE(error.details().file, m_folder.string());
        }
        QVERIFY_EXCEPTION_THROWN((void)take(identity(), OtherParts::Refuse, {1, 2}), FileError);
        QVERIFY_EXCEPTION_THROWN((void)readersLock(m_folder), FileError);
    }

    void shardsWriteTogetherButEachOnce() {
        const auto first = take(identity(), OtherParts::Refuse, {1, 3});
        touch(m_folder / "b.part.1.writing"); // being written by the first
        const auto second = take(identity(), OtherParts::Refuse, {2, 3});
        QVERIFY(std::filesystem::exists(m_folder / "b.part.1.writing"));
        const auto reader = readersLock(m_folder);
        QVERIFY_EXCEPTION_THROWN((void)take(identity(), OtherParts::Refuse, {2, 3}), FileError);
        QVERIFY_EXCEPTION_THROWN((void)take(identity()), FileError);
    }

    void theLockEndsWithItsHolder() {
        { const auto lock = take(identity()); }
        { const auto lock = take(identity(), OtherParts::Refuse, {1, 2}); }
        (void)take(identity());
    }

    void waitingForTheMergeCanBeCancelled() {
        const auto merging = mergeLock(m_folder, JobContext());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN((void)mergeLock(m_folder, JobContext(stop.get_token())), CancelledError);
    }

    void theManifestNamesTheStudy() {
        QCOMPARE(readOwner(m_folder).study, m_folder.parent_path() / "study.json");
        const auto moved = m_folder.parent_path() / "moved";
        std::filesystem::create_directory(moved);
        std::filesystem::rename(m_folder, moved / "scores.parts");
        QCOMPARE(readOwner(moved / "scores.parts").study, moved / "study.json");
        QVERIFY_EXCEPTION_THROWN((void)readOwner(m_folder), NotFoundError);
    }

    void aFileInPlaceOfTheFolderIsAnError() {
        m_folder = partsFolderOf(m_scratch->filePath("other.h5").toStdString());
        touch(m_folder);
        QVERIFY_EXCEPTION_THROWN((void)take(identity()), FileError);
    }

    void theSameStudyIsAdoptedUnchanged() {
        const auto before = std::filesystem::last_write_time(m_folder / "manifest.json");
        touch(m_folder / "b.part.writing");
        QCOMPARE(refusal(identity()), std::string());
        QVERIFY(std::filesystem::exists(m_folder / "a.part"));
        QVERIFY(!std::filesystem::exists(m_folder / "b.part.writing"));
        QCOMPARE(std::filesystem::last_write_time(m_folder / "manifest.json"), before);
    }

    void otherOptionsAreNamed() {
        auto now = identity();
        now["options"]["double"] = true;
        QCOMPARE(refusal(now), std::string("/options/double: false, now true"));
        QVERIFY(std::filesystem::exists(m_folder / "a.part"));
    }

    void anotherStudyIsNamed() {
        auto now = identity();
        now["name"] = "other";
        now["inputs"]["a.npy"]["bytes"] = 11;
        QCOMPARE(refusal(now), std::string("/inputs/a.npy/bytes: 10, now 11; /name: \"tiny\", now \"other\""));
    }

    void aFurtherCheckpointIsWelcome() {
        auto now = identity();
        now["models"]["vit"]["checkpoints"]["100"] = {{"features", "b.npy"}};
        now["models"]["other"] = json::object();
        QCOMPARE(refusal(now), std::string());
        QCOMPARE(refusal(identity()), std::string()); // and one may be left out again
        now["models"]["vit"]["checkpoints"]["100"]["features"] = "c.npy";
        QVERIFY(refusal(now).find("/checkpoints/100/features") != std::string::npos);
    }

    void cleaningGivesOtherPartsUp() {
        auto now = identity();
        now["options"]["double"] = true;
        (void)take(now, OtherParts::Discard);
        QVERIFY(!std::filesystem::exists(m_folder / "a.part"));
        QCOMPARE(refusal(now), std::string());
    }

    void aDamagedManifestIsAnError() {
        for (const char* content : {"", "{", "[1]", "{\"format\": \"other\"}"}) {
            std::ofstream(m_folder / "manifest.json", std::ios::trunc) << content;
            QVERIFY_EXCEPTION_THROWN((void)take(identity()), FormatError);
        }
        (void)take(identity(), OtherParts::Discard);
        QCOMPARE(refusal(identity()), std::string());
    }

    void removingLeavesForeignFiles() {
        (void)take(identity(), OtherParts::Refuse, {2, 3});
        touch(m_folder / "notes.txt");
        removeParts(m_folder);
        QVERIFY(std::filesystem::exists(m_folder / "notes.txt"));
        QVERIFY(!std::filesystem::exists(m_folder / "a.part"));
        std::filesystem::remove(m_folder / "notes.txt");
        removeParts(m_folder);
        QVERIFY(!std::filesystem::exists(m_folder));
    }
};

QTEST_GUILESS_MAIN(PartStoreTest)
#include "PartStoreTest.moc"
