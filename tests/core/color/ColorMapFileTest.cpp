#include "core/color/ColorMapFile.h"

#include "core/base/Error.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace brainlike;

namespace {

/// JSON with single quotes for double ones.
QByteArray json(QByteArray text) {
    return text.replace('\'', '"');
}

} // namespace

class ColorMapFileTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    [[nodiscard]] std::filesystem::path written(const QByteArray& content, const char* name = "own.json") const {
        const auto file = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(file, std::ios::binary) << content.toStdString();
        return file;
    }

private Q_SLOTS:
    void readsListedColours() {
        const ColorMap map = readColorMap(written(json("{'colors': ['#000000', '#102030', '#FFffFF']}")));
        QCOMPARE(map.name(), std::string("own"));
        QCOMPARE(map.colors(), (std::vector<Rgba8>{{0, 0, 0, 255}, {16, 32, 48, 255}, {255, 255, 255, 255}}));
    }

    void readsParaViewPresets() {
        const ColorMap map = readColorMap(
            written(json("[{'Name': 'x', 'ColorSpace': 'RGB', 'RGBPoints': [-1, 0, 0, 0, 0, 1, 0, 0, 3, 1, 1, 1]}]")));
        QCOMPARE(map.colors().size(), std::size_t(256));
        QCOMPARE(map.at(0), (Rgba8{0, 0, 0, 255}));
        QCOMPARE(map.at(1), (Rgba8{255, 255, 255, 255}));
        // A quarter of the way lies the second point.
        QVERIFY(map.at(0.25).r >= 253 && map.at(0.25).g <= 2);
        QVERIFY(map.at(0.125).r > 120 && map.at(0.125).r < 136);
    }

    void readsParaViewXml() {
        const ColorMap map = readColorMap(
            written("<ColorMaps>\n<ColorMap name=\"a\" space=\"Lab\">\n<Point x=\"0\" o=\"1\" r=\"0\" g=\"0\" b=\"1\"/>"
                    "<Point x=\"1\" o=\"1\" r=\"1\" g=\"0\" b=\"0\"/></ColorMap>"
                    "<ColorMap name=\"b\"><Point x=\"9\" r=\"0\" g=\"1\" b=\"0\"/></ColorMap></ColorMaps>",
                    "two.xml"));
        QCOMPARE(map.name(), std::string("two"));
        QCOMPARE(map.at(0), (Rgba8{0, 0, 255, 255}));
        QCOMPARE(map.at(1), (Rgba8{255, 0, 0, 255}));
    }

    void refusesWhatIsNoMap_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("found");
        QTest::newRow("empty") << QByteArray() << "no JSON";
        QTest::newRow("broken JSON") << (json("{'colors': [")) << "byte";
        QTest::newRow("other JSON") << (json("{'step': 3}")) << "RGBPoints";
        QTest::newRow("a wrong colour") << (json("{'colors': ['#000000', '#12x456']}")) << "/colors/1";
        QTest::newRow("a number") << (json("{'colors': ['#000000', 7]}")) << "/colors/1";
        QTest::newRow("one colour") << (json("{'colors': ['#000000']}")) << "at least 2";
        QTest::newRow("three numbers") << (json("[{'RGBPoints': [0, 1, 1]}]")) << "four numbers";
        QTest::newRow("not ascending") << (json("[{'RGBPoints': [1, 0, 0, 0, 0, 1, 1, 1]}]")) << "point 1";
        QTest::newRow("one place") << (json("[{'RGBPoints': [1, 0, 0, 0, 1, 1, 1, 1]}]")) << "one place";
        QTest::newRow("too bright") << (json("[{'RGBPoints': [0, 0, 0, 0, 1, 255, 1, 1]}]")) << "point 1";
        QTest::newRow("broken XML") << QByteArray("<ColorMaps>\n<ColorMap>") << "line 2";
        QTest::newRow("XML without points") << QByteArray("<ColorMaps/>") << "at least 2";
        QTest::newRow("XML with words") << QByteArray("<ColorMap><Point x=\"a\" r=\"0\" g=\"0\" b=\"0\"/></ColorMap>")
                                        << "point 0";
    }

    void refusesWhatIsNoMap() {
        QFETCH(QByteArray, content);
        QFETCH(QString, found);
        const auto file = written(content, "wrong.map");
        try {
            (void)readColorMap(file);
            QFAIL("accepted");
        } catch (const FormatError& error) {
            const QString text = QString::fromStdString(error.what());
            QVERIFY2(text.contains(found), qPrintable(text));
            QVERIFY2(text.contains("wrong.map"), qPrintable(text));
        }
    }

    void saysThatAFileIsMissing() {
        QVERIFY_THROWS_EXCEPTION(FileError, (void)readColorMap(m_folder.filePath("none.json").toStdString()));
    }

    void namesAndFilesAreToldApart() {
        QVERIFY(!isColorMapFile("batlow-8"));
        QVERIFY(!isColorMapFile(""));
        QVERIFY(isColorMapFile("own.xml") && isColorMapFile("maps/own"));
        QCOMPARE(colorMapFrom("vik").name(), std::string("vik"));
        QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)colorMapFrom("jet"));
    }
};

QTEST_GUILESS_MAIN(ColorMapFileTest)
#include "ColorMapFileTest.moc"
