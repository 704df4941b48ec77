#include "core/surface/Geometry.h"
#include "core/templates/TemplateFinder.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <sstream>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::optional<Template> fsaverage5() {
    try {
        return TemplateFinder().find("fsaverage5");
    } catch (const NotFoundError&) {
        return std::nullopt;
    }
}

/// A row of the reference table of centroids and distances.
struct Reference {
    Hemisphere hemisphere = Hemisphere::Left;
    std::string area;
    std::vector<double> numbers; ///< n fsaverage5, n fsaverage, pial x y z, white x y z, distances
};

std::vector<Reference> referencesIn(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    std::vector<Reference> references;
    while (std::getline(stream, line)) {
        std::istringstream cells(line);
        std::string side, cell;
        Reference reference;
        std::getline(cells, side, ',');
        std::getline(cells, reference.area, ',');
        reference.hemisphere = side == "lh" ? Hemisphere::Left : Hemisphere::Right;
        while (std::getline(cells, cell, ','))
            reference.numbers.push_back(std::stod(cell));
        references.push_back(reference);
    }
    return references;
}

double distanceOf(const std::vector<double>& distances, const Annotation& annotation, const std::string& name) {
    for (std::size_t area = 0; area < annotation.areas.size(); ++area)
        if (annotation.areas[area].name == name)
            return distances[area];
    return -1;
}

} // namespace

class FsaverageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySurfaceBelongs();
    void foldingIsPositiveInSulci();
    void parcellationHas180Areas();
    void anchors();
    void centroidsAndDistances();
    void fullFsaverage();
};

void FsaverageTest::everySurfaceBelongs() {
    const auto brain = fsaverage5();
    if (!brain)
        QSKIP("skipped: the template fsaverage5 is not installed");
    QVERIFY((brain->vertexCounts() == VertexCounts{10242, 10242}));
    QCOMPARE(brain->surfaces().size(), std::size_t(5));
    for (const SurfaceKind kind : brain->surfaces())
        for (const Hemisphere hemisphere : hemispheres) {
            const Mesh mesh = brain->readSurface(hemisphere, kind);
            QCOMPARE(mesh.vertexCount(), 10242);
            QVERIFY(kind == SurfaceKind::Flat ? mesh.faceCount() < 20480 : mesh.faceCount() == 20480);
        }
    const Mesh left = brain->readSurface(Hemisphere::Left, SurfaceKind::White);
    QVERIFY(left.faces == brain->readSurface(Hemisphere::Left, SurfaceKind::Pial).faces);
    QVERIFY(left.points.col(0).mean() < -20);
}

void FsaverageTest::foldingIsPositiveInSulci() {
    const auto brain = fsaverage5();
    if (!brain)
        QSKIP("skipped: the template fsaverage5 is not installed");
    const auto folding = brain->readFolding(Hemisphere::Left);
    QVERIFY(folding && folding->size() == 10242);
    // The pial surface is farther from the hemisphere's middle on gyri than in sulci.
    const Mesh pial = brain->readSurface(Hemisphere::Left, SurfaceKind::Pial);
    const Eigen::RowVector3f middle = pial.points.colwise().mean();
    double sulci = 0, gyri = 0, sulcusCount = 0, gyrusCount = 0;
    for (int vertex = 0; vertex < pial.vertexCount(); ++vertex) {
        const double radius = (pial.points.row(vertex) - middle).norm();
        const bool isSulcus = (*folding)[static_cast<std::size_t>(vertex)] > 0;
        (isSulcus ? sulci : gyri) += radius;
        (isSulcus ? sulcusCount : gyrusCount) += 1;
    }
    QVERIFY(sulcusCount > 3000 && gyrusCount > 3000);
    QVERIFY(sulci / sulcusCount < gyri / gyrusCount);
}

void FsaverageTest::parcellationHas180Areas() {
    const auto brain = fsaverage5();
    if (!brain)
        QSKIP("skipped: the template fsaverage5 is not installed");
    const auto parcellation = brain->readParcellation();
    QVERIFY(parcellation);
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& annotation = parcellation->side(hemisphere);
        QCOMPARE(annotation.labels.size(), std::size_t(10242));
        QCOMPARE(std::count_if(annotation.areas.begin(), annotation.areas.end(),
                               [](const Area& area) { return area.isCortex; }),
                 180);
        for (const char* name : {"V1", "MT", "FFC", "44", "IFSp", "10pp", "PIT", "TE2p"})
            QVERIFY2(!parcellation->verticesOf(hemisphere, name).empty(), name);
    }
    QCOMPARE(parcellation->verticesOf(Hemisphere::Left, "V1").size(), std::size_t(259));
}

void FsaverageTest::anchors() {
    const auto brain = fsaverage5();
    if (!brain)
        QSKIP("skipped: the template fsaverage5 is not installed");
    const Annotation annotation = brain->readParcellation()->side(Hemisphere::Left);
    const auto distances = areaDistances(brain->readSurface(Hemisphere::Left, SurfaceKind::Pial), annotation);
    const std::vector<std::tuple<const char*, double, double>> expected{
        {"V1", 0, 1e-9},    {"MT", 36.7, 0.05}, {"FFC", 46.1, 0.05}, {"44", 107, 0.5},
        {"IFSp", 112, 0.5}, {"10pp", 145, 0.5}, {"V2", 3.5, 0.05}};
    for (const auto& [area, distance, tolerance] : expected)
        QVERIFY2(std::abs(distanceOf(distances, annotation, area) - distance) <= tolerance, area);
}

void FsaverageTest::centroidsAndDistances() {
    const auto brain = fsaverage5();
    const auto table = sharedFile("parcellation/derived_glasser360_centroids_distV1.csv");
    if (!brain || !table)
        QSKIP("skipped: the template fsaverage5 or the reference table is not there");
    const auto references = referencesIn(*table);
    QCOMPARE(references.size(), std::size_t(360));
    const auto parcellation = brain->readParcellation();
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& annotation = parcellation->side(hemisphere);
        const Mesh pial = brain->readSurface(hemisphere, SurfaceKind::Pial);
        const Mesh white = brain->readSurface(hemisphere, SurfaceKind::White);
        const auto onPial = areaDistances(pial, annotation);
        const auto onWhite = areaDistances(white, annotation);
        for (const Reference& reference : references) {
            if (reference.hemisphere != hemisphere)
                continue;
            const char* name = reference.area.c_str();
            QVERIFY2(parcellation->verticesOf(hemisphere, name).size() ==
                         static_cast<std::size_t>(reference.numbers[0]),
                     name);
            QVERIFY2(std::abs(distanceOf(onPial, annotation, name) - reference.numbers[8]) < 0.011, name);
            QVERIFY2(std::abs(distanceOf(onWhite, annotation, name) - reference.numbers[9]) < 0.011, name);
        }
    }
}

void FsaverageTest::fullFsaverage() {
    const auto folder = sharedFile("templates/fsaverage");
    const auto table = sharedFile("parcellation/derived_glasser360_centroids_distV1.csv");
    if (!fsaverage5() || !folder || !table)
        QSKIP("skipped: the full fsaverage is not there");
    const Template brain = TemplateFinder().find(folder->string());
    QCOMPARE(brain.name(), std::string("fsaverage"));
    QVERIFY((brain.vertexCounts() == VertexCounts{163842, 163842}));
    const auto parcellation = brain.readParcellation();
    QVERIFY2(parcellation, "the parcellation beside the installed fsaverage5 serves fsaverage too");
    const Mesh pial = brain.readSurface(Hemisphere::Left, SurfaceKind::Pial);
    const Annotation& annotation = parcellation->side(Hemisphere::Left);
    const auto distances = areaDistances(pial, annotation);
    QVERIFY(std::abs(distanceOf(distances, annotation, "MT") - 35.5) < 0.05);
    QVERIFY(std::abs(distanceOf(distances, annotation, "FFC") - 45.4) < 0.05);
    for (const Reference& reference : referencesIn(*table))
        if (reference.hemisphere == Hemisphere::Left)
            QVERIFY2(std::abs(distanceOf(distances, annotation, reference.area) - reference.numbers[10]) < 0.011,
                     reference.area.c_str());
}

QTEST_GUILESS_MAIN(FsaverageTest)
#include "FsaverageTest.moc"
