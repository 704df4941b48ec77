#include "views/scene/CortexScene.h"

#include "core/base/Error.h"
#include "views/scene/ClassSurface.h"
#include "views/scene/Light.h"
#include "views/scene/SideActors.h"

#include <vtkAutoInit.h>
#include <vtkCamera.h>
#include <vtkLight.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

// Makes VTK's abstract drawing classes be the OpenGL ones.
VTK_MODULE_INIT(vtkRenderingOpenGL2)

namespace brainlike {
namespace {

void addLamps(vtkRenderer& renderer) {
    renderer.AutomaticLightCreationOff();
    for (const Lamp& lamp : lamps) {
        vtkNew<vtkLight> light;
        light->SetLightTypeToCameraLight();
        light->SetPosition(lamp.from[0], lamp.from[1], lamp.from[2]);
        light->SetFocalPoint(0, 0, 0);
        light->SetIntensity(lamp.intensity);
        renderer.AddLight(light);
    }
}

void placeCamera(vtkCamera& camera, const PanelView& panel) {
    const PixelPoint middle{panel.viewport.left + 0.5 * panel.viewport.width,
                            panel.viewport.top + 0.5 * panel.viewport.height};
    const Eigen::Vector3d shift((middle.x - panel.anchor.x) / panel.pixelsPerMm,
                                (panel.anchor.y - middle.y) / panel.pixelsPerMm, 0);
    const Eigen::Vector3d target = panel.centre + panel.axes.transpose() * shift;
    const Eigen::Vector3d back = panel.axes.row(2);
    const Eigen::Vector3d up = panel.axes.row(1);
    const Eigen::Vector3d eye = target + 2 * panel.radius * back;
    camera.ParallelProjectionOn();
    camera.SetFocalPoint(target.data());
    camera.SetPosition(eye.data());
    camera.SetViewUp(up.data());
    camera.SetParallelScale(0.5 * panel.viewport.height / panel.pixelsPerMm);
    camera.SetClippingRange(panel.radius, 3 * panel.radius);
}

/// Only places differ: nothing that depends on faces, labels or folding has to be made anew.
bool isMoved(const CortexGeometry& before, const CortexGeometry& after) {
    return before.templateName == after.templateName && before.counts == after.counts &&
           std::all_of(hemispheres.begin(), hemispheres.end(), [&](Hemisphere hemisphere) {
               const CortexSide& from = before.side(hemisphere);
               const CortexSide& to = after.side(hemisphere);
               return from.mesh.faces.rows() == to.mesh.faces.rows() && from.mesh.faces == to.mesh.faces &&
                      from.outlines.lines.rows() == to.outlines.lines.rows() && from.isCortex == to.isCortex &&
                      from.folding == to.folding;
           });
}

} // namespace

SceneStyle SceneStyle::on(Rgba8 background) {
    SceneStyle style{.background = background};
    if (background.r + background.g + background.b < 3 * 128) {
        style.underlay = {.gyrus = {136, 138, 142, 255}, .sulcus = {92, 94, 99, 255}};
        style.outline = {10, 11, 14, 150};
    }
    return style;
}

struct CortexScene::Drawing {
    using Sides = std::array<SideActors, 2>;
    std::vector<std::unique_ptr<Sides>> parts;
    std::vector<vtkSmartPointer<vtkRenderer>> renderers;
    vtkSmartPointer<vtkRenderWindow> window;

    static void showIn(vtkRenderer& renderer, SideActors& actors, bool shown) {
        for (vtkActor* actor : {actors.surface(), actors.outlines(), actors.casings(), actors.lines()}) {
            const bool isThere = renderer.HasViewProp(actor) != 0;
            if (shown && !isThere)
                renderer.AddActor(actor);
            else if (!shown && isThere)
                renderer.RemoveViewProp(actor);
        }
    }

    [[nodiscard]] SideActors& side(int part, Hemisphere hemisphere) {
        return (*parts.at(static_cast<std::size_t>(part)))[indexOf(hemisphere)];
    }

    /// Parts that are no more go when a window's context is current, or no window has drawn them.
    void dropParts(std::size_t count) {
        for (; parts.size() > count; parts.pop_back())
            for (const auto& renderer : renderers)
                for (SideActors& actors : *parts.back())
                    showIn(*renderer, actors, false);
    }

    /// As many renderers as there are panels, each with its hemisphere.
    void match(const std::vector<PanelView>& panels, const SceneStyle& style) {
        while (renderers.size() > panels.size()) {
            if (window)
                window->RemoveRenderer(renderers.back());
            renderers.pop_back();
        }
        while (renderers.size() < panels.size()) {
            const auto renderer = vtkSmartPointer<vtkRenderer>::New();
            addLamps(*renderer);
            renderers.push_back(renderer);
            if (window)
                window->AddRenderer(renderer);
        }
        for (std::size_t i = 0; i < panels.size(); ++i) {
            for (int part = 0; part < static_cast<int>(parts.size()); ++part)
                for (const Hemisphere hemisphere : hemispheres)
                    showIn(*renderers[i], side(part, hemisphere),
                           panels[i].spec.part == part && panels[i].spec.shows(hemisphere));
            renderers[i]->SetBackground(style.background.r / 255.0, style.background.g / 255.0,
                                        style.background.b / 255.0);
        }
    }
};

CortexScene::CortexScene() : m_drawing(std::make_unique<Drawing>()) {
    m_drawing->parts.push_back(std::make_unique<Drawing::Sides>());
}

CortexScene::~CortexScene() = default;

void CortexScene::setGeometry(std::shared_ptr<const CortexGeometry> geometry) {
    const bool isMove = m_geometry && geometry && isMoved(*m_geometry, *geometry);
    m_geometry = std::move(geometry);
    m_view.setGeometry(m_geometry);
    if (isMove) {
        for (int part = 0; part < parts(); ++part)
            for (const Hemisphere hemisphere : hemispheres)
                m_drawing->side(part, hemisphere).moveTo(m_geometry->side(hemisphere));
        return;
    }
    m_outlines = nullptr;
    const int total = m_geometry ? m_geometry->counts.total() : 0;
    for (Part& part : m_parts) {
        part.lines.clear();
        if (static_cast<int>(part.overlay.colors.size()) != total)
            part.overlay = {};
    }
    for (int part = 0; part < parts(); ++part)
        for (const Hemisphere hemisphere : hemispheres)
            if (m_geometry)
                m_drawing->side(part, hemisphere).setSide(m_geometry->side(hemisphere));
    refreshUnderlay();
    refreshColors();
}

void CortexScene::setParts(int count) {
    const int before = parts();
    if (count == before)
        return;
    m_view.setParts(count);
    m_parts.resize(static_cast<std::size_t>(parts()));
    if (!m_drawing->window)
        m_drawing->dropParts(m_parts.size());
    while (m_drawing->parts.size() < m_parts.size())
        m_drawing->parts.push_back(std::make_unique<Drawing::Sides>());
    for (int part = before; part < parts(); ++part) {
        m_parts[static_cast<std::size_t>(part)].lines = m_parts.front().lines;
        for (const Hemisphere hemisphere : hemispheres)
            showSide(part, hemisphere);
        refreshColors(part);
    }
}

void CortexScene::showSide(int part, Hemisphere hemisphere) {
    if (!m_geometry)
        return;
    SideActors& actors = m_drawing->side(part, hemisphere);
    const CortexSide& side = m_geometry->side(hemisphere);
    actors.setSide(side);
    if (m_outlines)
        actors.replaceOutlines(side, &m_outlines->points[indexOf(hemisphere)]);
    actors.setLines(side, partAt(part).lines, indexOf(hemisphere));
}

void CortexScene::setOverlay(Overlay overlay, int part) {
    const auto total = static_cast<std::size_t>(m_geometry ? m_geometry->counts.total() : 0);
    const bool fits = overlay.colors.empty() || overlay.colors.size() == total;
    if (!fits || (!overlay.classes.empty() && overlay.classes.size() != overlay.colors.size()))
        throw ShapeError({.what = "The map does not fit the surface",
                          .expected = std::to_string(total) + " vertices",
                          .found = std::to_string(overlay.colors.size())});
    m_parts.at(static_cast<std::size_t>(part)).overlay = std::move(overlay);
    refreshColors(part);
}

void CortexScene::setStyle(const SceneStyle& style) {
    m_style = style;
    refreshUnderlay();
    refreshColors();
}

void CortexScene::setOutlinesVisible(bool visible) {
    m_outlinesVisible = visible;
}

void CortexScene::setOutlines(std::shared_ptr<const SurfaceLines> outlines) {
    const bool areBothEmpty = m_outlines && outlines && m_outlines->empty() && outlines->empty();
    if (m_outlines == outlines || areBothEmpty)
        return;
    m_outlines = std::move(outlines);
    for (int part = 0; part < parts(); ++part)
        for (const Hemisphere hemisphere : hemispheres)
            if (m_geometry)
                m_drawing->side(part, hemisphere)
                    .replaceOutlines(m_geometry->side(hemisphere),
                                     m_outlines ? &m_outlines->points[indexOf(hemisphere)] : nullptr);
}

void CortexScene::setLines(std::vector<SurfaceLines> lines, int part) {
    std::vector<SurfaceLines>& shown = m_parts.at(static_cast<std::size_t>(part)).lines;
    if (shown.empty() && lines.empty())
        return; // nothing is found anew
    shown = std::move(lines);
    for (const Hemisphere hemisphere : hemispheres)
        if (m_geometry)
            m_drawing->side(part, hemisphere).setLines(m_geometry->side(hemisphere), shown, indexOf(hemisphere));
}

void CortexScene::refreshUnderlay() {
    for (const Hemisphere hemisphere : hemispheres)
        m_underlay[indexOf(hemisphere)] =
            m_geometry ? underlayColors(m_geometry->side(hemisphere), m_style.underlay) : std::vector<Rgba8>();
}

void CortexScene::refreshColors() {
    for (int part = 0; part < parts(); ++part)
        refreshColors(part);
}

void CortexScene::refreshColors(int part) {
    if (!m_geometry)
        return;
    const Overlay& overlay = partAt(part).overlay;
    for (const Hemisphere hemisphere : hemispheres) {
        const CortexSide& side = m_geometry->side(hemisphere);
        const auto first = static_cast<std::size_t>(m_geometry->counts.offset(hemisphere));
        const auto count = static_cast<std::size_t>(m_geometry->counts.of(hemisphere));
        const std::span<const Rgba8> over =
            overlay.colors.empty() ? std::span<const Rgba8>{} : std::span(overlay.colors).subspan(first, count);
        const std::vector<Rgba8> colors = colorsOver(side, m_underlay[indexOf(hemisphere)], over);
        std::vector<std::int16_t> classes(count, 0);
        if (!overlay.classes.empty())
            std::copy_n(overlay.classes.begin() + static_cast<std::ptrdiff_t>(first), count, classes.begin());
        for (std::size_t vertex = 0; vertex < count; ++vertex)
            if (side.isCortex[vertex] == 0)
                classes[vertex] = medialWallClass;
        m_drawing->side(part, hemisphere).setColors(side, colors, std::move(classes));
    }
}

SideDrawing CortexScene::drawing(Hemisphere hemisphere, int part) const {
    return m_drawing->side(part, hemisphere).drawing();
}

void CortexScene::attachTo(vtkRenderWindow& window) {
    detach();
    m_drawing->window = &window;
    for (const auto& renderer : m_drawing->renderers)
        window.AddRenderer(renderer);
}

void CortexScene::detach() {
    if (!m_drawing->window)
        return;
    for (const auto& renderer : m_drawing->renderers) {
        renderer->ReleaseGraphicsResources(m_drawing->window);
        m_drawing->window->RemoveRenderer(renderer);
    }
    m_drawing->window = nullptr;
}

void CortexScene::prepare(double pixelScale) {
    m_drawing->dropParts(m_parts.size());
    for (const auto& part : m_drawing->parts)
        for (SideActors& side : *part) {
            side.prepare();
            side.setOutlines(m_style.outline, m_style.outlineWidth * pixelScale, m_outlinesVisible);
            side.setLineWidths(m_style.lineWidth * pixelScale, m_style.casingWidth * pixelScale);
        }
    const auto& panels = m_view.panels();
    m_drawing->match(panels, m_style);
    double width = 0;
    double height = 0;
    for (const PanelView& panel : panels) {
        width = std::max(width, panel.viewport.right());
        height = std::max(height, panel.viewport.bottom());
    }
    for (int part = 0; part < parts() && !panels.empty(); ++part)
        for (const Hemisphere hemisphere : hemispheres)
            m_drawing->side(part, hemisphere).setOffset(panels.front().offsetOf(hemisphere));
    for (std::size_t i = 0; i < panels.size(); ++i) {
        vtkRenderer& renderer = *m_drawing->renderers[i];
        const PixelBox& box = panels[i].viewport;
        renderer.SetViewport(box.left / width, 1 - box.bottom() / height, box.right() / width, 1 - box.top / height);
        placeCamera(*renderer.GetActiveCamera(), panels[i]);
    }
}

} // namespace brainlike
