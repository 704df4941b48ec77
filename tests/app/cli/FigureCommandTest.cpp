#include "core/formats/NpyFile.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/TestFiles.h"

#include <QColor>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <span>

using namespace brainlike;
using namespace brainlike::test;

namespace {

struct Run {
    int status = -1;
    QByteArray output, errors;
};

/// Vertices a hemisphere of the template that the test writes.
constexpr int vertexCount = 6;

quint32 numberAt(const QByteArray& bytes, qsizetype place) {
    return qFromBigEndian<quint32>(bytes.constData() + place);
}

/// A PNG chunk's content; empty if there is none.
QByteArray chunkOf(const QByteArray& png, const QByteArray& type) {
    for (qsizetype place = 8; place + 12 <= png.size(); place += 12 + qsizetype(numberAt(png, place)))
        if (png.mid(place + 4, 4) == type)
            return png.mid(place + 8, qsizetype(numberAt(png, place)));
    return {};
}

} // namespace

class FigureCommandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void listsFigures();
    void drawsAMapWithoutADisplay();
    void drawsAPairOfHemispheres();
    void takesCameras();
    void drawsEveryFormat_data();
    void drawsEveryFormat();
    void choosesAMap();
    void drawsAStack();
    void drawsRegions();
    void drawsWithoutGraphics();
    void wrongUsage_data();
    void wrongUsage();
    void wrongData_data();
    void wrongData();

private:
    [[nodiscard]] Run run(const QStringList& arguments) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray bytes(const QString& name) const;
    void writeMap(const QString& name, std::size_t count) const;

    QTemporaryDir m_folder;
};

void FigureCommandTest::initTestCase() {
    const std::filesystem::path root = m_folder.path().toStdString();
    Mesh mesh = octahedron();
    mesh.points *= 60;
    writeFreeSurferTemplate(root / "templates/small/surf", mesh, {"pial", "inflated"});
    writeMap("map.npy", 2 * vertexCount);
    writeMap("left.npy", vertexCount);
    writeMap("right.npy", vertexCount);
    writeMap("short.npy", vertexCount - 1);
    writeBytes(root / "rh.V1.label", "#!ascii label , from subject small\n2\n1 0 0 0 0\n3 0 0 0 0\n");
    writeBytes(root / "noise.bin", std::string(64, 'x'));
    writeBytes(root / "damaged.npy", std::string("\x93NUMPY\x01\x00", 8) + "garbage");
    writeBytes(root / "damaged.h5", std::string("\x89HDF\r\n\x1a\n", 8) + "garbage");
}

void FigureCommandTest::init() {
    QFile::remove(path("out.png"));
}

Run FigureCommandTest::run(const QStringList& arguments) const {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"})
        environment.remove(name);
    environment.insert("BRAINLIKE_TEMPLATES", path("templates"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(QString::fromStdString(executable().string()), QStringList("figure") + arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray FigureCommandTest::bytes(const QString& name) const {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void FigureCommandTest::writeMap(const QString& name, std::size_t count) const {
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(0.1F * static_cast<float>(i % 5));
    writeNpy<float>(path(name).toStdString(), {count}, values);
}

void FigureCommandTest::listsFigures() {
    const Run result = run({"--list"});
    QCOMPARE(result.status, 0);
    QVERIFY(result.output.startsWith("cortex\t"));
    QVERIFY(result.errors.isEmpty());
}

void FigureCommandTest::drawsAMapWithoutADisplay() {
    const Run result = run({"map.npy", "cortex", "--out", "out.png", "--width-mm", "60", "--dpi", "100", "--set",
                            "template=small", "--set", "threshold=0.05", "--set", "layout=left"});
    QVERIFY2(result.status == 0, result.errors.constData());
    QCOMPARE(result.output, QByteArray("out.png\n"));
    QVERIFY2(result.errors.isEmpty(), result.errors.constData());
    const QByteArray png = bytes("out.png");
    QCOMPARE(numberAt(chunkOf(png, "IHDR"), 0), 236U); // round(60 / 25.4 · 100)
    QCOMPARE(numberAt(chunkOf(png, "pHYs"), 0), 3937U);
    const QByteArray text = chunkOf(png, "iTXt");
    QVERIFY(text.startsWith(QByteArray("brainlike\0", 10)));
    const auto recipe = nlohmann::json::parse(text.mid(14).toStdString());
    QCOMPARE(recipe.at("options").at("template").get<std::string>(), std::string("small"));
    QCOMPARE(recipe.at("selection").at("threshold").get<double>(), 0.05);
    QCOMPARE(recipe.at("selection").at("camera_preset").get<std::string>(), std::string("left"));
}

void FigureCommandTest::takesCameras() {
    const auto recipeOf = [this](const QString& camera) {
        const Run result = run({"map.npy", "cortex", "--out", "camera.png", "--width-mm", "40", "--dpi", "60", "--set",
                                "template=small", "--set", "camera=" + camera});
        return result.status == 0
                   ? nlohmann::json::parse(chunkOf(bytes("camera.png"), "iTXt").mid(14).toStdString()).at("selection")
                   : nlohmann::json(result.errors.toStdString());
    };
    QCOMPARE(recipeOf("dorsal").at("camera_preset"), nlohmann::json("dorsal"));
    QCOMPARE(recipeOf(R"({"turn": [2, 0, 0, 0], "zoom": 2})").at("cameras"),
             nlohmann::json::parse(R"([{"zoom": 2.0}])"));
    const auto several = recipeOf(R"([{"zoom": 2}, {"zoom": 3}])");
    QCOMPARE(several.at("cameras").size(), std::size_t(2));
    QCOMPARE(several.at("linked_cameras"), nlohmann::json(false));
    for (const char* wrong : {"inside-out", "{", R"({"zoom": 100})"}) {
        const auto message = recipeOf(wrong);
        QVERIFY(message.is_string());
        QVERIFY2(message.get<std::string>().find("--set camera") != std::string::npos, message.dump().c_str());
    }
}

void FigureCommandTest::drawsAPairOfHemispheres() {
    QCOMPARE(
        run({"left.npy", "right.npy", "cortex", "--out", "out.png", "--dpi", "60", "--set", "template=small"}).status,
        0);
    const QByteArray pair = bytes("out.png");
    QVERIFY(!pair.isEmpty());
}

void FigureCommandTest::drawsEveryFormat_data() {
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QByteArray>("said");
    const auto stored = [](const char* name) {
        return QString::fromStdString(dataFile(std::string("formats/") + name).string());
    };
    QTest::newRow("curv, one hemisphere") << QStringList{stored("surfaces/lh.curv")} << QByteArray("");
    QTest::newRow("annot") << QStringList{stored("surfaces/lh.areas.annot")} << QByteArray("");
    QTest::newRow("GIFTI label, hemisphere untold")
        << QStringList{stored("surfaces/areas.label.gii")} << QByteArray("taken as the left hemisphere");
    QTest::newRow("two maps") << QStringList{stored("surfaces/lh.curv"), stored("surfaces/lh.areas.annot")}
                              << QByteArray("the first of 2 maps");
    QTest::newRow("label") << QStringList{path("rh.V1.label")} << QByteArray("");
    QTest::newRow("surfaces alone") << QStringList{path("templates/small/surf/lh.pial"),
                                                   path("templates/small/surf/rh.pial")}
                                    << QByteArray("");
    QTest::newRow("surface and map") << QStringList{path("templates/small/surf/lh.pial"), stored("surfaces/lh.curv")}
                                     << QByteArray("");
}

void FigureCommandTest::drawsEveryFormat() {
    QFETCH(QStringList, files);
    QFETCH(QByteArray, said);
    for (const char* out : {"out.png", "out.svg", "out.pdf"}) {
        QStringList arguments = files + QStringList{"cortex", "--out", out, "--width-mm", "60", "--dpi", "60"};
        if (!files.front().contains("small/surf"))
            arguments << "--set"
                      << "template=small";
        const Run result = run(arguments);
        QVERIFY2(result.status == 0, result.errors.constData());
        QVERIFY2(result.errors.contains(said), result.errors.constData());
        QVERIFY(bytes(out).size() > 1000);
        QFile::remove(path(out));
    }
}

void FigureCommandTest::choosesAMap() {
    QStringList start;
    for (const char* name : {"lh.curv", "lh.areas.annot"})
        start << QString::fromStdString(dataFile(std::string("formats/surfaces/") + name).string());
    start += {"cortex", "--out", "out.png", "--dpi", "60", "--set", "template=small", "--set"};
    const Run second = run(start + QStringList{"map=areas"});
    QVERIFY2(second.status == 0, second.errors.constData());
    QVERIFY(!second.errors.contains("the first of"));
    const Run none = run(start + QStringList{"map=three"});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.errors.contains("curv, areas"), none.errors.constData());
}

void FigureCommandTest::drawsAStack() {
    QStringList start;
    for (const char* name : {"lh.curv", "lh.areas.annot"})
        start << QString::fromStdString(dataFile(std::string("formats/surfaces/") + name).string());
    start += {"cortex", "--out", "out.png", "--dpi", "60", "--set", "template=small", "--set", "map=curv", "--set"};
    const auto list = nlohmann::json::parse(
        "[{\"id\": 4, \"map\": \"imported\", \"imported_map\": \"areas\", \"opacity\": 0.5, \"threshold\": 0}]");
    const Run alone = run(start + QStringList{"opacity=1"});
    QVERIFY2(alone.status == 0, alone.errors.constData());
    const QByteArray without = chunkOf(bytes("out.png"), "IDAT");
    const Run given = run(start + QStringList{"stack=" + QString::fromStdString(list.dump())});
    QVERIFY2(given.status == 0, given.errors.constData());
    const QByteArray stacked = bytes("out.png");
    QVERIFY(chunkOf(stacked, "IDAT") != without);
    const std::string recipe = chunkOf(stacked, "iTXt").mid(14).toStdString();
    QVERIFY(nlohmann::json::parse(recipe).at("selection").at("stack") == list);
    // The recipe of a figure is a file that holds a stack.
    writeBytes(path("recipe.json").toStdString(), recipe);
    QCOMPARE(run(start + QStringList{"stack=recipe.json"}).status, 0);
    QCOMPARE(chunkOf(bytes("out.png"), "IDAT"), chunkOf(stacked, "IDAT"));
}

void FigureCommandTest::drawsRegions() {
    writeBytes(path("regions.json").toStdString(),
               "{\"format\": \"brainlike-rois\", \"version\": 1, \"vertices\": [6, 6],"
               " \"rois\": [{\"name\": \"L_a\", \"color\": \"#ff0000\", \"lh\": \"0,2\"}]}");
    const QStringList start{"map.npy", "cortex", "--out", "out.png", "--dpi", "60", "--set", "template=small"};
    QCOMPARE(run(start).status, 0);
    const QByteArray without = chunkOf(bytes("out.png"), "IDAT");
    const Run given = run(start + QStringList{"--set", "regions=regions.json,rh.V1.label"});
    QVERIFY2(given.status == 0, given.errors.constData());
    QVERIFY(chunkOf(bytes("out.png"), "IDAT") != without);
    const auto recipe = nlohmann::json::parse(chunkOf(bytes("out.png"), "iTXt").mid(14).toStdString());
    const auto& rois = recipe.at("selection").at("rois");
    QCOMPARE(rois.size(), std::size_t(2));
    QVERIFY(rois.at(0).at("name") == "L_a" && rois.at(0).at("color") == "#ff0000" && rois.at(0).at("lh") == "0,2");
    QVERIFY(rois.at(1).at("rh") == "1,3");
}

void FigureCommandTest::drawsWithoutGraphics() {
    const QStringList arguments{"map.npy", "cortex", "--out", "out.png", "--dpi", "60", "--set", "template=small"};
    QCOMPARE(run(arguments).status, 0);
    const QImage usual(path("out.png"));
    qputenv("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent");
    const Run without = run(arguments);
    qunsetenv("__EGL_VENDOR_LIBRARY_FILENAMES");
    QVERIFY2(without.status == 0, without.errors.constData());
    const QImage drawn(path("out.png"));
    QCOMPARE(drawn.size(), usual.size());
    // The same picture but for the edges.
    int unlike = 0;
    for (int y = 0; y < usual.height(); ++y)
        for (int x = 0; x < usual.width(); ++x) {
            const QColor a = usual.pixelColor(x, y), b = drawn.pixelColor(x, y);
            const int difference =
                std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
            unlike += difference > 48 ? 1 : 0;
        }
    QVERIFY2(unlike < usual.width() * usual.height() / 25, qPrintable(QString::number(unlike)));
}

void FigureCommandTest::wrongUsage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const QStringList good{"map.npy", "cortex", "--out", "out.png"};
    QTest::newRow("nothing") << QStringList() << QByteArray("brainlike figure FILE NAME");
    QTest::newRow("no name") << QStringList{"map.npy"} << QByteArray("FILE NAME");
    QTest::newRow("unknown name") << QStringList{"map.npy", "fig99"} << QByteArray("fig99");
    QTest::newRow("jpg") << QStringList{"map.npy", "cortex", "--out", "out.jpg"} << QByteArray("PNG, SVG or PDF");
    QTest::newRow("unknown key") << good + QStringList{"--set", "colour=red"} << QByteArray("colormap");
    QTest::newRow("no value") << good + QStringList{"--set", "range"} << QByteArray("key=value");
    QTest::newRow("range") << good + QStringList{"--set", "range=0.5,0.1"} << QByteArray("lower number first");
    QTest::newRow("threshold") << good + QStringList{"--set", "threshold=high"} << QByteArray("a number");
    QTest::newRow("threshold nan") << good + QStringList{"--set", "threshold=nan"} << QByteArray("a number");
    QTest::newRow("surface") << good + QStringList{"--set", "surface=hyperbolic"} << QByteArray("inflated");
    QTest::newRow("layout") << good + QStringList{"--set", "layout=sideways"} << QByteArray("four-view");
    QTest::newRow("colormap") << good + QStringList{"--set", "colormap=jet"} << QByteArray("viridis");
    QTest::newRow("vertex") << good + QStringList{"--set", "vertex=7"} << QByteArray("lh:123");
    QTest::newRow("stack") << good + QStringList{"--set", "stack=[{]"} << QByteArray("a list of maps");
    QTest::newRow("map of a stack") << good + QStringList{"--set", "stack=[{\"id\":1,\"map\":\"r\"}]"}
                                    << QByteArray("half-time");
    QTest::newRow("opacity") << good + QStringList{"--set", "opacity=2"} << QByteArray("0 to 1");
    QTest::newRow("compare") << good + QStringList{"--set", "compare=twice"} << QByteArray("previous-step");
    QTest::newRow("compared step") << good + QStringList{"--set", "compare=step:last"} << QByteArray("a number");
    QTest::newRow("step") << good + QStringList{"--set", "step=soon"} << QByteArray("a number");
    QTest::newRow("width") << good + QStringList{"--width-mm", "-3"} << QByteArray("width-mm");
    QTest::newRow("dpi") << good + QStringList{"--dpi", "0"} << QByteArray("dpi");
    QTest::newRow("option") << good + QStringList{"--colour"} << QByteArray("--colour");
}

void FigureCommandTest::wrongUsage() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Run result = run(arguments);
    QCOMPARE(result.status, 2);
    QVERIFY2(result.errors.contains(says), result.errors.constData());
    QVERIFY(!QFile::exists(path("out.png")));
}

void FigureCommandTest::wrongData_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    const QStringList tail{"cortex", "--out", "out.png"};
    const QStringList small{"--set", "template=small"};
    QTest::newRow("missing file") << QStringList("nowhere.npy") + tail << QByteArray("nowhere.npy");
    QTest::newRow("a folder") << QStringList("templates") + tail << QByteArray("folder");
    QTest::newRow("not a map") << QStringList("noise.bin") + tail + small << QByteArray("another kind of file");
    QTest::newRow("damaged map") << QStringList("damaged.npy") + tail + small << QByteArray("damaged.npy");
    QTest::newRow("damaged scores") << QStringList("damaged.h5") + tail << QByteArray("damaged.h5");
    QTest::newRow("unknown size") << QStringList("map.npy") + tail << QByteArray("surfaces it lies on");
    QTest::newRow("wrong size") << QStringList("short.npy") + tail + small << QByteArray("6 vertices");
    QTest::newRow("unlike hemispheres") << QStringList{"left.npy", "short.npy"} + tail + small
                                        << QByteArray("short.npy");
    QTest::newRow("missing template") << QStringList("map.npy") + tail + QStringList{"--set", "template=nowhere"}
                                      << QByteArray("nowhere");
    QTest::newRow("missing surface") << QStringList("map.npy") + tail + small + QStringList{"--set", "surface=flat"}
                                     << QByteArray("flat");
    QTest::newRow("a model of a map") << QStringList("map.npy") + tail + small + QStringList{"--set", "model=vit"}
                                      << QByteArray("no models");
    QTest::newRow("missing stack") << QStringList("map.npy") + tail + small + QStringList{"--set", "stack=no.json"}
                                   << QByteArray("no.json");
    QTest::newRow("no stack") << QStringList("map.npy") + tail + small + QStringList{"--set", "stack=noise.bin"}
                              << QByteArray("holds no stack");
    QTest::newRow("map that is not there")
        << QStringList("map.npy") + tail + small +
               QStringList{"--set", "stack=[{\"id\":1,\"map\":\"imported\",\"imported_map\":\"x\"}]"}
        << QByteArray("not there");
    QTest::newRow("compared map") << QStringList("map.npy") + tail + small + QStringList{"--set", "compare=model"}
                                  << QByteArray("no models, steps, layers or subjects");
    QTest::newRow("missing regions") << QStringList("map.npy") + tail + small + QStringList{"--set", "regions=no.json"}
                                     << QByteArray("no.json");
    QTest::newRow("no regions") << QStringList("map.npy") + tail + small + QStringList{"--set", "regions=left.npy"}
                                << QByteArray("no regions of interest");
    QTest::newRow("missing folder") << QStringList{"map.npy", "cortex", "--out", "no/out.png"} + small
                                    << QByteArray("no/out.png");
}

void FigureCommandTest::wrongData() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Run result = run(arguments);
    QCOMPARE(result.status, 1);
    QVERIFY2(result.errors.contains(says), result.errors.constData());
    QVERIFY(!QFile::exists(path("out.png")));
}

QTEST_GUILESS_MAIN(FigureCommandTest)
#include "FigureCommandTest.moc"
