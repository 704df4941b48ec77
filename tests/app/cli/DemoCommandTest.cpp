#include "core/scores/HalfTime.h"
#include "core/study/ScoreFile.h"
#include "tests/support/TestFiles.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using namespace brainlike;

namespace {

struct Outcome {
    int code = -1;
    QString output;
    QString errors;
};

/// Runs without any display.
Outcome run(const QStringList& arguments, const QString& folder) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(variable);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(QString::fromStdString(test::executable().string()), QStringList{"demo"} + arguments);
    if (!process.waitForFinished(280000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Width of a PNG, from its header; 0 if it is none.
quint32 pngWidth(const QByteArray& bytes) {
    if (!bytes.startsWith("\x89PNG\r\n\x1a\n") || bytes.size() < 24)
        return 0;
    return qFromBigEndian<quint32>(bytes.constData() + 16);
}

/// The group's scores of one model of the demo over its training.
SummaryCurves curvesOf(const ScoreFile& scores, std::string_view model) {
    const auto& models = scores.index().models;
    const auto found = std::ranges::find(models, model, &ScoredModel::id);
    return found == models.end() ? SummaryCurves{} : scores.summary(static_cast<int>(found - models.begin()));
}

/// Whether every number is larger than the one before it.
bool rises(const std::vector<double>& values) {
    return values.size() > 1 && std::ranges::adjacent_find(values, std::greater_equal<>()) == values.end();
}

/// Final scores and half-times of models, a list a metric, in the order of the models.
struct Findings {
    std::vector<double> fmri, meg, spatial, temporal;
    std::vector<double> fmriTime, spatialTime, temporalTime;
};

Findings findingsOf(const ScoreFile& scores, std::initializer_list<std::string_view> models) {
    Findings found;
    const auto& steps = scores.index().models.front().steps;
    for (const std::string_view model : models) {
        const SummaryCurves curves = curvesOf(scores, model);
        found.fmri.push_back(curves.encodingFmri.back());
        found.meg.push_back(curves.encodingMeg.back());
        found.spatial.push_back(curves.spatial.back());
        found.temporal.push_back(curves.temporal.back());
        found.fmriTime.push_back(halfTime(steps, curves.encodingFmri).step);
        found.spatialTime.push_back(halfTime(steps, curves.spatial).step);
        found.temporalTime.push_back(halfTime(steps, curves.temporal).step);
    }
    return found;
}

} // namespace

class DemoCommandTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_scratch;

    [[nodiscard]] QString place(const char* name) const { return m_scratch.filePath(name); }

private Q_SLOTS:
    void wrongUsageExitsWithTwo() {
        QCOMPARE(run({"--seed", "first"}, m_scratch.path()).code, 2);
        QCOMPARE(run({"--seed", "-1"}, m_scratch.path()).code, 2);
        QCOMPARE(run({"--threads", "0"}, m_scratch.path()).code, 2);
        QCOMPARE(run({"--no-window", "--progress", "song"}, m_scratch.path()).code, 2);
    }

    void unknownTemplateExitsWithOne() {
        const Outcome outcome =
            run({"--no-window", "--out", place("unknown"), "--template", "no-such-template"}, m_scratch.path());
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.errors.contains("no-such-template"));
        QVERIFY(!QFileInfo::exists(place("unknown")));
    }

    /// The whole demo: simulated, encoded, drawn; the second call finds all of it done.
    void withoutADisplayPicturesAreWritten() {
        const Outcome outcome = run({}, m_scratch.path());
        if (outcome.errors.contains("The template fsaverage5 was not found"))
            QSKIP("the fsaverage5 template is not installed (./run build fetches it)");
        QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
        QVERIFY(outcome.errors.contains("no display"));
        QCOMPARE(outcome.output.split('\n', Qt::SkipEmptyParts),
                 (QStringList{"brainlike-demo/study.json", "brainlike-demo/scores.h5", "brainlike-demo/demo-score.png",
                              "brainlike-demo/demo-best-layer.png"}));
        const QByteArray score = bytesOf(place("brainlike-demo/demo-score.png"));
        const QByteArray layer = bytesOf(place("brainlike-demo/demo-best-layer.png"));
        for (const QByteArray& picture : {score, layer}) {
            QVERIFY(pngWidth(picture) > 1000);
            QVERIFY(picture.contains("iTXtbrainlike")); // the recipe
        }
        QVERIFY(score != layer);

        const auto written = QFileInfo(place("brainlike-demo/scores.h5")).lastModified();
        const Outcome again = run({"--no-window", "--out", "brainlike-demo"}, m_scratch.path());
        QCOMPARE(again.code, 0);
        QCOMPARE(again.output, outcome.output);
        QCOMPARE(QFileInfo(place("brainlike-demo/scores.h5")).lastModified(), written);

        const Outcome other = run({"--no-window", "--out", "brainlike-demo", "--seed", "2"}, m_scratch.path());
        QCOMPARE(other.code, 1);
        QVERIFY(other.errors.contains("seed 1 instead of 2"));
    }

    /// Size, images and the order of the half-times, as in METHODS 9, in the demo that the test above encoded.
    void theDemoShowsThePapersFindings() {
        const std::string file = place("brainlike-demo/scores.h5").toStdString();
        if (!QFileInfo::exists(QString::fromStdString(file)))
            QSKIP("the demo was not encoded");
        const ScoreFile scores(file);

        const Findings sizes = findingsOf(scores, {"small", "base", "human", "giant"});
        QVERIFY(rises(sizes.fmri));
        QVERIFY(rises(sizes.meg));
        QVERIFY(rises(sizes.spatial));
        QVERIFY(rises(sizes.temporal));
        const Findings largestFirst = findingsOf(scores, {"giant", "human", "base", "small"});
        QVERIFY(rises(largestFirst.fmriTime));
        QVERIFY(rises(largestFirst.spatialTime));
        QVERIFY(rises(largestFirst.temporalTime));
        for (std::size_t i = 0; i < sizes.fmri.size(); ++i)
            QVERIFY(rises({sizes.temporalTime[i], sizes.fmriTime[i], sizes.spatialTime[i]}));

        const Findings images = findingsOf(scores, {"cellular", "satellite", "human"});
        QVERIFY(rises(images.fmri));
        QVERIFY(rises(images.meg));
        QVERIFY(rises(images.spatial));
        QVERIFY(rises(images.temporal));
    }
};

QTEST_GUILESS_MAIN(DemoCommandTest)
#include "DemoCommandTest.moc"
