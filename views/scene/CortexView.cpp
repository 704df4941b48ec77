#include "views/scene/CortexView.h"

#include "views/scene/PanelGrid.h"
#include "views/scene/SurfaceHit.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace brainlike {
namespace {

/// To look at one place.
constexpr double closeZoom = 4;
/// To look at one place and what is around.
constexpr double nearZoom = 2.5;
/// A surface that is turned to the viewer less than this (cosine) is seen from its side.
constexpr double leastFacing = 0.6;
/// A vertex counts as seen if the surface in front of it is no further off than this, mm.
constexpr double visibleDepth = 0.5;

const Eigen::Matrix3d mirror = Eigen::Vector3d(-1, 1, 1).asDiagonal();

} // namespace

PixelPoint PanelView::project(const Eigen::Vector3d& point, Hemisphere hemisphere) const {
    const Eigen::Vector3d seen = axes * (point + offsetOf(hemisphere) - centre);
    return {anchor.x + pixelsPerMm * seen.x(), anchor.y - pixelsPerMm * seen.y()};
}

std::string CortexView::labelOf(const PanelView& panel) const {
    const std::string label = brainlike::labelOf(panel.spec);
    if (!isTurned())
        return label;
    return panel.spec.isWhole ? std::string("Both hemispheres") : label.substr(0, label.find(' '));
}

bool CortexView::isTurned() const {
    return std::any_of(m_cameras.begin(), m_cameras.end(),
                       [](const PanelCamera& camera) { return !camera.rotation.isIdentity(); });
}

void CortexView::setGeometry(std::shared_ptr<const CortexGeometry> geometry) {
    m_geometry = std::move(geometry);
    layOut();
}

void CortexView::setPreset(std::string_view preset) {
    m_specs = panelsOf(preset);
    resetCamera();
}

void CortexView::setLinked(bool linked) {
    if (linked && !m_isLinked && !m_cameras.empty())
        std::fill(m_cameras.begin() + 1, m_cameras.end(), m_cameras.front());
    m_isLinked = linked;
    layOut();
}

std::vector<CameraChoice> CortexView::cameras() const {
    std::vector<CameraChoice> choices;
    for (const PanelCamera& camera : m_cameras) {
        const Eigen::Quaterniond turn(camera.rotation);
        choices.push_back({.turn = {turn.w(), turn.x(), turn.y(), turn.z()},
                           .zoom = camera.zoom,
                           .shift = {camera.shift.x(), camera.shift.y()}});
    }
    return compactCameras(std::move(choices));
}

void CortexView::setCameras(const std::vector<CameraChoice>& cameras) {
    if (cameras == this->cameras())
        return;
    std::vector<PanelCamera> wanted;
    for (const CameraChoice& choice : cameras) {
        const Eigen::Vector3d axis(choice.turn[1], choice.turn[2], choice.turn[3]);
        // w from the others: what is read back has the same digits.
        const double w = std::sqrt(std::max(0.0, 1 - axis.squaredNorm()));
        wanted.push_back(
            {.rotation = Eigen::Quaterniond(w, axis.x(), axis.y(), axis.z()).normalized().toRotationMatrix(),
             .zoom = choice.zoom,
             .shift = {choice.shift[0], choice.shift[1]}});
    }
    const bool areAlike = m_isLinked || wanted.size() < 2;
    m_cameras.resize(std::max(m_cameras.size(), m_specs.size()));
    for (std::size_t i = 0; i < m_cameras.size(); ++i) {
        const std::size_t place = areAlike ? 0 : i;
        m_cameras[i] = place < wanted.size() ? wanted[place] : PanelCamera{};
    }
    layOut();
}

void CortexView::setGap(double millimetres) {
    m_gap = std::max(0.0, millimetres);
    layOut();
}

void CortexView::setSize(double width, double height, const ViewSpacing& spacing) {
    m_width = width;
    m_height = height;
    m_spacing = spacing;
    layOut();
}

void CortexView::setParts(int count) {
    m_parts = std::max(1, count);
    layOut();
}

std::vector<PanelSpec> CortexView::specs(double width, double height, const ViewSpacing& spacing) const {
    const auto wanted = m_geometry && m_geometry->surface.isFlat() ? panelsOf("flat") : m_specs;
    const auto preset = m_geometry ? panelsFor(wanted, m_geometry->counts) : wanted;
    if (m_parts == 1)
        return preset;
    return sideBySide(preset, m_parts, m_geometry.get(), moveApart(), {width, height, spacing});
}

double CortexView::moveApart() const {
    if (!m_geometry)
        return 0;
    const double overlap =
        m_geometry->side(Hemisphere::Left).extent.high.x() - m_geometry->side(Hemisphere::Right).extent.low.x();
    return 0.5 * (std::max(0.0, overlap) + m_gap);
}

double CortexView::heightFor(double width, const ViewSpacing& spacing) const {
    // As high as it likes: the widest brains are the largest.
    const Grid grid = gridOf(specs(width, std::numeric_limits<float>::max(), spacing), m_geometry.get(), moveApart());
    return heightBesides(grid, spacing) + (width - widthBesides(grid, spacing)) * grid.height() / grid.width();
}

void CortexView::layOut() {
    m_panels.clear();
    m_headings.clear();
    if (!m_geometry || m_width <= 0 || m_height <= 0)
        return;
    const std::vector<PanelSpec> wanted = specs(m_width, m_height, m_spacing);
    m_cameras.resize(wanted.size() / static_cast<std::size_t>(m_parts),
                     m_isLinked && !m_cameras.empty() ? m_cameras.front() : PanelCamera{});
    const double apart = moveApart();
    Grid grid = gridOf(wanted, m_geometry.get(), apart);
    fit(grid, {m_width, m_height, m_spacing});
    m_content = {grid.lefts.front(), grid.tops.front(), grid.lefts.back() + grid.widths.back() - grid.lefts.front(),
                 grid.tops.back() + m_spacing.label + grid.heights.back() - grid.tops.front()};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const PanelSpec& spec = wanted[i];
        const PanelCamera& camera = cameraOf(i);
        const auto row = static_cast<std::size_t>(spec.row);
        const auto column = static_cast<std::size_t>(spec.column);
        const Extent extent = extentIn(spec, *m_geometry, apart);
        const bool isLeft = spec.hemisphere == Hemisphere::Left;
        const Eigen::Matrix3d turned = isLeft ? camera.rotation : Eigen::Matrix3d(mirror * camera.rotation * mirror);
        const auto [left, right] =
            tile(grid.lefts, column, grid.gapBefore(column), grid.gapBefore(column + 1), m_width);
        const auto [top, bottom] = tile(grid.tops, row, m_spacing.gap, m_spacing.gap, m_height);
        PanelView panel{.spec = spec};
        panel.viewport = {left, top, right - left, bottom - top};
        panel.label = {grid.lefts[column], grid.tops[row], grid.widths[column], m_spacing.label};
        panel.brain = {grid.lefts[column], grid.tops[row] + m_spacing.label, grid.widths[column], grid.heights[row]};
        panel.axes = turned * axesOf(spec);
        panel.centre = extent.centre();
        panel.radius = 0.5 * (extent.high - extent.low).norm() + 5;
        panel.apart = apart;
        panel.pixelsPerMm = grid.scale * camera.zoom;
        panel.anchor = {grid.lefts[column] + 0.5 * grid.widths[column] +
                            (isLeft ? 1 : -1) * camera.shift.x() * grid.scale,
                        grid.tops[row] + m_spacing.label + 0.5 * grid.heights[row] + camera.shift.y() * grid.scale};
        m_panels.push_back(panel);
    }
    placeHeadings(wanted);
}

void CortexView::placeHeadings(const std::vector<PanelSpec>& specs) {
    if (m_parts == 1)
        return;
    m_content.top -= m_spacing.heading;
    m_content.height += m_spacing.heading;
    for (int part = 0; part < m_parts; ++part) {
        double left = m_width, right = 0;
        for (std::size_t i = 0; i < specs.size(); ++i)
            if (specs[i].part == part) {
                left = std::min(left, m_panels[i].label.left);
                right = std::max(right, m_panels[i].label.right());
            }
        // Neighbours are two gaps away.
        left -= 0.75 * m_spacing.gap;
        right += 0.75 * m_spacing.gap;
        m_headings.push_back({left, m_content.top, right - left, m_spacing.heading});
    }
}

std::optional<std::size_t> CortexView::panelAt(PixelPoint at) const {
    const auto found = std::find_if(m_panels.begin(), m_panels.end(),
                                    [&](const PanelView& panel) { return panel.viewport.contains(at); });
    return found == m_panels.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - m_panels.begin()));
}

template <typename Change>
void CortexView::changeCameras(std::size_t panel, Change change) {
    for (std::size_t i = 0; i < m_cameras.size(); ++i)
        if (m_isLinked || i == panel % m_cameras.size())
            change(m_cameras[i]);
    layOut();
}

void CortexView::rotate(PixelPoint at, double right, double down) {
    const auto index = panelAt(at);
    if (!index)
        return;
    const double perPixel = std::numbers::pi / pixelsPerHalfTurn;
    const double side = m_panels[*index].spec.hemisphere == Hemisphere::Left ? 1 : -1;
    const Eigen::Matrix3d turn = (Eigen::AngleAxisd(down * perPixel, Eigen::Vector3d::UnitX()) *
                                  Eigen::AngleAxisd(side * right * perPixel, Eigen::Vector3d::UnitY()))
                                     .toRotationMatrix();
    changeCameras(*index, [&turn](PanelCamera& camera) {
        camera.rotation = Eigen::Quaterniond(turn * camera.rotation).normalized().toRotationMatrix();
    });
}

void CortexView::zoom(PixelPoint at, double factor) {
    const auto index = panelAt(at);
    if (!index)
        return;
    const PanelView& panel = m_panels[*index];
    const double before = cameraOf(*index).zoom;
    const double after = std::clamp(before * factor, smallestZoom, largestZoom);
    const double scale = panel.pixelsPerMm / before;
    const double side = panel.spec.hemisphere == Hemisphere::Left ? 1 : -1;
    const Eigen::Vector2d grown =
        Eigen::Vector2d(side * (at.x - panel.anchor.x), at.y - panel.anchor.y) * (1 - after / before) / scale;
    changeCameras(*index, [&](PanelCamera& camera) {
        camera.zoom = after;
        camera.shift += grown;
    });
}

void CortexView::move(PixelPoint at, double right, double down) {
    const auto index = panelAt(at);
    if (!index)
        return;
    const double scale = m_panels[*index].pixelsPerMm / cameraOf(*index).zoom;
    const double side = m_panels[*index].spec.hemisphere == Hemisphere::Left ? 1 : -1;
    changeCameras(*index, [&](PanelCamera& camera) { camera.shift += Eigen::Vector2d(side * right, down) / scale; });
}

std::optional<PixelPoint> CortexView::middle() const {
    if (m_panels.empty())
        return std::nullopt;
    const PixelBox& box = m_panels.front().viewport;
    return PixelPoint{box.left + 0.5 * box.width, box.top + 0.5 * box.height};
}

void CortexView::lookAt(VertexId vertex) {
    const auto at = positionOf(vertex);
    if (const auto panel = at ? panelAt(*at) : std::nullopt)
        approach(*panel, *at, closeZoom);
}

void CortexView::approach(std::size_t panel, PixelPoint at, double times) {
    zoom(at, times / cameraOf(panel).zoom);
    const PixelBox& box = m_panels[panel].viewport;
    move(at, box.left + 0.5 * box.width - at.x, box.top + 0.5 * box.height - at.y);
}

void CortexView::showVertex(VertexId vertex) {
    if (!m_geometry || vertex.index >= m_geometry->side(vertex.hemisphere).mesh.vertexCount())
        return;
    resetCamera();
    const Eigen::Vector3d normal = m_geometry->side(vertex.hemisphere).normals.row(vertex.index).cast<double>();
    const auto facing = [&](std::size_t panel) { return m_panels[panel].axes.row(2).dot(normal); };
    std::optional<std::size_t> nearest;
    for (std::size_t i = 0; i < m_panels.size(); ++i)
        if (m_panels[i].spec.shows(vertex.hemisphere) && (!nearest || facing(i) > facing(*nearest)))
            nearest = i;
    if (!nearest)
        return;
    if (facing(*nearest) < leastFacing || !positionIn(m_panels[*nearest], vertex)) {
        const Eigen::Matrix3d turn =
            Eigen::Quaterniond::FromTwoVectors(m_panels[*nearest].axes * normal, Eigen::Vector3d::UnitZ())
                .toRotationMatrix();
        const bool isLeft = m_panels[*nearest].spec.hemisphere == Hemisphere::Left;
        changeCameras(*nearest, [&](PanelCamera& camera) {
            camera.rotation = (isLeft ? turn : Eigen::Matrix3d(mirror * turn * mirror)) * camera.rotation;
        });
    }
    if (const auto at = positionIn(m_panels[*nearest], vertex))
        approach(*nearest, *at, nearZoom);
}

std::optional<VertexId> CortexView::neighborTowards(VertexId vertex, const Eigen::Vector2d& direction) const {
    constexpr double leastCosine = 0.26; // 75°
    const PanelView* panel = nullptr;
    for (const PanelView& candidate : m_panels) {
        if (!candidate.spec.shows(vertex.hemisphere))
            continue;
        const bool isSeen = positionIn(candidate, vertex).has_value();
        if (panel == nullptr || isSeen)
            panel = &candidate;
        if (isSeen)
            break;
    }
    if (panel == nullptr)
        return std::nullopt;
    const Mesh& mesh = m_geometry->side(vertex.hemisphere).mesh;
    const Eigen::Vector3d from = mesh.points.row(vertex.index).transpose().cast<double>();
    std::optional<VertexId> best;
    double highest = leastCosine;
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face) {
        const auto corners = mesh.faces.row(face);
        if ((corners.array() != vertex.index).all())
            continue;
        for (const std::int32_t corner : corners) {
            const Eigen::Vector3d step = panel->axes * (mesh.points.row(corner).transpose().cast<double>() - from);
            const double cosine = step.head<2>().normalized().dot(direction.normalized());
            if (corner != vertex.index && cosine > highest) {
                highest = cosine;
                best = VertexId{vertex.hemisphere, corner};
            }
        }
    }
    return best;
}

void CortexView::resetCamera() {
    std::fill(m_cameras.begin(), m_cameras.end(), PanelCamera{});
    layOut();
}

std::optional<VertexId> CortexView::pick(PixelPoint at) const {
    const auto index = panelAt(at);
    if (!index)
        return std::nullopt;
    const PanelView& panel = m_panels[*index];
    std::optional<VertexId> picked;
    double highest = 0;
    for (const Hemisphere hemisphere : hemispheres) {
        const auto hit = panel.spec.shows(hemisphere) ? frontmost(panel, m_geometry->side(hemisphere), hemisphere, at)
                                                      : std::nullopt;
        if (hit && (!picked || hit->height > highest)) {
            picked = VertexId{hemisphere, hit->vertex};
            highest = hit->height;
        }
    }
    return picked;
}

std::optional<PixelPoint> CortexView::positionOf(VertexId vertex) const {
    for (const PanelView& panel : m_panels)
        if (const auto position = positionIn(panel, vertex))
            return position;
    return std::nullopt;
}

std::optional<PixelPoint> CortexView::positionIn(const PanelView& panel, VertexId vertex) const {
    if (!panel.spec.shows(vertex.hemisphere))
        return std::nullopt;
    const CortexSide& side = m_geometry->side(vertex.hemisphere);
    if (vertex.index < 0 || vertex.index >= side.mesh.vertexCount())
        return std::nullopt;
    const Eigen::Vector3d point = side.mesh.points.row(vertex.index).cast<double>();
    const PixelPoint position = panel.project(point, vertex.hemisphere);
    if (!panel.viewport.contains(position) || !frontmost(panel, side, vertex.hemisphere, position))
        return std::nullopt;
    const double height = (panel.axes * (point + panel.offsetOf(vertex.hemisphere) - panel.centre)).z();
    for (const Hemisphere hemisphere : hemispheres) {
        const auto hit = panel.spec.shows(hemisphere)
                             ? frontmost(panel, m_geometry->side(hemisphere), hemisphere, position)
                             : std::nullopt;
        if (hit && hit->height > height + visibleDepth)
            return std::nullopt;
    }
    return position;
}

} // namespace brainlike
