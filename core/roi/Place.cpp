#include "core/roi/Place.h"

#include "core/base/Error.h"
#include "core/surface/Geometry.h"

#include <Eigen/LU>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <vector>

namespace brainlike {
namespace {

/// Small letters, typographic minus signs as "-".
std::string plainText(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\u2212")) {
            plain += '-';
            i += 2;
        } else {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
        }
    }
    return plain;
}

std::vector<std::string> wordsIn(const std::string& text) {
    std::vector<std::string> words;
    constexpr std::string_view separators = " \t,;()[]:=";
    for (std::size_t start = 0; (start = text.find_first_not_of(separators, start)) != std::string::npos;) {
        const auto end = std::min(text.find_first_of(separators, start), text.size());
        words.push_back(text.substr(start, end - start));
        start = end;
    }
    return words;
}

template <typename Number>
std::optional<Number> wholeNumber(std::string_view word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

/// "lh" or "rh" at the start of a text, which is taken off.
std::optional<Hemisphere> takeHemisphere(std::string& text) {
    for (const Hemisphere hemisphere : hemispheres)
        if (text.starts_with(shortName(hemisphere)) && text.size() > 2 &&
            (std::isdigit(static_cast<unsigned char>(text[2])) != 0 || text[2] == ' ')) {
            text.erase(0, std::min(text.find_first_not_of(' ', 2), text.size()));
            return hemisphere;
        }
    return std::nullopt;
}

std::optional<Place> vertexPlace(Hemisphere hemisphere, std::string text, const PlaceBasis& basis) {
    std::erase(text, ',');
    const auto index = wholeNumber<int>(text);
    if (!index)
        return std::nullopt;
    const int count = basis.counts.of(hemisphere);
    if (*index < 0 || *index >= count)
        throw ValueError({.what = "There is no such vertex",
                          .expected = std::string(shortName(hemisphere)) + " 0 to " + std::to_string(count - 1),
                          .found = std::to_string(*index)});
    return Place{.vertex = {hemisphere, *index}, .area = {}, .distance = {}};
}

std::optional<Place> nearestPlace(const Eigen::Vector3d& point, const PlaceBasis& basis) {
    std::optional<Place> nearest;
    for (const Hemisphere hemisphere : hemispheres) {
        const RowMatrix<float>* positions = basis.positions[indexOf(hemisphere)];
        if (positions == nullptr || positions->rows() == 0)
            continue;
        Eigen::Index row = 0;
        const double squared =
            (positions->cast<double>().rowwise() - point.transpose()).rowwise().squaredNorm().minCoeff(&row);
        if (!nearest || squared < *nearest->distance * *nearest->distance)
            nearest = Place{.vertex = {hemisphere, static_cast<int>(row)}, .area = {}, .distance = std::sqrt(squared)};
    }
    return nearest;
}

/// The inverse of mni152FromMni305, which is affine.
Eigen::Vector3d mni305FromMni152(const Eigen::Vector3d& point) {
    const Eigen::Vector3d origin = mni152FromMni305(Eigen::Vector3d::Zero());
    Eigen::Matrix3d linear;
    for (Eigen::Index axis = 0; axis < 3; ++axis)
        linear.col(axis) = mni152FromMni305(Eigen::Vector3d::Unit(axis)) - origin;
    return linear.inverse() * (point - origin);
}

std::optional<Place> coordinatePlace(const std::string& text, const PlaceBasis& basis) {
    std::vector<std::string> words = wordsIn(text);
    const bool isNamed = !words.empty() && words.front().starts_with("mni");
    const bool isMni305 = isNamed && words.front() == "mni305";
    if (isNamed && !isMni305 && words.front() != "mni" && words.front() != "mni152")
        return std::nullopt;
    if (isNamed)
        words.erase(words.begin());
    if (words.size() != 3)
        return std::nullopt;
    Eigen::Vector3d point;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto value = wholeNumber<double>(words[axis]);
        if (!value || !std::isfinite(*value))
            return std::nullopt;
        point[static_cast<Eigen::Index>(axis)] = *value;
    }
    if (isNamed && !basis.space.isMni305)
        throw ValueError({.what = "Where coordinates of MNI lie on these surfaces is not known",
                          .expected = "three numbers alone, in the coordinates of " + basis.space.name,
                          .found = text});
    return nearestPlace(isMni305 || !basis.space.isMni305 ? point : mni305FromMni152(point), basis);
}

std::optional<Place> areaPlace(const std::string& text, Hemisphere hemisphere, const PlaceBasis& basis) {
    const Annotation& side = basis.parcellation->side(hemisphere);
    for (const Area& area : side.areas) {
        if (!area.isCortex || plainText(area.name) != text)
            continue;
        const std::vector<int> vertices = basis.parcellation->verticesOf(hemisphere, area.name);
        const RowMatrix<float>* positions = basis.positions[indexOf(hemisphere)];
        if (vertices.empty())
            continue;
        const int middle =
            positions != nullptr && positions->rows() > vertices.back() ? middleVertex(*positions, vertices) : -1;
        return Place{
            .vertex = {hemisphere, middle >= 0 ? middle : vertices.front()}, .area = area.name, .distance = {}};
    }
    return std::nullopt;
}

} // namespace

int middleVertex(const RowMatrix<float>& positions, std::span<const int> vertices) {
    Eigen::RowVector3d sum = Eigen::RowVector3d::Zero();
    for (const int vertex : vertices)
        sum += positions.row(vertex).cast<double>();
    const Eigen::RowVector3d middle = sum / static_cast<double>(std::max<std::size_t>(vertices.size(), 1));
    int nearest = -1;
    double least = std::numeric_limits<double>::infinity();
    for (const int vertex : vertices)
        if (const double squared = (positions.row(vertex).cast<double>() - middle).squaredNorm(); squared < least) {
            least = squared;
            nearest = vertex;
        }
    return nearest;
}

std::optional<Place> placeFrom(std::string_view text, const PlaceBasis& basis) {
    std::string plain = plainText(text);
    plain.erase(0, std::min(plain.find_first_not_of(" \t"), plain.size()));
    plain.erase(plain.find_last_not_of(" \t") + 1);
    if (const auto place = coordinatePlace(plain, basis))
        return place;
    const auto hemisphere = takeHemisphere(plain);
    if (const auto place = hemisphere ? vertexPlace(*hemisphere, plain, basis) : std::nullopt)
        return place;
    if (basis.parcellation == nullptr)
        return std::nullopt;
    for (const Hemisphere side : hemispheres)
        if (!hemisphere || side == *hemisphere)
            if (const auto place = areaPlace(plain, side, basis))
                return place;
    return std::nullopt;
}

} // namespace brainlike
