#include "core/study/StudyIdentity.h"

#include "core/base/Error.h"
#include "tests/core/study/TinyStudy.h"

#include <QTemporaryDir>
#include <QTest>

using namespace brainlike;
using brainlike::test::TinyStudy;

class StudyIdentityTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;

    Study study() const {
        m_tiny->writeJson();
        return readStudy(m_tiny->file());
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_tiny = std::make_unique<TinyStudy>(m_scratch->path().toStdString());
    }

    void labelsAndRegionsDoNotMatter() {
        const auto before = studyIdentity(study());
        m_tiny->json["models"][0]["label"] = "another label";
        m_tiny->json["rois"] = {{{"name", "front"}, {"areas", {"IFSp"}}}};
        QVERIFY(studyIdentity(study()) == before);
        QVERIFY(identityDifferences(before, before).empty());
    }

    void everythingThatChangesScoresMatters() {
        const auto before = studyIdentity(study());
        const auto change = [&](auto edit) {
            const auto kept = m_tiny->json;
            edit(m_tiny->json);
            const auto differences = identityDifferences(before, studyIdentity(study()));
            m_tiny->json = kept;
            return differences;
        };
        QCOMPARE(change([](auto& json) { json["encoding"]["standardize"] = false; }),
                 std::vector<std::string>{"/options/standardize: true, now false"});
        QCOMPARE(change([](auto& json) { std::swap(json["images"]["ids"][0], json["images"]["ids"][1]); }).size(),
                 std::size_t{1});
        QCOMPARE(change([](auto& json) { json["recordings"][0]["images"] = "responses/s2-images.txt"; }),
                 std::vector<std::string>{"/recordings/s1/images: \"\", now \"responses/s2-images.txt\""});
        QCOMPARE(change([](auto& json) {
                     json["models"][0]["checkpoints"][0]["features"] = "features/100-{layer}.npy";
                 }).size(),
                 std::size_t{1});
        QVERIFY(change([](auto& json) { json["recordings"].erase(2); }).empty());
    }

    void unitsHaveFingerprintsOfTheirOwn() {
        const Study first = study();
        const auto identity = studyIdentity(first);
        const auto print = unitFingerprint(first, identity, {0, 1, 2, 0});
        QVERIFY(unitFingerprint(first, identity, {0, 1, 1, 0}) != print);
        QVERIFY(unitFingerprint(first, identity, {0, 1, 2, 1}) != print);
        m_tiny->json["models"][0]["checkpoints"].erase(0);
        const Study fewer = study();
        QCOMPARE(unitFingerprint(fewer, studyIdentity(fewer), {0, 0, 2, 0}), print);
    }

    void signaturesTellFilesApart() {
        const auto file = m_tiny->folder() / "large.bin";
        std::string bytes(200000, 'a');
        std::ofstream(file) << bytes;
        const auto before = fileSignature(file);
        QCOMPARE(before.at("bytes").get<int>(), 200000);
        bytes.back() = 'b';
        std::ofstream(file) << bytes;
        QVERIFY(fileSignature(file) != before);
        std::ofstream(file, std::ios::trunc);
        QCOMPARE(fileSignature(file).at("bytes").get<int>(), 0);
        QVERIFY_EXCEPTION_THROWN((void)fileSignature(file.string() + ".none"), NotFoundError);
    }

    void checksumsAreTheUsualOnes() { QCOMPARE(checksumText("123456789"), std::string("cbf43926")); }
};

QTEST_GUILESS_MAIN(StudyIdentityTest)
#include "StudyIdentityTest.moc"
