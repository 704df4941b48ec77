#include "core/study/Encode.h"

#include "core/base/Error.h"
#include "core/encoding/Ridge.h"
#include "core/formats/Hdf5File.h"
#include "core/study/DataArray.h"
#include "core/study/Merge.h"
#include "core/study/PartFile.h"
#include "core/study/PartStore.h"
#include "core/study/ScoreFile.h"
#include "tests/core/study/TinyStudy.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cmath>
#include <iterator>
#include <set>

using namespace brainlike;
using brainlike::test::TinyStudy;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::uint32_t> bitsOf(const std::vector<float>& values) {
    std::vector<std::uint32_t> bits;
    for (const float value : values)
        bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

RowMatrix<float> matrixOf(const std::vector<float>& values, Eigen::Index rows) {
    return Eigen::Map<const RowMatrix<float>>(values.data(), rows, static_cast<Eigen::Index>(values.size()) / rows);
}

} // namespace

class EncodeTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;

    std::filesystem::path scores() const { return m_tiny->folder() / "scores.h5"; }
    std::filesystem::path parts() const { return m_tiny->folder() / "scores.parts"; }
    std::filesystem::path aPart() const { return parts() / "vit.100.layer1.s2.part"; }

    EncodeResult encode(EncodeOptions options = {}) const {
        JobContext job;
        if (options.out.empty())
            options.out = scores();
        if (options.threads == 0)
            options.threads = 2;
        return encodeStudy(readStudy(m_tiny->file()), options, job);
    }

    /// The first recording's scores are those of a study that names its other images only.
    void checkLeavingOut(const std::set<int>& images, const ScoreFile& found) const {
        const auto all = readArray<float>({m_tiny->folder() / "responses/s1.npy", ""});
        RowMatrix<float> some(all.rows() - static_cast<Eigen::Index>(images.size()), all.cols());
        std::ofstream ids(m_tiny->folder() / "responses/some.txt");
        Eigen::Index next = 0;
        for (int image = 0; image < TinyStudy::imageCount; ++image)
            if (!images.contains(image)) {
                some.row(next++) = all.row(image);
                ids << "image" << image << '\n';
            }
        ids.close();
        writeNpy<float>(m_tiny->folder() / "responses/some.npy",
                        Shape{static_cast<std::size_t>(some.rows()), static_cast<std::size_t>(some.cols())},
                        {some.data(), static_cast<std::size_t>(some.size())});
        m_tiny->json["encoding"].erase("drop");
        m_tiny->json["recordings"][0]["responses"] = "responses/some.npy";
        m_tiny->json["recordings"][0]["images"] = "responses/some.txt";
        m_tiny->writeJson();
        const ScoreFile expected(encode({.out = m_tiny->folder() / "some.h5"}).scores);
        for (int layer = 0; layer < 3; ++layer)
            QCOMPARE(bitsOf(*found.fmriScore(0, 1, layer, 0)), bitsOf(*expected.fmriScore(0, 1, layer, 0)));
    }

    template <typename Failure>
    ErrorDetails failureOf(EncodeOptions options = {}) const {
        try {
            (void)encode(std::move(options));
        } catch (const Failure& error) {
            return error.details();
        }
        return {};
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_tiny = std::make_unique<TinyStudy>(m_scratch->path().toStdString());
    }

    void scoresAreThoseOfTheRidge() {
        std::vector<EncodeUnit> seen;
        const auto result = encode({.onUnit = [&](const EncodeUnit& unit) { seen.push_back(unit); }});
        QCOMPARE(result.unitCount, std::size_t{27});
        QCOMPARE(result.computedCount, std::size_t{27});
        QVERIFY(result.isWritten);
        QCOMPARE(seen.size(), std::size_t{27});
        QCOMPARE(seen.front().checkpoint, 2);

        const ScoreFile file(scores());
        const Study study = readStudy(m_tiny->file());
        JobContext job;
        RidgeOptions options = study.encoding;
        const auto features = matrixOf(m_tiny->features(1, 2), TinyStudy::imageCount);
        const auto first = readArray<float>({m_tiny->folder() / "responses/s1.npy", ""});
        const auto second = readArray<float>({m_tiny->folder() / "responses/s2.npy", ""});
        const RowMatrix<float> inOrder = second.colwise().reverse(); // its rows are stored backwards
        const auto expectedFirst = fitRidge(features, first, options, job).score;
        const auto expectedSecond = fitRidge(features, inOrder, options, job).score;
        const auto foundFirst = file.fmriScore(0, 1, 2, 0).value();
        const auto foundSecond = file.fmriScore(0, 1, 2, 1).value();
        QVERIFY(std::isnan(foundFirst[5])); // the constant vertex
        for (int vertex = 0; vertex < m_tiny->vertexCount(); ++vertex) {
            const auto i = static_cast<std::size_t>(vertex);
            if (vertex != 5)
                QCOMPARE(foundFirst[i], static_cast<float>(expectedFirst[vertex]));
            QCOMPARE(foundSecond[i], static_cast<float>(expectedSecond[vertex]));
        }
        const auto meg = readArray<float>({m_tiny->folder() / "responses/m1.npy", ""});
        const auto expectedMeg = fitRidge(features, meg, options, job).score;
        const auto foundMeg =
            Hdf5File::openRead(scores()).readBlock<float>("/meg/vit/score", {1, 0, 2, 0, 0}, {1, 1, 1, 4, 6});
        for (Eigen::Index i = 0; i < expectedMeg.size(); ++i)
            QCOMPARE(foundMeg[static_cast<std::size_t>(i)], static_cast<float>(expectedMeg[i]));
    }

    void anyNumberOfThreadsGivesTheSameBytes() {
        const auto other = m_tiny->folder() / "other.h5";
        (void)encode({.threads = 1});
        (void)encode({.out = other, .threads = 3});
        QVERIFY(bytesOf(scores()) == bytesOf(other));
        const ScoreFile one(scores());
        const ScoreFile three(other);
        for (int step = 0; step < 3; ++step)
            for (int layer = 0; layer < 3; ++layer)
                QCOMPARE(bitsOf(*one.fmriQ(0, step, layer)), bitsOf(*three.fmriQ(0, step, layer)));
    }

    void perTargetAndDoubleWorkToo() {
        m_tiny->json["encoding"]["lambda_mode"] = "per_target";
        m_tiny->json["encoding"]["double"] = true;
        m_tiny->writeJson();
        (void)encode();
        const Study study = readStudy(m_tiny->file());
        QVERIFY(study.encoding.doublePrecision);
        JobContext job;
        const RowMatrix<double> features = matrixOf(m_tiny->features(2, 0), TinyStudy::imageCount).cast<double>();
        const auto responses = readArray<double>({m_tiny->folder() / "responses/s1.npy", ""});
        const auto expected = fitRidge(features, responses, study.encoding, job).score;
        const auto found = ScoreFile(scores()).fmriScore(0, 2, 0, 0).value();
        for (int vertex = 6; vertex < m_tiny->vertexCount(); ++vertex)
            QCOMPARE(found[static_cast<std::size_t>(vertex)], static_cast<float>(expected[vertex]));
        const Part part = readPart(parts() / "vit.1000.layer0.s1.part");
        QCOMPARE(part.alphas.size(), static_cast<std::size_t>(4 * m_tiny->vertexCount()));
        QCOMPARE(part.alphas[5], noAlpha);
        QVERIFY(part.alphas[6] < 5);
    }

    void groupsOfImagesAreTakenAlong() {
        for (int image = 0; image < TinyStudy::imageCount; ++image)
            m_tiny->json["encoding"]["groups"].push_back(image / 5);
        std::ofstream(m_tiny->folder() / "responses/few.txt") << "image3\n";
        m_tiny->writeJson();
        (void)encode();
        const Study study = readStudy(m_tiny->file());
        JobContext job;
        const auto responses = readArray<float>({m_tiny->folder() / "responses/s1.npy", ""});
        const auto expected =
            fitRidge(matrixOf(m_tiny->features(2, 0), TinyStudy::imageCount), responses, study.encoding, job).score;
        QCOMPARE(ScoreFile(scores()).fmriScore(0, 2, 0, 0).value()[9], static_cast<float>(expected[9]));
    }

    void aMaskLeavesVerticesOut() {
        std::vector<std::uint8_t> mask(static_cast<std::size_t>(m_tiny->vertexCount()), 1);
        mask[0] = mask[17] = 0;
        writeNpy<std::uint8_t>(m_tiny->folder() / "mask.npy", Shape{mask.size()}, mask);
        (void)encode();
        const auto whole = ScoreFile(scores()).fmriScore(0, 2, 0, 1).value();
        m_tiny->json["recordings"][1]["mask"] = "mask.npy";
        m_tiny->writeJson();
        (void)encode({.out = m_tiny->folder() / "masked.h5"});
        const ScoreFile masked(m_tiny->folder() / "masked.h5");
        const auto found = masked.fmriScore(0, 2, 0, 1).value();
        QVERIFY(std::isnan(found[0]) && std::isnan(found[17]));
        QCOMPARE(masked.fmriMean(0, 2, 0).value()[17], masked.fmriScore(0, 2, 0, 0).value()[17]);
        int differing = 0;
        for (std::size_t i = 0; i < found.size(); ++i)
            differing += std::isnan(found[i]) || std::abs(found[i] - whole[i]) < 1e-5F ? 0 : 1;
        QVERIFY2(differing <= 2, "λ is chosen over other vertices, the scores hardly change");
    }

    void aFinishedEncodingChangesNothing() {
        (void)encode();
        const auto bytes = bytesOf(scores());
        const auto time = std::filesystem::last_write_time(scores());
        std::size_t announced = 0;
        const auto again = encode({.onUnit = [&](const EncodeUnit&) { ++announced; }});
        QCOMPARE(again.computedCount, std::size_t{0});
        QVERIFY(!again.isWritten);
        QCOMPARE(announced, std::size_t{27});
        QCOMPARE(std::filesystem::last_write_time(scores()), time);
        QVERIFY(bytesOf(scores()) == bytes);
    }

    void whatIsMissingIsComputedAgain() {
        (void)encode();
        const auto bytes = bytesOf(scores());
        std::filesystem::remove(scores());
        QCOMPARE(encode().computedCount, std::size_t{0});
        QVERIFY(bytesOf(scores()) == bytes);
        std::filesystem::remove(aPart());
        std::filesystem::remove(parts() / "vit.0.layer0.m1.part");
        const auto result = encode();
        QCOMPARE(result.computedCount, std::size_t{2});
        QVERIFY(result.damagedParts.empty());
        QVERIFY(!result.isWritten); // the parts are the same again
    }

    void aDamagedPartIsNamedAndComputedAgain_data() {
        QTest::addColumn<bool>("truncate");
        QTest::newRow("flipped byte") << false;
        QTest::newRow("truncated") << true;
    }
    void aDamagedPartIsNamedAndComputedAgain() {
        QFETCH(bool, truncate);
        (void)encode();
        const auto whole = bytesOf(aPart());
        auto bytes = whole;
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        std::ofstream(aPart(), std::ios::binary | std::ios::trunc)
            << (truncate ? whole.substr(0, whole.size() / 2) : bytes);
        const auto result = encode();
        QCOMPARE(result.computedCount, std::size_t{1});
        QCOMPARE(result.damagedParts.size(), std::size_t{1});
        QVERIFY(result.damagedParts.front().find(aPart().string()) != std::string::npos);
        QVERIFY(bytesOf(aPart()) == whole);
    }

    void otherOptionsAreRefused() {
        (void)encode();
        const auto bytes = bytesOf(scores());
        m_tiny->json["encoding"]["outer_folds"] = 5;
        m_tiny->writeJson();
        const auto failure = failureOf<ValueError>();
        QCOMPARE(failure.file, parts().string());
        QCOMPARE(failure.found, std::string("/options/outer_folds: 4, now 5"));
        QVERIFY(bytesOf(scores()) == bytes);
        QCOMPARE(encode({.clean = true}).computedCount, std::size_t{27});
        QVERIFY(bytesOf(scores()) != bytes);
        QVERIFY(!std::filesystem::exists(parts()));
    }

    void otherDataAreRefused() {
        (void)encode();
        std::filesystem::copy_file(m_tiny->folder() / m_tiny->featureFile(0, 1),
                                   m_tiny->folder() / m_tiny->featureFile(0, 0),
                                   std::filesystem::copy_options::overwrite_existing);
        QVERIFY(failureOf<ValueError>().found.find("/inputs/features/0-layer0.npy/checksum") != std::string::npos);
    }

    void cleaningRemovesThePartsAndTheScoresStayCurrent() {
        (void)encode({.clean = true});
        QVERIFY(!std::filesystem::exists(parts()));
        const auto again = encode();
        QVERIFY(!again.isWritten);
        QCOMPARE(again.computedCount, std::size_t{0});
        QVERIFY(!std::filesystem::exists(parts()));
    }

    void newRegionsOnlyMergeAgain() {
        (void)encode();
        m_tiny->json["rois"] = {{{"name", "front"}, {"areas", {"IFSp"}}}};
        m_tiny->writeJson();
        const auto result = encode();
        QCOMPARE(result.computedCount, std::size_t{0});
        QVERIFY(result.isWritten);
    }

    void aFurtherCheckpointKeepsTheOthers() {
        const auto all = m_tiny->json["models"][0]["checkpoints"];
        m_tiny->json["models"][0]["checkpoints"].erase(1);
        m_tiny->writeJson();
        QCOMPARE(encode().computedCount, std::size_t{18});
        m_tiny->json["models"][0]["checkpoints"] = all;
        m_tiny->writeJson();
        QCOMPARE(encode().computedCount, std::size_t{9});
        QCOMPARE(ScoreFile(scores()).index().models[0].steps.size(), std::size_t{3});
    }

    void aSecondWriterIsRefused() {
        std::filesystem::create_directory(parts());
        const PartLock lock(parts(), {});
        const auto failure = failureOf<FileError>();
        QCOMPARE(failure.file, parts().string());
        QVERIFY(failure.what.find("Another encode") != std::string::npos);
        QVERIFY(!std::filesystem::exists(scores()));
    }

    void shardsMakeTheSameScores() {
        const auto whole = m_tiny->folder() / "whole.h5";
        QVERIFY(encode({.out = whole}).isWritten);
        const auto second = encode({.shard = {2, 2}});
        QVERIFY(!second.isWritten && !std::filesystem::exists(scores()));
        QVERIFY(second.computedCount > 9 && second.computedCount < 18);
        QCOMPARE(second.computedCount + second.missingCount, std::size_t{27});
        const auto first = encode({.shard = {1, 2}});
        QCOMPARE(first.computedCount, second.missingCount);
        QCOMPARE(first.missingCount, std::size_t{0});
        QVERIFY(first.isWritten);
        QVERIFY(bytesOf(scores()) == bytesOf(whole));
        QVERIFY(!encode({.shard = {2, 2}}).isWritten);
        QCOMPARE(encode().computedCount, std::size_t{0});
    }

    void everyUnitIsInOneShard() {
        const Study study = readStudy(m_tiny->file());
        for (const int count : {1, 2, 3, 8, 9, 10, 27, 40}) {
            std::vector<EncodeUnit> all;
            for (int index = 1; index <= count; ++index)
                for (const auto& unit : unitsOf(study, {index, count}))
                    all.push_back(unit);
            QCOMPARE(all.size(), std::size_t{27});
            for (const auto& unit : unitsOf(study))
                QVERIFY(std::find(all.begin(), all.end(), unit) != all.end());
        }
        for (const char* bad : {"", "1", "0/2", "3/2", "a/2", "1/b", "1/2/3", "-1/2", "1/ 2"})
            QVERIFY_EXCEPTION_THROWN((void)shardFrom(bad), ValueError);
        QCOMPARE(shardFrom("2/8"), (Shard{2, 8}));
    }

    void aDamagedPartOfAnotherShardIsNotMerged() {
        (void)encode({.shard = {1, 2}});
        const auto unit = unitsOf(readStudy(m_tiny->file()), {1, 2}).front();
        const auto file = PartPaths(parts(), readStudy(m_tiny->file())).of(unit);
        std::filesystem::resize_file(file, 100);
        const auto result = encode({.shard = {2, 2}});
        QCOMPARE(result.missingCount, std::size_t{1});
        QCOMPARE(result.damagedParts.size(), std::size_t{1});
        QVERIFY(result.damagedParts.front().find("run its shard again") != std::string::npos);
        QVERIFY(!std::filesystem::exists(scores()));
        const auto again = encode({.shard = {1, 2}});
        QCOMPARE(again.computedCount, std::size_t{1});
        QVERIFY(again.isWritten);
    }

    void mergingTellsWhatIsMissing() {
        (void)encode({.shard = {1, 3}});
        const auto kept = unitsOf(readStudy(m_tiny->file()), {1, 3}).size();
        JobContext job;
        try {
            (void)mergeParts({.parts = parts()}, job);
            QFAIL("merged");
        } catch (const ValueError& error) {
            const auto& details = error.details();
            QCOMPARE(details.file, parts().string());
            QVERIFY(details.found.starts_with(std::to_string(27 - kept) +
                                              " missing or damaged:\n    model vit, step 1000"));
            QVERIFY(details.found.ends_with("and " + std::to_string(22 - kept) + " more"));
        }
        (void)encode({.shard = {2, 3}});
        (void)encode({.shard = {3, 3}});
        const auto bytes = bytesOf(scores());
        QVERIFY(!mergeParts({.parts = parts()}, job).isWritten);
        const auto merged = mergeParts({.parts = parts() / "", .out = m_tiny->folder() / "again.h5"}, job);
        QVERIFY(merged.isWritten);
        QCOMPARE(merged.unitCount, std::size_t{27});
        QVERIFY(bytesOf(merged.scores) == bytes);
        std::filesystem::remove(scores());
        QCOMPARE(mergeParts({.parts = parts() / ""}, job).scores, scores());
    }

    void mergingNeedsTheStudyOfTheParts() {
        (void)encode();
        JobContext job;
        const auto other = m_tiny->folder() / "other.json";
        std::filesystem::rename(m_tiny->file(), other);
        QVERIFY_EXCEPTION_THROWN((void)mergeParts({.parts = parts()}, job), NotFoundError);
        QVERIFY(!mergeParts({.parts = parts(), .study = other}, job).isWritten);
        m_tiny->json["encoding"]["standardize"] = false;
        m_tiny->writeJson();
        QVERIFY_EXCEPTION_THROWN((void)mergeParts({.parts = parts()}, job), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)mergeParts({.parts = m_tiny->folder()}, job), NotFoundError);
    }

    void cancellingKeepsThePartsAndWritesNoScores() {
        std::stop_source stop;
        JobContext job(stop.get_token());
        std::size_t finished = 0;
        const EncodeOptions options{.out = scores(), .threads = 2, .onUnit = [&](const EncodeUnit&) {
                                        if (++finished == 5)
                                            stop.request_stop();
                                    }};
        const Study study = readStudy(m_tiny->file());
        QVERIFY_EXCEPTION_THROWN((void)encodeStudy(study, options, job), CancelledError);
        QVERIFY(finished >= 5 && finished < 27);
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(m_tiny->folder()))
            names.insert(entry.path().filename().string());
        QVERIFY(!names.contains("scores.h5"));
        QCOMPARE(names, (std::set<std::string>{"features", "responses", "scores.parts", "study.json", "template"}));
        const auto rest = encode();
        QCOMPARE(rest.computedCount, 27 - finished);
        QVERIFY(rest.isWritten);
    }

    void badDataAreNamed() {
        auto values = m_tiny->features(0, 1);
        values[3 * TinyStudy::featureCount + 2] = std::numeric_limits<float>::quiet_NaN();
        const auto file = m_tiny->folder() / m_tiny->featureFile(0, 1);
        writeNpy<float>(file, Shape{TinyStudy::imageCount, TinyStudy::featureCount}, values);
        const auto failure = failureOf<ValueError>();
        QCOMPARE(failure.file, file.string());
        QCOMPARE(failure.place, std::string("row 3, column 2"));
        QVERIFY(!std::filesystem::exists(scores()));

        writeNpy<float>(file, Shape{4, 2}, std::vector<float>(8, 1));
        std::filesystem::remove_all(parts());
        QCOMPARE(failureOf<ShapeError>().file, file.string());
        const Study study = readStudy(m_tiny->file());
        std::filesystem::remove(file);
        JobContext job;
        QVERIFY_EXCEPTION_THROWN((void)encodeStudy(study, {.out = scores(), .onUnit = {}}, job), NotFoundError);
    }

    /// As the message advises.
    void anImageWithoutFeaturesCanBeLeftOut() {
        auto values = m_tiny->features(0, 1);
        values[3 * TinyStudy::featureCount + 2] = std::numeric_limits<float>::quiet_NaN();
        writeNpy<float>(m_tiny->folder() / m_tiny->featureFile(0, 1),
                        Shape{TinyStudy::imageCount, TinyStudy::featureCount}, values);
        m_tiny->json["encoding"]["drop"] = "rows";
        m_tiny->writeJson();
        const auto failure = failureOf<ValueError>();
        QCOMPARE(failure.what, std::string("A feature is not a finite number"));
        QVERIFY(failure.advice.find("\"drop\" in the study's encoding is about responses alone") != std::string::npos);

        const auto withoutImage3 = [this](bool isReversed) {
            const std::string name = isReversed ? "responses/reversed.txt" : "responses/ordered.txt";
            std::ofstream ids(m_tiny->folder() / name);
            for (int row = 0; row < TinyStudy::imageCount; ++row) {
                const int image = isReversed ? TinyStudy::imageCount - 1 - row : row;
                ids << (image == 3 ? "no-features" : "image" + std::to_string(image)) << '\n';
            }
            return name;
        };
        for (const int recording : {0, 1, 2})
            m_tiny->json["recordings"][static_cast<std::size_t>(recording)]["images"] = withoutImage3(recording == 1);
        m_tiny->writeJson();
        std::filesystem::remove_all(parts());
        QCOMPARE(encode().computedCount, std::size_t{27});
        QCOMPARE(ScoreFile(scores()).index().fmri[0].imageCount, TinyStudy::imageCount - 1);
    }

    void responsesThatAreNotFiniteCanBeLeftOut() {
        auto values = readArray<float>({m_tiny->folder() / "responses/s1.npy", ""});
        values(4, 17) = std::numeric_limits<float>::quiet_NaN();
        values(31, 20) = std::numeric_limits<float>::infinity();
        const Shape shape{TinyStudy::imageCount, static_cast<std::size_t>(m_tiny->vertexCount())};
        writeNpy<float>(m_tiny->folder() / "responses/s1.npy", shape,
                        {values.data(), static_cast<std::size_t>(values.size())});
        const auto failure = failureOf<ValueError>();
        QCOMPARE(failure.place, std::string("row 4, column 17"));
        QVERIFY(failure.advice.find("drop") != std::string::npos);

        m_tiny->json["encoding"]["drop"] = "targets";
        m_tiny->writeJson();
        const auto targets = encode({.out = m_tiny->folder() / "targets.h5"});
        QVERIFY(std::any_of(targets.warnings.begin(), targets.warnings.end(), [](const std::string& warning) {
            return warning.find("2 targets hold values that are not finite") != std::string::npos;
        }));
        const auto byTarget = ScoreFile(targets.scores).fmriScore(0, 2, 0, 0).value();
        QVERIFY(std::isnan(byTarget[17]) && std::isnan(byTarget[20]) && !std::isnan(byTarget[18]));

        m_tiny->json["encoding"]["drop"] = "rows";
        m_tiny->writeJson();
        const auto rows = encode({.out = m_tiny->folder() / "rows.h5"});
        QVERIFY(rows.warnings.front().find("recording s1: 2 images") != std::string::npos);
        const ScoreFile byRow(rows.scores);
        QCOMPARE(byRow.index().fmri[0].imageCount, TinyStudy::imageCount - 2);
        QCOMPARE(byRow.index().fmri[1].imageCount, TinyStudy::imageCount);
        checkLeavingOut({4, 31}, byRow);
    }

    void everyImageLeftOutIsAnError() {
        const Shape shape{TinyStudy::imageCount, static_cast<std::size_t>(m_tiny->vertexCount())};
        writeNpy<float>(m_tiny->folder() / "responses/s1.npy", shape,
                        std::vector<float>(elementCount(shape), std::numeric_limits<float>::quiet_NaN()));
        m_tiny->json["encoding"]["drop"] = "rows";
        m_tiny->writeJson();
        QCOMPARE(failureOf<ValueError>().file, (m_tiny->folder() / "responses/s1.npy").string());
    }

    void aTemplateThatDoesNotFitIsNamed() {
        writeNpy<float>(m_tiny->folder() / "responses/s1.npy", Shape{TinyStudy::imageCount, 7},
                        std::vector<float>(7 * TinyStudy::imageCount, 1));
        const auto failure = failureOf<ShapeError>();
        QCOMPARE(failure.place, std::string("recording s1"));
        QCOMPARE(failure.found, std::string("7"));
        m_tiny->json["template"]["name"] = "no-such-template";
        m_tiny->writeJson();
        QVERIFY(failureOf<NotFoundError>().what.find("no-such-template") != std::string::npos);
        QVERIFY(!std::filesystem::exists(parts()));
    }

    void aMissingOutputFolderIsNamedAtOnce() {
        const auto failure = failureOf<FileError>({.out = m_tiny->folder() / "none/scores.h5"});
        QCOMPARE(failure.file, (m_tiny->folder() / "none/scores.h5").string());
    }
};

QTEST_GUILESS_MAIN(EncodeTest)
#include "EncodeTest.moc"
