#include "core/session/Comparison.h"
#include "core/session/StackEdit.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeScores.h"
#include "tests/support/PanelFixture.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/NumberText.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;

/// A cortex that compares, over scores from formulas.
struct Compared {
    std::shared_ptr<FakeScores> source;
    JobRunner runner;
    ScoreData data{runner};
    SelectionModel selection;
    CortexWidget widget{selection, data};

    explicit Compared(const Difference& difference = {}, FakeScoresOptions options = {}) {
        const int count = sphere(rounds).vertexCount();
        options.vertices = {count, count};
        options.layers = 6;
        source = std::make_shared<FakeScores>(options);
        Selection first;
        first.model = "model-1";
        first.step = 1000000;
        first.isCompared = true;
        first.difference = difference;
        selection.apply(first);
        widget.resize(900, 640);
        widget.show();
        data.setSource(source);
    }
    [[nodiscard]] bool isReady() const { return widget.geometry() && widget.headings().size() == 3; }
    [[nodiscard]] std::vector<float> best(int model, int step) const {
        return source->fmriBestLayer(model, step)->score;
    }
    [[nodiscard]] double valueIn(int column, int vertex) const {
        return widget.shownValue({Hemisphere::Left, vertex}, column).value_or(std::nan(""));
    }
    /// A vertex whose pixel in a column picks that very vertex.
    [[nodiscard]] VertexId clickableIn(int column) const {
        for (int index = 1; index < source->index().vertexCounts.left; index += 3) {
            const auto at = widget.positionOfVertex({Hemisphere::Left, index}, column);
            if (at && widget.vertexAt(at->toPoint()) == VertexId{Hemisphere::Left, index})
                return {Hemisphere::Left, index};
        }
        throw std::logic_error("no vertex is seen");
    }
    void dragBar(int map, double from, double to) {
        const QRectF band = widget.colorBarBand(map);
        const auto at = [&](double share) {
            return QPointF(band.center().x(), band.bottom() - share * band.height()).toPoint();
        };
        QTest::mousePress(&widget, Qt::LeftButton, Qt::NoModifier, at(from));
        for (const double share : {0.5, 1.0})
            drag(widget, at(from + share * (to - from)));
        QTest::mouseRelease(&widget, Qt::LeftButton, Qt::NoModifier, at(to));
    }
};

} // namespace

class CortexComparisonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void showsThreeColumns();
    void allColumnsFollowTheStep();
    void switchesOnAndOffAndIsUndone();
    void picksInEveryColumn();
    void columnsTurnTogether();
    void readsAllThreeValues();
    void headingsSayWhatDiffers_data();
    void headingsSayWhatDiffers();
    void sidesShareOneScale();
    void theDifferenceHasItsOwnColours();
    void differencesAreComparedAsScores();
    void saysWhyThereIsNoOther_data();
    void saysWhyThereIsNoOther();
    void saysWhatIsNotComputed();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CortexComparisonTest::initTestCase() {
    m_folder = std::make_unique<QTemporaryDir>();
    const std::filesystem::path root = m_folder->path().toStdString();
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    for (const char* side : {"lh", "rh"})
        writeFreeSurferMap(root / "fake/surf" / (std::string(side) + ".sulc"),
                           std::vector<float>(static_cast<std::size_t>(mesh.vertexCount()), 0.5F));
    writeAnnotations(root / "fake/label", "HCP-MMP1", mesh.vertexCount());
    qputenv("BRAINLIKE_TEMPLATES", m_folder->path().toUtf8());
}

void CortexComparisonTest::showsThreeColumns() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    QCOMPARE(bench.widget.headings(), (QStringList{"A · step 1,000,000", "B · untrained", "A − B"}));
    const auto a = bench.best(0, 7), b = bench.best(0, 0);
    for (const int vertex : {1, 17, 400}) {
        const auto place = static_cast<std::size_t>(vertex);
        QCOMPARE(bench.valueIn(0, vertex), double(a[place]));
        QCOMPARE(bench.valueIn(1, vertex), double(b[place]));
        QCOMPARE(float(bench.valueIn(2, vertex)), a[place] - b[place]);
    }
    QVERIFY2(bench.widget.title().contains("A: step 1,000,000 | B: untrained"), qPrintable(bench.widget.title()));
    for (int column = 0; column < 3; ++column)
        QCOMPARE(bench.widget.missingIn(column), QString());
    QCOMPARE(bench.widget.colorBars().bars.size(), std::size_t{2});
    QCOMPARE(bench.widget.colorBar(firstMapId)->title, QStringLiteral("A, B · R (Pearson)"));
    QCOMPARE(bench.widget.colorBar(differenceMapId)->title, QStringLiteral("A − B · ΔR (Pearson)"));
    const ColorScale& scale = *bench.widget.colorBar(differenceMapId)->scale;
    QCOMPARE(scale.low, -scale.high); // zero in the middle
    // Columns stand beside each other, A leftmost.
    const VertexId vertex = bench.clickableIn(0);
    QVERIFY(bench.widget.positionOfVertex(vertex, 0)->x() < bench.widget.positionOfVertex(vertex, 1)->x());
    QVERIFY(bench.widget.positionOfVertex(vertex, 1)->x() < bench.widget.positionOfVertex(vertex, 2)->x());
}

void CortexComparisonTest::allColumnsFollowTheStep() {
    Compared bench({DifferenceBase::PreviousStep});
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& next) { next.step = 70000; });
    QTRY_COMPARE(bench.widget.headings(), (QStringList{"A · step 70,000", "B · step 20,000", "A − B"}));
    const auto a = bench.best(0, 4), b = bench.best(0, 3);
    QCOMPARE(bench.valueIn(0, 17), double(a[17]));
    QCOMPARE(bench.valueIn(1, 17), double(b[17]));
    QCOMPARE(float(bench.valueIn(2, 17)), a[17] - b[17]);
}

void CortexComparisonTest::switchesOnAndOffAndIsUndone() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& next) { next.isCompared = false; });
    QTRY_VERIFY(bench.widget.headings().isEmpty());
    QVERIFY(!bench.widget.colorBar(differenceMapId));
    QVERIFY(!bench.widget.shownValue({Hemisphere::Left, 17}, 1));
    QCOMPARE(bench.widget.colorBar()->title, QStringLiteral("R (Pearson)"));
    bench.selection.undo();
    QTRY_VERIFY(bench.isReady());
    QCOMPARE(bench.valueIn(1, 17), double(bench.best(0, 0)[17]));
}

void CortexComparisonTest::picksInEveryColumn() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    for (int column = 0; column < 3; ++column) {
        bench.selection.edit([](Selection& next) { next.vertex.reset(); });
        const VertexId vertex = bench.clickableIn(column);
        QTest::mouseClick(&bench.widget, Qt::LeftButton, Qt::NoModifier,
                          bench.widget.positionOfVertex(vertex, column)->toPoint());
        QCOMPARE(bench.selection.selection().vertex, std::optional(vertex));
    }
}

void CortexComparisonTest::columnsTurnTogether() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& next) { next.linkedCameras = false; });
    const VertexId vertex = bench.clickableIn(0);
    const auto apart = [&] {
        return *bench.widget.positionOfVertex(vertex, 1) - *bench.widget.positionOfVertex(vertex, 0);
    };
    const QPointF before = apart();
    const QPointF at = *bench.widget.positionOfVertex(vertex, 1);
    QTest::mousePress(&bench.widget, Qt::LeftButton, Qt::NoModifier, at.toPoint());
    for (const int moved : {10, 20})
        drag(bench.widget, at + QPointF(moved, 0));
    QTest::mouseRelease(&bench.widget, Qt::LeftButton, Qt::NoModifier, (at + QPointF(20, 0)).toPoint());
    QVERIFY(bench.widget.positionOfVertex(vertex, 1).has_value());
    QVERIFY((*bench.widget.positionOfVertex(vertex, 1) - at).manhattanLength() > 0.5);
    QVERIFY((apart() - before).manhattanLength() < 1e-6);
}

void CortexComparisonTest::readsAllThreeValues() {
    Compared bench({DifferenceBase::Model, "model-2"});
    QTRY_VERIFY(bench.isReady());
    const auto a = bench.best(0, 7), b = bench.best(1, 7);
    const QString wanted =
        QString("A R %1 · B R %2 · A − B ΔR %3")
            .arg(scoreText(double(a[400])), scoreText(double(b[400])), scoreText(double(a[400] - b[400])));
    QCOMPARE(bench.widget.describeComparison({Hemisphere::Left, 400}), wanted);
    const VertexId vertex = bench.clickableIn(2);
    hover(bench.widget, *bench.widget.positionOfVertex(vertex, 2));
    auto* overlay = static_cast<CortexOverlay*>(bench.widget.findChild<QWidget*>("cortexOverlay"));
    QTRY_VERIFY(overlay->hoverText().endsWith(bench.widget.describeComparison(vertex)));
}

void CortexComparisonTest::headingsSayWhatDiffers_data() {
    QTest::addColumn<int>("base");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("headings");
    const auto row = [](const char* tag, DifferenceBase base, const char* name, const QStringList& headings) {
        QTest::newRow(tag) << static_cast<int>(base) << QString(name) << headings;
    };
    row("model", DifferenceBase::Model, "model-2", {"A · Simulated ViT", "B · Simulated ViT, satellite", "A − B"});
    row("layer", DifferenceBase::Layer, "block_02", {"A · best of 6 layers", "B · block_02 (layer 2 of 6)", "A − B"});
    row("subject", DifferenceBase::Subject, "fmri-S2", {"A · mean of 3 subjects", "B · subject S2", "A − B"});
    row("step", DifferenceBase::Step, "", {"A · step 1,000,000", "B · step 5,000", "A − B"});
}

void CortexComparisonTest::headingsSayWhatDiffers() {
    QFETCH(int, base);
    QFETCH(QString, name);
    Compared bench({static_cast<DifferenceBase>(base), name.toStdString(), 5000});
    QTRY_VERIFY(bench.isReady());
    QTEST(bench.widget.headings(), "headings");
    const auto other = otherSide(bench.selection.selection(), bench.source->index());
    QVERIFY(other && std::isfinite(bench.valueIn(1, 17)));
    QVERIFY(std::abs(bench.valueIn(0, 17) - bench.valueIn(1, 17) - bench.valueIn(2, 17)) < 1e-6);
}

void CortexComparisonTest::sidesShareOneScale() {
    Compared bench({DifferenceBase::Model, "model-2"});
    QTRY_VERIFY(bench.isReady());
    for (const MapKind kind : {MapKind::TValue, MapKind::BestLayer, MapKind::HalfTime}) {
        bench.selection.edit([kind](Selection& next) { showMap(next, kind); });
        QTRY_VERIFY(bench.widget.mapColors().contains(firstMapId) &&
                    bench.widget.mapColors().at(firstMapId).kind == kind);
        QCOMPARE(bench.widget.colorBars().bars.size(), std::size_t{2});
        QVERIFY(bench.widget.colorBar(firstMapId)->title.startsWith("A, B"));
        QCOMPARE(bench.widget.headings().at(2), QStringLiteral("A − B · scores"));
    }
    bench.selection.edit([](Selection& next) {
        showMap(next, MapKind::Score);
        next.rangeRule = RangeRule::Map;
    });
    QTRY_VERIFY(bench.widget.mapColors().at(firstMapId).kind == MapKind::Score);
    double high = 0;
    for (int model = 0; model < 2; ++model)
        for (const float value : bench.best(model, 7))
            high = std::max(high, double(value));
    QTRY_COMPARE(bench.widget.mapColors().at(firstMapId).scale.high, high);
}

void CortexComparisonTest::theDifferenceHasItsOwnColours() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    const double before = bench.widget.colorBar(firstMapId)->scale->high;
    const double high = bench.widget.colorBar(differenceMapId)->scale->high;
    bench.dragBar(differenceMapId, 1, 0.8);
    const Selection& selection = bench.selection.selection();
    QVERIFY(selection.otherColors.contains(MapKind::Difference));
    QVERIFY(selection.otherColors.at(MapKind::Difference).range->high < high);
    QVERIFY(!selection.range);
    QTRY_VERIFY(bench.widget.colorBar(differenceMapId)->scale->high < high);
    QCOMPARE(bench.widget.colorBar(firstMapId)->scale->high, before);
    bench.dragBar(firstMapId, 1, 0.7);
    QVERIFY(bench.selection.selection().range->high < before);
    QTRY_VERIFY(bench.widget.colorBar(firstMapId)->scale->high < before);
}

void CortexComparisonTest::differencesAreComparedAsScores() {
    Compared bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& next) { showMap(next, MapKind::Difference); });
    QTRY_VERIFY(bench.isReady());
    QTRY_COMPARE(bench.valueIn(0, 17), double(bench.best(0, 7)[17]));
    QCOMPARE(bench.widget.colorBar(firstMapId)->title, QStringLiteral("A, B · R (Pearson)"));
    bench.dragBar(firstMapId, 1, 0.7);
    QVERIFY(!bench.selection.selection().range);
    QVERIFY(bench.selection.selection().otherColors.at(MapKind::Score).range);
}

void CortexComparisonTest::saysWhyThereIsNoOther_data() {
    QTest::addColumn<int>("base");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing before") << static_cast<int>(DifferenceBase::PreviousStep)
                                    << static_cast<int>(MapKind::Score)
                                    << "Nothing to compare with: no checkpoint before untrained.";
    QTest::newRow("half-times of one model")
        << static_cast<int>(DifferenceBase::FirstStep) << static_cast<int>(MapKind::HalfTime)
        << "A half-time is of the whole training: all checkpoints have the same "
           "one. Compare models, layers or subjects.";
}

void CortexComparisonTest::saysWhyThereIsNoOther() {
    QFETCH(int, base);
    QFETCH(int, kind);
    Compared bench({static_cast<DifferenceBase>(base)});
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([kind](Selection& next) {
        next.step = 0;
        showMap(next, static_cast<MapKind>(kind));
    });
    QFETCH(QString, words);
    QTRY_COMPARE(bench.widget.missingIn(1), words);
    QVERIFY(!bench.widget.shownValue({Hemisphere::Left, 17}, 1));
    QCOMPARE(int(bench.widget.shownColor({Hemisphere::Left, 17}, 1).a), 0); // no stale picture
    QCOMPARE(bench.widget.missingIn(0), QString());
}

void CortexComparisonTest::saysWhatIsNotComputed() {
    FakeScoresOptions options;
    options.missing = {0};
    Compared bench({}, options);
    QTRY_VERIFY(bench.isReady());
    QCOMPARE(bench.widget.missingIn(0), QString());
    QCOMPARE(bench.widget.missingIn(1), QStringLiteral("Not computed yet"));
    QCOMPARE(bench.widget.missingIn(2), QStringLiteral("Not computed yet"));
    bench.source->setMissing({});
    bench.data.noteArrival();
    QTRY_COMPARE(bench.widget.missingIn(1), QString());
    QCOMPARE(bench.valueIn(1, 17), double(bench.best(0, 0)[17]));
}

int main(int count, char** arguments) {
    prepareGraphics();
    QApplication application(count, arguments);
    CortexComparisonTest test;
    return QTest::qExec(&test, count, arguments);
}

#include "CortexComparisonTest.moc"
