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

    std::string refusal(const json& now) {
        try {
            adoptParts(m_folder, now, false);
        } catch (const ValueError& error) {
            return error.details().found;
        }
        return "";
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = partsFolderOf(m_scratch->filePath("scores.h5").toStdString());
        (void)lockParts(m_folder);
        adoptParts(m_folder, identity(), false);
        touch(m_folder / "a.part");
    }

    void theFolderIsNamedAfterTheOutput() {
        QCOMPARE(partsFolderOf("/x/scores.h5"), std::filesystem::path("/x/scores.parts"));
        QCOMPARE(partsFolderOf("scores"), std::filesystem::path("scores.parts"));
        QVERIFY_EXCEPTION_THROWN(partsFolderOf("/x/scores.parts"), ValueError);
    }

    void aSecondWriterIsRefused() {
        const auto lock = lockParts(m_folder);
        try {
            const auto second = lockParts(m_folder);
            QFAIL("two locks");
        } catch (const FileError& error) {
            QVERIFY(error.details().what.find("Another") != std::string::npos);
            QCOMPARE(error.details().file, m_folder.string());
        }
    }

    void theLockEndsWithItsHolder() {
        { const auto lock = lockParts(m_folder); }
        QVERIFY(lockParts(m_folder) != nullptr);
    }

    void aFileInPlaceOfTheFolderIsAnError() {
        const auto other = partsFolderOf(m_scratch->filePath("other.h5").toStdString());
        touch(other);
        QVERIFY_EXCEPTION_THROWN((void)lockParts(other), FileError);
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
        adoptParts(m_folder, now, true);
        QVERIFY(!std::filesystem::exists(m_folder / "a.part"));
        QCOMPARE(refusal(now), std::string());
    }

    void aDamagedManifestIsAnError() {
        for (const char* content : {"", "{", "[1]", "{\"format\": \"other\"}"}) {
            std::ofstream(m_folder / "manifest.json", std::ios::trunc) << content;
            QVERIFY_EXCEPTION_THROWN(adoptParts(m_folder, identity(), false), FormatError);
        }
        adoptParts(m_folder, identity(), true);
        QCOMPARE(refusal(identity()), std::string());
    }

    void removingLeavesForeignFiles() {
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
