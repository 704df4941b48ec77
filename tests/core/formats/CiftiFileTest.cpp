#include "core/formats/CiftiFile.h"

#include "core/formats/MghFile.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <algorithm>
#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::filesystem::path ciftiFile(const std::string& name) {
    return dataFile("formats/cifti/" + name);
}

std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
    const auto found = bytes.find(from);
    return found == std::string::npos ? std::string() : bytes.replace(found, from.size(), to);
}

/// The file with its NIfTI header in the other byte order; its data stays as it is.
std::string withSwappedHeader(std::string bytes) {
    const auto swap = [&bytes](std::size_t at, std::size_t size) {
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
    };
    swap(0, 4);
    swap(12, 2);
    for (std::size_t at = 16; at < 80; at += 8)
        swap(at, 8);
    for (const std::size_t at : {168, 176, 184})
        swap(at, 8);
    swap(544, 4);
    swap(548, 4);
    return bytes;
}

} // namespace

class CiftiFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void denseScalars() {
        const auto expected = dataJson("formats/cifti/cifti.json")["dense"];
        for (const char* name : {"dense.dscalar.nii", "dense.dscalar.nii.gz"}) {
            const auto image = readCifti(ciftiFile(name));
            QCOMPARE(image.maps.size(), 2U);
            QCOMPARE(image.maps[0].name, std::string("first & best"));
            QVERIFY(!image.isLabels);
            QVERIFY(image.parcels.empty());
            QCOMPARE(image.surfaces.size(), 2U);
            QCOMPARE(image.surfaces[1].offset, 6U); // after two voxels
            for (int map = 0; map < 2; ++map)
                for (int column = 0; column < 9; ++column)
                    QCOMPARE(image.values(map, column), expected[map][column].get<float>());
        }
    }

    void mapsOfTheCortexHaveNanElsewhere() {
        const auto image = readCifti(ciftiFile("dense.dscalar.nii"));
        const auto left = cortexMap(image, 0, Hemisphere::Left);
        const auto right = cortexMap(image, 1, Hemisphere::Right);
        QVERIFY(left && right);
        QCOMPARE(left->size(), 6U);
        QCOMPARE(right->size(), 7U);
        QCOMPARE((*left)[2], -2.25F);
        QCOMPARE((*left)[5], 4.0F);
        QVERIFY(std::isnan((*left)[1]) && std::isnan((*left)[4]));
        QCOMPARE((*right)[6], 0.9F);
        QVERIFY(std::isnan((*right)[0]));
        QVERIFY(!cortexMap(readCifti(ciftiFile("parcels.pscalar.nii")), 0, Hemisphere::Left));
    }

    void denseLabelsKeepTheirNamesThroughScaledNumbers() {
        const auto image = readCifti(ciftiFile("areas.dlabel.nii"));
        QVERIFY(image.isLabels);
        const auto left = cortexLabels(image, 0, Hemisphere::Left, "f");
        QVERIFY(left.has_value());
        QCOMPARE(left->labels[1], -1); // not in the file
        const auto nameAt = [&](std::size_t vertex) {
            return left->areas.at(static_cast<std::size_t>(left->labels[vertex])).name;
        };
        QCOMPARE(nameAt(0), std::string("V1"));
        QCOMPARE(nameAt(3), std::string("MT"));
        QVERIFY(!left->areas.at(static_cast<std::size_t>(left->labels[5])).isCortex);
        const auto scalars = readCifti(ciftiFile("dense.dscalar.nii"));
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)cortexLabels(scalars, 0, Hemisphere::Left, "name.nii"); }),
                        "dlabel");
    }

    void parcels() {
        const auto image = readCifti(ciftiFile("parcels.pscalar.nii"));
        QCOMPARE(image.parcels.size(), 2U);
        QCOMPARE(image.parcels[1].name, std::string("R_MT_ROI"));
        QCOMPARE(image.parcels[1].structures, std::vector<std::string>{"CIFTI_STRUCTURE_CORTEX_RIGHT"});
        QCOMPARE(image.values(0, 1), -2.25F);
    }

    void otherByteOrder() {
        const ScratchFolder folder;
        std::string bytes = bytesOf(ciftiFile("dense.dscalar.nii"));
        const std::size_t data = bytes.size() - 18 * sizeof(float);
        for (std::size_t at = data; at < bytes.size(); at += sizeof(float))
            std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                         bytes.begin() + static_cast<std::ptrdiff_t>(at + sizeof(float)));
        const auto image = readCifti(folder.file("big.dscalar.nii", withSwappedHeader(std::move(bytes))));
        QCOMPARE(image.values(0, 5), 200.0F);
        QCOMPARE(image.values(1, 8), 0.9F);
    }

    void messagesSayWhatIsWrong() {
        const ScratchFolder folder;
        const std::string whole = bytesOf(ciftiFile("dense.dscalar.nii"));
        const auto message = [&](const std::string& bytes) {
            const auto path = folder.file("wrong.nii", bytes);
            return messageFrom<FormatError>([&] { (void)readCifti(path); });
        };
        VERIFY_CONTAINS(message("no image"), "NIfTI-2");
        VERIFY_CONTAINS(message(whole.substr(0, whole.size() - 1)), "the file's end");
        VERIFY_CONTAINS(message(replaced(whole, "CIFTI Version=\"2", "CIFTI Version=\"1")), "CIFTI version 2");
        VERIFY_CONTAINS(message(replaced(whole, "_SCALARS", "_SERIES ")), "SERIES");
        VERIFY_CONTAINS(message(replaced(whole, "0 2 3 5", "0 2 3 6")), "vertices below 6");
        VERIFY_CONTAINS(message(replaced(whole, "0 2 3 5", "0 2 3  ")), "4 vertices in CIFTI_STRUCTURE_CORTEX_LEFT");
        VERIFY_CONTAINS(message(replaced(whole, "IndexOffset=\"4\"", "IndexOffset=\"5\"")), "IndexOffset 4");
        VERIFY_CONTAINS(message(replaced(whole, "</NamedMap>", "</NamedNap>")), "well-formed");
        std::string otherExtension = whole;
        otherExtension[548] = 6;
        VERIFY_CONTAINS(message(otherExtension), "a NIfTI volume?");
        std::string complexNumbers = whole;
        complexNumbers[12] = 32;
        VERIFY_CONTAINS(message(complexNumbers), "code 32");
        std::string otherShape = whole;
        otherShape[16 + 8 * 6] = 8;
        VERIFY_CONTAINS(message(otherShape), "2 maps × 9 columns");
        QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)readCifti(folder.file("none.nii")));
    }

    void truncatedAnywhere() {
        const ScratchFolder folder;
        for (const char* name : {"dense.dscalar.nii", "dense.dscalar.nii.gz"}) {
            const std::string whole = bytesOf(ciftiFile(name));
            for (std::size_t length = 0; length < whole.size(); ++length) {
                const auto path = folder.file("cut.nii", std::string_view(whole).substr(0, length));
                VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readCifti(path); }), "cut.nii");
            }
        }
    }

    void damagedAnywhere() {
        const ScratchFolder folder;
        for (const char* name : {"dense.dscalar.nii", "areas.dlabel.nii", "parcels.pscalar.nii"}) {
            const std::string whole = bytesOf(ciftiFile(name));
            for (std::size_t position = 0; position < whole.size(); ++position)
                for (const char change : {'9', '<', '-', '\0', '\x7F', '\xFF'}) {
                    std::string damaged = whole;
                    damaged[position] = change;
                    const auto path = folder.file("damaged.nii", damaged);
                    QVERIFY(failsCleanly([&] {
                        const auto image = readCifti(path);
                        for (const auto hemisphere : hemispheres)
                            (void)(image.isLabels ? cortexLabels(image, 0, hemisphere, path).has_value()
                                                  : cortexMap(image, 0, hemisphere).has_value());
                    }));
                }
        }
    }

    void realMapAndLabels() {
        const auto file = sharedFile("maps/SA_T1T2ratio.dscalar.nii");
        const auto labels = sharedFile("maps/SA_glasser_space-fsLR_den-32k_desc-atlas.dlabel.nii");
        if (!file || !labels)
            QSKIP("the shared data is not here");
        const auto image = readCifti(*file);
        QCOMPARE(image.values.cols(), 59412);
        const auto left = cortexMap(image, 0, Hemisphere::Left);
        QCOMPARE(left->size(), 32492U);
        QCOMPARE(std::count_if(left->begin(), left->end(), [](float value) { return std::isfinite(value); }), 29696);
        const auto annotation = cortexLabels(readCifti(*labels), 0, Hemisphere::Right, *labels);
        QCOMPARE(annotation->labels.size(), 32492U);
        QCOMPARE(annotation->areas.size(), 361U);
    }

    void mghMaps() {
        const auto expected = dataJson("formats/cifti/cifti.json");
        for (const char* name : {"lh.two.mgh", "lh.short.mgz"}) {
            const auto image = readMgh(ciftiFile(name));
            QCOMPARE(image.shape, (Shape{5, 1, 1}));
            QCOMPARE(image.frames.size(), 2U);
            for (std::size_t frame = 0; frame < 2; ++frame)
                for (std::size_t vertex = 0; vertex < 5; ++vertex)
                    QCOMPARE(image.frames[frame][vertex], expected[name][frame][vertex].get<float>());
        }
    }

    void damagedMgh() {
        const ScratchFolder folder;
        for (const char* name : {"lh.two.mgh", "lh.short.mgz"}) {
            const std::string whole = bytesOf(ciftiFile(name));
            for (std::size_t position = 0; position < whole.size(); ++position)
                for (const char change : {'\x00', '\x01', '\x7F', '\x80', '\xFF'}) {
                    std::string damaged = whole;
                    damaged[position] = change;
                    const auto path = folder.file("damaged.mgh", damaged);
                    QVERIFY(failsCleanly([&] { (void)readMgh(path); }));
                }
        }
        const std::string whole = bytesOf(ciftiFile("lh.two.mgh"));
        for (std::size_t length = 0; length < 324; ++length) { // data ends there; a footer follows
            const auto path = folder.file("cut.mgh", std::string_view(whole).substr(0, length));
            VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readMgh(path); }), "cut.mgh");
        }
    }
};

QTEST_GUILESS_MAIN(CiftiFileTest)
#include "CiftiFileTest.moc"
