#include "core/roi/RoiFiles.h"

#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferLabel.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <functional>
#include <numeric>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr VertexCounts counts{20, 18};

/// Two regions that do not overlap, one of them in both hemispheres.
RoiSet twoRegions() {
    return {.rois = {{.name = "ROI 1", .color = {0, 158, 115}, .vertices = {{{0, 1, 2, 3, 9}, {4, 5}}}},
                     {.name = "fovea", .color = {230, 159, 0}, .vertices = {{{10, 12}, {}}}}}};
}

RoiSurface surface() {
    RoiSurface surface{.templateName = "/somewhere/fsaverage5", .counts = counts, .positions = {}};
    for (const Hemisphere hemisphere : hemispheres) {
        auto& positions = surface.positions[indexOf(hemisphere)];
        positions.resize(counts.of(hemisphere), 3);
        for (Eigen::Index row = 0; row < positions.rows(); ++row)
            positions.row(row) << static_cast<float>(row) / 2, -1.25F, 100;
    }
    return surface;
}

std::vector<std::string> namesOf(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> names;
    for (const auto& file : files)
        names.push_back(file.filename().string());
    return names;
}

} // namespace

class RoiFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comesBackFromJson();
    void comesBackFromAnnotations();
    void comesBackFromLabels();
    void nibabelReadsWhatIsWritten();
    void overlapsAreRefusedAsAnnotation();
    void anotherSuffixIsRefused();
    void otherSurfacesAreRefused();
    void damagedFilesGiveOneMessage_data();
    void damagedFilesGiveOneMessage();
    void areasOfOneColourStayApart();
    void namesAndColoursComeBackExactly();
    void anotherProgramsNamesAreRead();
};

void RoiFilesTest::comesBackFromJson() {
    const ScratchFolder folder;
    const auto files = saveRois(twoRegions(), surface(), folder.file("my rois.json"));
    QCOMPARE(namesOf(files), std::vector<std::string>{"my rois.json"});
    QVERIFY(loadRois(files, counts) == twoRegions());
    VERIFY_CONTAINS(bytesOf(files.front()), "\"0-3,9\"");
    VERIFY_CONTAINS(bytesOf(files.front()), "\"fsaverage5\"");
}

void RoiFilesTest::comesBackFromAnnotations() {
    const ScratchFolder folder;
    const auto files = saveRois(twoRegions(), surface(), folder.file("lh.rois.annot"));
    QCOMPARE(namesOf(files), (std::vector<std::string>{"lh.rois.annot", "rh.rois.annot"}));
    QVERIFY(loadRois(files, counts) == twoRegions());
}

void RoiFilesTest::comesBackFromLabels() {
    const ScratchFolder folder;
    const auto files = saveRois(twoRegions(), surface(), folder.file("set.label"));
    QCOMPARE(namesOf(files),
             (std::vector<std::string>{"lh.set.ROI_1.label", "rh.set.ROI_1.label", "lh.set.fovea.label"}));
    QVERIFY(loadRois(files, counts) == twoRegions()); // colours are the first two of the palette
    const FreeSurferLabel label = readFreeSurferLabel(files.front());
    QCOMPARE(label.name, std::string("ROI 1"));
    QCOMPARE(label.subject, std::string("fsaverage5"));
    VERIFY_CONTAINS(bytesOf(files.front()), "9  4.500  -1.250  100.000 0");
}

void RoiFilesTest::nibabelReadsWhatIsWritten() {
    // make_roi.py read the two stored files with nibabel and stored what it found; the bytes are those written here.
    const ScratchFolder folder;
    (void)saveRois(twoRegions(), surface(), folder.file("rois.annot"));
    (void)saveRois(twoRegions(), surface(), folder.file("rois.label"));
    QVERIFY(bytesOf(folder.file("lh.rois.annot")) == bytesOf(dataFile("roi/lh.rois.annot")));
    QVERIFY(bytesOf(folder.file("lh.rois.ROI_1.label")) == bytesOf(dataFile("roi/lh.rois.ROI_1.label")));
    const auto found = dataJson("roi/nibabel.json");
    std::vector<int> labels(20, -1);
    for (const int vertex : {0, 1, 2, 3, 9})
        labels[static_cast<std::size_t>(vertex)] = 0;
    labels[10] = labels[12] = 1;
    QCOMPARE(found.at("labels").get<std::vector<int>>(), labels);
    QCOMPARE(found.at("names").get<std::vector<std::string>>(), (std::vector<std::string>{"ROI 1", "fovea"}));
    QVERIFY(found.at("colors") == nlohmann::json({{0, 158, 115, 0}, {230, 159, 0, 0}}));
    QCOMPARE(found.at("label").get<std::vector<int>>(), (std::vector<int>{0, 1, 2, 3, 9}));
}

void RoiFilesTest::overlapsAreRefusedAsAnnotation() {
    RoiSet set = twoRegions();
    set.rois[1].vertices[0] = {3, 10};
    const ScratchFolder folder;
    const auto message = messageFrom<ValueError>([&] { (void)saveRois(set, surface(), folder.file("overlap.annot")); });
    VERIFY_CONTAINS(message, "lh vertex 3");
    VERIFY_CONTAINS(message, "ROI 1 and fovea");
    QVERIFY(!std::filesystem::exists(folder.file("lh.overlap.annot")));
    QVERIFY(loadRois(saveRois(set, surface(), folder.file("overlap.json")), counts) == set);
}

void RoiFilesTest::anotherSuffixIsRefused() {
    const auto message = messageFrom<UsageError>([] { (void)saveRois(twoRegions(), surface(), "/tmp/rois.txt"); });
    VERIFY_CONTAINS(message, ".json, .annot or .label");
    VERIFY_CONTAINS(message, "rois.txt");
}

void RoiFilesTest::otherSurfacesAreRefused() {
    const ScratchFolder folder;
    const auto json = saveRois(twoRegions(), surface(), folder.file("rois.json"));
    const auto annotations = saveRois(twoRegions(), surface(), folder.file("rois.annot"));
    const auto labels = saveRois(twoRegions(), surface(), folder.file("rois.label"));
    for (const auto& files : {json, annotations, labels}) {
        const auto message = messageFrom<ShapeError>([&] { (void)loadRois(files, {8, 8}); });
        VERIFY_CONTAINS(message, "another surface");
        VERIFY_CONTAINS(message, files.front().string());
    }
    // Saving for a surface that lacks vertices is refused before anything is written.
    RoiSurface small = surface();
    small.counts = {5, 5};
    (void)messageFrom<ShapeError>([&] { (void)saveRois(twoRegions(), small, folder.file("small.annot")); });
    QVERIFY(!std::filesystem::exists(folder.file("lh.small.annot")));
}

void RoiFilesTest::damagedFilesGiveOneMessage_data() {
    QTest::addColumn<QString>("bytes");
    QTest::addColumn<QString>("part");
    const auto json = [](const char* rois) {
        return QString("{\"format\": \"brainlike-rois\", \"rois\": %1}").arg(rois);
    };
    QTest::newRow("cut") << "{\"format\": \"brainlike-rois\""
                         << "not valid JSON";
    QTest::newRow("foreign") << "{\"format\": \"other\"}"
                             << "brainlike-rois";
    QTest::newRow("no list") << json("3") << "a list of regions";
    QTest::newRow("no name") << json("[{\"lh\": \"1\"}]") << "/rois/0/name";
    QTest::newRow("twice") << json("[{\"name\": \"a\", \"lh\": \"1\"}, {\"name\": \"a\", \"lh\": \"2\"}]")
                           << "/rois/1/name";
    QTest::newRow("empty") << json("[{\"name\": \"a\"}]") << "/rois/0";
    QTest::newRow("order") << json("[{\"name\": \"a\", \"lh\": \"5,3\"}]") << "/rois/0/lh";
    QTest::newRow("word") << json("[{\"name\": \"a\", \"rh\": \"x\"}]") << "/rois/0/rh";
    QTest::newRow("huge") << json("[{\"name\": \"a\", \"rh\": \"0-2000000000\"}]") << "/rois/0/rh";
    QTest::newRow("comma") << json("[{\"name\": \"a\", \"rh\": \"1,\"}]") << "after the comma";
    QTest::newRow("colour") << json("[{\"name\": \"a\", \"color\": \"red\", \"rh\": \"1\"}]") << "#rrggbb";
    QTest::newRow("number") << json("[{\"name\": 4, \"rh\": \"1\"}]") << "/rois/0/name";
    QTest::newRow("text") << "hello"
                          << "no kind that can be shown";
    QTest::newRow("label") << "#!ascii label\n2\n1 0 0 0 0\n"
                           << "the end of the file";
}

void RoiFilesTest::damagedFilesGiveOneMessage() {
    QFETCH(QString, bytes);
    QFETCH(QString, part);
    const ScratchFolder folder;
    const auto file = folder.file("damaged", bytes.toStdString());
    const auto message = messageFrom<FormatError>([&] { (void)loadRois({file}, counts); });
    VERIFY_CONTAINS(message, part.toStdString());
    VERIFY_CONTAINS(message, file.string());
}

void RoiFilesTest::areasOfOneColourStayApart() {
    Annotation annotation;
    for (const char* name : {"a", "b", "c"})
        annotation.areas.push_back({name, {0, 0, 255, 255}, true});
    annotation.areas.push_back({"black", {0, 0, 0, 255}, true});
    annotation.labels = {0, 1, 2, 3, -1, 2};
    const ScratchFolder folder;
    writeFreeSurferAnnotation(folder.file("same.annot"), annotation);
    const Annotation read = readFreeSurferAnnotation(folder.file("same.annot"));
    QCOMPARE(read.labels, annotation.labels);
    QCOMPARE(read.areas[2].name, std::string("c"));
}

void RoiFilesTest::namesAndColoursComeBackExactly() {
    // Names that tables of areas give a meaning to, equal colours, black, and names of equal files.
    RoiSet set;
    int vertex = 0;
    for (const char* name :
         {"L_V1_ROI", "R_V1", "unknown", "Medial_wall", "a b", "a:b", "x , from subject y", "last"}) {
        const auto hue = static_cast<std::uint8_t>(vertex < 6 ? 0 : 40);
        set.rois.push_back({.name = name, .color = {hue, hue, hue}, .vertices = {{{vertex, vertex + 1}, {}}}});
        vertex += 2;
    }
    const ScratchFolder folder;
    for (const char* file : {"set.annot", "set.label", "set.json"}) {
        const auto files = saveRois(set, surface(), folder.file(file));
        QVERIFY2(loadRois(files, counts) == set, file);
    }
}

void RoiFilesTest::anotherProgramsNamesAreRead() {
    // The stored file with another origin: what a table tells of hemispheres and the medial wall counts again.
    std::string bytes = bytesOf(dataFile("roi/lh.rois.annot"));
    const auto replace = [&](const std::string& from, const std::string& to) {
        const auto place = bytes.find(from);
        QVERIFY(place != std::string::npos && from.size() == to.size());
        bytes.replace(place, from.size(), to);
    };
    replace("brainlike", "elsewhere");
    replace("ROI 1", "L_abc");
    replace("fovea", "R_def");
    const ScratchFolder folder;
    const RoiSet set = loadRois({folder.file("lh.other.annot", bytes)}, counts);
    QCOMPARE(set.rois.size(), std::size_t(2));
    QCOMPARE(set.rois[0].name, std::string("abc"));
    QCOMPARE(set.rois[1].name, std::string("def"));
}

QTEST_GUILESS_MAIN(RoiFilesTest)
#include "RoiFilesTest.moc"
