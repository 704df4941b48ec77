#include "views/figure/CortexFigure.h"

#include "core/base/Error.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/SyntheticCortex.h"

#include <QGuiApplication>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;

FakeScores fakeScores(std::set<std::int64_t> missing = {}) {
    const int count = sphere(rounds).vertexCount();
    return FakeScores({.models = 2, .layers = 6, .vertices = {count, count}, .missing = std::move(missing)});
}

CortexFigureOptions optionsAt(double widthMm, double dpi) {
    CortexFigureOptions options;
    options.selection.model = "model-1";
    options.selection.step = 10000000;
    options.widthMm = widthMm;
    options.dpi = dpi;
    return options;
}

/// Pixels with clearly more of one channel than of another.
int saturatedPixels(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y).hsvSaturation() > 120 ? 1 : 0;
    return count;
}

/// Content of the iTXt chunk with a keyword, as bytes; empty if there is none.
QByteArray internationalText(const QByteArray& png, const QByteArray& keyword) {
    for (qsizetype place = 8; place + 12 <= png.size();) {
        const auto length = qsizetype(qFromBigEndian<quint32>(png.constData() + place));
        const QByteArray body = png.mid(place + 8, length);
        if (png.mid(place + 4, 4) == "iTXt" && body.startsWith(keyword + '\0'))
            return body.mid(keyword.size() + 5);
        place += 12 + length;
    }
    return {};
}

QByteArray bytesOf(const std::filesystem::path& file) {
    QFile stream(QString::fromStdString(file.string()));
    return stream.open(QIODevice::ReadOnly) ? stream.readAll() : QByteArray();
}

} // namespace

class CortexFigureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void needsNoDisplay();
    void hasTheAskedSize_data();
    void hasTheAskedSize();
    void carriesItsRecipe();
    void mapsDiffer();
    void lightAndDark();
    void sameTwice();
    void drawsAnyMap();
    void signedMapsHaveZeroInTheMiddle();
    void refusesOtherFormats();
    void reportsWhatIsWrong();
    void keepsTheOldFileOnFailure();
    void canBeCancelled();

private:
    QTemporaryDir m_folder;
    JobContext m_context;
};

void CortexFigureTest::initTestCase() {
    const std::filesystem::path root = m_folder.path().toStdString();
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    qputenv("BRAINLIKE_TEMPLATES", m_folder.path().toUtf8());
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    qunsetenv("QT_QPA_PLATFORM");
    prepareFigures();
}

void CortexFigureTest::needsNoDisplay() {
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("offscreen"));
}

void CortexFigureTest::hasTheAskedSize_data() {
    QTest::addColumn<double>("widthMm");
    QTest::addColumn<double>("dpi");
    QTest::addColumn<int>("width");
    QTest::newRow("a column") << 85.0 << 150.0 << 502;
    QTest::newRow("a page") << 180.0 << 100.0 << 709;
    QTest::newRow("an inch") << 25.4 << 72.0 << 72;
}

void CortexFigureTest::hasTheAskedSize() {
    QFETCH(double, widthMm);
    QFETCH(double, dpi);
    QFETCH(int, width);
    CortexFigureOptions options = optionsAt(widthMm, dpi);
    const QImage image = drawCortexFigure(fakeScores(), options, m_context);
    QCOMPARE(image.width(), width);
    QVERIFY(std::abs(image.dotsPerMeterX() * 0.0254 - dpi) < 0.05);
    options.heightMm = widthMm;
    QCOMPARE(drawCortexFigure(fakeScores(), options, m_context).height(), width);
}

void CortexFigureTest::carriesItsRecipe() {
    const std::filesystem::path file = m_folder.filePath("recipe.png").toStdString();
    CortexFigureOptions options = optionsAt(60, 100);
    options.selection.map = MapKind::BestLayer;
    options.selection.vertex = VertexId{Hemisphere::Right, 12};
    options.selection.threshold = 0.05;
    writeCortexFigure(fakeScores(), options, file, m_context);
    const QByteArray png = bytesOf(file);
    const auto recipe = nlohmann::json::parse(internationalText(png, "brainlike").toStdString());
    QCOMPARE(recipe.at("format").get<std::string>(), std::string("brainlike-recipe"));
    QCOMPARE(recipe.at("figure").get<std::string>(), std::string("cortex"));
    QCOMPARE(recipe.at("study").at("name").get<std::string>(), std::string("Fake study"));
    QCOMPARE(recipe.at("options").at("dpi").get<double>(), 100.0);
    QVERIFY(selectionFromJson(recipe.at("selection")) == options.selection);
    const QImage read = QImage::fromData(png, "PNG");
    QVERIFY(!read.isNull());
    QCOMPARE(read.width(), 236);
    QCOMPARE(read.dotsPerMeterX(), 3937);
}

void CortexFigureTest::mapsDiffer() {
    CortexFigureOptions options = optionsAt(80, 100);
    const QImage scores = drawCortexFigure(fakeScores(), options, m_context);
    QVERIFY(saturatedPixels(scores) > 500);
    options.selection.map = MapKind::BestLayer;
    const QImage layers = drawCortexFigure(fakeScores(), options, m_context);
    QVERIFY(scores != layers);
    options.selection.step = 0;
    const QImage untrained = drawCortexFigure(fakeScores(), options, m_context);
    QVERIFY(saturatedPixels(untrained) < saturatedPixels(layers));
    options = optionsAt(80, 100);
    options.colorMap = "viridis";
    QVERIFY(drawCortexFigure(fakeScores(), options, m_context) != scores);
    options = optionsAt(80, 100);
    options.selection.cameraPreset = "left";
    QVERIFY(drawCortexFigure(fakeScores(), options, m_context) != scores);
}

void CortexFigureTest::lightAndDark() {
    CortexFigureOptions options = optionsAt(80, 100);
    QCOMPARE(drawCortexFigure(fakeScores(), options, m_context).pixelColor(2, 2), QColor(Qt::white));
    options.dark = true;
    QVERIFY(drawCortexFigure(fakeScores(), options, m_context).pixelColor(2, 2).lightness() < 50);
}

void CortexFigureTest::sameTwice() {
    const CortexFigureOptions options = optionsAt(80, 100);
    QCOMPARE(drawCortexFigure(fakeScores(), options, m_context), drawCortexFigure(fakeScores(), options, m_context));
}

void CortexFigureTest::drawsAnyMap() {
    CortexFigureOptions options = optionsAt(80, 100);
    options.templateName = "fake";
    const FigureMap map{"myelin", std::vector<float>(2052, 1.5F)};
    const QImage image = drawCortexFigure(map, options, m_context);
    QVERIFY(saturatedPixels(image) > 500);
    QVERIFY_THROWS_EXCEPTION(
        ValueError, drawCortexFigure({"nothing", std::vector<float>(2052, std::nanf(""))}, options, m_context));
}

void CortexFigureTest::signedMapsHaveZeroInTheMiddle() {
    CortexFigureOptions options = optionsAt(80, 100);
    options.templateName = "fake";
    options.selection.outlines = false;
    FigureMap map{"difference", std::vector<float>(2052, 0.0F)};
    for (std::size_t vertex = 0; vertex < 60; ++vertex)
        map.values[vertex] = vertex % 2 == 0 ? -0.4F : 0.4F;
    const QImage image = drawCortexFigure(map, options, m_context);
    const auto recipe = nlohmann::json::parse(image.text("brainlike").toStdString());
    QCOMPARE(recipe.at("options").at("colormap").get<std::string>(), std::string("vik"));
}

void CortexFigureTest::refusesOtherFormats() {
    const QImage image(40, 40, QImage::Format_RGB888);
    for (const char* name : {"figure.svg", "figure.pdf", "figure"}) {
        const auto file = m_folder.filePath(name).toStdString();
        try {
            writeFigure(image, file);
            QFAIL("a format that is not there was accepted");
        } catch (const UsageError& error) {
            QVERIFY(std::string(error.what()).find("PNG") != std::string::npos);
        }
        QVERIFY(!std::filesystem::exists(file));
    }
}

void CortexFigureTest::reportsWhatIsWrong() {
    CortexFigureOptions options = optionsAt(80, 100);
    options.templateName = "nowhere";
    QVERIFY_THROWS_EXCEPTION(NotFoundError, drawCortexFigure(fakeScores(), options, m_context));
    options = optionsAt(80, 100);
    options.selection.step = 1000;
    QVERIFY_THROWS_EXCEPTION(NotFoundError, drawCortexFigure(fakeScores({1000}), options, m_context));
    options = optionsAt(80, 100);
    options.selection.surface = "sphere";
    QVERIFY_THROWS_EXCEPTION(NotFoundError, drawCortexFigure(fakeScores(), options, m_context));
    QVERIFY_THROWS_EXCEPTION(ValueError, drawCortexFigure(fakeScores(), optionsAt(10000, 2400), m_context));
    options = optionsAt(80, 100);
    options.templateName = "fake";
    QVERIFY_THROWS_EXCEPTION(ShapeError, drawCortexFigure({"short", std::vector<float>(7, 1)}, options, m_context));
}

void CortexFigureTest::keepsTheOldFileOnFailure() {
    const std::filesystem::path file = m_folder.filePath("kept.png").toStdString();
    writeBytes(file, "old");
    CortexFigureOptions options = optionsAt(80, 100);
    options.templateName = "nowhere";
    QVERIFY_THROWS_EXCEPTION(NotFoundError, writeCortexFigure(fakeScores(), options, file, m_context));
    QCOMPARE(bytesOf(file), QByteArray("old"));
    QVERIFY_THROWS_EXCEPTION(FileError, writeCortexFigure(fakeScores(), optionsAt(80, 100),
                                                          m_folder.filePath("no/such.png").toStdString(), m_context));
}

void CortexFigureTest::canBeCancelled() {
    std::stop_source stop;
    stop.request_stop();
    JobContext context(stop.get_token());
    QVERIFY_THROWS_EXCEPTION(CancelledError, drawCortexFigure(fakeScores(), optionsAt(80, 100), context));
}

QTEST_APPLESS_MAIN(CortexFigureTest)
#include "CortexFigureTest.moc"
