#include "core/study/Repeats.h"

#include "core/base/Error.h"
#include "core/scores/NoiseCeiling.h"
#include "core/study/Encode.h"
#include "core/study/ScoreFile.h"
#include "tests/core/study/TinyStudy.h"
#include "tests/support/Expectations.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr float missingValue = std::numeric_limits<float>::quiet_NaN();

/// Images of the presentations: image i is shown 1 + i % 3 times, in rounds.
std::vector<int> presentations() {
    std::vector<int> images;
    for (int round = 0; round < 3; ++round)
        for (int image = 0; image < TinyStudy::imageCount; ++image)
            if (image % 3 >= round)
                images.push_back(image);
    return images;
}

/// Mean over the presentations of an image that are there.
float meanOf(const RowMatrix<float>& trials, const std::vector<int>& images, int image, Eigen::Index column) {
    double sum = 0;
    int count = 0;
    for (std::size_t row = 0; row < images.size(); ++row)
        if (const float value = trials(static_cast<Eigen::Index>(row), column);
            images[row] == image && !std::isnan(value)) {
            sum += static_cast<double>(value);
            ++count;
        }
    return static_cast<float>(sum / count);
}

} // namespace

class RepeatsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_scratch;
    std::unique_ptr<TinyStudy> m_tiny;
    RowMatrix<float> m_trials;

    [[nodiscard]] std::filesystem::path inResponses(const std::string& name) const {
        return m_tiny->folder() / "responses" / name;
    }
    void write(const std::string& name, const RowMatrix<float>& values) const {
        writeNpy<float>(inResponses(name),
                        {static_cast<std::size_t>(values.rows()), static_cast<std::size_t>(values.cols())},
                        {values.data(), static_cast<std::size_t>(values.size())});
    }
    /// The first recording with these responses and ids.
    void use(const std::string& responses, const std::string& images) {
        m_tiny->json["recordings"][0]["responses"] = "responses/" + responses;
        m_tiny->json["recordings"][0]["images"] = "responses/" + images;
        m_tiny->writeJson();
    }
    [[nodiscard]] std::filesystem::path encode(const std::string& name) const {
        const auto out = m_tiny->folder() / name;
        JobContext job;
        (void)encodeStudy(readStudy(m_tiny->file()), {.out = out, .threads = 1, .clean = false, .onUnit = {}}, job);
        return out;
    }

private Q_SLOTS:
    void init() {
        m_scratch = std::make_unique<ScratchFolder>();
        m_tiny = std::make_unique<TinyStudy>(m_scratch->path());
        const auto images = presentations();
        const auto once = readNpyMatrix<float>(inResponses("s1.npy"), 2);
        m_trials.resize(static_cast<Eigen::Index>(images.size()), once.cols());
        std::ofstream ids(inResponses("repeats.txt"));
        for (std::size_t row = 0; row < images.size(); ++row) {
            ids << "image" << images[row] << '\n';
            for (Eigen::Index column = 0; column < once.cols(); ++column)
                m_trials(static_cast<Eigen::Index>(row), column) =
                    once(images[row], column) +
                    std::sin(static_cast<float>(static_cast<int>(row) * 37 + static_cast<int>(column) * 11));
        }
        m_trials(45, 3) = missingValue; // shown before: the mean is over the others
        write("repeats.npy", m_trials);
    }

    void repeatsAreAveraged() {
        use("repeats.npy", "repeats.txt");
        const ScoreFile repeated(encode("repeated.h5"));
        const auto images = presentations();
        RowMatrix<float> means(TinyStudy::imageCount, m_trials.cols());
        std::ofstream ids(inResponses("means.txt"));
        for (int image = 0; image < TinyStudy::imageCount; ++image) {
            ids << "image" << image << '\n';
            for (Eigen::Index column = 0; column < means.cols(); ++column)
                means(image, column) = meanOf(m_trials, images, image, column);
        }
        ids.close();
        write("means.npy", means);
        use("means.npy", "means.txt");
        const ScoreFile averaged(encode("averaged.h5"));
        for (int step = 0; step < 3; ++step) {
            const auto one = repeated.layers(RecordingKind::Fmri, 0, step, 0);
            const auto other = averaged.layers(RecordingKind::Fmri, 0, step, 0);
            QCOMPARE(one.size(), other.size());
            for (Eigen::Index i = 0; i < one.size(); ++i)
                QVERIFY(one.data()[i] == other.data()[i] || (std::isnan(one.data()[i]) && std::isnan(other.data()[i])));
        }
        QCOMPARE(repeated.index().fmri[0].imageCount, TinyStudy::imageCount);
        QVERIFY(!averaged.ceiling(RecordingKind::Fmri, 0));
        QVERIFY(!repeated.ceiling(RecordingKind::Fmri, 1));
    }

    void theCeilingIsThatOfTheRepeats() {
        use("repeats.npy", "repeats.txt");
        const ScoreFile scores(encode("repeated.h5"));
        const auto found = scores.ceiling(RecordingKind::Fmri, 0);
        QVERIFY(found.has_value());
        RowMatrix<float> scored = m_trials;
        for (Eigen::Index d = 0; d < scored.cols(); ++d) {
            double sum = 0, squares = 0, count = 0;
            for (const float value : m_trials.col(d))
                if (!std::isnan(value)) {
                    sum += static_cast<double>(value);
                    ++count;
                }
            for (const float value : m_trials.col(d))
                squares += std::isnan(value) ? 0 : std::pow(static_cast<double>(value) - sum / count, 2);
            for (float& value : scored.col(d))
                value = static_cast<float>((static_cast<double>(value) - sum / count) / std::sqrt(squares / count));
        }
        const auto expected = noiseCeilingSnr(scored, presentations());
        // 14 images once, 13 twice, 13 thrice.
        const double repeats = 40 / (14 + 13.0 / 2 + 13.0 / 3);
        for (std::size_t d = 0; d < expected.size(); ++d) {
            QVERIFY(std::abs(static_cast<double>(found->ncsnr[d]) - expected[d]) < 1e-5);
            if (d != 3)
                QVERIFY(std::abs(static_cast<double>(found->ceiling[d]) - noiseCeiling(expected[d], repeats)) < 1e-5);
        }
    }

    void whatAMaskLeavesOutHasNoCeiling() {
        const auto vertices = static_cast<std::size_t>(m_tiny->vertexCount());
        std::vector<std::uint8_t> mask(vertices, 1);
        mask[1] = mask[7] = 0;
        writeNpy<std::uint8_t>(inResponses("mask.npy"), {vertices}, mask);
        m_tiny->json["recordings"][0]["mask"] = "responses/mask.npy";
        use("repeats.npy", "repeats.txt");
        const auto whole = readStudy(m_tiny->file());
        const auto ofWhole = repeatCeiling(whole, whole.recordings[0], joinRows(whole, whole.recordings[0]));
        RowMatrix<float> kept(m_trials.rows(), m_trials.cols() - 2);
        for (Eigen::Index column = 0, next = 0; column < m_trials.cols(); ++column)
            if (mask[static_cast<std::size_t>(column)] != 0)
                kept.col(next++) = m_trials.col(column);
        write("kept.npy", kept);
        use("kept.npy", "repeats.txt");
        const auto part = readStudy(m_tiny->file());
        const auto ofPart = repeatCeiling(part, part.recordings[0], joinRows(part, part.recordings[0]));
        QCOMPARE(ofWhole->ceiling.size(), vertices);
        for (std::size_t vertex = 0; vertex < vertices; ++vertex)
            QVERIFY(mask[vertex] == 0 ? std::isnan(ofWhole->ceiling[vertex]) && std::isnan(ofPart->ceiling[vertex])
                                      : ofWhole->ceiling[vertex] == ofPart->ceiling[vertex]);
    }

    void anImageThatIsNowhereThereIsNamed() {
        m_trials(0, 2) = missingValue; // image 0 is shown once
        write("repeats.npy", m_trials);
        use("repeats.npy", "repeats.txt");
        const auto message = messageFrom<ValueError>([&] { (void)encode("failed.h5"); });
        VERIFY_CONTAINS(message, "row 0, column 2");
        VERIFY_CONTAINS(message, "repeats.npy");
    }

    void anotherNumberOfRowsIsRefused() {
        write("repeats.npy", m_trials.topRows(m_trials.rows() - 1));
        use("repeats.npy", "repeats.txt");
        const auto study = readStudy(m_tiny->file());
        const auto message = messageFrom<ShapeError>(
            [&] { (void)repeatCeiling(study, study.recordings[0], joinRows(study, study.recordings[0])); });
        VERIFY_CONTAINS(message, std::to_string(presentations().size()) + " rows");
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)encode("failed.h5"));
    }
};

QTEST_GUILESS_MAIN(RepeatsTest)
#include "RepeatsTest.moc"
