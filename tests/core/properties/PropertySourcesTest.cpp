#include "core/properties/PropertySources.h"

#include "core/formats/GiftiFile.h"
#include "core/formats/NpyFile.h"
#include "core/templates/TemplateFinder.h"
#include "tests/core/properties/SmallTarget.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::filesystem::path ciftiFile(const std::string& name) {
    return dataFile("formats/cifti/" + name);
}

std::string giftiText(const std::string& structure, const std::string& values) {
    return "<GIFTI Version=\"1.0\" "
           "NumberOfDataArrays=\"1\"><MetaData><MD><Name>AnatomicalStructurePrimary</Name><Value>" +
           structure +
           "</Value></MD></MetaData><DataArray Intent=\"NIFTI_INTENT_SHAPE\" DataType=\"NIFTI_TYPE_FLOAT32\" "
           "ArrayIndexingOrder=\"RowMajorOrder\" Dimensionality=\"1\" Dim0=\"6\" Encoding=\"ASCII\" "
           "Endian=\"LittleEndian\"><Data>" +
           values + "</Data></DataArray></GIFTI>";
}

/// Areas of a table of the shared data by name.
std::map<std::string, double> column(const std::filesystem::path& file, std::size_t wanted) {
    std::map<std::string, double> values;
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    while (std::getline(stream, line)) {
        std::istringstream fields(line);
        std::string name, field;
        std::getline(fields, name, ',');
        for (std::size_t index = 0; index < wanted; ++index)
            std::getline(fields, field, ',');
        values[name] = std::stod(field);
    }
    return values;
}

std::optional<PropertyTarget> fsaverage5() {
    try {
        const auto brain = TemplateFinder().find("fsaverage5");
        auto parcellation = brain.readParcellation();
        if (!parcellation)
            return std::nullopt;
        return PropertyTarget{"fsaverage5", brain.vertexCounts(), *parcellation, [brain](Hemisphere hemisphere) {
                                  return brain.readSurface(hemisphere, SurfaceKind::Sphere);
                              }};
    } catch (const NotFoundError&) {
        return std::nullopt;
    }
}

/// Means over the left areas of a property's vertices.
std::map<std::string, double> leftMeans(const Property& property, const PropertyTarget& target) {
    std::map<std::string, std::pair<double, int>> sums;
    for (int vertex = 0; vertex < target.counts.left; ++vertex)
        if (const Area* area = target.parcellation.areaOf({Hemisphere::Left, vertex}))
            if (const double value = property.values[static_cast<std::size_t>(vertex)]; std::isfinite(value)) {
                sums[area->name].first += value;
                ++sums[area->name].second;
            }
    std::map<std::string, double> means;
    for (const auto& [name, sum] : sums)
        means[name] = sum.first / sum.second;
    return means;
}

double correlation(const std::map<std::string, double>& x, const std::map<std::string, double>& y) {
    double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (const auto& [name, a] : x)
        if (const auto found = y.find(name); found != y.end()) {
            const double b = found->second;
            n += 1, sx += a, sy += b, sxx += a * a, syy += b * b, sxy += a * b;
        }
    return (sxy - sx * sy / n) / std::sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
}

} // namespace

class PropertySourcesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void giftiTellsItsHemisphere() {
        const ScratchFolder folder;
        const auto right = folder.file("map.shape.gii", giftiText("CortexRight", "1 2 3 4 5 6"));
        const auto properties = readProperties({.sources = {right.string()}}, smallTarget());
        QCOMPARE(properties.size(), 1U);
        QCOMPARE(properties[0].name, std::string("map"));
        QVERIFY(std::isnan(properties[0].values[0]));
        QCOMPARE(properties[0].values[7], 2.0);
    }

    void twoFilesAndAName() {
        const ScratchFolder folder;
        const auto left = folder.file("lh.a.gii", giftiText("", "1 2 3 4 5 6"));
        const auto right = folder.file("rh.a.gii", giftiText("", "10 20 30 40 50 60"));
        const auto text = "myelin map=" + left.string() + "," + right.string();
        const auto properties = readProperties({.sources = {text}}, smallTarget());
        QCOMPARE(properties[0].name, std::string("myelin map"));
        QCOMPARE(properties[0].values[1], 2.0);
        QCOMPARE(properties[0].values[7], 20.0);
        VERIFY_CONTAINS(messageFrom<ValueError>([&] {
                            (void)readProperties({.sources = {left.string() + "," + left.string()}}, smallTarget());
                        }),
                        "same hemisphere");
        VERIFY_CONTAINS(messageFrom<UsageError>(
                            [&] { (void)readProperties({.sources = {left.string() + ",b,c"}}, smallTarget()); }),
                        "at most two files");
    }

    void ciftiGivesAPropertyAMap() {
        auto target = smallTarget();
        target.counts = {6, 7};
        target.parcellation.sides[1].labels.push_back(1);
        const auto properties = readProperties({.sources = {ciftiFile("dense.dscalar.nii").string()}}, target);
        QCOMPARE(properties.size(), 2U);
        QCOMPARE(properties[0].name, std::string("first & best"));
        QCOMPARE(properties[0].values[2], -2.25);
        QCOMPARE(properties[1].values[12], static_cast<double>(0.9F));
        VERIFY_CONTAINS(messageFrom<UsageError>([&] {
                            (void)readProperties({.sources = {"x=" + ciftiFile("dense.dscalar.nii").string()}}, target);
                        }),
                        "2 maps");
        VERIFY_CONTAINS(messageFrom<FormatError>([&] {
                            (void)readProperties({.sources = {ciftiFile("areas.dlabel.nii").string()}}, target);
                        }),
                        "--labels");
    }

    void parcellatedCifti() {
        const auto properties = readProperties({.sources = {ciftiFile("parcels.pscalar.nii").string()}}, smallTarget());
        QCOMPARE(properties[0].values[0], 1.5);
        QCOMPARE(properties[0].values[8], -2.25);
        QVERIFY(std::isnan(properties[0].values[2]) && std::isnan(properties[0].values[6]));
    }

    void mghFrames() {
        auto target = smallTarget();
        target.counts = {5, 5};
        for (auto& side : target.parcellation.sides)
            side.labels.pop_back();
        const auto properties = readProperties({.sources = {ciftiFile("lh.two.mgh").string()}}, target);
        QCOMPARE(properties.size(), 2U);
        QCOMPARE(properties[1].name, std::string("lh.two:1"));
        QCOMPARE(properties[1].values[4], 1.25);
    }

    void tablesAndArrays() {
        const ScratchFolder folder;
        const auto table = folder.file("areas.csv", "area,hemisphere,a,b\nV1,lh,1,2\nMT,rh,3,4\n");
        const auto properties = readProperties({.sources = {table.string()}}, smallTarget());
        QCOMPARE(properties.size(), 2U);
        QCOMPARE(properties[1].name, std::string("b"));
        QCOMPARE(properties[1].values[8], 4.0);
        const auto array = folder.file("both.npy");
        const std::vector<double> values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        writeNpy<double>(array, {12}, values);
        QCOMPARE(readProperties({.sources = {array.string()}}, smallTarget())[0].values[7], 7.0);
    }

    void whatIsNoMap() {
        const ScratchFolder folder;
        const auto read = [](const std::string& source) {
            return readProperties({.sources = {source}}, smallTarget());
        };
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)read("myeline"); }), "expansion, thickness");
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)read("a=none.gii"); }), "a=none.gii");
        const std::string binary("\x01\x02\x00\x03", 4);
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)read(folder.file("x.bin", binary).string()); }), "GIFTI");
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)read(folder.file("x.txt", "hello\nworld\n").string()); }),
                        "a column named area");
    }

    void labelFiles() {
        const auto dlabel = readLabelFile(ciftiFile("areas.dlabel.nii"));
        QVERIFY(dlabel[0] && dlabel[1]);
        const auto annot = readLabelFile(dataFile("formats/surfaces/lh.areas.annot"));
        QVERIFY(annot[0] && !annot[1]);
        const ScratchFolder folder;
        const auto untold = folder.file("areas.annot", bytesOf(dataFile("formats/surfaces/lh.areas.annot")));
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readLabelFile(untold); }), "hemisphere");
    }

    void spheresTellTheirHemisphere() {
        const ScratchFolder folder;
        const std::string sphere =
            "<GIFTI Version=\"1.0\" NumberOfDataArrays=\"2\"><DataArray Intent=\"NIFTI_INTENT_POINTSET\" "
            "DataType=\"NIFTI_TYPE_FLOAT32\" ArrayIndexingOrder=\"RowMajorOrder\" Dimensionality=\"2\" Dim0=\"3\" "
            "Dim1=\"3\" Encoding=\"ASCII\" "
            "Endian=\"LittleEndian\"><MetaData><MD><Name>AnatomicalStructurePrimary</Name>"
            "<Value>CortexRight</Value></MD></MetaData><Data>1 0 0 0 1 0 0 0 1</Data></DataArray>"
            "<DataArray Intent=\"NIFTI_INTENT_TRIANGLE\" DataType=\"NIFTI_TYPE_INT32\" "
            "ArrayIndexingOrder=\"RowMajorOrder\" Dimensionality=\"2\" Dim0=\"1\" Dim1=\"3\" Encoding=\"ASCII\" "
            "Endian=\"LittleEndian\"><Data>0 1 2</Data></DataArray></GIFTI>";
        const auto told = folder.file("sphere.gii", sphere);
        const auto map = folder.file("rh.map.npy");
        writeNpy<double>(map, {3}, std::vector<double>{5, 6, 7});
        const auto properties = readProperties({.sources = {map.string()}, .spheres = {told}}, smallTarget());
        QCOMPARE(properties[0].values[6], 5.0);
        QCOMPARE(properties[0].values[8], 6.0);
        const auto untold = folder.file("sphere2.gii", sphere.substr(0, sphere.find("CortexRight")) + "Cortex" +
                                                           sphere.substr(sphere.find("CortexRight") + 11));
        VERIFY_CONTAINS(messageFrom<ValueError>([&] {
                            (void)readProperties({.sources = {map.string()}, .spheres = {untold}}, smallTarget());
                        }),
                        "hemisphere");
    }

    void realMapsByTheirLabelsGiveTheKnownMeans() {
        const auto labels = sharedFile("maps/heteromodes_parc-hcpmmp1_space-fsLR_den-32k_hemi-L.label.gii");
        const auto known = sharedFile("maps/derived_glasser180_lh_maps.csv");
        const auto target = fsaverage5();
        if (!labels || !known || !target)
            QSKIP("the shared data or fsaverage5 is not here");
        for (const auto& [name, wanted] : {std::pair("myelinmap", 1U), {"thickness", 2U}, {"megtimescale", 3U}}) {
            const auto map = sharedFile("maps/heteromodes_source-hcps1200_desc-" + std::string(name) +
                                        "_space-fsLR_den-32k_hemi-L.func.gii");
            const auto properties = readProperties(
                {.sources = {map->string()}, .labels = {*labels}, .zeros = ZeroMeaning::Missing}, *target);
            const auto means = leftMeans(properties.at(0), *target);
            const auto expected = column(*known, wanted);
            QCOMPARE(means.size(), 180U);
            for (const auto& [area, value] : expected)
                QVERIFY2(std::abs(means.at(area) - value) < 6e-5, area.c_str()); // the table's digits
            VERIFY_CONTAINS(
                messageFrom<ShapeError>([&] { (void)readProperties({.sources = {map->string()}}, *target); }),
                "--labels");
        }
    }

    void realMapsThroughRegisteredSpheresLieWhereTheyShould() {
        const auto sphere = sharedFile("maps/SA_fs_LR-deformed_to-fsaverage.L.sphere.32k_fs_LR.surf.gii");
        const auto map =
            sharedFile("maps/heteromodes_source-hcps1200_desc-myelinmap_space-fsLR_den-32k_hemi-L.func.gii");
        const auto known = sharedFile("maps/derived_glasser180_lh_maps.csv");
        const auto target = fsaverage5();
        if (!sphere || !map || !known || !target)
            QSKIP("the shared data or fsaverage5 is not here");
        const auto properties =
            readProperties({.sources = {map->string()}, .spheres = {*sphere}, .zeros = ZeroMeaning::Missing}, *target);
        const double r = correlation(leftMeans(properties.at(0), *target), column(*known, 1));
        QVERIFY2(r > 0.98, std::to_string(r).c_str());
    }

    void realScalarsOfOneSubjectByDenseLabels() {
        const auto map = sharedFile("maps/SA_T1T2ratio.dscalar.nii");
        const auto labels = sharedFile("maps/SA_glasser_space-fsLR_den-32k_desc-atlas.dlabel.nii");
        const auto known = sharedFile("maps/derived_glasser180_lh_maps.csv");
        const auto target = fsaverage5();
        if (!map || !labels || !known || !target)
            QSKIP("the shared data or fsaverage5 is not here");
        const auto properties = readProperties({.sources = {map->string()}, .labels = {*labels}}, *target);
        QVERIFY(isKnownIn(properties.at(0), target->counts, Hemisphere::Right));
        const auto means = leftMeans(properties.at(0), *target);
        QCOMPARE(means.size(), 180U);
        const double r = correlation(means, column(*known, 5));
        QVERIFY2(r > 0.95, std::to_string(r).c_str());
    }
};

QTEST_GUILESS_MAIN(PropertySourcesTest)
#include "PropertySourcesTest.moc"
