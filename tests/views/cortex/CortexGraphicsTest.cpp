#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/Theme.h"

#include <QApplication>
#include <QOpenGLContext>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;
constexpr int patience = 30000; ///< ms
const QSize pictureSize(900, 640);

/// A top-level window with nothing but a panel in it.
class Holder : public QWidget {
public:
    Holder() {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        resize(pictureSize);
    }
    void take(QWidget* panel) {
        layout()->addWidget(panel);
        panel->show();
        show();
    }
    /// Another window of the system for this one.
    void makeAnew() {
        destroy();
        create();
        show();
    }
};

/// A cortex of which nothing is as it is at first: turned, enlarged, with a pick, chosen areas and a threshold.
struct Fixture {
    std::shared_ptr<FakeScores> source;
    JobRunner runner;
    ScoreData data{runner};
    SelectionModel selection;
    Holder first, second;
    CortexWidget* widget = new CortexWidget(selection, data);

    Fixture() {
        FakeScoresOptions options;
        const int count = sphere(rounds).vertexCount();
        options.vertices = {count, count};
        options.layers = 6;
        source = std::make_shared<FakeScores>(options);
        Selection start;
        start.model = source->index().models.front().id;
        start.step = options.steps.back();
        start.threshold = 0.01;
        start.regions.areas = {"V1"};
        start.regions.outlined = OutlineSet::ChosenAreas;
        start.cameraPreset = "lateral";
        selection.apply(start);
        first.take(widget);
        data.setSource(source);
    }
    [[nodiscard]] CortexCanvas* canvas() const { return widget->findChild<CortexCanvas*>(); }
    [[nodiscard]] bool isStill() const { return widget->geometry() && widget->colorBar() && canvas()->isSettled(); }
    [[nodiscard]] QImage picture() const { return widget->grab().toImage(); }
    /// A vertex whose pixel picks that very vertex.
    [[nodiscard]] VertexId clickable(int after) const {
        for (int index = after; index < source->index().vertexCounts.left; ++index)
            if (const auto at = widget->positionOfVertex({Hemisphere::Left, index}))
                if (widget->vertexAt(at->toPoint()) == VertexId{Hemisphere::Left, index})
                    return {Hemisphere::Left, index};
        throw std::logic_error("no vertex is seen");
    }
    void click(VertexId vertex) const {
        QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, widget->positionOfVertex(vertex)->toPoint());
    }
    void turnAndEnlarge() const {
        const QPoint at = widget->positionOfVertex(clickable(1))->toPoint();
        QTest::mousePress(widget, Qt::LeftButton, Qt::NoModifier, at);
        QTest::mouseMove(widget, at + QPoint(25, 10));
        QTest::mouseRelease(widget, Qt::LeftButton, Qt::NoModifier, at + QPoint(25, 10));
        canvas()->scene().view().zoom({200, 300}, 1.3);
        widget->pickNeighbor(1, 0);
    }
};

} // namespace

class CortexGraphicsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const std::filesystem::path root = m_folder.path().toStdString();
        const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
        writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
        for (const char* side : {"lh", "rh"})
            writeFreeSurferMap(root / "fake/surf" / (std::string(side) + ".sulc"),
                               std::vector<float>(static_cast<std::size_t>(mesh.vertexCount()), 0.5F));
        writeAnnotations(root / "fake/label", "HCP-MMP1", mesh.vertexCount());
        qputenv("BRAINLIKE_TEMPLATES", m_folder.path().toUtf8());
        QApplication::setPalette(Theme::lightPalette());
    }

    void cleanup() {
        QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
        qunsetenv("BRAINLIKE_RENDERER");
    }

    void losesNothing_data() {
        QTest::addColumn<QString>("renderer");
        QTest::addColumn<QString>("event");
        QTest::addColumn<bool>("isContextLost");
        for (const char* renderer : {"processor", "opengl"})
            for (const auto& [event, isContextLost] : {std::pair("moves to another window", false),
                                                       {"its context is lost", true},
                                                       {"its window is made anew", false},
                                                       {"is hidden and shown", false}})
                QTest::addRow("%s, %s", renderer, event) << renderer << event << isContextLost;
    }

    void losesNothing() {
        QFETCH(QString, renderer);
        QFETCH(QString, event);
        QFETCH(bool, isContextLost);
        qputenv("BRAINLIKE_RENDERER", renderer.toUtf8());
        Fixture cortex;
        QTRY_VERIFY_WITH_TIMEOUT(cortex.isStill(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!cortex.widget->lines().empty(), patience);
        const QImage untouched = cortex.picture();
        cortex.click(cortex.clickable(100));
        cortex.turnAndEnlarge();
        QTRY_VERIFY_WITH_TIMEOUT(cortex.isStill(), patience);
        const QImage picture = cortex.picture();
        QVERIFY(picture != untouched);
        const Selection selection = cortex.selection.selection();
        QVERIFY(selection.vertex.has_value());
        const auto position = cortex.widget->positionOfVertex(*selection.vertex);

        bool wasLost = false;
        connect(cortex.canvas()->context(), &QOpenGLContext::aboutToBeDestroyed, this, [&] { wasLost = true; });
        const int drawn = cortex.canvas()->drawnPictures();
        happen(event, cortex);
        QTRY_VERIFY_WITH_TIMEOUT(cortex.canvas()->drawnPictures() > drawn && cortex.canvas()->isValid(), patience);
        if (isContextLost)
            QVERIFY(wasLost);
        QTRY_COMPARE_WITH_TIMEOUT(cortex.picture(), picture, patience);
        QCOMPARE(cortex.selection.selection(), selection);
        QCOMPARE(cortex.widget->positionOfVertex(*selection.vertex), position);
        QVERIFY(cortex.widget->message().isEmpty());

        const VertexId other = cortex.clickable(300);
        QVERIFY(other != *selection.vertex);
        cortex.click(other);
        QCOMPARE(cortex.selection.selection().vertex, std::optional(other));
        cortex.selection.edit([&](Selection& next) {
            next.vertex = selection.vertex;
            next.step = 1000;
        });
        QTRY_VERIFY_WITH_TIMEOUT(cortex.isStill() && cortex.widget->title().contains("1,000"), patience);
        QVERIFY(cortex.picture() != picture);
        cortex.selection.apply(selection);
        QTRY_COMPARE_WITH_TIMEOUT(cortex.picture(), picture, patience);
    }

    void bothRenderersShowTheSame() {
        std::array<QImage, 2> pictures;
        for (std::size_t i = 0; i < 2; ++i) {
            qputenv("BRAINLIKE_RENDERER", i == 0 ? "processor" : "opengl");
            Fixture cortex;
            QTRY_VERIFY_WITH_TIMEOUT(cortex.isStill(), patience);
            QTRY_VERIFY_WITH_TIMEOUT(!cortex.widget->lines().empty(), patience);
            QTRY_VERIFY_WITH_TIMEOUT(cortex.canvas()->drawnPictures() > 0, patience);
            pictures[i] = cortex.picture();
        }
        QCOMPARE(pictures[0].size(), pictures[1].size());
        double sum = 0;
        for (int y = 0; y < pictureSize.height(); ++y)
            for (int x = 0; x < pictureSize.width(); ++x)
                sum += std::abs(qGray(pictures[0].pixel(x, y)) - qGray(pictures[1].pixel(x, y)));
        const double mean = sum / (pictureSize.width() * pictureSize.height());
        // Edges of lines differ a little; lines of the wrong width come to 3.
        QVERIFY2(mean < 2.0, qPrintable(QString::number(mean)));
    }

private:
    static void happen(const QString& event, Fixture& cortex) {
        if (event == "its context is lost") {
            // Without shared contexts Qt makes a new one for the new window.
            QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts, false);
            cortex.second.take(cortex.widget);
            cortex.first.hide();
        } else if (event == "moves to another window") {
            cortex.second.take(cortex.widget);
            cortex.first.hide();
        } else if (event == "its window is made anew") {
            cortex.first.makeAnew();
        } else {
            cortex.first.hide();
            QCoreApplication::processEvents();
            cortex.first.show();
        }
        cortex.canvas()->update();
    }

    QTemporaryDir m_folder;
};

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    CortexGraphicsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "CortexGraphicsTest.moc"
