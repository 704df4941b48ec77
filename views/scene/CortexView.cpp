#include "views/scene/CortexView.h"

#include "views/scene/SurfaceHit.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

namespace brainlike {
namespace {

constexpr double smallestZoom = 0.5;
constexpr double largestZoom = 20;
/// A drag across this many pixels is half a turn.
constexpr double pixelsPerHalfTurn = 400;
/// A vertex counts as seen if the surface in front of it is no further off than this, mm.
constexpr double visibleDepth = 0.5;

const Eigen::Matrix3d mirror = Eigen::Vector3d(-1, 1, 1).asDiagonal();

/// Extent of the points of any face: flat surfaces have others, which are not drawn.
Extent extentOf(const Mesh& mesh) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    Eigen::Vector3d low = Eigen::Vector3d::Constant(infinite);
    Eigen::Vector3d high = Eigen::Vector3d::Constant(-infinite);
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face)
        for (Eigen::Index corner = 0; corner < 3; ++corner) {
            const Eigen::Vector3d point = mesh.points.row(mesh.faces(face, corner)).cast<double>();
            low = low.cwiseMin(point);
            high = high.cwiseMax(point);
        }
    return mesh.faceCount() > 0 ? Extent{low, high} : Extent{};
}

/// The grid of a layout: widths of columns and heights of rows, first in mm, then in pixels, and where they begin.
struct Grid {
    std::vector<double> widths, heights, lefts, tops;
    double scale = 1; ///< pixels a mm

    [[nodiscard]] double width() const { return std::accumulate(widths.begin(), widths.end(), 0.0); }
    [[nodiscard]] double height() const { return std::accumulate(heights.begin(), heights.end(), 0.0); }
};

/// Columns and rows as large as the largest brain in them, mm.
Grid gridOf(const std::vector<PanelSpec>& specs, const std::array<Extent, 2>& extents) {
    Grid grid;
    for (const PanelSpec& spec : specs) {
        const Extent& extent = extents[indexOf(spec.hemisphere)];
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
    return spacing.left + spacing.right + spacing.gap * static_cast<double>(grid.widths.size() - 1);
}

double heightBesides(const Grid& grid, const ViewSpacing& spacing) {
    const auto rows = static_cast<double>(grid.heights.size());
    return spacing.top + spacing.bottom + spacing.gap * (rows - 1) + spacing.label * rows;
}

/// Fits a grid into a picture, centred.
void fit(Grid& grid, double width, double height, const ViewSpacing& spacing) {
    const double freeWidth = width - widthBesides(grid, spacing);
    const double freeHeight = height - heightBesides(grid, spacing);
    grid.scale = std::max(1e-3, std::min(freeWidth / grid.width(), freeHeight / grid.height()));
    double left = spacing.left + 0.5 * (freeWidth - grid.width() * grid.scale);
    for (double& value : grid.widths) {
        value *= grid.scale;
        grid.lefts.push_back(left);
        left += value + spacing.gap;
    }
    double top = spacing.top + 0.5 * (freeHeight - grid.height() * grid.scale);
    for (double& value : grid.heights) {
        value *= grid.scale;
        grid.tops.push_back(top);
        top += spacing.label + value + spacing.gap;
    }
}

/// Interval `place` of a row or column of panels: halfway to its neighbours, to the picture's edges at the ends.
std::pair<double, double> tile(const std::vector<double>& starts, std::size_t place, double gap, double end) {
    const double from = place == 0 ? 0 : std::round(starts[place] - 0.5 * gap);
    const double to = place + 1 == starts.size() ? end : std::round(starts[place + 1] - 0.5 * gap);
    return {from, to};
}

} // namespace

PixelPoint PanelView::project(const Eigen::Vector3d& point) const {
    const Eigen::Vector3d seen = axes * (point - centre);
    return {anchor.x + pixelsPerMm * seen.x(), anchor.y - pixelsPerMm * seen.y()};
}

std::string CortexView::labelOf(const PanelView& panel) const {
    const std::string label = brainlike::labelOf(panel.spec);
    return isTurned() ? label.substr(0, label.find(' ')) : label;
}

void CortexView::setGeometry(std::shared_ptr<const CortexGeometry> geometry) {
    m_geometry = std::move(geometry);
    for (const Hemisphere hemisphere : hemispheres)
        m_extents[indexOf(hemisphere)] = m_geometry ? extentOf(m_geometry->side(hemisphere).mesh) : Extent{};
    layOut();
}

void CortexView::setPreset(std::string_view preset) {
    m_specs = panelsOf(preset);
    resetCamera();
}

void CortexView::setSize(double width, double height, const ViewSpacing& spacing) {
    m_width = width;
    m_height = height;
    m_spacing = spacing;
    layOut();
}

std::vector<PanelSpec> CortexView::specs() const {
    return m_geometry && m_geometry->surface == SurfaceKind::Flat ? panelsOf("flat") : m_specs;
}

double CortexView::heightFor(double width, const ViewSpacing& spacing) const {
    const Grid grid = gridOf(specs(), m_extents);
    return heightBesides(grid, spacing) + (width - widthBesides(grid, spacing)) * grid.height() / grid.width();
}

void CortexView::layOut() {
    m_panels.clear();
    if (!m_geometry || m_width <= 0 || m_height <= 0)
        return;
    Grid grid = gridOf(specs(), m_extents);
    fit(grid, m_width, m_height, m_spacing);
    m_content = {grid.lefts.front(), grid.tops.front(), grid.lefts.back() + grid.widths.back() - grid.lefts.front(),
                 grid.tops.back() + m_spacing.label + grid.heights.back() - grid.tops.front()};
    for (const PanelSpec& spec : specs()) {
        const auto row = static_cast<std::size_t>(spec.row);
        const auto column = static_cast<std::size_t>(spec.column);
        const Extent& extent = m_extents[indexOf(spec.hemisphere)];
        const bool isLeft = spec.hemisphere == Hemisphere::Left;
        const Eigen::Matrix3d turned = isLeft ? m_rotation : Eigen::Matrix3d(mirror * m_rotation * mirror);
        const auto [left, right] = tile(grid.lefts, column, m_spacing.gap, m_width);
        const auto [top, bottom] = tile(grid.tops, row, m_spacing.gap, m_height);
        PanelView panel{.spec = spec};
        panel.viewport = {left, top, right - left, bottom - top};
        panel.label = {grid.lefts[column], grid.tops[row], grid.widths[column], m_spacing.label};
        panel.axes = turned * axesOf(spec);
        panel.centre = extent.centre();
        panel.radius = 0.5 * (extent.high - extent.low).norm() + 5;
        panel.pixelsPerMm = grid.scale * m_zoom;
        panel.anchor = {grid.lefts[column] + 0.5 * grid.widths[column] + (isLeft ? 1 : -1) * m_shift.x() * grid.scale,
                        grid.tops[row] + m_spacing.label + 0.5 * grid.heights[row] + m_shift.y() * grid.scale};
        m_panels.push_back(panel);
    }
}

const PanelView* CortexView::panelAt(PixelPoint at) const {
    const auto found = std::find_if(m_panels.begin(), m_panels.end(),
                                    [&](const PanelView& panel) { return panel.viewport.contains(at); });
    return found == m_panels.end() ? nullptr : &*found;
}

void CortexView::rotate(PixelPoint at, double right, double down) {
    const PanelView* panel = panelAt(at);
    if (panel == nullptr)
        return;
    const double perPixel = std::numbers::pi / pixelsPerHalfTurn;
    const double side = panel->spec.hemisphere == Hemisphere::Left ? 1 : -1;
    const Eigen::Matrix3d turn = (Eigen::AngleAxisd(down * perPixel, Eigen::Vector3d::UnitX()) *
                                  Eigen::AngleAxisd(side * right * perPixel, Eigen::Vector3d::UnitY()))
                                     .toRotationMatrix();
    m_rotation = Eigen::Quaterniond(turn * m_rotation).normalized().toRotationMatrix();
    layOut();
}

void CortexView::zoom(PixelPoint at, double factor) {
    const PanelView* panel = panelAt(at);
    if (panel == nullptr)
        return;
    const double before = std::exchange(m_zoom, std::clamp(m_zoom * factor, smallestZoom, largestZoom));
    const double grown = 1 - m_zoom / before;
    const double scale = panel->pixelsPerMm / before;
    const double side = panel->spec.hemisphere == Hemisphere::Left ? 1 : -1;
    m_shift += Eigen::Vector2d(side * (at.x - panel->anchor.x), at.y - panel->anchor.y) * grown / scale;
    layOut();
}

void CortexView::resetCamera() {
    m_rotation.setIdentity();
    m_shift.setZero();
    m_zoom = 1;
    layOut();
}

std::optional<VertexId> CortexView::pick(PixelPoint at) const {
    const PanelView* panel = panelAt(at);
    if (panel == nullptr)
        return std::nullopt;
    const auto hit = frontmost(*panel, m_geometry->side(panel->spec.hemisphere), at);
    return hit ? std::optional(VertexId{panel->spec.hemisphere, hit->vertex}) : std::nullopt;
}

std::optional<PixelPoint> CortexView::positionOf(VertexId vertex) const {
    for (const PanelView& panel : m_panels)
        if (const auto position = positionIn(panel, vertex))
            return position;
    return std::nullopt;
}

std::optional<PixelPoint> CortexView::positionIn(const PanelView& panel, VertexId vertex) const {
    if (panel.spec.hemisphere != vertex.hemisphere)
        return std::nullopt;
    const CortexSide& side = m_geometry->side(vertex.hemisphere);
    if (vertex.index < 0 || vertex.index >= side.mesh.vertexCount())
        return std::nullopt;
    const Eigen::Vector3d point = side.mesh.points.row(vertex.index).cast<double>();
    const PixelPoint position = panel.project(point);
    const auto hit = panel.viewport.contains(position) ? frontmost(panel, side, position) : std::nullopt;
    const double height = (panel.axes * (point - panel.centre)).z();
    if (!hit || hit->height > height + visibleDepth)
        return std::nullopt;
    return position;
}

} // namespace brainlike
