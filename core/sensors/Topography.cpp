#include "core/sensors/Topography.h"

#include "core/base/Error.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

/// r² log r, from r².
double kernel(const SensorPlace& a, const SensorPlace& b) {
    const double x = a[0] - b[0], y = a[1] - b[1];
    const double squared = x * x + y * y;
    return squared > 0 ? 0.5 * squared * std::log(squared) : 0;
}

struct MergedPlaces {
    std::vector<SensorPlace> places;
    std::vector<std::size_t> slot; ///< of every original place
    std::vector<double> multiplicity;
};

MergedPlaces merged(std::span<const SensorPlace> places) {
    constexpr double same = 1e-9;
    MergedPlaces result;
    for (const SensorPlace& place : places) {
        const auto known = std::ranges::find_if(result.places, [&](const SensorPlace& other) {
            return std::hypot(place[0] - other[0], place[1] - other[1]) < same;
        });
        result.slot.push_back(static_cast<std::size_t>(known - result.places.begin()));
        if (known == result.places.end()) {
            result.places.push_back(place);
            result.multiplicity.push_back(0);
        }
        result.multiplicity[result.slot.back()] += 1;
    }
    return result;
}

Eigen::Index indexOf(std::size_t value) {
    return static_cast<Eigen::Index>(value);
}

/// Kernels to all places, then 1, x, y; a row a point.
RowMatrix<double> basisOf(std::span<const SensorPlace> places, std::span<const SensorPlace> points) {
    const auto count = indexOf(places.size());
    RowMatrix<double> basis(indexOf(points.size()), count + 3);
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < places.size(); ++j)
            basis(indexOf(i), indexOf(j)) = kernel(points[i], places[j]);
        basis.row(indexOf(i)).tail<3>() << 1, points[i][0], points[i][1];
    }
    return basis;
}

void checkPlaces(std::span<const SensorPlace> places) {
    for (std::size_t i = 0; i < places.size(); ++i)
        if (!std::isfinite(places[i][0]) || !std::isfinite(places[i][1]))
            throw ValueError({.what = "A sensor to interpolate between has no place",
                              .place = "sensor " + std::to_string(i),
                              .expected = "finite coordinates",
                              .found = "not finite"});
    const auto hull = convexHull(places);
    if (hull.size() < 3)
        throw ValueError({.what = "The sensors do not span an area",
                          .expected = "at least three places that do not lie on one line",
                          .found = std::to_string(places.size()) + " sensors"});
}

std::vector<SensorPlace> gridPoints() {
    std::vector<SensorPlace> points;
    const double step = 2.0 / (Topography::gridSize - 1);
    for (int row = 0; row < Topography::gridSize; ++row)
        for (int column = 0; column < Topography::gridSize; ++column)
            points.push_back({-1 + column * step, -1 + row * step});
    return points;
}

std::vector<SensorPlace> placesOf(const std::vector<std::optional<SensorPlace>>& places,
                                  std::span<const std::size_t> sensors) {
    std::vector<SensorPlace> chosen;
    for (const std::size_t sensor : sensors)
        chosen.push_back(*places[sensor]);
    return chosen;
}

/// A corner of a grid cell.
struct Corner {
    SensorPlace place;
    double value;
};

SensorPlace crossing(const Corner& a, const Corner& b, double level) {
    const double share = (level - a.value) / (b.value - a.value);
    return {a.place[0] + share * (b.place[0] - a.place[0]), a.place[1] + share * (b.place[1] - a.place[1])};
}

/// Adds the pieces of one cell; corners in order around it.
void addCell(std::vector<ContourPiece>& pieces, const std::array<Corner, 4>& corners, double level) {
    // Most cells have none: that is told fast.
    const auto isAbove = [level](const Corner& corner) { return corner.value >= level; };
    const auto above = std::ranges::count_if(corners, isAbove);
    if (above == 0 || above == 4)
        return;
    std::array<SensorPlace, 4> cuts;
    std::size_t count = 0;
    double sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Corner &a = corners[i], &b = corners[(i + 1) % 4];
        if (!std::isfinite(a.value))
            return;
        sum += a.value;
        if (std::isfinite(b.value) && (a.value >= level) != (b.value >= level))
            cuts[count++] = crossing(a, b, level);
    }
    if (count == 2)
        pieces.push_back({cuts[0], cuts[1]});
    if (count != 4)
        return;
    const bool joinsFirst = (sum / 4 >= level) == (corners[0].value >= level);
    pieces.push_back(joinsFirst ? ContourPiece{cuts[0], cuts[1]} : ContourPiece{cuts[3], cuts[0]});
    pieces.push_back(joinsFirst ? ContourPiece{cuts[2], cuts[3]} : ContourPiece{cuts[1], cuts[2]});
}

} // namespace

RowMatrix<double> thinPlateWeights(std::span<const SensorPlace> places, std::span<const SensorPlace> points) {
    checkPlaces(places);
    const MergedPlaces unique = merged(places);
    const auto count = indexOf(unique.places.size());
    Eigen::MatrixXd system = Eigen::MatrixXd::Zero(count + 3, count + 3);
    system.topRows(count) = basisOf(unique.places, unique.places);
    system.bottomLeftCorner(3, count) = system.topRightCorner(count, 3).transpose();
    const Eigen::MatrixXd inverse =
        system.partialPivLu().solve(Eigen::MatrixXd::Identity(count + 3, count + 3).leftCols(count));
    const RowMatrix<double> weights = basisOf(unique.places, points) * inverse;
    RowMatrix<double> result(weights.rows(), indexOf(places.size()));
    for (std::size_t j = 0; j < places.size(); ++j)
        result.col(indexOf(j)) = weights.col(indexOf(unique.slot[j])) / unique.multiplicity[unique.slot[j]];
    return result;
}

Topography::Topography(const SensorLayout& layout) : m_places(layout.places) {
    for (std::size_t sensor = 0; sensor < m_places.size(); ++sensor)
        if (m_places[sensor])
            m_sensors.push_back(sensor);
    m_weights = thinPlateWeights(placesOf(m_places, m_sensors), gridPoints()).cast<float>();
}

std::optional<RowMatrix<float>> Topography::gridOf(std::span<const float> values) const {
    if (values.size() != m_places.size())
        throw ShapeError({.what = "The values do not fit the sensors",
                          .expected = std::to_string(m_places.size()) + " values",
                          .found = std::to_string(values.size())});
    std::vector<std::size_t> known;
    std::ranges::copy_if(m_sensors, std::back_inserter(known),
                         [&](std::size_t sensor) { return std::isfinite(values[sensor]); });
    Eigen::VectorXf chosen(indexOf(known.size()));
    for (std::size_t i = 0; i < known.size(); ++i)
        chosen(indexOf(i)) = values[known[i]];
    RowMatrix<float> grid(gridSize, gridSize);
    Eigen::Map<Eigen::VectorXf> flat(grid.data(), grid.size());
    if (known.size() == m_sensors.size()) {
        flat = m_weights * chosen;
        return grid;
    }
    const std::vector<SensorPlace> places = placesOf(m_places, known);
    if (convexHull(places).size() < 3)
        return std::nullopt;
    flat = thinPlateWeights(places, gridPoints()).cast<float>() * chosen;
    return grid;
}

std::vector<ContourPiece> contourPieces(const RowMatrix<float>& grid, double level) {
    std::vector<ContourPiece> pieces;
    const auto corner = [&](Eigen::Index row, Eigen::Index column) {
        const auto along = [](Eigen::Index at, Eigen::Index count) {
            return -1 + 2.0 * static_cast<double>(at) / static_cast<double>(count - 1);
        };
        return Corner{{along(column, grid.cols()), along(row, grid.rows())}, static_cast<double>(grid(row, column))};
    };
    const auto isAbove = [&](Eigen::Index row, Eigen::Index column) {
        return static_cast<double>(grid(row, column)) >= level;
    };
    for (Eigen::Index row = 0; row + 1 < grid.rows(); ++row)
        for (Eigen::Index column = 0; column + 1 < grid.cols(); ++column) {
            const int above = isAbove(row, column) + isAbove(row, column + 1) + isAbove(row + 1, column + 1) +
                              isAbove(row + 1, column);
            if (above == 0 || above == 4)
                continue; // most cells
            addCell(
                pieces,
                {corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column)},
                level);
        }
    return pieces;
}

} // namespace brainlike
