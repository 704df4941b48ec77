#include "core/properties/PropertyFile.h"

#include "core/base/Error.h"
#include "core/formats/CiftiFile.h"
#include "core/formats/FileBytes.h"
#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferMap.h"
#include "core/formats/GiftiFile.h"
#include "core/formats/MghFile.h"
#include "core/formats/NpyFile.h"
#include "core/properties/HemisphereName.h"

#include <algorithm>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

enum class FileKind { Npy, Cifti, Curv, Mgh, Gifti, Text };

FileKind kindOf(std::string_view bytes) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (bytes.starts_with("\x93NUMPY"))
        return FileKind::Npy;
    if (isNifti2(bytes))
        return FileKind::Cifti;
    if (bytes.starts_with("\xFF\xFF\xFF"))
        return FileKind::Curv;
    if (bytes.starts_with(std::string_view("\0\0\0\1", 4)))
        return FileKind::Mgh;
    const auto start = bytes.starts_with(byteOrderMark) ? bytes.substr(byteOrderMark.size()) : bytes;
    return start.starts_with('<') ? FileKind::Gifti : FileKind::Text;
}

FoundMap vertexMap(std::string name, std::vector<float> values, std::optional<Hemisphere> side) {
    FoundMap map{.name = std::move(name)};
    (side ? map.sides[indexOf(*side)] : map.untold) = std::move(values);
    return map;
}

std::vector<FoundMap> giftiMaps(const fs::path& file) {
    const GiftiImage image = readGifti(file);
    auto side = hemisphereNamed(image.structure);
    if (!side)
        side = hemisphereOfFile(file);
    std::vector<FoundMap> found;
    for (auto& map : readGiftiMaps(file)) {
        if (map.intent == "NIFTI_INTENT_LABEL")
            throw FormatError({.what = "The GIFTI file holds labels, not a map",
                               .file = file.string(),
                               .expected = "a func or shape file",
                               .found = map.intent,
                               .advice = "a parcellation is given by --labels, beside a map"});
        found.push_back(vertexMap(std::move(map.name), std::move(map.values), side));
    }
    return found;
}

FoundMap parcelMap(const CiftiImage& image, std::size_t map) {
    FoundMap found{.name = image.maps[map].name};
    for (std::size_t parcel = 0; parcel < image.parcels.size(); ++parcel) {
        const auto& [name, structures] = image.parcels[parcel];
        const Area area = areaFromTable(name, {});
        std::optional<Hemisphere> side;
        if (structures.size() == 1)
            side = cortexOf(structures.front());
        if (!area.isCortex || (structures.size() == 1 && !side))
            continue; // medial wall, or a structure below the cortex
        found.areas.push_back(area.name);
        found.areaSides.push_back(side);
        found.areaValues.push_back(image.values(static_cast<Eigen::Index>(map), static_cast<Eigen::Index>(parcel)));
    }
    return found;
}

std::vector<FoundMap> ciftiMaps(const fs::path& file) {
    const CiftiImage image = readCifti(file);
    if (image.isLabels)
        throw FormatError({.what = "The CIFTI file holds labels, not a map",
                           .file = file.string(),
                           .expected = ".dscalar.nii or .pscalar.nii",
                           .advice = "a parcellation is given by --labels, beside a map"});
    std::vector<FoundMap> found;
    for (std::size_t map = 0; map < image.maps.size(); ++map) {
        if (!image.parcels.empty()) {
            found.push_back(parcelMap(image, map));
            continue;
        }
        FoundMap dense{.name = image.maps[map].name};
        for (const Hemisphere hemisphere : hemispheres)
            dense.sides[indexOf(hemisphere)] = cortexMap(image, map, hemisphere).value_or(std::vector<float>());
        if (dense.sides[0].empty() && dense.sides[1].empty())
            throw FormatError({.what = "The CIFTI file has no values on the cortex",
                               .file = file.string(),
                               .expected = "CIFTI_STRUCTURE_CORTEX_LEFT or CIFTI_STRUCTURE_CORTEX_RIGHT"});
        found.push_back(std::move(dense));
    }
    return found;
}

std::vector<FoundMap> mghMaps(const fs::path& file) {
    std::vector<FoundMap> found;
    for (auto& frame : readMgh(file).frames)
        found.push_back(vertexMap({}, std::move(frame), hemisphereOfFile(file)));
    return found;
}

std::vector<FoundMap> tableMaps(std::string_view text, const fs::path& file) {
    const AreaTable table = parseAreaTable(text, file);
    std::vector<FoundMap> found;
    for (std::size_t column = 0; column < table.properties.size(); ++column) {
        FoundMap map{.name = table.properties[column], .areas = table.areas, .areaSides = table.hemispheres};
        for (const auto& row : table.values)
            map.areaValues.push_back(row[column]);
        found.push_back(std::move(map));
    }
    return found;
}

Hemisphere toldHemisphere(std::string_view structure, const fs::path& file) {
    auto side = hemisphereNamed(structure);
    if (!side)
        side = hemisphereOfFile(file);
    if (!side)
        throw FormatError({.what = "The label file does not tell its hemisphere",
                           .file = file.string(),
                           .expected = "AnatomicalStructurePrimary in its metadata, or lh, rh, L or R in its name"});
    return *side;
}

} // namespace

std::vector<FoundMap> readPropertyFile(const fs::path& file) {
    const std::string bytes = readUnpackedBytes(file);
    switch (kindOf(bytes)) {
    case FileKind::Npy:
        return {vertexMap({}, readNpyVector<float>(file), hemisphereOfFile(file))};
    case FileKind::Cifti:
        return ciftiMaps(file);
    case FileKind::Curv:
        return {vertexMap({}, readFreeSurferMap(file), hemisphereOfFile(file))};
    case FileKind::Mgh:
        return mghMaps(file);
    case FileKind::Gifti:
        return giftiMaps(file);
    case FileKind::Text:
        break;
    }
    if (bytes.find('\0') != std::string::npos)
        throw FormatError({.what = "The file is no map of a property",
                           .file = file.string(),
                           .expected =
                               "GIFTI (func, shape), CIFTI (dscalar, pscalar), FreeSurfer curv, MGH or MGZ, NPY, or "
                               "a CSV table of areas",
                           .found = "other binary data"});
    return tableMaps(bytes, file);
}

std::array<std::optional<Annotation>, 2> readLabelFile(const fs::path& file) {
    const std::string bytes = readUnpackedBytes(file);
    std::array<std::optional<Annotation>, 2> sides;
    if (kindOf(bytes) == FileKind::Cifti) {
        const CiftiImage image = readCifti(file);
        for (const Hemisphere hemisphere : hemispheres)
            sides[indexOf(hemisphere)] = cortexLabels(image, 0, hemisphere, file);
    } else if (kindOf(bytes) == FileKind::Gifti) {
        auto annotation = readGiftiLabels(file);
        sides[indexOf(toldHemisphere(readGifti(file).structure, file))] = std::move(annotation);
    } else {
        auto annotation = readFreeSurferAnnotation(file);
        sides[indexOf(toldHemisphere({}, file))] = std::move(annotation);
    }
    return sides;
}

} // namespace brainlike
