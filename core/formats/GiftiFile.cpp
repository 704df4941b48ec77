#include "core/formats/GiftiFile.h"

#include "core/base/Error.h"
#include "core/formats/Conversion.h"
#include "core/formats/FileBytes.h"
#include "core/formats/GiftiParser.h"
#include "core/formats/MeshCheck.h"
#include "core/formats/XmlLabel.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr std::string_view pointIntent = "NIFTI_INTENT_POINTSET";
constexpr std::string_view triangleIntent = "NIFTI_INTENT_TRIANGLE";
constexpr std::string_view labelIntent = "NIFTI_INTENT_LABEL";

[[noreturn]] void failKind(const std::filesystem::path& path, const std::string& expected, const std::string& found) {
    throw FormatError({.what = "The GIFTI file is of another kind",
                       .file = path,
                       .expected = expected,
                       .found = found,
                       .advice = "name a file of that kind"});
}

std::string describeArrays(const GiftiImage& image) {
    std::string text;
    for (const GiftiArray& array : image.arrays)
        text += (text.empty() ? "" : ", ") + array.intent + " " + describe(array.info);
    return text.empty() ? "no arrays" : text;
}

template <typename Scalar>
void copyValues(const GiftiArray& array, const std::filesystem::path& path, Scalar* target) {
    const std::size_t count = elementCount(array.info.shape);
    if (std::is_integral_v<Scalar> && !isInteger(array.info.type))
        failKind(path, "whole numbers in the array " + array.intent, describe(array.info));
    const auto done = convertNumbers(array.info.type, array.bytes.data(), count, array.isBigEndian, target);
    if (done < count)
        throw FormatError({.what = "A value of the array is too large for its use",
                           .file = path,
                           .place = array.intent + ", value " + std::to_string(done)});
    if (array.isFortranOrder && array.info.shape.size() > 1)
        reorderFromFortran(array.info.shape, count, target);
}

template <typename Scalar>
RowMatrix<Scalar> tripletsOf(const GiftiArray& array, const std::filesystem::path& path) {
    if (array.info.shape.size() != 2 || array.info.shape[1] != 3)
        failKind(path, array.intent + " of three columns", describe(array.info));
    RowMatrix<Scalar> matrix(static_cast<Eigen::Index>(array.info.shape[0]), 3);
    copyValues(array, path, matrix.data());
    return matrix;
}

const GiftiArray* firstOf(const GiftiImage& image, std::string_view intent) {
    const auto found = std::find_if(image.arrays.begin(), image.arrays.end(),
                                    [intent](const GiftiArray& array) { return array.intent == intent; });
    return found == image.arrays.end() ? nullptr : &*found;
}

bool isMap(const GiftiArray& array) {
    return array.intent != pointIntent && array.intent != triangleIntent && array.info.shape.size() <= 2 &&
           array.info.shape.front() > 0;
}

void appendMaps(const GiftiArray& array, const std::filesystem::path& path, std::vector<GiftiMap>& maps) {
    const std::size_t rows = array.info.shape.front();
    const std::size_t columns = array.info.shape.size() == 2 ? array.info.shape[1] : 1;
    std::vector<float> values(rows * columns);
    copyValues(array, path, values.data());
    for (std::size_t column = 0; column < columns; ++column) {
        GiftiMap map{array.name, array.intent, std::vector<float>(rows)};
        for (std::size_t row = 0; row < rows; ++row)
            map.values[row] = values[row * columns + column];
        maps.push_back(std::move(map));
    }
}

} // namespace

GiftiImage readGifti(const std::filesystem::path& path) {
    return parseGifti(readUnpackedBytes(path), path);
}

bool holdsSurface(const GiftiImage& image) {
    return firstOf(image, pointIntent) != nullptr || firstOf(image, triangleIntent) != nullptr;
}

bool holdsMaps(const GiftiImage& image) {
    return std::any_of(image.arrays.begin(), image.arrays.end(),
                       [](const GiftiArray& array) { return isMap(array) && array.intent != labelIntent; });
}

Mesh surfaceIn(const GiftiImage& image, const std::filesystem::path& path) {
    const GiftiArray* points = firstOf(image, pointIntent);
    const GiftiArray* triangles = firstOf(image, triangleIntent);
    if (points == nullptr || triangles == nullptr)
        failKind(path, "a surface: points and triangles", describeArrays(image));
    const Mesh mesh{tripletsOf<float>(*points, path), tripletsOf<std::int32_t>(*triangles, path)};
    checkMesh(mesh, path);
    return mesh;
}

std::vector<GiftiMap> mapsIn(const GiftiImage& image, const std::filesystem::path& path) {
    std::vector<GiftiMap> maps;
    for (const GiftiArray& array : image.arrays)
        if (isMap(array))
            appendMaps(array, path, maps);
    if (maps.empty())
        failKind(path, "a map: a value a vertex", describeArrays(image));
    for (std::size_t map = 1; map < maps.size(); ++map)
        if (maps[map].values.size() != maps.front().values.size())
            throw FormatError({.what = "The maps of the file have different lengths",
                               .file = path,
                               .place = "map " + std::to_string(map),
                               .expected = std::to_string(maps.front().values.size()) + " values",
                               .found = std::to_string(maps[map].values.size())});
    return maps;
}

std::vector<std::pair<std::string, Annotation>> labelsIn(const GiftiImage& image, const std::filesystem::path& path) {
    std::vector<std::pair<std::string, Annotation>> found;
    for (const GiftiArray& array : image.arrays) {
        if (array.intent != labelIntent)
            continue;
        if (array.info.shape.front() != elementCount(array.info.shape) || image.labels.empty())
            failKind(path, "labels: one a vertex, and their table", describeArrays(image));
        std::vector<std::int32_t> keys(elementCount(array.info.shape));
        copyValues(array, path, keys.data());
        found.emplace_back(array.name, annotationFrom(image.labels, keys));
    }
    return found;
}

Mesh readGiftiSurface(const std::filesystem::path& path) {
    return surfaceIn(readGifti(path), path);
}

std::vector<GiftiMap> readGiftiMaps(const std::filesystem::path& path) {
    return mapsIn(readGifti(path), path);
}

Annotation readGiftiLabels(const std::filesystem::path& path) {
    const GiftiImage image = readGifti(path);
    auto found = labelsIn(image, path);
    if (found.empty())
        failKind(path, "labels: one a vertex, and their table", describeArrays(image));
    return std::move(found.front().second);
}

} // namespace brainlike
