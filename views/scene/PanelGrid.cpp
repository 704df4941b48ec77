#include "views/scene/PanelGrid.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

namespace brainlike {
namespace {

double scaleIn(const Grid& grid, const GridRoom& room) {
    const auto& [width, height, spacing] = room;
    return std::max(1e-3, std::min((width - widthBesides(grid, spacing)) / grid.width(),
                                   (height - heightBesides(grid, spacing)) / grid.height()));
}

/// How the panels of one of several parts are arranged.
enum class Arrangement { BelowEachOther, Transposed, AsInPreset };

int last(const std::vector<PanelSpec>& specs, int PanelSpec::*place) {
    int highest = 0;
    for (const PanelSpec& spec : specs)
        highest = std::max(highest, spec.*place);
    return highest;
}

/// Below each other panels keep the order of the preset's columns, so that what belongs together stays so.
std::vector<PanelSpec> arranged(std::vector<PanelSpec> specs, Arrangement arrangement) {
    if (arrangement == Arrangement::Transposed)
        for (PanelSpec& spec : specs)
            std::swap(spec.row, spec.column);
    if (arrangement != Arrangement::BelowEachOther)
        return specs;
    std::vector<PanelSpec> ordered = specs;
    std::ranges::stable_sort(ordered, {}, [](const PanelSpec& spec) { return std::pair(spec.column, spec.row); });
    for (PanelSpec& spec : specs) {
        const auto place = std::ranges::find_if(
            ordered, [&](const PanelSpec& other) { return other.column == spec.column && other.row == spec.row; });
        spec.row = static_cast<int>(place - ordered.begin());
    }
    for (PanelSpec& spec : specs)
        spec.column = 0;
    return specs;
}

/// Rows and columns that hold nothing are taken out.
void closeGaps(std::vector<PanelSpec>& specs, int PanelSpec::*place) {
    std::set<int> taken;
    for (const PanelSpec& spec : specs)
        taken.insert(spec.*place);
    for (PanelSpec& spec : specs)
        spec.*place = static_cast<int>(std::distance(taken.begin(), taken.find(spec.*place)));
}

std::vector<PanelSpec> repeated(const std::vector<PanelSpec>& specs, int parts) {
    const int columns = last(specs, &PanelSpec::column) + 1;
    std::vector<PanelSpec> all;
    for (int part = 0; part < parts; ++part)
        for (PanelSpec spec : specs) {
            spec.part = part;
            spec.column += part * columns;
            all.push_back(spec);
        }
    return all;
}

/// The whole brain's panels are given up first, then all but the lateral ones, then all but one.
std::vector<PanelSpec> withFewer(std::vector<PanelSpec> specs) {
    const auto isLateral = [](const PanelSpec& spec) { return spec.direction == ViewDirection::Lateral; };
    const auto keep = [&](auto isKept) {
        if (std::ranges::any_of(specs, isKept) && !std::ranges::all_of(specs, isKept))
            std::erase_if(specs, std::not_fn(isKept));
        else
            return false;
        return true;
    };
    if (!keep([](const PanelSpec& spec) { return !spec.isWhole; }) && !keep(isLateral))
        specs.resize(1);
    closeGaps(specs, &PanelSpec::row);
    closeGaps(specs, &PanelSpec::column);
    return specs;
}

/// Every brain is wide enough for what stands above it.
bool hasRoom(const std::vector<PanelSpec>& specs, const CortexGeometry* geometry, double apart, const GridRoom& room) {
    constexpr double leastWidth = 4; ///< heights of a label
    const Grid grid = gridOf(specs, geometry, apart);
    return *std::ranges::min_element(grid.widths) * scaleIn(grid, room) >= leastWidth * room.spacing.label;
}

std::vector<PanelSpec> arrangedBest(const std::vector<PanelSpec>& preset, int parts, const CortexGeometry* geometry,
                                    double apart, const GridRoom& room) {
    std::vector<PanelSpec> best;
    double largest = 0;
    for (const auto arrangement : {Arrangement::BelowEachOther, Arrangement::Transposed, Arrangement::AsInPreset}) {
        auto specs = repeated(arranged(preset, arrangement), parts);
        const double scale = scaleIn(gridOf(specs, geometry, apart), room);
        if (best.empty() || scale > largest) {
            best = std::move(specs);
            largest = scale;
        }
    }
    return best;
}

} // namespace

std::vector<PanelSpec> panelsFor(const std::vector<PanelSpec>& preset, const VertexCounts& counts) {
    if ((counts.left > 0) == (counts.right > 0))
        return preset;
    const Hemisphere present = counts.left > 0 ? Hemisphere::Left : Hemisphere::Right;
    std::vector<PanelSpec> specs;
    for (PanelSpec spec : preset) {
        if (!spec.shows(present))
            continue;
        spec.hemisphere = present;
        spec.isWhole = false;
        specs.push_back(spec);
    }
    if (specs.empty())
        for (PanelSpec spec : preset) {
            spec.hemisphere = present;
            specs.push_back(spec);
        }
    closeGaps(specs, &PanelSpec::row);
    closeGaps(specs, &PanelSpec::column);
    return specs;
}

Extent extentIn(const PanelSpec& spec, const CortexGeometry& geometry, double apart) {
    Extent extent = geometry.side(spec.hemisphere).extent;
    const double outwards = spec.hemisphere == Hemisphere::Left ? -apart : apart;
    extent.low.x() += outwards;
    extent.high.x() += outwards;
    if (!spec.isWhole)
        return extent;
    Extent other = geometry.side(Hemisphere::Right).extent;
    other.low.x() += apart;
    other.high.x() += apart;
    return {extent.low.cwiseMin(other.low), extent.high.cwiseMax(other.high)};
}

Grid gridOf(const std::vector<PanelSpec>& specs, const CortexGeometry* geometry, double apart) {
    Grid grid{.parts = static_cast<std::size_t>(specs.back().part) + 1};
    for (const PanelSpec& spec : specs) {
        const Extent extent = geometry != nullptr ? extentIn(spec, *geometry, apart) : Extent{};
        const Eigen::Vector3d size = (axesOf(spec) * (extent.high - extent.low)).cwiseAbs();
        const auto column = static_cast<std::size_t>(spec.column);
        const auto row = static_cast<std::size_t>(spec.row);
        grid.widths.resize(std::max(grid.widths.size(), column + 1));
        grid.heights.resize(std::max(grid.heights.size(), row + 1));
        grid.widths[column] = std::max({grid.widths[column], size.x(), 1e-6});
        grid.heights[row] = std::max({grid.heights[row], size.y(), 1e-6});
    }
    return grid;
}

double widthBesides(const Grid& grid, const ViewSpacing& spacing) {
    return spacing.left + spacing.right + spacing.gap * static_cast<double>(grid.widths.size() + grid.parts - 2);
}

double heightBesides(const Grid& grid, const ViewSpacing& spacing) {
    const auto rows = static_cast<double>(grid.heights.size());
    return spacing.top + spacing.bottom + spacing.gap * (rows - 1) + spacing.label * rows +
           (grid.parts > 1 ? spacing.heading : 0);
}

void fit(Grid& grid, const GridRoom& room) {
    const auto& [width, height, spacing] = room;
    const double freeWidth = width - widthBesides(grid, spacing);
    const double freeHeight = height - heightBesides(grid, spacing);
    grid.scale = scaleIn(grid, room);
    grid.gap = spacing.gap;
    double left = spacing.left + 0.5 * (freeWidth - grid.width() * grid.scale);
    for (std::size_t column = 0; column < grid.widths.size(); ++column) {
        grid.widths[column] *= grid.scale;
        grid.lefts.push_back(left);
        left += grid.widths[column] + grid.gapBefore(column + 1);
    }
    double top = spacing.top + 0.5 * (freeHeight - grid.height() * grid.scale) + (grid.parts > 1 ? spacing.heading : 0);
    for (double& value : grid.heights) {
        value *= grid.scale;
        grid.tops.push_back(top);
        top += spacing.label + value + spacing.gap;
    }
}

std::pair<double, double> tile(const std::vector<double>& starts, std::size_t place, double before, double after,
                               double end) {
    const double from = place == 0 ? 0 : std::round(starts[place] - 0.5 * before);
    const double to = place + 1 == starts.size() ? end : std::round(starts[place + 1] - 0.5 * after);
    return {from, to};
}

std::vector<PanelSpec> sideBySide(const std::vector<PanelSpec>& preset, int parts, const CortexGeometry* geometry,
                                  double apart, const GridRoom& room) {
    for (std::vector<PanelSpec> wanted = preset;;) {
        auto specs = arrangedBest(wanted, parts, geometry, apart, room);
        auto fewer = withFewer(wanted);
        if (fewer.size() == wanted.size() || hasRoom(specs, geometry, apart, room))
            return specs;
        wanted = std::move(fewer);
    }
}

} // namespace brainlike
