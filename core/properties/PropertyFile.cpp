#include "core/properties/PropertyFile.h"

#include "core/base/Error.h"
#include "core/formats/CiftiFile.h"
#include "core/formats/FileBytes.h"
#include "core/formats/MapFile.h"

#include <algorithm>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

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

std::vector<FoundMap> parcelMaps(const CiftiImage& image) {
    std::vector<FoundMap> found;
    for (std::size_t map = 0; map < image.maps.size(); ++map)
        found.push_back(parcelMap(image, map));
    return found;
}

const std::vector<float>& valuesOf(const MapItem& item, const std::string& format, const fs::path& file) {
    if (const auto* values = std::get_if<std::vector<float>>(&item.content))
        return *values;
    const bool isSurface = std::holds_alternative<Mesh>(item.content);
    throw FormatError({.what = "The " + format + " file holds " + (isSurface ? "a surface" : "labels") + ", not a map",
                       .file = file.string(),
                       .expected = "a value a vertex: GIFTI func or shape, CIFTI dscalar or pscalar, FreeSurfer curv, "
                                   "MGH or MGZ, NPY",
                       .advice = isSurface ? "" : "a parcellation is given by --labels, beside a map"});
}

/// The maps of values in a file; those of both hemispheres in one (CIFTI) belong together.
std::vector<FoundMap> vertexMaps(const MapFile& content, const fs::path& file) {
    std::vector<FoundMap> found;
    for (const MapItem& item : content.items) {
        const auto& values = valuesOf(item, content.format, file);
        if (!item.side) {
            found.push_back({.name = item.name, .untold = values});
            continue;
        }
        const bool isOtherSide = content.format == "CIFTI" && item.side == Hemisphere::Right && !found.empty() &&
                                 found.back().name == item.name && found.back().sides[1].empty();
        if (!isOtherSide)
            found.push_back({.name = item.name});
        found.back().sides[indexOf(*item.side)] = values;
    }
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

} // namespace

std::vector<FoundMap> readPropertyFile(const fs::path& file) {
    const std::string bytes = readUnpackedBytes(file);
    const std::string format = mapFormatOf(bytes, file);
    if (format == "CIFTI")
        if (const CiftiImage image = readCifti(file); !image.parcels.empty() && !image.isLabels)
            return parcelMaps(image);
    if (!format.empty())
        return vertexMaps(readMapFile(file), file);
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
    MapFile content = readMapFile(file);
    std::array<std::optional<Annotation>, 2> sides;
    for (MapItem& item : content.items) {
        auto* annotation = std::get_if<Annotation>(&item.content);
        if (annotation == nullptr)
            throw FormatError({.what = "The file holds no labels",
                               .file = file.string(),
                               .expected = "GIFTI label, FreeSurfer annot or CIFTI dlabel",
                               .found = content.format + " of another kind"});
        if (!item.side)
            throw FormatError(
                {.what = "The label file does not tell its hemisphere",
                 .file = file.string(),
                 .expected = "AnatomicalStructurePrimary in its metadata, or lh, rh, L or R in its name"});
        if (auto& side = sides[indexOf(*item.side)]; !side)
            side = std::move(*annotation);
    }
    return sides;
}

} // namespace brainlike
