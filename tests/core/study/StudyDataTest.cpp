#include "core/study/StudyData.h"

#include "core/base/Error.h"
#include "core/study/EncodePlan.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyIndex.h"
#include "tests/core/study/TinyStudy.h"

#include <QTemporaryDir>
#include <QTest>

using namespace brainlike;
using brainlike::test::TinyStudy;

class StudyDataTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;
    Study m_study; ///< read before anything is changed

    Study study() const {
        m_tiny->writeJson();
        return readStudy(m_tiny->file());
    }
    void writeChannels(const char* text) const { std::ofstream(m_tiny->folder() / "responses/channels.csv") << text; }
    ErrorDetails channelFailure(const char* text) const {
        writeChannels(text);
        try {
            (void)readChannels(m_study, m_study.recordings[2]);
        } catch (const FormatError& error) {
            return error.details();
        }
        return {};
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_tiny = std::make_unique<TinyStudy>(m_scratch->path().toStdString());
        m_study = study();
    }

    void outlinesSayWhatThereIs() {
        const auto outline = outlineOf(study());
        QCOMPARE(outline.fmri, (std::vector<int>{0, 1}));
        QCOMPARE(outline.meg, std::vector<int>{2});
        QCOMPARE(outline.dimensions(RecordingKind::Fmri), 132);
        QCOMPARE(outline.dimensions(RecordingKind::Meg), 24);
        QCOMPARE(outline.shapes[2].channels, 4);
        QCOMPARE(outline.imageCount(RecordingKind::Meg), TinyStudy::imageCount);
        QCOMPARE(outline.rows[1].featureRows, outline.rows[0].featureRows);
        QCOMPARE(outline.rows[1].responseRows.front(), TinyStudy::imageCount - 1);
    }

    void quotedChannelsInAnyColumnOrder() {
        writeChannels("x,name,z,y\r\n1,\"MLC11\",3,2\r\n\n4,B,6,5e-1\n");
        const Study read = study();
        const auto table = readChannels(read, read.recordings[2]);
        QCOMPARE(table.names, (std::vector<std::string>{"MLC11", "B"}));
        QCOMPARE(table.positions[0], (std::array<double, 3>{1, 2, 3}));
        QCOMPARE(table.positions[1], (std::array<double, 3>{4, 0.5, 6}));
    }

    void badChannelTablesNameTheLine() {
        QCOMPARE(channelFailure("name,x,y\nA,1,2\n").found, std::string("no z"));
        QCOMPARE(channelFailure("name,x,y,z\nA,1,2,3\nB,1,2\n").place, std::string("line 2"));
        QCOMPARE(channelFailure("name,x,y,z\nA,1,two,3\n").found, std::string("two"));
    }

    void channelsMustFitTheResponses() {
        writeChannels("name,x,y,z\nA,1,2,3\n");
        try {
            (void)outlineOf(study());
            QFAIL("no error");
        } catch (const ShapeError& error) {
            QCOMPARE(error.details().expected, std::string("4 channels"));
            QCOMPARE(error.details().found, std::string("1"));
        }
    }

    void timesMustAscend() {
        writeNpy<double>(m_tiny->folder() / "responses/times.npy", Shape{6}, std::vector<double>{0, 1, 2, 2, 3, 4});
        QVERIFY_EXCEPTION_THROWN((void)outlineOf(m_study), FormatError);
    }

    void megNeedsThreeAxes() {
        m_tiny->json["recordings"][2]["responses"] = "responses/s1.npy";
        QVERIFY_EXCEPTION_THROWN((void)outlineOf(study()), FormatError);
    }

    void masksMustFit() {
        writeNpy<std::uint8_t>(m_tiny->folder() / "mask.npy", Shape{4}, std::vector<std::uint8_t>{1, 1, 0, 1});
        m_tiny->json["recordings"][0]["mask"] = "mask.npy";
        try {
            (void)outlineOf(study());
            QFAIL("no error");
        } catch (const ShapeError& error) {
            QCOMPARE(error.details().found, std::string("4 values, 3 of them not 0"));
        }
    }

    void responsesWithinAMaskAreSpread() {
        std::vector<std::uint8_t> mask(132, 0);
        std::fill_n(mask.begin(), 7, std::uint8_t{1});
        writeNpy<std::uint8_t>(m_tiny->folder() / "mask.npy", Shape{mask.size()}, mask);
        writeNpy<float>(m_tiny->folder() / "responses/s1.npy", Shape{TinyStudy::imageCount, 7},
                        std::vector<float>(7 * TinyStudy::imageCount, 1));
        m_tiny->json["recordings"][0]["mask"] = "mask.npy";
        const auto outline = outlineOf(study());
        QCOMPARE(outline.shapes[0].dimensions, 132);
        const auto data = readRecording(RecordingResponses(outline.study, outline.study.recordings[0], outline.rows[0]),
                                        RidgeOptions(), 256, JobContext());
        QCOMPARE(data.dimensions, (std::vector<int>{0, 1, 2, 3, 4, 5, 6}));
    }

    void groupsFollowTheRows() {
        for (int image = 0; image < TinyStudy::imageCount; ++image)
            m_tiny->json["encoding"]["groups"].push_back(image / 2);
        const Study read = study();
        QCOMPARE(optionsFor(read, {.responseRows = {0, 1}, .featureRows = {5, 39}}).outer.groups,
                 (std::vector<std::int64_t>{2, 19}));
        m_tiny->json["encoding"]["groups"].push_back(1);
        QVERIFY_EXCEPTION_THROWN((void)optionsFor(study(), {.responseRows = {0}, .featureRows = {0}}), Error);
    }

    void plansCountUnits() {
        const EncodeOptions options{.out = m_tiny->folder() / "scores.h5", .threads = 2};
        const auto plan = planEncoding(study(), options);
        QCOMPARE(plan.unitCount, std::size_t{27});
        QCOMPARE(plan.doneCount, std::size_t{0});
        QVERIFY(plan.operations > 0 && plan.bytes > 0 && plan.bytes <= plan.budget && plan.seconds > 0);
        const auto shard = planEncoding(study(), {.out = options.out, .threads = 1, .shard = {1, 2}});
        QVERIFY(shard.unitCount > 9 && shard.unitCount < 18);
        QVERIFY(shard.operations < plan.operations);
    }
};

QTEST_GUILESS_MAIN(StudyDataTest)
#include "StudyDataTest.moc"
