#include "core/study/Study.h"

#include "core/base/Error.h"
#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"
#include "core/study/StudyPaths.h"
#include "core/study/StudyRows.h"
#include "core/study/StudySchema.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>

using namespace brainlike;
using Json = nlohmann::json;

namespace {

namespace fs = std::filesystem;

void writeText(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// A small study that is right, in a folder of its own; tests break one thing at a time.
class StudyFolder {
public:
    StudyFolder() : m_path(m_folder.path().toStdString()) {
        writeText(m_path / "ids.txt", "cat\ndog\ncar\n");
        const std::vector<float> features(6, 1.f);
        for (const char* name : {"a-0.npy", "b-0.npy", "a-100.npy", "b-100.npy"})
            writeNpy<float>(m_path / name, {3, 2}, features);
        writeNpy<float>(m_path / "fmri.npy", {3, 2}, features);
        writeNpy<float>(m_path / "meg.npy", {3, 1, 2}, features);
        writeNpy<double>(m_path / "times.npy", {2}, std::vector<double>{0, 0.1});
        writeText(m_path / "channels.csv", "name,x,y,z\nMLO11,0.1,0.2,0.3\n");
        json = {
            {"format", "brainlike-study"},
            {"version", 1},
            {"name", "small"},
            {"template", {{"name", "fsaverage5"}}},
            {"images", {{"ids", "ids.txt"}}},
            {"models",
             {{{"id", "vit"},
               {"label", "ViT"},
               {"parameters", 3e8},
               {"layers", {{{"name", "a"}, {"depth", 0}}, {{"name", "b"}, {"depth", 1}}}},
               {"checkpoints",
                {{{"step", 0}, {"features", "{layer}-0.npy"}}, {{"step", 100}, {"features", "{layer}-100.npy"}}}}}}},
            {"recordings",
             {{{"id", "f1"}, {"subject", "s1"}, {"kind", "fmri"}, {"responses", "fmri.npy"}, {"images", "ids.txt"}},
              {{"id", "m1"},
               {"subject", "s1"},
               {"kind", "meg"},
               {"responses", "meg.npy"},
               {"channels", "channels.csv"},
               {"times", "times.npy"}}}}};
    }

    [[nodiscard]] fs::path operator/(const std::string& name) const { return m_path / name; }

    [[nodiscard]] fs::path write() const {
        writeText(m_path / "study.json", json.dump(1));
        return m_path / "study.json";
    }

    [[nodiscard]] Study read() const { return readStudy(write()); }

    /// The message of the error, or nothing if the study is accepted.
    [[nodiscard]] std::string message() const {
        try {
            (void)read();
            return {};
        } catch (const FormatError& error) {
            return error.what();
        }
    }

    Json json;

private:
    QTemporaryDir m_folder;
    fs::path m_path;
};

/// True if a line of the message names the place and says what is wrong there.
bool says(const std::string& message, const std::string& pointer, const std::string& words) {
    std::istringstream stream(message);
    for (std::string line; std::getline(stream, line);)
        if (line.starts_with(pointer + ": ") && line.find(words) != std::string::npos)
            return true;
    qWarning("expected \"%s: …%s…\" in:\n%s", pointer.c_str(), words.c_str(), message.c_str());
    return false;
}

Json::json_pointer at(const char* pointer) {
    return Json::json_pointer(pointer);
}

} // namespace

class StudyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAStudy() {
        const StudyFolder folder;
        const Study study = folder.read();
        QCOMPARE(study.name, std::string("small"));
        QCOMPARE(study.templateName, std::string("fsaverage5"));
        QCOMPARE(study.imageIds, (std::vector<std::string>{"cat", "dog", "car"}));
        QCOMPARE(study.models.size(), std::size_t(1));
        QCOMPARE(study.models[0].label, std::string("ViT"));
        QCOMPARE(study.models[0].parameters, std::optional(3e8));
        QVERIFY(!study.models[0].batchSize);
        QCOMPARE(study.models[0].layers[1].depth, 1.0);
        QCOMPARE(study.models[0].checkpoints[1].step, std::int64_t(100));
        QCOMPARE(study.recordings[1].kind, RecordingKind::Meg);
        QCOMPARE(study.json.at("name"), Json("small"));
        QCOMPARE(study.resolve("../x.npy"), (folder / "x.npy").parent_path().parent_path() / "x.npy");
    }

    void defaultsAreThoseOfTheMethods() {
        const Study study = StudyFolder().read();
        QCOMPARE(study.encoding, RidgeOptions());
        QCOMPARE(study.rois.size(), std::size_t(15));
        for (const char* named : {"V1", "V2", "MT", "VMV2", "FFC", "44", "45", "IFSa", "IFSp"})
            QVERIFY(std::any_of(study.rois.begin(), study.rois.end(), [named](const auto& roi) {
                return roi.name == named && roi.areas == std::vector<std::string>{named};
            }));
        QCOMPARE(study.windows.size(), std::size_t(5));
        QCOMPARE(study.windows[0].start, 0.08);
        QCOMPARE(study.windows[0].end, 0.13);
    }

    void takesOwnRegionsWindowsAndIds() {
        StudyFolder folder;
        folder.json["rois"] = {{{"name", "early"}, {"areas", {"V1", "V2"}}}};
        folder.json["windows"] = {{{"name", "first"}, {"start", 0.05}, {"end", 0.1}}};
        folder.json["images"]["ids"] = {"cat", "dog", "car"};
        folder.json["encoding"] = {{"alphas", "-1:1:3"},  {"outer_folds", 3}, {"inner_folds", 2},
                                   {"shuffle", 7},        {"double", true},   {"lambda_mode", "per_target"},
                                   {"standardize", false}};
        const Study study = folder.read();
        QCOMPARE(study.rois.size(), std::size_t(1));
        QCOMPARE(study.rois[0].areas, (std::vector<std::string>{"V1", "V2"}));
        QCOMPARE(study.windows, (std::vector<TimeWindow>{{"first", 0.05, 0.1}}));
        QCOMPARE(study.imageIds.size(), std::size_t(3));
        QCOMPARE(study.encoding.alphas, logSpace(-1, 1, 3));
        QCOMPARE(study.encoding.outer.count, 3);
        QCOMPARE(study.encoding.outer.shuffleSeed, std::optional<std::uint64_t>(7));
        QCOMPARE(study.encoding.inner.shuffleSeed, study.encoding.outer.shuffleSeed); // unless it has its own
        QCOMPARE(study.encoding.lambdaMode, LambdaMode::PerTarget);
        QVERIFY(study.encoding.doublePrecision && !study.encoding.standardize);
    }

    void schemaProblems_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value"); // JSON; empty: the key is removed
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* pointer, const char* value, const char* place, const char* words) {
            QTest::addRow("%s = %s", pointer, value) << pointer << value << place << words;
        };
        row("/format", "\"other\"", "/format", "brainlike-study");
        row("/version", "2", "/version", "expected 1, found 2");
        row("/models", "[]", "/models", "no fewer than 1");
        row("/recordings", "[]", "/recordings", "no fewer than 1");
        row("/models/0/layers", "[]", "/models/0/layers", "no fewer than 1");
        row("/models/0/checkpoints", "[]", "/models/0/checkpoints", "no fewer than 1");
        row("/models/0/id", "\"a/b\"", "/models/0/id", "letters, digits");
        row("/models/0/id", "7", "/models/0/id", "expected string, found 7");
        row("/models/0/layers/1/depth", "1.5", "/models/0/layers/1/depth",
            "expected at least 0 and at most 1, found 1.5");
        row("/models/0/layers/0/depth", "-0.5", "/models/0/layers/0/depth",
            "expected at least 0 and at most 1, found -0.5");
        row("/models/0/checkpoints/0/step", "-1", "/models/0/checkpoints/0/step", "expected at least 0 and");
        row("/models/0/checkpoints/1/step", "10.5", "/models/0/checkpoints/1/step", "expected integer, found 10.5");
        row("/models/0/checkpoints/1/features", "", "/models/0/checkpoints/1", "\"features\" is missing");
        row("/models", "", "(whole file)", "\"models\" is missing");
        row("/images", "", "(whole file)", "\"images\" is missing");
        row("/images/ids", "3", "/images/ids", "expected string or array, found 3");
        row("/recordings/0/kind", "\"eeg\"", "/recordings/0/kind", "expected fmri or meg, found \"eeg\"");
        row("/recordings/0/subject", "", "/recordings/0", "\"subject\" is missing");
        row("/nmae", "\"typo\"", "/nmae", "unknown key; known here: encoding, format");
        row("/models/0/layers/0/deepness", "0", "/models/0/layers/0/deepness", "unknown key; known here: depth, name");
        row("/encoding", "{\"folds\": 3}", "/encoding/folds", "unknown key; known here: alphas");
        row("/encoding", "{\"alphas\": [1, 0]}", "/encoding/alphas/1", "expected more than 0, found 0");
        row("/encoding", "{\"outer_folds\": 1}", "/encoding/outer_folds", "expected at least 2, found 1");
        row("/encoding", "{\"lambda_mode\": \"best\"}", "/encoding/lambda_mode", "expected global or per_target");
        row("/template", "\"fsaverage5\"", "/template", "expected object, found \"fsaverage5\"");
        row("/windows", "[{\"name\": \"w\", \"start\": 0}]", "/windows/0", "\"end\" is missing");
        row("/rois", "[{\"name\": \"r\", \"areas\": []}]", "/rois/0/areas", "no fewer than 1");
    }

    void schemaProblems() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, place);
        QFETCH(QString, words);
        StudyFolder folder;
        const Json::json_pointer target(pointer.toStdString());
        if (value.isEmpty())
            folder.json.at(target.parent_pointer()).erase(target.back());
        else
            folder.json[target] = Json::parse(value.toStdString());
        QVERIFY(says(folder.message(), place.toStdString(), words.toStdString()));
    }

    void ruleProblems_data() {
        QTest::addColumn<QString>("patch"); // JSON merge patch of lists is all or nothing: a JSON patch
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* patch, const char* place, const char* words) {
            QTest::addRow("%s", patch) << patch << place << words;
        };
        row(R"([{"op": "copy", "from": "/models/0", "path": "/models/1"}])", "/models/1/id",
            "also the id of /models/0");
        row(R"([{"op": "replace", "path": "/models/0/layers/1/name", "value": "a"}])", "/models/0/layers/1/name",
            "also the name of /models/0/layers/0");
        row(R"([{"op": "replace", "path": "/models/0/layers/0/depth", "value": 1},
                {"op": "replace", "path": "/models/0/layers/1/depth", "value": 0.5}])",
            "/models/0/layers/1/depth", "less than the one before");
        row(R"([{"op": "replace", "path": "/models/0/checkpoints/1/step", "value": 0}])",
            "/models/0/checkpoints/1/step", "steps must increase: 0 follows 0");
        row(R"([{"op": "replace", "path": "/models/0/checkpoints/0/step", "value": 500}])",
            "/models/0/checkpoints/1/step", "100 follows 500");
        row(R"([{"op": "replace", "path": "/models/0/checkpoints/1/features", "value": "a-0.npy"}])",
            "/models/0/checkpoints/1/features", "{layer} is missing");
        row(R"([{"op": "replace", "path": "/recordings/1/id", "value": "f1"}])", "/recordings/1/id",
            "also the id of /recordings/0");
        row(R"([{"op": "copy", "from": "/recordings/0", "path": "/recordings/2"},
                {"op": "replace", "path": "/recordings/2/id", "value": "f2"}])",
            "/recordings/2/subject", "second fmri recording, besides /recordings/0");
        row(R"([{"op": "remove", "path": "/recordings/1/channels"}])", "/recordings/1", "\"channels\" is missing");
        row(R"([{"op": "remove", "path": "/recordings/1/times"}])", "/recordings/1", "\"times\" is missing");
        row(R"([{"op": "add", "path": "/recordings/0/times", "value": "times.npy"}])", "/recordings/0/times",
            "not for fMRI");
        row(R"([{"op": "add", "path": "/recordings/1/mask", "value": "times.npy"}])", "/recordings/1/mask",
            "not for MEG");
        row(R"([{"op": "remove", "path": "/template"}])", "/recordings/0/kind", "needs the study's \"template\"");
        row(R"([{"op": "add", "path": "/windows", "value": [{"name": "w", "start": 0.2, "end": 0.1}]}])",
            "/windows/0/end", "ends before it starts");
        row(R"([{"op": "add", "path": "/rois", "value": [{"name": "r", "areas": ["V1"]}, {"name": "r", "areas": ["V2"]}]}])",
            "/rois/1/name", "also the name of /rois/0");
        row(R"([{"op": "add", "path": "/encoding", "value": {"groups": [1, 2]}}])", "/encoding/groups",
            "each of the 3 images, found 2");
        row(R"([{"op": "add", "path": "/encoding", "value": {"alphas": "0:8"}}])", "/encoding/alphas", "λ");
        row(R"([{"op": "replace", "path": "/images/ids", "value": ["cat", "dog", "cat"]}])", "/images/ids",
            "\"cat\" occurs twice, in rows 0 and 2");
    }

    void ruleProblems() {
        QFETCH(QString, patch);
        QFETCH(QString, place);
        QFETCH(QString, words);
        StudyFolder folder;
        folder.json = folder.json.patch(Json::parse(patch.toStdString()));
        QVERIFY(says(folder.message(), place.toStdString(), words.toStdString()));
    }

    void missingFilesAreNamed() {
        const StudyFolder folder;
        for (const char* name : {"a-100.npy", "fmri.npy", "times.npy", "channels.csv"})
            fs::remove(folder / name);
        const std::string message = folder.message();
        QVERIFY(
            says(message, "/models/0/checkpoints/1/features", "there is no file " + (folder / "a-100.npy").string()));
        QVERIFY(says(message, "/recordings/0/responses", (folder / "fmri.npy").string()));
        QVERIFY(says(message, "/recordings/1/times", (folder / "times.npy").string()));
        QVERIFY(says(message, "/recordings/1/channels", (folder / "channels.csv").string()));
        QVERIFY(message.find("4 problems") != std::string::npos);
        fs::remove(folder / "b-100.npy");
        fs::remove(folder / "ids.txt");
        QVERIFY(says(folder.message(), "/models/0/checkpoints/1/features", "2 of 2 layers"));
        QVERIFY(folder.message().find("/images/ids: ") != std::string::npos);
    }

    void datasetsOfHdf5() {
        StudyFolder folder;
        auto file = Hdf5File::create(folder / "f.h5");
        const std::vector<float> features(6, 1.f);
        file.write<float>("/step0/a", {3, 2}, features);
        file.write<float>("/step0/b", {3, 2}, features);
        file.close();
        Json& reference = folder.json[at("/models/0/checkpoints/0/features")];
        reference = "f.h5:/step0/{layer}";
        QCOMPARE(folder.message(), std::string());
        const Study study = folder.read();
        QCOMPARE(featuresOf(study, study.models[0].checkpoints[0], study.models[0].layers[1]),
                 (DataReference{folder / "f.h5", "/step0/b"}));
        reference = "f.h5:/step1/{layer}";
        QVERIFY(says(folder.message(), "/models/0/checkpoints/0/features", "has no dataset /step1/a"));
        folder.json[at("/recordings/0/responses")] = "f.h5";
        QVERIFY(says(folder.message(), "/recordings/0/responses", "name the dataset too"));
        writeText(folder / "f.h5", "no HDF5");
        QVERIFY(says(folder.message(), "/models/0/checkpoints/0/features", (folder / "f.h5").string()));
    }

    void megRecordingsShareChannelsAndTimes() {
        StudyFolder folder;
        Json second = folder.json[at("/recordings/1")];
        second["id"] = "m2";
        second["subject"] = "s2";
        second["channels"] = "channels2.csv";
        second["times"] = "times2.npy";
        folder.json["recordings"].push_back(second);
        writeText(folder / "channels2.csv", "name,x,y,z\nMLO11,0.1,0.2,0.4\n"); // another head, the same channels
        writeNpy<double>(folder / "times2.npy", {2}, std::vector<double>{0, 0.1});
        QCOMPARE(folder.message(), std::string());
        writeText(folder / "channels2.csv", "name,x,y,z\nMLO12,0.1,0.2,0.3\n");
        writeNpy<double>(folder / "times2.npy", {2}, std::vector<double>{0, 0.2});
        QVERIFY(says(folder.message(), "/recordings/2/channels", "other channels than the first"));
        QVERIFY(says(folder.message(), "/recordings/2/times", "other times than the first"));
    }

    void everyProblemAtOnce() {
        StudyFolder folder;
        folder.json["typo"] = 1;
        folder.json["other"] = 2;
        folder.json[at("/models/0/layers/0/depth")] = "first";
        folder.json[at("/models/0/checkpoints/1/step")] = 0;
        folder.json[at("/recordings/0/responses")] = "gone.npy";
        const std::string message = folder.message();
        QVERIFY(says(message, "/typo", "unknown key"));
        QVERIFY(says(message, "/other", "unknown key"));
        QVERIFY(says(message, "/models/0/layers/0/depth", "expected number, found \"first\""));
        QVERIFY(says(message, "/models/0/checkpoints/1/step", "steps must increase"));
        QVERIFY(says(message, "/recordings/0/responses", "gone.npy"));
        QVERIFY(message.find("5 problems") != std::string::npos);
    }

    void documentsOfAnyShapeAreRefused() {
        const QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "study.json";
        for (const char* text :
             {"[]", "3", "null", "\"x\"", "{}", R"({"models": {"id": 1}, "recordings": [3], "images": []})",
              R"({"models": [null, [], {"layers": 1, "checkpoints": [[]]}], "recordings": {}})"}) {
            writeText(file, text);
            QVERIFY_EXCEPTION_THROWN((void)readStudy(file), FormatError);
        }
        writeText(file, "{\"format\": ");
        try {
            (void)readStudy(file);
            QFAIL("half a file accepted");
        } catch (const FormatError& error) {
            QCOMPARE(error.details().place, std::string("byte 12"));
        }
        QVERIFY_EXCEPTION_THROWN((void)readStudy(file.parent_path() / "none.json"), NotFoundError);
        QVERIFY_EXCEPTION_THROWN((void)readStudy(file.parent_path()), FileError);
    }

    void rowsAreJoinedByImage() {
        const std::vector<std::string> responses{"dog", "bird", "cat", "car"};
        const std::vector<std::string> features{"cat", "dog", "sun", "car", "sea"};
        const auto joined = joinRows(responses, features);
        QCOMPARE(joined.featureRows, (std::vector<int>{0, 1, 3}));
        QCOMPARE(joined.responseRows, (std::vector<int>{2, 0, 3}));
        QCOMPARE(joined.responsesLeftOut, 1);
        QCOMPARE(joined.featuresLeftOut, 2);
        const std::vector<std::string> others{"1", "2"};
        QVERIFY_EXCEPTION_THROWN((void)joinRows(others, features), ValueError);
        const std::vector<std::string> repeated{"cat", "dog", "cat"};
        try {
            (void)joinRows(features, repeated);
            QFAIL("a repeated image accepted among the features");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().place, std::string("rows 0 and 2"));
            QCOMPARE(error.details().found, std::string("cat"));
        }
    }

    void imagesShownRepeatedly() {
        const std::vector<std::string> responses{"dog", "cat", "dog", "sea", "sea", "dog"};
        const std::vector<std::string> features{"cat", "dog", "sun"};
        const auto joined = joinRows(responses, features);
        QCOMPARE(joined.featureRows, (std::vector<int>{0, 1}));
        QCOMPARE(joined.responseRows, (std::vector<int>{1, 0}));
        QCOMPARE(joined.repeats, (std::vector<std::vector<int>>{{1}, {0, 2, 5}}));
        QCOMPARE(joined.responseCount, 6);
        QCOMPARE(joined.responsesLeftOut, 1);
        QVERIFY(joinRows(features, features).repeats.empty());
    }

    void rowsOfARecording() {
        StudyFolder folder;
        writeText(folder / "own.txt", "car\r\ncat\r\nsun\r\n\r\n");
        folder.json[at("/recordings/0/images")] = "own.txt";
        const Study study = folder.read();
        const auto joined = joinRows(study, study.recordings[0]);
        QCOMPARE(joined.featureRows, (std::vector<int>{0, 2}));
        QCOMPARE(joined.responseRows, (std::vector<int>{1, 0}));
        QCOMPARE(joinRows(study, study.recordings[1]).featureRows, (std::vector<int>{0, 1, 2}));
        writeText(folder / "own.txt", "sun\nmoon\n");
        QVERIFY(says(folder.message(), "/recordings/0/images", "no image in common"));
        writeText(folder / "own.txt", "cat\n\ndog\n");
        QVERIFY(says(folder.message(), "/recordings/0/images", "An image has no id"));
    }

    void imageIdsFromNpy() {
        const StudyFolder folder;
        writeNpy<std::int32_t>(folder / "ids.npy", {3}, std::vector<std::int32_t>{73000, 2, -1});
        QCOMPARE(readImageIds(folder / "ids.npy"), (std::vector<std::string>{"73000", "2", "-1"}));
        writeNpy<float>(folder / "ids.npy", {2}, std::vector<float>{1, 2});
        QVERIFY_EXCEPTION_THROWN((void)readImageIds(folder / "ids.npy"), FormatError);
        QVERIFY_EXCEPTION_THROWN((void)readImageIds(folder / "none.txt"), NotFoundError);
        QVERIFY_EXCEPTION_THROWN((void)readImageIds(folder / "."), FileError);
    }

    void layersAreFilledIn() {
        QCOMPARE(expandLayer("x/{layer}/{layer}.npy", "b1"), std::string("x/b1/b1.npy"));
        QCOMPARE(expandLayer("plain.npy", "b1"), std::string("plain.npy"));
        QCOMPARE(expandLayer("", "b1"), std::string());
        QCOMPARE(expandLayer("{layer}", "{layer}"), std::string("{layer}"));
    }
};

QTEST_GUILESS_MAIN(StudyTest)
#include "StudyTest.moc"
