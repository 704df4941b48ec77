#include "core/templates/TemplateFinder.h"

#include "core/templates/SurfaceNames.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace brainlike;
using namespace brainlike::test;

namespace {
TemplateFinder noPlaces() {
    return TemplateFinder(std::vector<std::filesystem::path>{});
}

/// Both hemispheres of surfaces, named by hemisphere (%1: L, R) and kind (%2).
void writeNamedSurfaces(const std::filesystem::path& folder, const QString& pattern,
                        const std::vector<const char*>& kinds) {
    std::filesystem::create_directories(folder);
    for (const char* kind : kinds)
        for (const char* side : {"L", "R"})
            std::filesystem::copy_file(dataFile("formats/surfaces/text.surf.gii"),
                                       folder / pattern.arg(side, kind).toStdString());
}

/// A closed surface of any number of vertices: a double pyramid.
Mesh closedMesh(int vertices) {
    Mesh mesh{RowMatrix<float>(vertices, 3), RowMatrix<std::int32_t>(2 * vertices - 4, 3)};
    const int ring = vertices - 2;
    for (int i = 0; i < ring; ++i) {
        const float angle = 6.2831853F * static_cast<float>(i) / static_cast<float>(ring);
        mesh.points.row(i) << std::cos(angle), std::sin(angle), 0;
        mesh.faces.row(2 * i) << i, (i + 1) % ring, ring;
        mesh.faces.row(2 * i + 1) << (i + 1) % ring, i, ring + 1;
    }
    mesh.points.row(ring) << 0, 0, 1;
    mesh.points.row(ring + 1) << 0, 0, -1;
    return mesh;
}

/// Both hemispheres of one surface as GIFTI.
void writeGiftiSurfaces(const std::filesystem::path& folder, const QString& pattern, const Mesh& mesh) {
    const auto array = [](const char* intent, const char* type, Eigen::Index rows, const auto& matrix) {
        std::ostringstream text;
        text << "<DataArray Intent=\"" << intent << "\" DataType=\"" << type
             << "\" ArrayIndexingOrder=\"RowMajorOrder\" Dimensionality=\"2\" Dim0=\"" << rows
             << "\" Dim1=\"3\" Encoding=\"ASCII\" Endian=\"LittleEndian\" ExternalFileName=\"\" "
                "ExternalFileOffset=\"\"><Data>"
             << matrix << "</Data></DataArray>";
        return text.str();
    };
    const std::string bytes = "<?xml version=\"1.0\"?><GIFTI Version=\"1.0\" NumberOfDataArrays=\"2\">" +
                              array("NIFTI_INTENT_POINTSET", "NIFTI_TYPE_FLOAT32", mesh.points.rows(), mesh.points) +
                              array("NIFTI_INTENT_TRIANGLE", "NIFTI_TYPE_INT32", mesh.faces.rows(), mesh.faces) +
                              "</GIFTI>";
    for (const char* side : {"L", "R"})
        writeBytes(folder / pattern.arg(side).toStdString(), bytes);
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
    void onlyFsaverageIsInMni305();
    void surfaceNames_data();
    void surfaceNames();
    void namedSurfacesInAnyFolder_data();
    void namedSurfacesInAnyFolder();
    void collectionsAreSearchedForKnownTemplates();
    void surfacesBesideTheMapComeLast();
    void missingFsLrListsItsPlaces();
    void positionsInTheHeadAreOfThePialSurfaceFirst();
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

void TemplateFinderTest::surfaceNames_data() {
    QTest::addColumn<QString>("told");
    const auto row = [](const char* file, const char* told) { QTest::newRow(file) << told; };
    row("S1200.L.inflated_MSMAll.32k_fs_LR.surf.gii", "inflated lh fsLR 32k");
    row("Q1-Q6_R440.R.midthickness.32k_fs_LR.surf.gii", "midthickness rh fsLR 32k");
    row("fs_LR.32k.R.sphere.surf.gii", "sphere rh fsLR 32k");
    row("100307.L.flat.164k_fs_LR.surf.gii", "flat lh fsLR 164k");
    row("tpl-fsLR_den-32k_hemi-L_inflated.surf.gii", "inflated lh fsLR 32k");
    row("tpl-fsLR_den-32k_hemi-R_sulc.shape.gii", "sulc rh fsLR 32k");
    row("tpl-fsLR_den-32k_hemi-R_desc-sulc_midthickness.shape.gii", "sulc rh fsLR 32k");
    row("tpl-fsaverage_den-10k_hemi-L_pial.surf.gii.gz", "pial lh fsaverage 10k");
    row("tpl-fsLR_space-fsaverage_den-32k_hemi-L_sphere.surf.gii", "sphere lh fsLR 32k deformed");
    row("fs_LR-deformed_to-fsaverage.L.sphere.32k_fs_LR.surf.gii", "sphere lh fsLR 32k deformed");
    row("sub-01_hemi-R_white.surf.gii", "white rh  ");
    row("S1200.L.very_inflated_MSMAll.32k_fs_LR.surf.gii", "");
    row("tpl-fsLR_den-32k_hemi-L_veryinflated.surf.gii", "");
    row("tpl-fsLR_den-32k_hemi-L_desc-vaavg_midthickness.shape.gii", "");
    row("tpl-fsLR_den-32k_hemi-L_desc-nomedialwall_dparc.label.gii", "");
    row("inflated.32k_fs_LR.surf.gii", "");
    row("lh.pial", "");
}

void TemplateFinderTest::surfaceNames() {
    QFETCH(QString, told);
    const auto name = surfaceNameFrom(QTest::currentDataTag());
    QString seen;
    if (name)
        seen = QString::fromStdString(name->role + " " + std::string(shortName(name->side)) + " " + name->family + " " +
                                      name->density + (name->isDeformed ? " deformed" : ""));
    QCOMPARE(seen, told);
}

void TemplateFinderTest::namedSurfacesInAnyFolder_data() {
    QTest::addColumn<QString>("pattern");
    QTest::newRow("HCP") << "S1200.%1.%2_MSMAll.32k_fs_LR.surf.gii";
    QTest::newRow("TemplateFlow") << "tpl-fsLR_den-32k_hemi-%1_%2.surf.gii";
    QTest::newRow("short") << "a.%1.%2.surf.gii";
}

void TemplateFinderTest::namedSurfacesInAnyFolder() {
    QFETCH(QString, pattern);
    const ScratchFolder scratch;
    writeNamedSurfaces(scratch.path() / "mine", pattern, {"inflated", "midthickness", "very_inflated"});
    (void)scratch.file("mine/" + pattern.arg("L", "pial").toStdString(), "one side alone is none");
    const Template found = noPlaces().find((scratch.path() / "mine").string());
    QCOMPARE(found.name(), std::string("mine")); // of six vertices, as no fsLR has
    QVERIFY((found.surfaces() == std::vector{SurfaceKind::Inflated, SurfaceKind::Midthickness}));
    QVERIFY(found.anatomicalSurface() == SurfaceKind::Midthickness);
    QCOMPARE(found.readSurface(Hemisphere::Right, SurfaceKind::Midthickness).vertexCount(), 6);
}

void TemplateFinderTest::collectionsAreSearchedForKnownTemplates() {
    const ScratchFolder scratch;
    const TemplateFinder finder({}, {scratch.path() / "missing", scratch.path() / "collection"});
    const auto folder = scratch.path() / "collection/atlases/fsLR";
    // Other densities and spaces lie beside it.
    writeNamedSurfaces(folder, "tpl-fsLR_den-4k_hemi-%1_%2.surf.gii", {"inflated", "midthickness", "pial"});
    writeNamedSurfaces(scratch.path() / "collection/atlases/fsaverage", "tpl-fsaverage_den-3k_hemi-%1_%2.surf.gii",
                       {"pial"});
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)finder.find("fsLR"); }), "none of its surfaces");
    const Mesh closed = closedMesh(32492);
    writeGiftiSurfaces(folder, "tpl-fsLR_den-32k_hemi-%1_sphere.surf.gii", closed);
    writeGiftiSurfaces(folder, "tpl-fsLR_space-fsaverage_den-32k_hemi-%1_sphere.surf.gii", closed);
    for (const char* name : {"fsLR", "fs_LR", "fsLR-32k"}) {
        const Template found = finder.find(name);
        QCOMPARE(found.name(), std::string("fsLR"));
        QCOMPARE(found.folder(), folder);
        QVERIFY((found.vertexCounts() == VertexCounts{32492, 32492}));
        QVERIFY((found.surfaces() == std::vector{SurfaceKind::Sphere}));
    }
    // The folder's name is enough where it is a place.
    QCOMPARE(TemplateFinder({scratch.path() / "collection/atlases"}).find("fsLR").name(), std::string("fsLR"));
}

void TemplateFinderTest::surfacesBesideTheMapComeLast() {
    const ScratchFolder scratch;
    const auto folder = scratch.path() / "maps";
    writeGiftiSurfaces(folder, "fs_LR-deformed_to-fsaverage.%1.sphere.32k_fs_LR.surf.gii", closedMesh(32492));
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)noPlaces().find("fsLR"); }), "neuromaps");
    QCOMPARE(noPlaces().find("fsLR", folder).folder(), folder);
}

void TemplateFinderTest::missingFsLrListsItsPlaces() {
    const TemplateFinder finder({"/nowhere/one"}, {"/nowhere/templateflow"});
    const auto message = messageFrom<NotFoundError>([&] { (void)finder.find("fsLR", "/nowhere/maps"); });
    for (const char* part : {"/nowhere/one/fsLR", "/nowhere/templateflow", "/nowhere/maps", "tpl-fsLR_den-32k_hemi-L"})
        VERIFY_CONTAINS(message, part);
}

void TemplateFinderTest::onlyFsaverageIsInMni305() {
    const auto spaceOf = [](const char* name, VertexCounts counts) { return Template(name, {}, counts, {}).space(); };
    for (const auto& [name, count] : {std::pair{"fsaverage", 163842}, std::pair{"fsaverage5", 10242}})
        QCOMPARE(spaceOf(name, {count, count}), (CoordinateSpace{.name = "MNI305", .isMni305 = true}));
    QCOMPARE(spaceOf("fsLR", {32492, 32492}), CoordinateSpace{.name = "fsLR"});
    QCOMPARE(spaceOf("bert", {163842, 163842}), CoordinateSpace{.name = "bert"});
    QCOMPARE(spaceOf("fsaverage_sym", {163842, 163842}), CoordinateSpace{.name = "fsaverage_sym"});
    QCOMPARE(spaceOf("fsaverage", {140000, 139000}), CoordinateSpace{.name = "fsaverage"});
}

void TemplateFinderTest::positionsInTheHeadAreOfThePialSurfaceFirst() {
    const auto with = [](std::initializer_list<const char*> roles) {
        Template::Files files;
        for (const char* role : roles)
            files[role];
        return Template("bert", {}, {}, files).anatomicalSurface();
    };
    QVERIFY(with({"inflated", "midthickness", "white", "pial"}) == SurfaceKind::Pial);
    QVERIFY(with({"inflated", "midthickness", "white"}) == SurfaceKind::White);
    QVERIFY(with({"inflated", "midthickness"}) == SurfaceKind::Midthickness);
    QVERIFY(!with({"inflated", "sphere"}));
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
    const std::vector<std::pair<const char*, std::string>> variables{
        {"HOME", scratch.path()},      {"XDG_DATA_HOME", "/data"},         {"BRAINLIKE_TEMPLATES", "/named"},
        {"SUBJECTS_DIR", "/subjects"}, {"FREESURFER_HOME", "/freesurfer"}, {"TEMPLATEFLOW_HOME", "/flow"},
        {"NEUROMAPS_DATA", ""}};
    std::vector<std::pair<const char*, QByteArray>> before;
    for (const auto& [name, value] : variables) {
        before.emplace_back(name, qgetenv(name));
        qputenv(name, QByteArray::fromStdString(value));
    }
    const auto places = TemplateFinder().places();
    const auto collections = TemplateFinder().collections();
    qunsetenv("XDG_DATA_HOME");
    const auto setUp = TemplateFinder::setUpFolder();
    for (const auto& [name, value] : before)
        value.isNull() ? qunsetenv(name) : qputenv(name, value);
    QCOMPARE(places, (std::vector<std::filesystem::path>{
                         "/named", "/data/brainlike/templates", "/subjects", "/freesurfer/subjects",
                         scratch.path() / "mne_data/MNE-fsaverage-data", scratch.path() / "nilearn_data",
                         scratch.path() / "nilearn_data/freesurfer"}));
    QCOMPARE(collections, (std::vector<std::filesystem::path>{"/named", "/data/brainlike/templates", "/flow",
                                                              scratch.path() / "neuromaps-data"}));
    QCOMPARE(setUp, scratch.path() / ".local/share/brainlike/templates");
}

QTEST_GUILESS_MAIN(TemplateFinderTest)
#include "TemplateFinderTest.moc"
