#include "core/templates/TemplateFinder.h"

#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <algorithm>

using namespace brainlike;
using namespace brainlike::test;

namespace {
TemplateFinder noPlaces() {
    return TemplateFinder(std::vector<std::filesystem::path>{});
}
} // namespace

class TemplateFinderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void giftiFolder();
    void freeSurferFolder();
    void freeSurferFilesWithoutSubfolders();
    void namedInPlaces();
    void incompleteFoldersArePassedOver();
    void missingListsEveryPlace();
    void wrongSizeForItsName();
    void damagedSurface();
    void surfacesByName();
    void surfaceOfAnotherSize();
    void surfaceThatIsNotClosed();
    void foldingIsSulcElseCurv();
    void foldingOfAnotherSize();
    void parcellationOfTheFolder();
    void parcellationIsCutToCoarserVertices();
    void parcellationOfASibling();
    void parcellationOfAnotherFamilyIsLeft();
    void placesFromTheEnvironment();
};

void TemplateFinderTest::giftiFolder() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "small";
    writeGiftiTemplate(folder);
    const Template found = noPlaces().find(folder.string() + "/");
    QCOMPARE(found.name(), std::string("small"));
    QCOMPARE(found.folder(), folder);
    QVERIFY((found.vertexCounts() == VertexCounts{6, 6}));
    QVERIFY((found.surfaces() == std::vector{SurfaceKind::White, SurfaceKind::Pial}));
    QVERIFY(found.has(SurfaceKind::Pial) && !found.has(SurfaceKind::Flat));
    QCOMPARE(found.readSurface(Hemisphere::Right, SurfaceKind::Pial).points(1, 0), -31.0F);
    QVERIFY(!found.readFolding(Hemisphere::Left) && !found.readParcellation());
}

void TemplateFinderTest::freeSurferFolder() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "bert";
    writeFreeSurferTemplate(folder / "surf", octahedron(), {"pial", "inflated"});
    for (const auto& named : {folder, folder / "surf"}) {
        const Template found = noPlaces().find(named.string());
        QCOMPARE(found.name(), std::string("bert"));
        QCOMPARE(found.folder(), folder);
        QVERIFY((found.surfaces() == std::vector{SurfaceKind::Pial, SurfaceKind::Inflated}));
        QCOMPARE(found.readSurface(Hemisphere::Left, SurfaceKind::Inflated).faceCount(), 8);
    }
}

void TemplateFinderTest::freeSurferFilesWithoutSubfolders() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path(), octahedron(), {"white"});
    QVERIFY(noPlaces().find(scratch.path().string()).has(SurfaceKind::White));
}

void TemplateFinderTest::namedInPlaces() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "second/bert/surf", octahedron(), {"white"});
    writeFreeSurferTemplate(scratch.path() / "third/bert/surf", octahedron(), {"pial"});
    const TemplateFinder finder({scratch.path() / "first", scratch.path() / "second", scratch.path() / "third"});
    QCOMPARE(finder.find("bert").folder(), scratch.path() / "second/bert");
}

void TemplateFinderTest::incompleteFoldersArePassedOver() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "first/bert/surf", octahedron(), {"pial"});
    std::filesystem::remove(scratch.path() / "first/bert/surf/rh.pial");
    const TemplateFinder finder({scratch.path() / "first", scratch.path() / "second"});
    const auto message = messageFrom<NotFoundError>([&] { (void)finder.find("bert"); });
    VERIFY_CONTAINS(message, "first/bert (no surfaces there)");
    writeFreeSurferTemplate(scratch.path() / "second/bert/surf", octahedron(), {"pial"});
    QCOMPARE(finder.find("bert").folder(), scratch.path() / "second/bert");
}

void TemplateFinderTest::missingListsEveryPlace() {
    const TemplateFinder finder({"/nowhere/one", "/nowhere/two"});
    const auto message = messageFrom<NotFoundError>([&] { (void)finder.find("fsaverage5"); });
    VERIFY_CONTAINS(message, "fsaverage5 was not found");
    VERIFY_CONTAINS(message, "/nowhere/one/fsaverage5");
    VERIFY_CONTAINS(message, "/nowhere/two/fsaverage5");
    VERIFY_CONTAINS(message, "./run build");
    VERIFY_CONTAINS(message, "--template");
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)finder.find("/nowhere/three"); }), "/nowhere/three");
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)finder.find(""); }), "not found");
}

void TemplateFinderTest::wrongSizeForItsName() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "fsaverage5", octahedron(), {"pial"});
    const auto message = messageFrom<FormatError>([&] { (void)TemplateFinder({scratch.path()}).find("fsaverage5"); });
    VERIFY_CONTAINS(message, "10242");
    VERIFY_CONTAINS(message, "6 and 6");
}

void TemplateFinderTest::damagedSurface() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "bert", octahedron(), {"pial"});
    (void)scratch.file("bert/rh.pial", "nothing of use");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)TemplateFinder({scratch.path()}).find("bert"); }), "rh.pial");
}

void TemplateFinderTest::surfacesByName() {
    for (const SurfaceKind kind :
         {SurfaceKind::White, SurfaceKind::Pial, SurfaceKind::Inflated, SurfaceKind::Sphere, SurfaceKind::Flat})
        QCOMPARE(surfaceKindFrom(nameOf(kind)), kind);
    const auto message = messageFrom<NotFoundError>([] { (void)surfaceKindFrom("round"); });
    VERIFY_CONTAINS(message, "white, pial, inflated, sphere, flat");
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "bert", octahedron(), {"pial", "white"});
    const Template found = TemplateFinder({scratch.path()}).find("bert");
    const auto none = messageFrom<NotFoundError>([&] { (void)found.readSurface(Hemisphere::Left, SurfaceKind::Flat); });
    VERIFY_CONTAINS(none, "bert has no flat surface");
    VERIFY_CONTAINS(none, "white, pial");
}

void TemplateFinderTest::surfaceOfAnotherSize() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "bert", octahedron(), {"pial"});
    writeFreeSurferTemplate(scratch.path() / "bert", icosahedron(), {"white"});
    const Template found = TemplateFinder({scratch.path()}).find("bert");
    const auto message =
        messageFrom<FormatError>([&] { (void)found.readSurface(Hemisphere::Left, SurfaceKind::White); });
    VERIFY_CONTAINS(message, "lh.white");
    VERIFY_CONTAINS(message, "6 vertices");
    VERIFY_CONTAINS(message, "12");
}

void TemplateFinderTest::surfaceThatIsNotClosed() {
    const ScratchFolder scratch;
    Mesh open = octahedron();
    open.faces.conservativeResize(7, 3);
    writeFreeSurferTemplate(scratch.path() / "bert", open, {"pial"});
    const Template found = TemplateFinder({scratch.path()}).find("bert");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)found.readSurface(Hemisphere::Left, SurfaceKind::Pial); }),
                    "8 faces");
}

void TemplateFinderTest::foldingIsSulcElseCurv() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "bert";
    writeFreeSurferTemplate(folder, octahedron(), {"pial"});
    const TemplateFinder finder({scratch.path()});
    for (const char* side : {"lh", "rh"})
        writeFreeSurferMap(folder / (std::string(side) + ".curv"), {1, 2, 3, 4, 5, 6});
    QCOMPARE(finder.find("bert").readFolding(Hemisphere::Right), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    for (const char* side : {"lh", "rh"})
        writeFreeSurferMap(folder / (std::string(side) + ".sulc"), {6, 5, 4, 3, 2, 1});
    QCOMPARE(finder.find("bert").readFolding(Hemisphere::Right), (std::vector<float>{6, 5, 4, 3, 2, 1}));
}

void TemplateFinderTest::foldingOfAnotherSize() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "bert", octahedron(), {"pial"});
    for (const char* side : {"lh", "rh"})
        writeFreeSurferMap(scratch.path() / "bert" / (std::string(side) + ".sulc"), {1, 2, 3});
    const Template found = TemplateFinder({scratch.path()}).find("bert");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)found.readFolding(Hemisphere::Left); }), "lh.sulc");
}

void TemplateFinderTest::parcellationOfTheFolder() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "bert";
    writeFreeSurferTemplate(folder / "surf", octahedron(), {"pial"});
    writeAnnotations(folder / "label", "HCPMMP1", 6);
    const auto parcellation = noPlaces().find(folder.string()).readParcellation();
    QVERIFY(parcellation);
    QCOMPARE(parcellation->name, std::string("HCP-MMP1"));
    QCOMPARE(parcellation->verticesOf(Hemisphere::Left, "V1"), (std::vector<int>{1, 4}));
    QVERIFY(parcellation->areaOf({Hemisphere::Right, 0}) == nullptr);
    QCOMPARE(parcellation->areaOf({Hemisphere::Right, 2})->name, std::string("MT"));
}

void TemplateFinderTest::parcellationIsCutToCoarserVertices() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "small";
    writeFreeSurferTemplate(folder, icosahedron(), {"pial"});
    writeAnnotations(folder, "HCP-MMP1", 42);
    const auto parcellation = noPlaces().find(folder.string()).readParcellation();
    QVERIFY(parcellation);
    QCOMPARE(parcellation->side(Hemisphere::Left).labels.size(), std::size_t(12));
    QCOMPARE(parcellation->verticesOf(Hemisphere::Right, "V1"), (std::vector<int>{1, 4, 7, 10}));
}

void TemplateFinderTest::parcellationOfASibling() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "one/fsaverage-like", icosahedron(), {"pial"});
    writeAnnotations(scratch.path() / "one/fsaverage/label", "HCP-MMP1", 42);
    QVERIFY(TemplateFinder({scratch.path() / "one"}).find("fsaverage-like").readParcellation());
    writeFreeSurferTemplate(scratch.path() / "two/fsaverage-like", icosahedron(), {"pial"});
    writeAnnotations(scratch.path() / "set-up/fsaverage5", "HCP-MMP1", 42);
    QVERIFY(!TemplateFinder({scratch.path() / "two"}).find("fsaverage-like").readParcellation());
    QVERIFY(
        TemplateFinder({scratch.path() / "two", scratch.path() / "set-up"}).find("fsaverage-like").readParcellation());
}

void TemplateFinderTest::parcellationOfAnotherFamilyIsLeft() {
    const ScratchFolder scratch;
    writeFreeSurferTemplate(scratch.path() / "bert", octahedron(), {"pial"});
    writeAnnotations(scratch.path() / "fsaverage", "HCP-MMP1", 42);
    QVERIFY(!TemplateFinder({scratch.path()}).find("bert").readParcellation());
    writeAnnotations(scratch.path() / "bert", "HCP-MMP1", 42);
    QVERIFY(!TemplateFinder({scratch.path()}).find("bert").readParcellation());
}

void TemplateFinderTest::placesFromTheEnvironment() {
    const ScratchFolder scratch;
    std::filesystem::create_directories(scratch.path() / "nilearn_data/freesurfer");
    const std::vector<std::pair<const char*, std::string>> variables{{"HOME", scratch.path()},
                                                                     {"XDG_DATA_HOME", "/data"},
                                                                     {"BRAINLIKE_TEMPLATES", "/named"},
                                                                     {"SUBJECTS_DIR", "/subjects"},
                                                                     {"FREESURFER_HOME", "/freesurfer"}};
    std::vector<std::pair<const char*, QByteArray>> before;
    for (const auto& [name, value] : variables) {
        before.emplace_back(name, qgetenv(name));
        qputenv(name, QByteArray::fromStdString(value));
    }
    const auto places = TemplateFinder().places();
    qunsetenv("XDG_DATA_HOME");
    const auto setUp = TemplateFinder::setUpFolder();
    for (const auto& [name, value] : before)
        value.isNull() ? qunsetenv(name) : qputenv(name, value);
    QCOMPARE(places, (std::vector<std::filesystem::path>{
                         "/named", "/data/brainlike/templates", "/subjects", "/freesurfer/subjects",
                         scratch.path() / "mne_data/MNE-fsaverage-data", scratch.path() / "nilearn_data",
                         scratch.path() / "nilearn_data/freesurfer"}));
    QCOMPARE(setUp, scratch.path() / ".local/share/brainlike/templates");
}

QTEST_GUILESS_MAIN(TemplateFinderTest)
#include "TemplateFinderTest.moc"
