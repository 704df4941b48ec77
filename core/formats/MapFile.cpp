#include "core/formats/MapFile.h"

#include "core/base/Error.h"
#include "core/formats/CiftiFile.h"
#include "core/formats/FileBytes.h"
#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferMap.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "core/formats/HemisphereName.h"
#include "core/formats/MghFile.h"
#include "core/formats/NpyFile.h"

#include <algorithm>
#include <array>

namespace brainlike {
namespace {

namespace fs = std::filesystem;
using Items = std::vector<MapItem>;

template <typename Content>
Items oneItem(Content content, const fs::path& file) {
    Items items;
    items.push_back({{}, hemisphereOfFile(file), std::move(content)});
    return items;
}

Items giftiItems(const fs::path& file) {
    const GiftiImage image = readGifti(file);
    auto side = hemisphereNamed(image.structure);
    if (!side)
        side = hemisphereOfFile(file);
    Items items;
    if (holdsSurface(image))
        items.push_back({{}, side, surfaceIn(image, file)});
    for (auto& [name, annotation] : labelsIn(image, file))
        items.push_back({std::move(name), side, std::move(annotation)});
    if (holdsMaps(image) || items.empty())
        for (auto& map : mapsIn(image, file))
            if (map.intent != "NIFTI_INTENT_LABEL")
                items.push_back({std::move(map.name), side, std::move(map.values)});
    return items;
}

Items ciftiItems(const fs::path& file) {
    const CiftiImage image = readCifti(file);
    Items items;
    for (std::size_t map = 0; map < image.maps.size(); ++map)
        for (const Hemisphere hemisphere : hemispheres) {
            const std::string& name = image.maps[map].name;
            if (image.isLabels) {
                if (auto labels = cortexLabels(image, map, hemisphere, file))
                    items.push_back({name, hemisphere, std::move(*labels)});
            } else if (auto values = cortexMap(image, map, hemisphere)) {
                items.push_back({name, hemisphere, std::move(*values)});
            }
        }
    if (items.empty())
        throw FormatError({.what = "The CIFTI file has no values of vertices on the cortex",
                           .file = file.string(),
                           .expected = "CIFTI_STRUCTURE_CORTEX_LEFT or CIFTI_STRUCTURE_CORTEX_RIGHT",
                           .found = image.parcels.empty() ? "other structures" : "values of parcels",
                           .advice = "give a dense file (.dscalar.nii or .dlabel.nii)"});
    return items;
}

Items mghItems(const fs::path& file) {
    Items items;
    for (auto& frame : readMgh(file).frames)
        items.push_back({{}, hemisphereOfFile(file), std::move(frame)});
    return items;
}

/// One axis is of vertices; of two the longer one, the other one counts maps.
Items npyItems(const fs::path& file) {
    const Shape shape = npyInfo(file).shape;
    if (shape.size() > 2)
        throw FormatError({.what = "The array has too many axes to be maps of the cortex",
                           .file = file.string(),
                           .expected = "vertices, or maps × vertices",
                           .found = std::to_string(shape.size()) + " axes"});
    if (shape.size() < 2)
        return oneItem(readNpyVector<float>(file), file);
    RowMatrix<float> maps = readNpyMatrix<float>(file);
    if (maps.rows() > maps.cols())
        maps = RowMatrix<float>(maps.transpose());
    Items items;
    for (Eigen::Index map = 0; map < maps.rows(); ++map)
        items.push_back({{}, hemisphereOfFile(file), std::vector<float>(maps.row(map).begin(), maps.row(map).end())});
    return items;
}

std::uint32_t bigEndianAt(std::string_view bytes, std::size_t place) {
    std::uint32_t value = 0;
    for (std::size_t index = 0; index < 4; ++index)
        value = value << 8 | static_cast<unsigned char>(bytes[place + index]);
    return value;
}

/// Annotations have no signature: the number of vertices, then each one's index and colour, then 1 where a table of
/// colours follows.
bool isAnnotation(std::string_view bytes, const fs::path& file) {
    if (file.extension() == ".annot")
        return true;
    if (bytes.size() < 20)
        return false;
    const std::uint64_t vertices = bigEndianAt(bytes, 0);
    return vertices > 0 && 8 * vertices + 8 <= bytes.size() && bigEndianAt(bytes, 4) < vertices &&
           bigEndianAt(bytes, 4 + 8 * vertices) == 1;
}

bool isXml(std::string_view bytes) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(byteOrderMark))
        bytes.remove_prefix(byteOrderMark.size());
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    return bytes.starts_with('<');
}

struct Format {
    const char* name;
    bool (*matches)(std::string_view bytes, const fs::path& file);
    Items (*read)(const fs::path& file);
};

/// Every format, in the order they are tried: those with a signature first.
constexpr std::array formats{
    Format{"NPY", [](std::string_view bytes, const fs::path&) { return bytes.starts_with("\x93NUMPY"); }, npyItems},
    Format{"CIFTI", [](std::string_view bytes, const fs::path&) { return isNifti2(bytes); }, ciftiItems},
    Format{"GIFTI", [](std::string_view bytes, const fs::path&) { return isXml(bytes); }, giftiItems},
    Format{"FreeSurfer curv", [](std::string_view bytes, const fs::path&) { return bytes.starts_with("\xFF\xFF\xFF"); },
           [](const fs::path& file) { return oneItem(readFreeSurferMap(file), file); }},
    Format{"FreeSurfer surface",
           [](std::string_view bytes, const fs::path&) {
               return bytes.starts_with("\xFF\xFF\xFE") || bytes.starts_with("\xFF\xFF\xFD");
           },
           [](const fs::path& file) { return oneItem(readFreeSurferSurface(file), file); }},
    Format{"FreeSurfer MGH",
           [](std::string_view bytes, const fs::path&) { return bytes.starts_with(std::string_view("\0\0\0\1", 4)); },
           mghItems},
    Format{"FreeSurfer label", [](std::string_view bytes, const fs::path&) { return isFreeSurferLabel(bytes); },
           [](const fs::path& file) { return oneItem(readFreeSurferLabel(file), file); }},
    Format{"FreeSurfer annot", isAnnotation,
           [](const fs::path& file) { return oneItem(readFreeSurferAnnotation(file), file); }},
};

const Format* formatOf(std::string_view bytes, const fs::path& file) {
    const auto found =
        std::find_if(formats.begin(), formats.end(), [&](const Format& format) { return format.matches(bytes, file); });
    return found == formats.end() ? nullptr : &*found;
}

} // namespace

std::string mapFormatOf(std::string_view bytes, const fs::path& file) {
    const Format* format = formatOf(bytes, file);
    return format == nullptr ? std::string() : format->name;
}

MapFile readMapFile(const fs::path& file) {
    const auto bytes = readUnpackedBytes(file);
    const Format* format = formatOf(bytes, file);
    if (format == nullptr)
        throw FormatError({.what = "The file is of no kind that can be shown on the cortex",
                           .file = file.string(),
                           .expected = "GIFTI (surface, func, shape, label), CIFTI (dscalar, dlabel), FreeSurfer "
                                       "surface, curv, annot, label, MGH or MGZ, or NPY",
                           .found = bytes.empty() ? "0 bytes: the file is empty" : "another kind of file",
                           .advice = "give one of these, a study.json or a scores.h5"});
    return {format->name, format->read(file)};
}

} // namespace brainlike
