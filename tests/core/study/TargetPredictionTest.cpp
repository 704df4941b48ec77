#include "core/study/TargetPrediction.h"

#include "core/base/Error.h"
#include "core/stats/Correlation.h"
#include "core/study/Encode.h"
#include "core/study/ScoreFile.h"
#include "core/study/StudyLocation.h"
#include "tests/core/study/TinyStudy.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>
#include <set>

using namespace brainlike;
using brainlike::test::TinyStudy;

namespace {

constexpr double tolerance = 1e-6;

bool agree(double a, double b) {
    return std::isnan(a) ? std::isnan(b) : std::abs(a - b) <= tolerance;
}

/// A tiny study, its scores, and what fits its targets.
struct Encoded {
    QTemporaryDir scratch;
    TinyStudy tiny{scratch.path().toStdString()};
    std::filesystem::path scores = tiny.folder() / "scores.h5";
    JobContext job;

    explicit Encoded(const nlohmann::json& encoding) {
        tiny.json["encoding"].update(encoding);
        tiny.writeJson();
        (void)encodeStudy(study(), {.out = scores, .threads = 2, .onUnit = {}}, job);
    }
    [[nodiscard]] Study study() const { return readStudy(tiny.file()); }
    [[nodiscard]] std::filesystem::path parts() const { return partsFolderOf(scores); }
};

TargetPrediction predict(const TargetPredictor& predictor, const EncodeUnit& unit, std::vector<int> dimensions) {
    JobContext job;
    return predictor.predict(unit, dimensions, job);
}

/// Scores of one recording in the file, a value a dimension.
std::vector<float> scoresOf(const ScoreFile& file, const EncodeUnit& unit) {
    const bool isMeg = unit.recording == 2;
    const auto layers = file.layers(isMeg ? RecordingKind::Meg : RecordingKind::Fmri, unit.model, unit.checkpoint,
                                    isMeg ? 0 : unit.recording);
    const auto row = layers.row(unit.layer);
    return {row.data(), row.data() + row.size()};
}

void compareScores(const Encoded& encoded, const TargetPredictor& predictor) {
    const ScoreFile file(encoded.scores);
    for (const EncodeUnit unit : {EncodeUnit{0, 2, 1, 0}, {0, 0, 2, 1}, {0, 2, 0, 2}}) {
        const auto expected = scoresOf(file, unit);
        for (const int dimension : {0, 5, 13, 23}) {
            const auto found = predict(predictor, unit, {dimension});
            const double score = static_cast<double>(expected[static_cast<std::size_t>(dimension)]);
            QVERIFY2(agree(found.score, score),
                     QByteArray::number(found.score, 'g', 12) + " " + QByteArray::number(score, 'g', 12));
            QCOMPARE(found.targets, std::isnan(score) ? 0 : 1);
        }
    }
}

} // namespace

class TargetPredictionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoresAreTheFiles_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::newRow("global") << QByteArray("{}");
        QTest::newRow("per target") << QByteArray("{\"lambda_mode\": \"per_target\"}");
        QTest::newRow("per target, r") << QByteArray("{\"lambda_mode\": \"per_target\", \"score\": \"correlation\"}");
        QTest::newRow("double, shuffled") << QByteArray("{\"double\": true, \"shuffle\": 3}");
        QTest::newRow("not standardised") << QByteArray("{\"standardize\": false, \"lambda_mode\": \"per_target\"}");
    }
    /// With the λ of the parts, and without parts.
    void scoresAreTheFiles() {
        QFETCH(QByteArray, encoding);
        const Encoded encoded(nlohmann::json::parse(encoding.toStdString()));
        {
            const TargetPredictor predictor(encoded.study(), encoded.scores, 1);
            QVERIFY(predictor.isCurrent());
            compareScores(encoded, predictor);
        }
        std::filesystem::remove_all(encoded.parts());
        compareScores(encoded, TargetPredictor(encoded.study(), encoded.scores, 2));
    }

    void repeatsAndMasksAreThoseOfTheScores() {
        QTemporaryDir scratch;
        TinyStudy tiny(scratch.path().toStdString());
        // Image 0 was shown twice: its response is the mean of both.
        std::vector<float> rows;
        std::ofstream images(tiny.folder() / "responses/repeated.txt");
        const auto once = readNpyMatrix<float>(tiny.folder() / "responses/s1.npy", 2);
        for (const int row : {0, 0}) {
            images << "image" << row << '\n';
            for (Eigen::Index column = 0; column < once.cols(); ++column)
                rows.push_back(once(row, column) +
                               (rows.size() < static_cast<std::size_t>(once.cols()) ? 1.0F : -2.0F));
        }
        for (int row = 1; row < TinyStudy::imageCount; ++row) {
            images << "image" << row << '\n';
            rows.insert(rows.end(), once.row(row).data(), once.row(row).data() + once.cols());
        }
        images.close();
        const auto vertices = static_cast<std::size_t>(tiny.vertexCount());
        writeNpy<float>(tiny.folder() / "responses/repeated.npy", Shape{TinyStudy::imageCount + 1, vertices}, rows);
        std::vector<std::uint8_t> mask(vertices, 1);
        mask[3] = mask[20] = 0;
        writeNpy<std::uint8_t>(tiny.folder() / "responses/mask.npy", Shape{vertices}, mask);
        tiny.json["recordings"][0].update({{"responses", "responses/repeated.npy"},
                                           {"images", "responses/repeated.txt"},
                                           {"mask", "responses/mask.npy"}});
        tiny.writeJson();
        const auto scores = tiny.folder() / "scores.h5";
        JobContext job;
        (void)encodeStudy(readStudy(tiny.file()), {.out = scores, .onUnit = {}}, job);
        const TargetPredictor predictor(readStudy(tiny.file()), scores, 1);
        const auto expected = scoresOf(ScoreFile(scores), {0, 2, 1, 0});
        for (const std::size_t vertex : {2U, 4U, 21U, 60U}) {
            const auto found = predict(predictor, {0, 2, 1, 0}, {static_cast<int>(vertex)});
            QVERIFY(agree(found.score, static_cast<double>(expected[vertex])));
            QVERIFY(std::abs(found.measured[0] -
                             (static_cast<double>(once(0, static_cast<Eigen::Index>(vertex))) - 0.5)) < 1e-5);
        }
        const auto masked = predict(predictor, {0, 2, 1, 0}, {3});
        QVERIFY(std::isnan(masked.score) && masked.measured.empty() && masked.targets == 0);
        QCOMPARE(masked.images.size(), std::size_t{TinyStudy::imageCount});
        const auto errors = predictor.errors({0, 2, 1, 0}, std::vector<std::string>{"image0"}, ErrorKind::Signed, job);
        QVERIFY(std::isnan(errors[3]) && std::isnan(errors[20]) && std::isfinite(errors[21]));
    }

    void predictionsCorrelateAsTheScoreSays() {
        const Encoded encoded(nlohmann::json{{"lambda_mode", "per_target"}});
        const TargetPredictor predictor(encoded.study(), encoded.scores, 1);
        // The second recording's rows are in another order than the features'.
        const auto found = predict(predictor, {0, 2, 1, 1}, {30});
        QCOMPARE(found.images.front(), std::string("image0"));
        QCOMPARE(found.images.back(), std::string("image39"));
        const auto rows = readNpyMatrix<float>(encoded.tiny.folder() / "responses/s2.npy", 2);
        for (std::size_t image = 0; image < 40; ++image)
            QCOMPARE(found.measured[image], static_cast<double>(rows(39 - static_cast<Eigen::Index>(image), 30)));
        QCOMPARE(std::set<int>(found.folds.begin(), found.folds.end()), (std::set<int>{0, 1, 2, 3}));
        double sum = 0;
        for (std::size_t fold = 0; fold < 4; ++fold) {
            const std::span measured(found.measured), predicted(found.predicted);
            const double r = correlate(measured.subspan(10 * fold, 10), predicted.subspan(10 * fold, 10)).r;
            QVERIFY(agree(found.foldScores[fold], r));
            QVERIFY(found.alphas[fold] >= 1 && found.alphas[fold] <= 1e4);
            sum += r;
        }
        QVERIFY(agree(found.score, sum / 4));
        QCOMPARE(found.joint, found.score);
    }

    void anAreaIsTheMeanOfItsTargets() {
        const Encoded encoded(nlohmann::json::object());
        const TargetPredictor predictor(encoded.study(), encoded.scores, 1);
        const EncodeUnit unit{0, 2, 1, 0};
        const auto area = predict(predictor, unit, {40, 5, 12}); // 5 does not vary: it has no score
        const auto first = predict(predictor, unit, {12}), second = predict(predictor, unit, {40});
        QCOMPARE(area.targets, 2);
        QVERIFY(agree(area.score, (first.score + second.score) / 2));
        for (std::size_t image = 0; image < area.images.size(); ++image) {
            QVERIFY(agree(area.measured[image], (first.measured[image] + second.measured[image]) / 2));
            QVERIFY(agree(area.predicted[image], (first.predicted[image] + second.predicted[image]) / 2));
        }
        QVERIFY(area.joint > area.score); // noise of single vertices averages out
    }

    void errorsAreThoseOfThePredictions() {
        for (const char* mode : {"global", "per_target"}) {
            const Encoded encoded(nlohmann::json{{"lambda_mode", mode}});
            const TargetPredictor predictor(encoded.study(), encoded.scores, 1);
            const EncodeUnit unit{0, 2, 1, 1};
            const std::vector<std::string> images{"image3", "image38", "image17", "elsewhere"};
            JobContext job;
            const auto bySign = predictor.errors(unit, images, ErrorKind::Signed, job);
            const auto bySize = predictor.errors(unit, images, ErrorKind::Absolute, job);
            QCOMPARE(bySign.size(), std::size_t{132});
            for (const std::size_t vertex : {0U, 77U, 131U}) {
                const auto found = predict(predictor, unit, {static_cast<int>(vertex)});
                double mean = 0, squares = 0, sign = 0, size = 0;
                for (const double value : found.measured)
                    mean += value / 40;
                for (const double value : found.measured)
                    squares += (value - mean) * (value - mean) / 40;
                for (const std::size_t image : {3U, 38U, 17U}) {
                    sign += (found.predicted[image] - found.measured[image]) / 3 / std::sqrt(squares);
                    size += std::abs(found.predicted[image] - found.measured[image]) / 3 / std::sqrt(squares);
                }
                QVERIFY(std::abs(static_cast<double>(bySign[vertex]) - sign) < 1e-5);
                QVERIFY(std::abs(static_cast<double>(bySize[vertex]) - size) < 1e-5);
            }
            QVERIFY_EXCEPTION_THROWN(
                (void)predictor.errors(unit, std::vector<std::string>{"elsewhere"}, ErrorKind::Signed, job),
                ValueError);
            std::stop_source stop;
            stop.request_stop();
            JobContext stopped(stop.get_token());
            QVERIFY_EXCEPTION_THROWN((void)predictor.errors(unit, images, ErrorKind::Signed, stopped), CancelledError);
        }
    }

    void unitsAreFoundByName() {
        const Encoded encoded(nlohmann::json::object());
        const TargetPredictor predictor(encoded.study(), encoded.scores, 1);
        QCOMPARE(predictor.find({"vit", 1000, "layer1", "m1"}).value(), (EncodeUnit{0, 2, 1, 2}));
        QVERIFY(!predictor.find({"vit", 999, "layer1", "m1"}));
        QVERIFY(!predictor.find({"other", 1000, "layer1", "m1"}));
        QVERIFY(!predictor.find({"vit", 1000, "layer9", "m1"}));
        QVERIFY(!predictor.find({"vit", 1000, "layer1", "s3"}));
    }

    void changedFilesAreNoticed() {
        const Encoded encoded(nlohmann::json::object());
        const auto file = encoded.tiny.folder() / "responses/s1.npy";
        auto values = readNpyMatrix<float>(file, 2);
        values(0, 0) += 1;
        writeNpy<float>(file, Shape{40, static_cast<std::size_t>(values.cols())},
                        std::span(values.data(), static_cast<std::size_t>(values.size())));
        QVERIFY(!TargetPredictor(encoded.study(), encoded.scores, 1).isCurrent());
    }

    void theStudyIsFound() {
        const Encoded encoded(nlohmann::json::object());
        QCOMPARE(findStudy(ScoreFile(encoded.scores)).file, encoded.tiny.file());
        // Elsewhere, beside parts that name it; then without them.
        const auto folder = encoded.tiny.folder() / "elsewhere";
        std::filesystem::create_directory(folder);
        std::filesystem::copy_file(encoded.scores, folder / "mine.h5");
        std::filesystem::create_directory(folder / "mine.parts");
        auto manifest = nlohmann::json::parse(std::ifstream(encoded.parts() / "manifest.json"));
        manifest["study"] = "../../study.json";
        std::ofstream(folder / "mine.parts/manifest.json") << manifest;
        QVERIFY(std::filesystem::equivalent(findStudy(ScoreFile(folder / "mine.h5")).file, encoded.tiny.file()));
        std::filesystem::remove_all(folder / "mine.parts");
        QVERIFY_EXCEPTION_THROWN((void)findStudy(ScoreFile(folder / "mine.h5")), NotFoundError);
        QCOMPARE(readStudyOf(ScoreFile(folder / "mine.h5"), encoded.tiny.file()).name, std::string("tiny"));

        auto other = nlohmann::json::parse(std::ifstream(encoded.tiny.file()));
        other["name"] = "another";
        std::ofstream(encoded.tiny.file()) << other;
        QVERIFY_EXCEPTION_THROWN((void)findStudy(ScoreFile(encoded.scores)), NotFoundError);
        QVERIFY_EXCEPTION_THROWN((void)readStudyOf(ScoreFile(encoded.scores), encoded.tiny.file()), ValueError);
    }

    void picturesAreFoundByName() {
        QTemporaryDir scratch;
        TinyStudy tiny(scratch.path().toStdString());
        QVERIFY(StudyImages(readStudy(tiny.file())).isEmpty());
        tiny.json["images"]["folder"] = "pictures";
        tiny.writeJson();
        QVERIFY(StudyImages(readStudy(tiny.file())).isEmpty());
        const auto folder = tiny.folder() / "pictures";
        std::filesystem::create_directory(folder);
        for (const char* name : {"image3.png", "image4", "image5.large.jpg"})
            std::ofstream(folder / name) << "x";
        const StudyImages images(readStudy(tiny.file()));
        QCOMPARE(images.fileOf("image3").value(), folder / "image3.png");
        QCOMPARE(images.fileOf("image3.png").value(), folder / "image3.png");
        QCOMPARE(images.fileOf("image4").value(), folder / "image4");
        QCOMPARE(images.fileOf("image5.large").value(), folder / "image5.large.jpg");
        QVERIFY(!images.fileOf("image5") && !images.fileOf("image99"));
    }
};

QTEST_GUILESS_MAIN(TargetPredictionTest)
#include "TargetPredictionTest.moc"
