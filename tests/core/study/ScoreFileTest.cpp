#include "core/study/ScoreFile.h"

#include "core/base/Error.h"
#include "core/study/Encode.h"
#include "core/study/GroupScores.h"
#include "core/study/LiveScores.h"
#include "tests/core/study/TinyStudy.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cmath>
#include <thread>

using namespace brainlike;
using brainlike::test::TinyStudy;

namespace {

/// NaN equals NaN.
bool same(float a, float b) {
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) || a == b ||
           (std::isnan(a) && std::isnan(b));
}

bool same(std::span<const float> a, std::span<const float> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) { return same(x, y); });
}

bool same(const RowMatrix<float>& a, const RowMatrix<float>& b) {
    return a.rows() == b.rows() && same(std::span(a.data(), static_cast<std::size_t>(a.size())),
                                        std::span(b.data(), static_cast<std::size_t>(b.size())));
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

} // namespace

class ScoreFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;
    std::filesystem::path m_file, m_copy;

    ErrorDetails openingFails() const {
        try {
            const ScoreFile file(m_copy);
        } catch (const FormatError& error) {
            return error.details();
        }
        return {};
    }
    std::vector<LayerScores> recordingsAt(const ScoreFile& file, int step) const {
        std::vector<LayerScores> recordings(2, LayerScores(3, m_tiny->vertexCount()));
        for (int recording = 0; recording < 2; ++recording)
            for (int layer = 0; layer < 3; ++layer) {
                const auto values = file.fmriScore(0, step, layer, recording).value();
                std::copy(values.begin(), values.end(),
                          recordings[static_cast<std::size_t>(recording)].row(layer).data());
            }
        return recordings;
    }

private Q_SLOTS:
    void initTestCase() {
        m_tiny = std::make_unique<TinyStudy>(m_scratch.path().toStdString());
        m_file = m_tiny->folder() / "scores.h5";
        m_copy = m_tiny->folder() / "copy.h5";
        JobContext job;
        (void)encodeStudy(readStudy(m_tiny->file()), {.out = m_file, .threads = 2, .onUnit = {}}, job);
    }
    void init() { std::filesystem::copy_file(m_file, m_copy, std::filesystem::copy_options::overwrite_existing); }

    void theIndexIsTheStudys() {
        const ScoreFile file(m_file);
        const auto& index = file.index();
        QCOMPARE(index.studyName, std::string("tiny"));
        QCOMPARE(index.vertexCounts, (VertexCounts{66, 66}));
        QCOMPARE(index.models.size(), std::size_t{1});
        QCOMPARE(index.models[0].label, std::string("A model"));
        QCOMPARE(index.models[0].imageType, std::string("natural"));
        QCOMPARE(index.models[0].batchSize.value(), 64.0);
        QVERIFY(!index.models[0].parameters.has_value());
        QCOMPARE(index.models[0].steps, (std::vector<std::int64_t>{0, 100, 1000}));
        QCOMPARE(index.models[0].layerDepths, (std::vector<double>{0, 0.5, 1}));
        QCOMPARE(index.fmri.size(), std::size_t{2});
        QCOMPARE(index.fmri[1].id, std::string("s2"));
        QCOMPARE(index.fmri[1].subject, std::string("two"));
        QCOMPARE(index.fmri[1].imageCount, TinyStudy::imageCount);
        QCOMPARE(index.meg[0].id, std::string("m1"));
        QCOMPARE(index.channelNames, (std::vector<std::string>{"A", "B", "C", "D"}));
        QCOMPARE(index.channelPositions[3][2], 0.05);
        QCOMPARE(index.times.size(), std::size_t{6});
        QVERIFY(file.study() == m_tiny->json);
        QVERIFY(file.isComplete());
    }

    void groupScoresAreTheFunctionsOfTheRecordings() {
        const ScoreFile file(m_file);
        for (int step = 0; step < 3; ++step) {
            const auto recordings = recordingsAt(file, step);
            const auto maps = groupMaps(recordings, TinyStudy::imageCount);
            const auto best = bestLayerMap(maps.mean, recordings);
            for (int layer = 0; layer < 3; ++layer) {
                const auto row = [layer](const RowMatrix<float>& map) {
                    return std::span(map.row(layer).data(), static_cast<std::size_t>(map.cols()));
                };
                QVERIFY(same(file.fmriMean(0, step, layer).value(), row(maps.mean)));
                QVERIFY(same(file.fmriQ(0, step, layer).value(), row(maps.q)));
            }
            QCOMPARE(file.fmriBestLayer(0, step)->layer, best.layer);
            QVERIFY(same(file.fmriBestLayer(0, step)->score, best.score));
            QVERIFY(same(file.fmriBestLayer(0, step)->margin, best.margin));
            QVERIFY(same(file.fmriBestLayer(0, step)->agreement, best.agreement));
            QVERIFY(same(file.fmriVertex(0, 100).mean.row(step), maps.mean.col(100).transpose()));
            QVERIFY(same(file.fmriVertex(0, 100).sem.row(step), maps.sem.col(100).transpose()));
        }
    }

    void whatWasPlantedIsFound() {
        const ScoreFile file(m_file);
        const auto curves = file.summary(0);
        QVERIFY(curves.encodingFmri[2] > 0.5 && curves.encodingFmri[2] > curves.encodingFmri[0] + 0.2);
        QVERIFY(curves.encodingMeg[2] > curves.encodingMeg[0] + 0.2);
        QVERIFY(curves.spatial[2] > 0.7);
        QVERIFY(curves.temporal[2] > 0.9);
    }

    void liveScoresEndAsTheFile() {
        const ScoreFile file(m_file);
        const Study study = readStudy(m_tiny->file());
        LiveScores live(study, m_file);
        JobContext job;
        (void)encodeStudy(
            study, {.out = m_file, .threads = 2, .onUnit = [&](const EncodeUnit& unit) { live.notifyUnit(unit); }},
            job);
        QVERIFY(live.isComplete());
        QCOMPARE(live.index().models[0].layerNames, file.index().models[0].layerNames);
        QCOMPARE(live.index().vertexCounts, file.index().vertexCounts);
        for (int step = 0; step < 3; ++step) {
            for (int layer = 0; layer < 3; ++layer) {
                QVERIFY(same(live.fmriMean(0, step, layer).value(), file.fmriMean(0, step, layer).value()));
                QVERIFY(same(live.fmriQ(0, step, layer).value(), file.fmriQ(0, step, layer).value()));
                QVERIFY(same(live.fmriScore(0, step, layer, 1).value(), file.fmriScore(0, step, layer, 1).value()));
            }
            QCOMPARE(live.fmriBestLayer(0, step)->layer, file.fmriBestLayer(0, step)->layer);
            QVERIFY(same(live.fmriBestLayer(0, step)->agreement, file.fmriBestLayer(0, step)->agreement));
            QVERIFY(same(live.megTimeCourses(0, step)->mean, file.megTimeCourses(0, step)->mean));
            QVERIFY(same(live.megTimeCourses(0, step)->sem, file.megTimeCourses(0, step)->sem));
        }
        const std::vector<int> channels{0, 2};
        QVERIFY(same(live.megCoursesOf(0, 1, channels)->sem, file.megCoursesOf(0, 1, channels)->sem));
        QCOMPARE(live.megTimeCourses(0, 1)->highest, file.megTimeCourses(0, 1)->highest);
        QVERIFY(same(live.megSensors(0, 1, 2)->mean, file.megSensors(0, 1, 2)->mean));
        QVERIFY(same(live.megSensors(0, 1, 2)->q, file.megSensors(0, 1, 2)->q));
        QVERIFY(
            same(live.megRecordingCourses(0, 1, 0, channels)->mean, file.megRecordingCourses(0, 1, 0, channels)->mean));
        QVERIFY(same(live.megRecordingSensors(0, 1, 2, 0)->mean, file.megRecordingSensors(0, 1, 2, 0)->mean));
        QVERIFY(same(live.megRecordingSensors(0, 1, 2, 0)->q, file.megRecordingSensors(0, 1, 2, 0)->q));
        QVERIFY(same(live.fmriVertex(0, 5).mean, file.fmriVertex(0, 5).mean));
        QVERIFY(same(live.fmriVertex(0, 77).sem, file.fmriVertex(0, 77).sem));
        const auto expected = file.summary(0);
        const auto found = live.summary(0);
        QVERIFY(same(found.encodingFmri, expected.encodingFmri));
        QVERIFY(same(found.encodingMeg, expected.encodingMeg));
        QVERIFY(same(found.spatial, expected.spatial));
        QVERIFY(same(found.temporal, expected.temporal));
    }

    /// One subject's: the mean over channels of its own R, without an SEM, and p of r over its images.
    void recordingsHaveTheirOwnCourses() {
        const ScoreFile file(m_file);
        for (int recording = 0; recording < static_cast<int>(file.index().meg.size()); ++recording) {
            const RowMatrix<float> own = file.layers(RecordingKind::Meg, 0, 1, recording);
            const TimeCourses courses = *file.megRecordingCourses(0, 1, recording, {});
            const SensorScores sensors = *file.megRecordingSensors(0, 1, 2, recording);
            const auto times = static_cast<Eigen::Index>(file.index().times.size());
            const auto channels = static_cast<Eigen::Index>(file.index().channelNames.size());
            QCOMPARE(courses.mean.cols(), times);
            QCOMPARE(sensors.mean.rows(), channels);
            for (Eigen::Index time = 0; time < times; ++time) {
                double sum = 0;
                for (Eigen::Index channel = 0; channel < channels; ++channel) {
                    sum += static_cast<double>(own(2, channel * times + time));
                    QCOMPARE(sensors.mean(channel, time), own(2, channel * times + time));
                }
                QVERIFY(std::abs(static_cast<double>(courses.mean(2, time)) - sum / static_cast<double>(channels)) <
                        1e-6);
                QVERIFY(std::isnan(courses.sem(2, time)));
            }
            const int images = file.index().meg[static_cast<std::size_t>(recording)].imageCount;
            const LayerScores row = own.row(2);
            const RowMatrix<float> expected = groupMaps({&row, 1}, images).q;
            QVERIFY(std::equal(expected.data(), expected.data() + expected.size(), sensors.q.data()));
        }
    }

    void chosenChannelsAreAveraged() {
        const ScoreFile file(m_file);
        const RowMatrix<float> sensors = file.megSensors(0, 1, 2)->mean;
        QCOMPARE(sensors.rows(), static_cast<Eigen::Index>(file.index().channelNames.size()));
        QCOMPARE(sensors.cols(), static_cast<Eigen::Index>(file.index().times.size()));
        const TimeCourses chosen = *file.megCoursesOf(0, 1, std::vector<int>{0, 2});
        for (Eigen::Index time = 0; time < sensors.cols(); ++time) {
            const float mean = (sensors(0, time) + sensors(2, time)) / 2;
            QVERIFY(std::abs(chosen.mean(2, time) - mean) < 1e-6F);
        }
        const TimeCourses all = *file.megTimeCourses(0, 1);
        QVERIFY(all.highest >= sensors.maxCoeff() && all.lowest <= sensors.minCoeff());
        QCOMPARE(chosen.highest, all.highest);
        QVERIFY_EXCEPTION_THROWN((void)file.megCoursesOf(0, 1, std::vector<int>{0, 99}), ValueError);
    }

    void liveScoresFillIn() {
        const Study study = readStudy(m_tiny->file());
        LiveScores live(study, m_file);
        QVERIFY(!live.fmriMean(0, 2, 1) && !live.fmriBestLayer(0, 2) && !live.megTimeCourses(0, 2));
        QVERIFY(!live.megSensors(0, 2, 1));
        QVERIFY(std::isnan(live.summary(0).spatial[2]));
        QVERIFY(live.fmriVertex(0, 3).mean.array().isNaN().all());
        live.notifyUnit({0, 2, 1, 0});
        QVERIFY(live.fmriScore(0, 2, 1, 0) && !live.fmriScore(0, 2, 1, 1) && !live.fmriMean(0, 2, 1));
        live.notifyUnit({0, 2, 1, 1});
        QVERIFY(live.fmriMean(0, 2, 1) && live.fmriQ(0, 2, 1) && !live.fmriBestLayer(0, 2));
        const auto vertex = live.fmriVertex(0, 3).mean;
        QVERIFY(std::isfinite(vertex(2, 1)) && std::isnan(vertex(2, 0)) && std::isnan(vertex(1, 1)));
        for (const int layer : {0, 2})
            for (const int recording : {0, 1})
                live.notifyUnit({0, 2, layer, recording});
        QVERIFY(live.fmriBestLayer(0, 2) && !live.megTimeCourses(0, 2));
        for (const int layer : {0, 1, 2})
            live.notifyUnit({0, 2, layer, 2});
        QVERIFY(live.megTimeCourses(0, 2));
        QVERIFY(std::isfinite(live.summary(0).spatial[2]) && std::isfinite(live.summary(0).temporal[2]));
        QVERIFY(std::isnan(live.summary(0).encodingFmri[1]));
        QVERIFY(!live.isComplete());
    }

    void severalThreadsMayRead() {
        const ScoreFile file(m_file);
        const auto expected = file.fmriMean(0, 1, 1).value();
        std::atomic<int> differing = 0;
        {
            std::vector<std::jthread> readers;
            for (int i = 0; i < 4; ++i)
                readers.emplace_back([&] {
                    for (int round = 0; round < 20; ++round)
                        differing +=
                            same(file.fmriMean(0, 1, 1).value(), expected) && file.megTimeCourses(0, 1) ? 0 : 1;
                });
        }
        QCOMPARE(differing.load(), 0);
    }

    void foreignFilesAreRefused() {
        std::ofstream(m_copy) << "no HDF5 at all";
        QVERIFY_EXCEPTION_THROWN(ScoreFile{m_copy}, FileError);
        QVERIFY_EXCEPTION_THROWN(ScoreFile{m_copy.string() + ".none"}, NotFoundError);
        Hdf5File::create(m_copy).close();
        auto failure = openingFails();
        QCOMPARE(failure.place, std::string("/ attribute format"));
        QCOMPARE(failure.expected, std::string("brainlike-scores"));
    }

    void anotherVersionIsRefused() {
        auto copy = Hdf5File::openReadWrite(m_copy);
        copy.writeAttribute<std::int64_t>("/", "version", 2);
        copy.close();
        QCOMPARE(openingFails().found, std::string("2"));
    }

    void damagedStudiesAreRefused() {
        for (const char* text : {"{", "[]"}) {
            auto copy = Hdf5File::openReadWrite(m_copy);
            copy.writeStringAttribute("/", "study", text);
            copy.close();
            QCOMPARE(openingFails().place, std::string("/ attribute study"));
        }
    }

    void shapesThatDoNotFitAreNamed() {
        auto copy = Hdf5File::openReadWrite(m_copy);
        copy.write<std::int64_t>("/recordings/s1/vertex_counts", {2}, std::vector<std::int64_t>{66, 65});
        copy.close();
        const auto failure = openingFails();
        QCOMPARE(failure.place, std::string("/fmri/vit/score"));
        QCOMPARE(failure.expected, std::string("[3 × 2 × 3 × 131]"));
        QCOMPARE(failure.found, std::string("float32 [3 × 2 × 3 × 132]"));
    }

    void truncatedFilesAreAnError() {
        std::filesystem::resize_file(m_copy, std::filesystem::file_size(m_copy) / 2);
        QVERIFY_EXCEPTION_THROWN(ScoreFile{m_copy}, Error);
    }
};

QTEST_GUILESS_MAIN(ScoreFileTest)
#include "ScoreFileTest.moc"
