#include "core/study/PartFile.h"

#include "core/base/Error.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

using namespace brainlike;

namespace {

Part example() {
    return {"model a, step 1",
            "0badcafe",
            {0.5F, -0.25F, std::numeric_limits<float>::quiet_NaN(), 1e-30F},
            {0, 3, noAlpha},
            {"something \"quoted\""}};
}

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void setBytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

class PartFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::filesystem::path m_file = m_folder.filePath("a.part").toStdString();

private Q_SLOTS:
    void init() { writePart(m_file, example()); }

    void readsWhatWasWritten() {
        const Part part = readPart(m_file);
        QCOMPARE(part.unit, example().unit);
        QCOMPARE(part.fingerprint, example().fingerprint);
        QCOMPARE(part.alphas, example().alphas);
        QCOMPARE(part.warnings, example().warnings);
        QCOMPARE(part.scores.size(), std::size_t{4});
        QCOMPARE(part.scores[1], -0.25F);
        QVERIFY(std::isnan(part.scores[2]));
        QCOMPARE(part.scores[3], 1e-30F);
        QCOMPARE(readPartScore(m_file, 3), 1e-30F);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList{"a.part"});
    }

    void everyFlippedByteIsNoticed() {
        const auto whole = bytesOf(m_file);
        for (std::size_t i = 0; i < whole.size(); ++i) {
            auto bytes = whole;
            bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
            setBytes(m_file, bytes);
            QVERIFY_EXCEPTION_THROWN((void)readPart(m_file), FormatError);
        }
    }

    void everyTruncationIsNoticed() {
        const auto whole = bytesOf(m_file);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            setBytes(m_file, whole.substr(0, size));
            QVERIFY_EXCEPTION_THROWN((void)readPart(m_file), FormatError);
        }
    }

    void foreignFilesAreNamed() {
        setBytes(m_file, std::string(500, 'x'));
        try {
            (void)readPart(m_file);
            QFAIL("no error");
        } catch (const FormatError& error) {
            QCOMPARE(error.details().file, m_file.string());
            QCOMPARE(error.details().place, std::string("byte 0"));
            QVERIFY(error.details().expected.find("BRNLPART") != std::string::npos);
        }
        QVERIFY_EXCEPTION_THROWN((void)readPartScore(m_file, 0), FormatError);
        QVERIFY_EXCEPTION_THROWN((void)readPart(m_folder.filePath("none").toStdString()), FileError);
    }

    void aDimensionBeyondTheEndIsAnError() { QVERIFY_EXCEPTION_THROWN((void)readPartScore(m_file, 1000), FormatError); }

    void checksumChangesWithTheContent() {
        const auto before = readPartChecksum(m_file);
        auto other = example();
        other.scores[0] = 0.75F;
        writePart(m_file, other);
        QVERIFY(readPartChecksum(m_file) != before);
    }

    void anUnwritableFolderIsAnError() {
        QVERIFY_EXCEPTION_THROWN(writePart(m_folder.filePath("no/such/a.part").toStdString(), example()), FileError);
    }
};

QTEST_GUILESS_MAIN(PartFileTest)
#include "PartFileTest.moc"
