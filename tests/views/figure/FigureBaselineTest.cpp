#include "core/formats/FreeSurferAnnotation.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/ImageCheck.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/figure/CortexFigure.h"

#include <QFontInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;

std::unique_ptr<ScoreSource> scores() {
    const int count = sphere(rounds).vertexCount();
    return std::make_unique<FakeScores>(FakeScores::Options{.models = 2, .layers = 6, .vertices = {count, count}});
}

/// Values of both signs that fall from front to back, and four areas, some vertices without one; p that falls upwards.
std::unique_ptr<ScoreSource> maps() {
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
    ImportedMap values{.name = "values", .values = {}, .labels = {}, .areas = {}};
    ImportedMap labels{
        .name = "labels",
        .values = {},
        .labels = {},
        .areas = {{"red", {200, 40, 40, 255}}, {"blue", {40, 80, 200, 255}}, {"dark", {30, 30, 30, 255}}}};
    ImportedMap p{.name = "p", .values = {}, .labels = {}, .areas = {}};
    for (int side = 0; side < 2; ++side)
        for (Eigen::Index vertex = 0; vertex < mesh.points.rows(); ++vertex) {
            p.values.push_back(std::min(1.0F, std::pow(10.0F, -1.5F - mesh.points(vertex, 2) / 20)));
            const float place = mesh.points(vertex, 1);
            values.values.push_back(place > 60 ? std::nanf("") : place / 50);
            labels.labels.push_back(static_cast<std::int16_t>(place < -40 ? 0 : place < 0 ? 1 : place < 40 ? 2 : -1));
        }
    const int count = static_cast<int>(mesh.points.rows());
    return std::make_unique<FakeMaps>("fake", VertexCounts{count, count},
                                      std::vector<ImportedMap>{std::move(values), std::move(labels), std::move(p)});
}

/// Scores on a template with four areas and a medial wall.
std::unique_ptr<ScoreSource> scoresOnAreas() {
    const int count = sphere(rounds).vertexCount();
    return std::make_unique<FakeScores>(
        FakeScores::Options{.models = 2, .layers = 6, .vertices = {count, count}, .templateName = "parcelled"});
}

void writeAreas(const std::filesystem::path& folder, const Mesh& mesh) {
    std::filesystem::create_directories(folder);
    for (const Hemisphere hemisphere : hemispheres) {
        const bool isLeft = hemisphere == Hemisphere::Left;
        // The file of both hemispheres is the same.
        Annotation annotation = quarters(mesh, Hemisphere::Left);
        std::uint8_t shade = 40;
        for (Area& area : annotation.areas) {
            area.color = {shade, 90, 120, 255};
            shade = static_cast<std::uint8_t>(shade + 40);
        }
        writeFreeSurferAnnotation(folder / (isLeft ? "lh.HCP-MMP1.annot" : "rh.HCP-MMP1.annot"), annotation);
    }
}

} // namespace

/// Every kind of map, what can be done with it, and its legend, as figures show them.
class FigureBaselineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void looksAsBefore_data();
    void looksAsBefore();
    void regionsLookAsBefore_data();
    void regionsLookAsBefore();
    void anotherMapIsNoticed();

private:
    [[nodiscard]] QImage draw(const ScoreSource& source, const nlohmann::json& selection);
    QTemporaryDir m_folder;
    JobContext m_context;
};

void FigureBaselineTest::initTestCase() {
    const std::filesystem::path root = m_folder.path().toStdString();
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    writeFreeSurferTemplate(root / "parcelled/surf", mesh, {"pial", "inflated"});
    writeAreas(root / "parcelled/label", mesh);
    qputenv("BRAINLIKE_TEMPLATES", m_folder.path().toUtf8());
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    qunsetenv("QT_QPA_PLATFORM");
    prepareFigures();
    if (QFontInfo(QFont()).family() != "DejaVu Sans")
        QSKIP("the pictures to compare with were drawn in DejaVu Sans");
}

QImage FigureBaselineTest::draw(const ScoreSource& source, const nlohmann::json& selection) {
    CortexFigureOptions options;
    options.widthMm = 130;
    options.heightMm = 90;
    options.dpi = 50;
    nlohmann::json wanted = selection;
    if (!source.index().models.empty())
        wanted.update({{"model", "model-1"}, {"step", 10000000}});
    options.dark = wanted.value("dark", false);
    options.selection = selectionFromJson(wanted);
    return drawCortexFigure(source, options, m_context);
}

void FigureBaselineTest::looksAsBefore_data() {
    QTest::addColumn<bool>("isOfFiles");
    QTest::addColumn<QByteArray>("selection");
    const auto add = [](const char* name, bool isOfFiles, const nlohmann::json& selection) {
        QTest::newRow(name) << isOfFiles << QByteArray::fromStdString(selection.dump());
    };
    using nlohmann::json;
    add("score", false, {{"map", "score"}});
    add("score-of-a-subject", false, {{"recording", "fmri-S1"}});
    add("score-of-a-layer", false, {{"layer", "block_02"}});
    add("score-range", false, {{"range", {0.1, 0.2}}});
    add("score-range-of-the-map", false, {{"range_rule", "map"}});
    add("score-threshold", false, {{"threshold", 0.1}});
    add("score-significant", false, {{"significance", "hide"}});
    add("score-fading", false, {{"significance", "fade"}});
    add("score-other-colours", false, {{"colormap", "batlow"}});
    add("score-protanopia", false, {{"color_vision", "protanopia"}});
    add("score-underlay-binary", false, {{"underlay", "binary"}, {"threshold", 0.1}});
    add("best-layer", false, {{"map", "best-layer"}});
    add("best-layer-threshold", false, {{"map", "best-layer"}, {"threshold", 0.1}});
    add("half-time", false, {{"map", "half-time"}});
    add("difference", false, {{"map", "difference"}});
    add("difference-two-tailed", false, {{"map", "difference"}, {"threshold", 0.1}});
    add("difference-of-models", false, {{"map", "difference"}, {"difference", {{"base", "model"}, {"name", ""}}}});
    add("t", false, {{"map", "t"}});
    add("q", false, {{"map", "q"}});
    add("compared", false, {{"compared", true}, {"difference", {{"base", "model"}, {"name", ""}}}});
    const json layers{{"id", 1}, {"map", "best-layer"}, {"opacity", 0.6}};
    const json t{{"id", 2}, {"map", "t"}, {"threshold", 18}, {"opacity", 0.7}};
    add("stack", false, {{"stack", {layers, t}}});
    add("stack-masked", false, {{"mask", 2}, {"stack", {t}}});
    add("values", true, {{"map", "imported"}, {"imported_map", "values"}});
    add("values-symmetric", true, {{"map", "imported"}, {"imported_map", "values"}, {"symmetric", true}});
    add("values-one-tailed", true,
        {{"map", "imported"}, {"imported_map", "values"}, {"threshold", 0.4}, {"one_tailed", true}});
    add("values-two-tailed", true, {{"map", "imported"}, {"imported_map", "values"}, {"threshold", 0.4}});
    add("values-percentile", true,
        {{"map", "imported"}, {"imported_map", "values"}, {"range_rule", "percentile-2-98"}});
    add("labels", true, {{"map", "imported"}, {"imported_map", "labels"}});
    add("score-dark", false, {{"dark", true}});
    add("best-layer-dark", false, {{"map", "best-layer"}, {"dark", true}});
    add("score-cividis", false, {{"colormap", "cividis"}});
    add("score-discrete", false, {{"colormap", "batlow-8"}});
    add("values-roma", true, {{"map", "imported"}, {"imported_map", "values"}, {"colormap", "roma"}});
    add("gap-apart", false, {{"camera_preset", "dorsal"}, {"gap", 60}});
    add("square-cut", false, {{"significance", "fade"}, {"range", {0.1, 0.2}}});
    const json named{{"id", 1}, {"map", "imported"}, {"imported_map", "labels"}, {"opacity", 0.6}};
    add("stack-of-labels", true, {{"map", "imported"}, {"imported_map", "values"}, {"stack", {named}}});
    const json values{{"map", "imported"}, {"imported_map", "values"}};
    const auto with = [](json selection, const json& more) {
        selection.update(more);
        return selection;
    };
    add("file-significant", true, with(values, {{"significance", "hide"}, {"significance_map", "p"}}));
    add("file-fading", true, with(values, {{"significance", "fade"}, {"significance_map", "p"}}));
    const json hidden{{"id", 1},         {"threshold", 0.5},       {"visible", false},
                      {"contour", true}, {"significance", "hide"}, {"significance_map", "p"}};
    add("line-around-hidden", true, with(values, {{"stack", {with(hidden, values)}}}));
    add("line-around-labels", true,
        with(values,
             {{"stack",
               {{{"id", 1}, {"map", "imported"}, {"imported_map", "labels"}, {"contour", true}, {"opacity", 0.5}}}}}));
}

void FigureBaselineTest::regionsLookAsBefore_data() {
    QTest::addColumn<QByteArray>("selection");
    const auto add = [](const char* name, const nlohmann::json& selection) {
        QTest::newRow(name) << QByteArray::fromStdString(selection.dump());
    };
    using nlohmann::json;
    add("areas", json::object());
    add("area-names", {{"area_names", true}});
    add("chosen-areas", {{"areas", {"V1", "44"}}, {"outlined", "chosen-areas"}});
    add("isolated", {{"areas", {"V1"}}, {"isolated", true}});
    add("isolated-contour", {{"areas", {"V1"}}, {"isolated", true}, {"threshold", 0.1}, {"threshold_contour", true}});
    add("contour-threshold", {{"threshold", 0.1}, {"threshold_contour", true}});
    add("contour-significance", {{"significance_contour", true}});
}

void FigureBaselineTest::regionsLookAsBefore() {
    QFETCH(QByteArray, selection);
    const QString problem = compareWithBaseline(draw(*scoresOnAreas(), nlohmann::json::parse(selection.toStdString())),
                                                QStringLiteral("figure-regions-") + QTest::currentDataTag(), 0.02);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void FigureBaselineTest::looksAsBefore() {
    QFETCH(bool, isOfFiles);
    QFETCH(QByteArray, selection);
    const auto source = isOfFiles ? maps() : scores();
    const QString problem = compareWithBaseline(draw(*source, nlohmann::json::parse(selection.toStdString())),
                                                QStringLiteral("figure-") + QTest::currentDataTag(), 0.02);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void FigureBaselineTest::anotherMapIsNoticed() {
    QImage difference;
    const auto source = scores();
    const QImage score = draw(*source, {{"map", "score"}});
    for (const nlohmann::json& other : {nlohmann::json{{"threshold", 0.1}}, nlohmann::json{{"significance", "hide"}},
                                        nlohmann::json{{"layer", "block_02"}}, nlohmann::json{{"map", "t"}}})
        QVERIFY2(differingShare(draw(*source, other), score, 16, difference) > 0.04, other.dump().c_str());
}

QTEST_APPLESS_MAIN(FigureBaselineTest)
#include "FigureBaselineTest.moc"
