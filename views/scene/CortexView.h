#pragma once

#include "core/session/CameraChoice.h"
#include "views/scene/CortexGeometry.h"
#include "views/scene/ViewPreset.h"

#include <Eigen/Core>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// A drag across this many pixels is half a turn.
inline constexpr double pixelsPerHalfTurn = 400;

/// A place in the picture: pixels from its left and top edges.
struct PixelPoint {
    double x = 0;
    double y = 0;
};

struct PixelBox {
    double left = 0, top = 0, width = 0, height = 0;
    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double bottom() const { return top + height; }
    [[nodiscard]] bool contains(PixelPoint point) const {
        return point.x >= left && point.x < right() && point.y >= top && point.y < bottom();
    }
};

/// Room around and between the panels, in pixels.
struct ViewSpacing {
    double left = 12, top = 12, right = 12, bottom = 12; ///< kept free of brain (labels, colour bar)
    double label = 20;                                   ///< height of the line of text above each panel
    double gap = 16;                                     ///< between neighbouring panels
    double heading = 24;                                 ///< line of text above each of several parts
};

/// One panel as laid out: parallel projection of a hemisphere or of both.
struct PanelView {
    PanelSpec spec;
    PixelBox viewport;                                  ///< what the panel may draw on; all viewports tile the picture
    PixelBox label;                                     ///< line of text above the brain
    PixelBox brain;                                     ///< what the brain was fitted into, below the label
    Eigen::Matrix3d axes = Eigen::Matrix3d::Identity(); ///< rows: right, up, towards the viewer
    Eigen::Vector3d centre = Eigen::Vector3d::Zero();   ///< place it turns about, hemispheres moved apart
    double radius = 1;                                  ///< of a ball around the centre that holds what is seen, mm
    double apart = 0;                                   ///< how far each hemisphere is moved outwards, mm
    PixelPoint anchor;                                  ///< where the centre is seen
    double pixelsPerMm = 1;                             ///< the same in all panels

    /// How far a hemisphere is moved from its place in the head, mm.
    [[nodiscard]] Eigen::Vector3d offsetOf(Hemisphere hemisphere) const {
        return {hemisphere == Hemisphere::Left ? -apart : apart, 0, 0};
    }
    [[nodiscard]] PixelPoint project(const Eigen::Vector3d& point, Hemisphere hemisphere) const;
    /// Of the panel's own hemisphere.
    [[nodiscard]] PixelPoint project(const Eigen::Vector3d& point) const { return project(point, spec.hemisphere); }
};

/// A CameraChoice to compute with.
struct PanelCamera {
    Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity(); ///< on the screen
    double zoom = 1;
    Eigen::Vector2d shift = Eigen::Vector2d::Zero(); ///< mm right and down
};

/// Which part of which hemisphere is seen where: layout, cameras and picking, without any drawing. As long as cameras
/// are linked, all panels share one scale and turn together, those of the right hemisphere as in a mirror.
class CortexView {
public:
    void setGeometry(std::shared_ptr<const CortexGeometry> geometry);
    /// Chooses the panels and resets the camera. A flat surface is always seen from above.
    /// @throws NotFoundError for an unknown preset
    void setPreset(std::string_view preset);
    /// Linked cameras move together; free ones one by one. Linking brings all to the first one's place.
    void setLinked(bool linked);
    [[nodiscard]] bool isLinked() const { return m_isLinked; }
    /// How all cameras stand, as little as tells it: see `compactCameras`.
    [[nodiscard]] std::vector<CameraChoice> cameras() const;
    /// Puts them there: one for all, or a panel each as far as there are panels; none: as the preset.
    void setCameras(const std::vector<CameraChoice>& cameras);
    /// Room between hemispheres that are shown together, mm. They stand as in the head unless they would overlap.
    void setGap(double millimetres);
    void setSize(double width, double height, const ViewSpacing& spacing);
    /// Shows the preset so many times beside each other, each part with the same cameras; 1: once. Panels of a part are
    /// arranged as in the preset, transposed or below each other: whichever makes the brains largest.
    void setParts(int count);
    [[nodiscard]] int parts() const { return m_parts; }

    /// Empty without geometry.
    [[nodiscard]] const std::vector<PanelView>& panels() const { return m_panels; }
    [[nodiscard]] const std::shared_ptr<const CortexGeometry>& geometry() const { return m_geometry; }
    /// Room for a line of text above each part, where there are several.
    [[nodiscard]] const std::vector<PixelBox>& headings() const { return m_headings; }
    /// Box around the panels' labels and brains as fitted (and the headings), whatever the zoom.
    [[nodiscard]] const PixelBox& content() const { return m_content; }
    /// Height at which a picture of the given width is filled.
    [[nodiscard]] double heightFor(double width, const ViewSpacing& spacing) const;

    /// Turns the brain under the pointer by a drag of (right, down) pixels, and the linked ones with it.
    void rotate(PixelPoint at, double right, double down);
    /// Enlarges by `factor`, keeping what is under the pointer in place; between 0.5 and 20 times the fitted size.
    void zoom(PixelPoint at, double factor);
    /// Moves what is under the pointer by a drag of (right, down) pixels.
    void move(PixelPoint at, double right, double down);
    /// Enlarges the first panel that shows a vertex (and the linked ones) so that it lies in the middle.
    void lookAt(VertexId vertex);
    void resetCamera();
    /// The first panel's middle, where keys turn and enlarge; nothing without panels.
    [[nodiscard]] std::optional<PixelPoint> middle() const;
    /// Any panel is turned away from its preset's direction.
    [[nodiscard]] bool isTurned() const;
    /// "Left · lateral"; only "Left" once turned.
    [[nodiscard]] std::string labelOf(const PanelView& panel) const;

    /// Vertex seen at a pixel: the nearest corner of the frontmost triangle there.
    [[nodiscard]] std::optional<VertexId> pick(PixelPoint at) const;
    /// The neighbour of a vertex that lies nearest to a direction on the screen (right, up), in the first panel that
    /// shows the vertex; nothing if none lies within 75° of it.
    [[nodiscard]] std::optional<VertexId> neighborTowards(VertexId vertex, const Eigen::Vector2d& direction) const;
    /// Enlarges a vertex's surroundings in the panel that sees it from the front; where none does, cameras turn to it.
    void showVertex(VertexId vertex);
    /// Where a vertex is seen, in the first panel that shows it unoccluded.
    [[nodiscard]] std::optional<PixelPoint> positionOf(VertexId vertex) const;
    /// Where a vertex is seen in one panel; nothing if hidden there.
    [[nodiscard]] std::optional<PixelPoint> positionIn(const PanelView& panel, VertexId vertex) const;

private:
    void layOut();
    [[nodiscard]] std::vector<PanelSpec> specs(double width, double height, const ViewSpacing& spacing) const;
    void placeHeadings(const std::vector<PanelSpec>& specs);
    /// Panels of all parts that show the same share one.
    [[nodiscard]] PanelCamera& cameraOf(std::size_t panel) { return m_cameras[panel % m_cameras.size()]; }
    [[nodiscard]] std::optional<std::size_t> panelAt(PixelPoint at) const;
    [[nodiscard]] double moveApart() const;
    /// Enlarges what is seen at a place of a panel and brings it to the panel's middle.
    void approach(std::size_t panel, PixelPoint at, double times);
    template <typename Change>
    void changeCameras(std::size_t panel, Change change);

    std::shared_ptr<const CortexGeometry> m_geometry;
    std::vector<PanelSpec> m_specs = panelsOf("four-view");
    double m_width = 0, m_height = 0;
    ViewSpacing m_spacing;
    bool m_isLinked = true;
    double m_gap = 8;
    int m_parts = 1;
    std::vector<PanelCamera> m_cameras; ///< a panel of one part
    std::vector<PanelView> m_panels;
    std::vector<PixelBox> m_headings;
    PixelBox m_content;
};

} // namespace brainlike
