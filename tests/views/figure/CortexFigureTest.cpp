#include "views/figure/CortexFigure.h"

#include "core/base/Error.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/figure/OutlinePaths.h"

#include <QGuiApplication>
#include <QImageReader>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <QtEndian>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
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

/// A map on the template of these tests.
FakeMaps mapOf(const std::string& name, std::vector<float> values) {
    return FakeMaps("fake", {1026, 1026}, {{.name = name, .values = std::move(values)}});
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
    void seesWhatTheCamerasSee();
    void drawsLabels();
    void drawsSurfacesAlone();
    void signedMapsHaveZeroInTheMiddle();
    void svg();
    void comparesInThreeColumns();
    void refusesToCompareWithNothing();
    void pdf();
    void outlinesAreSeenFromTheFrontAlone();
    void regionsAndContoursAreLines();
    void hidesByAnotherMap();
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

void CortexFigureTest::seesWhatTheCamerasSee() {
    CortexFigureOptions options = optionsAt(60, 100);
    const QImage preset = drawCortexFigure(fakeScores(), options, m_context);
    options.selection.cameras = {{.turn = {0.923880, 0, 0.382683, 0}, .zoom = 1.5}};
    const QImage turned = drawCortexFigure(fakeScores(), options, m_context);
    QCOMPARE(turned.size(), preset.size());
    QVERIFY(turned != preset);
    const auto recipe = nlohmann::json::parse(turned.text("brainlike").toStdString());
    QVERIFY(selectionFromJson(recipe.at("selection")).cameras == options.selection.cameras);
    // One turned panel alone leaves the others as they were.
    options.selection.linkedCameras = false;
    options.selection.cameras.emplace_back();
    const QImage one = drawCortexFigure(fakeScores(), options, m_context);
    QVERIFY(one != turned && one != preset);
}

void CortexFigureTest::drawsAnyMap() {
    const CortexFigureOptions options = optionsAt(80, 100);
    QVERIFY(saturatedPixels(drawCortexFigure(mapOf("myelin", std::vector<float>(2052, 1.5F)), options, m_context)) >
            500);
    const FakeMaps nothing = mapOf("nothing", std::vector<float>(2052, std::nanf("")));
    QVERIFY_THROWS_EXCEPTION(ValueError, drawCortexFigure(nothing, options, m_context));
}

void CortexFigureTest::drawsLabels() {
    ImportedMap map{.name = "areas", .labels = std::vector<std::int16_t>(2052, 1)};
    std::fill(map.labels.begin(), map.labels.begin() + 1026, std::int16_t(0));
    map.areas = {{"red", {220, 30, 30, 255}}, {"green", {30, 200, 30, 255}}};
    const QImage image = drawCortexFigure(FakeMaps("fake", {1026, 1026}, {map}), optionsAt(80, 100), m_context);
    int red = 0, green = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            red += color.red() > 2 * color.green() ? 1 : 0;
            green += color.green() > 2 * color.red() ? 1 : 0;
        }
    QVERIFY(red > 500 && green > 500);
}

void CortexFigureTest::drawsSurfacesAlone() {
    const QImage image = drawCortexFigure(FakeMaps("fake", {1026, 1026}, {}), optionsAt(80, 100), m_context);
    QCOMPARE(saturatedPixels(image), 0);
    QVERIFY(image.pixelColor(image.width() / 4, image.height() / 4).lightness() < 250);
}

void CortexFigureTest::signedMapsHaveZeroInTheMiddle() {
    CortexFigureOptions options = optionsAt(80, 100);
    options.selection.outlines = false;
    std::vector<float> values(2052, 0.0F);
    for (std::size_t vertex = 0; vertex < 60; ++vertex)
        values[vertex] = vertex % 2 == 0 ? -0.4F : 0.4F;
    const QImage image = drawCortexFigure(mapOf("difference", values), options, m_context);
    const auto recipe = nlohmann::json::parse(image.text("brainlike").toStdString());
    QCOMPARE(recipe.at("options").at("colormap").get<std::string>(), std::string("vik"));
}

void CortexFigureTest::svg() {
    const std::filesystem::path file = m_folder.filePath("figure.SVG").toStdString();
    CortexFigureOptions options = optionsAt(85, 150);
    options.heightMm = 61.5;
    writeCortexFigure(fakeScores(), options, file, m_context);
    QXmlStreamReader xml(bytesOf(file));
    std::map<QString, int> elements;
    QStringList texts;
    QByteArray recipe;
    double imageWidth = 0;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        const QString name = xml.name().toString();
        ++elements[name];
        if (name == "svg") {
            QCOMPARE(xml.attributes().value("width").toString(), QStringLiteral("85.0000mm"));
            QCOMPARE(xml.attributes().value("height").toString(), QStringLiteral("61.5000mm"));
        } else if (name == "metadata") {
            QCOMPARE(xml.attributes().value("id").toString(), QStringLiteral("brainlike"));
            recipe = xml.readElementText().toUtf8();
        } else if (name == "text") {
            texts << xml.readElementText().trimmed();
        } else if (name == "image") {
            const QByteArray link = xml.attributes().value("http://www.w3.org/1999/xlink", "href").toUtf8();
            imageWidth = QImage::fromData(QByteArray::fromBase64(link.mid(link.indexOf(',') + 1))).width();
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(imageWidth, 502.0); // 85 mm at 150 dpi
    QVERIFY(elements["path"] + elements["rect"] + elements["polyline"] > 20);
    QVERIFY2(texts.join('|').contains("Left"), qPrintable(texts.join('|')));
    const auto json = nlohmann::json::parse(recipe.toStdString());
    QCOMPARE(json.at("options").at("height_mm").get<double>(), 61.5);
    QVERIFY(selectionFromJson(json.at("selection")) == options.selection);
}

void CortexFigureTest::comparesInThreeColumns() {
    CortexFigureOptions options = optionsAt(180, 100);
    const FakeScores scores = fakeScores();
    const QImage alone = drawCortexFigure(scores, options, m_context);
    options.selection.isCompared = true;
    options.selection.difference = {DifferenceBase::Model, "model-2"};
    const QImage image = drawCortexFigure(scores, options, m_context);
    QCOMPARE(image.width(), alone.width());
    QVERIFY(image.height() > image.width() / 2); // four views below each other
    // Scores at the left are warm, a difference has blue or red: every third has colours.
    const int third = image.width() / 3;
    for (int part = 0; part < 2; ++part)
        QVERIFY(saturatedPixels(image.copy(part * third, 0, third, image.height())) > 500);
    const std::filesystem::path file = m_folder.filePath("compared.svg").toStdString();
    writeCortexFigure(scores, options, file, m_context);
    const QString svg = QString::fromUtf8(bytesOf(file));
    for (const char* text : {"A · Simulated ViT", "B · Simulated ViT, satellite", "A − B", "A, B · R (Pearson)"})
        QVERIFY2(svg.contains(QString::fromUtf8(text)), text);
    const auto recipe = nlohmann::json::parse(image.text("brainlike").toStdString());
    QVERIFY(recipe["selection"]["compared"].get<bool>());
}

void CortexFigureTest::refusesToCompareWithNothing() {
    CortexFigureOptions options = optionsAt(180, 100);
    options.selection.isCompared = true;
    options.selection.step = 0;
    options.selection.difference.base = DifferenceBase::PreviousStep;
    try {
        (void)drawCortexFigure(fakeScores(), options, m_context);
        QFAIL("nothing was reported");
    } catch (const NotFoundError& error) {
        QVERIFY2(QString::fromStdString(error.what()).contains("no checkpoint before untrained"), error.what());
    }
}

void CortexFigureTest::pdf() {
    const std::filesystem::path file = m_folder.filePath("figure.pdf").toStdString();
    CortexFigureOptions options = optionsAt(180, 100);
    options.heightMm = 100;
    writeCortexFigure(fakeScores(), options, file, m_context);
    const QByteArray pdf = bytesOf(file);
    QVERIFY(pdf.startsWith("%PDF-"));
    const auto box = QRegularExpression("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+) *\\]").match(QString::fromLatin1(pdf));
    QVERIFY(box.hasMatch());
    QVERIFY(std::abs(box.captured(1).toDouble() / 72 * 25.4 - 180) < 0.01);
    QVERIFY(std::abs(box.captured(2).toDouble() / 72 * 25.4 - 100) < 0.01);
    QVERIFY(pdf.contains("/EmbeddedFile"));
    QVERIFY(pdf.contains("recipe.json"));
    QVERIFY(pdf.contains("/FontFile2"));
    QVERIFY(!pdf.contains("/DCTDecode")); // pixels without loss
    QCOMPARE(pdf.count("/Type /Page\n"), 1);
}

void CortexFigureTest::regionsAndContoursAreLines() {
    CortexFigureOptions options = optionsAt(85, 150);
    const std::filesystem::path file = m_folder.filePath("regions.svg").toStdString();
    const auto svg = [&] {
        writeCortexFigure(fakeScores(), options, file, m_context);
        const QByteArray text = bytesOf(file);
        return text.mid(text.indexOf("</metadata>"));
    };
    QVERIFY(!svg().contains("#009e73"));
    const qsizetype before = svg().count("<path");
    std::vector<std::int32_t> half;
    for (std::int32_t vertex = 0; vertex < 1026; ++vertex)
        if (foldedHemisphere(Hemisphere::Left, rounds).points(vertex, 1) < 0)
            half.push_back(vertex);
    options.selection.regions.rois = SharedRois(withVertices({}, "back", Hemisphere::Left, half));
    const QByteArray regions = svg();
    QVERIFY(regions.contains("#009e73")); // the first colour of regions
    QVERIFY(regions.count("<path") > before);
    const QImage image = drawCortexFigure(fakeScores(), options, m_context);
    int colored = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            colored += color.green() > 120 && color.red() < 60 && std::abs(color.blue() - 115) < 40 ? 1 : 0;
        }
    QVERIFY2(colored > 40, qPrintable(QString::number(colored)));
    options.selection.regions.rois = {};
    options.selection.threshold = 0.15;
    options.selection.regions.thresholdContour = true;
    QVERIFY(svg().count("<path") > before);
    options.selection.regions.parcellation = "nowhere";
    QVERIFY_THROWS_EXCEPTION(NotFoundError, drawCortexFigure(fakeScores(), options, m_context));
}

void CortexFigureTest::outlinesAreSeenFromTheFrontAlone() {
    const auto geometry = std::make_shared<CortexGeometry>();
    geometry->sides[0].mesh = sphere(rounds);
    geometry->sides[1].mesh = sphere(rounds);
    completeCortexGeometry(*geometry);
    // A circle of latitude around the left-right axis faces one panel; the other one looks at it from behind.
    RowMatrix<float> lines(2 * 64, 3);
    const float radius = geometry->sides[0].mesh.points.row(0).norm();
    const auto place = [radius](int step) {
        const double angle = 2 * std::numbers::pi * step / 64;
        return Eigen::RowVector3f(-0.9F * radius, static_cast<float>(0.45 * radius * std::cos(angle)),
                                  static_cast<float>(0.45 * radius * std::sin(angle)));
    };
    for (int step = 0; step < 64; ++step) {
        lines.row(2 * step) = place(step);
        lines.row(2 * step + 1) = place((step + 1) % 64);
    }
    geometry->sides[0].outlines.lines = 1.01F * lines;
    CortexView view;
    view.setGeometry(geometry);
    view.setPreset("left");
    view.setSize(400, 400, {});
    std::map<ViewDirection, int> seen;
    const QPainterPath path = visibleOutlines(view, 1);
    for (int element = 0; element < path.elementCount(); ++element)
        for (const PanelView& panel : view.panels())
            if (panel.viewport.contains({path.elementAt(element).x, path.elementAt(element).y}))
                ++seen[panel.spec.direction];
    QCOMPARE(seen[ViewDirection::Lateral], 65); // one closed line, joined
    QCOMPARE(seen[ViewDirection::Medial], 0);
    // In other units.
    QVERIFY(qFuzzyCompare(visibleOutlines(view, 2).boundingRect().width() * 2, path.boundingRect().width()));
}

void CortexFigureTest::hidesByAnotherMap() {
    std::vector<float> effect(2052, 3), p(2052);
    for (std::size_t vertex = 0; vertex < p.size(); ++vertex)
        p[vertex] = vertex < 1026 ? 0.001F : 0.2F; // the left hemisphere alone
    const FakeMaps source("fake", {1026, 1026}, {{.name = "effect", .values = effect}, {.name = "p", .values = p}});
    CortexFigureOptions options = optionsAt(60, 100);
    options.selection.map = MapKind::Imported;
    options.selection.importedMap = "effect";
    options.selection.colorMap = "viridis";
    const int all = saturatedPixels(drawCortexFigure(source, options, m_context));
    options.selection.significance = Significance::Hide;
    options.selection.significanceMap = "p";
    const int significant = saturatedPixels(drawCortexFigure(source, options, m_context));
    QVERIFY2(significant > all / 4 && significant < 3 * all / 4, qPrintable(QString::number(significant)));
    options.selection.significanceMap = "gone";
    QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)drawCortexFigure(source, options, m_context));
}

void CortexFigureTest::refusesOtherFormats() {
    for (const char* name : {"figure.jpg", "figure.eps", "figure"}) {
        const auto file = m_folder.filePath(name).toStdString();
        try {
            writeCortexFigure(fakeScores(), optionsAt(40, 100), file, m_context);
            QFAIL("a format that is not there was accepted");
        } catch (const UsageError& error) {
            QVERIFY(std::string(error.what()).find("PNG, SVG or PDF") != std::string::npos);
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
    const FakeMaps tooShort("fake", {4, 3}, {{.name = "short", .values = std::vector<float>(7, 1)}});
    QVERIFY_THROWS_EXCEPTION(ShapeError, drawCortexFigure(tooShort, optionsAt(80, 100), m_context));
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
