#pragma once

#include "views/scene/CortexGeometry.h"
#include "views/scene/CortexView.h"
#include "views/scene/SideDrawing.h"
#include "views/scene/SurfaceColors.h"
#include "views/scene/SurfaceLines.h"

#include <array>
#include <memory>
#include <vector>

class vtkRenderWindow;

namespace brainlike {

/// How the cortex is drawn, apart from its map.
struct SceneStyle {
    Rgba8 background{255, 255, 255, 255};
    UnderlayStyle underlay;
    Rgba8 outline{20, 22, 28, 120};
    double outlineWidth = 1.25; ///< pixels, as a screen of common density has them
    double lineWidth = 1.5;     ///< likewise, of the lines over the outlines
    double casingWidth = 3.25;  ///< likewise, of their casings

    /// Greys and outlines that go with a background.
    [[nodiscard]] static SceneStyle on(Rgba8 background);
};

/// The cortex in 3-D: one mesh a hemisphere, shared by all panels that show it. Knows no toolkit but VTK; draws into
/// any render window. Not thread-safe: use it on the thread of the window's graphics context.
class CortexScene {
public:
    CortexScene();
    ~CortexScene();
    CortexScene(const CortexScene&) = delete;
    CortexScene& operator=(const CortexScene&) = delete;

    /// Shows another surface. The overlay is kept if it fits, else dropped.
    void setGeometry(std::shared_ptr<const CortexGeometry> geometry);
    /// Shows so many maps beside each other on the same surface, seen from the same sides; 1: one.
    void setParts(int count);
    [[nodiscard]] int parts() const { return m_view.parts(); }
    /// Shows another map: only colours are replaced (and, for a map of classes, the cuts between them).
    /// @throws ShapeError if it does not fit the geometry
    void setOverlay(Overlay overlay, int part = 0);
    void setStyle(const SceneStyle& style);
    [[nodiscard]] const SceneStyle& style() const { return m_style; }
    void setOutlinesVisible(bool visible);
    /// Draws other outlines than those of the geometry's parcellation, in the style's colour, until another surface
    /// with other faces comes. Null: the geometry's own.
    void setOutlines(std::shared_ptr<const SurfaceLines> outlines);
    [[nodiscard]] bool hasOtherOutlines() const { return m_outlines != nullptr; }
    /// Lines over the outlines (of chosen areas, regions, contours), until another surface with other faces comes.
    void setLines(std::vector<SurfaceLines> lines, int part = 0);
    [[nodiscard]] const std::vector<SurfaceLines>& lines(int part = 0) const { return partAt(part).lines; }

    /// Layout and cameras; changes show at the next `prepare`.
    [[nodiscard]] CortexView& view() { return m_view; }
    [[nodiscard]] const CortexView& view() const { return m_view; }
    [[nodiscard]] const Overlay& overlay(int part = 0) const { return partAt(part).overlay; }

    /// What is drawn of a hemisphere; valid until the next change.
    [[nodiscard]] SideDrawing drawing(Hemisphere hemisphere, int part = 0) const;
    [[nodiscard]] bool areOutlinesVisible() const { return m_outlinesVisible; }

    /// Draws into a window from now on, and no more into the one before.
    void attachTo(vtkRenderWindow& window);
    /// Leaves the window and frees what it holds on the graphics card; its context must be current.
    void detach();
    /// Brings cameras and panels up to date with the view; call before the window renders.
    /// @param pixelScale  pixels of the window to one of the style's line widths
    void prepare(double pixelScale = 1);

private:
    struct Drawing;
    /// One of the maps beside each other.
    struct Part {
        Overlay overlay;
        std::vector<SurfaceLines> lines;
    };
    [[nodiscard]] const Part& partAt(int part) const { return m_parts.at(static_cast<std::size_t>(part)); }

    void refreshColors();
    void refreshColors(int part);
    void refreshUnderlay();
    void showSide(int part, Hemisphere hemisphere);

    std::shared_ptr<const CortexGeometry> m_geometry;
    CortexView m_view;
    std::vector<Part> m_parts{1};
    SceneStyle m_style;
    std::array<std::vector<Rgba8>, 2> m_underlay; ///< greys of the surface: they change with surface and style alone
    bool m_outlinesVisible = true;
    std::shared_ptr<const SurfaceLines> m_outlines; ///< null: the geometry's
    std::unique_ptr<Drawing> m_drawing;
};

} // namespace brainlike
