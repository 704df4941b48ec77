#pragma once

#include "views/scene/ClassSurface.h"
#include "views/scene/CortexGeometry.h"
#include "views/scene/SideDrawing.h"
#include "views/scene/SurfaceColors.h"
#include "views/scene/SurfaceLines.h"

#include <vtkActor.h>
#include <vtkNew.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>

#include <cstdint>
#include <span>
#include <vector>

namespace brainlike {

/// What VTK draws of one hemisphere: its surface and the outlines on it.
class SideActors {
public:
    SideActors();

    /// Takes over a mesh; it is shown without colours until `setColors`.
    void setSide(const CortexSide& side);
    /// Brings a mesh with the same faces and outlines to other places; colours are kept.
    void moveTo(const CortexSide& side);
    /// How far the hemisphere stands from its place in the head, mm.
    void setOffset(const Eigen::Vector3d& offset);
    /// Colours a vertex, blended between vertices of the same class and cut between classes. The cut is kept as long as
    /// the classes stay the same: then only colours are replaced.
    void setColors(const CortexSide& side, std::span<const Rgba8> colors, std::vector<std::int16_t> classes);
    void setOutlines(Rgba8 color, double width, bool visible);
    /// Draws other outlines than those of the mesh. @param points  every two one line; null: the mesh's own
    void replaceOutlines(const CortexSide& side, const std::vector<FacePoint>* points);
    /// Lines over the outlines, in place of those before.
    void setLines(const CortexSide& side, const std::vector<SurfaceLines>& lines, std::size_t hemisphere);
    void setLineWidths(double line, double casing);

    /// Makes what VTK alone needs; call before it draws.
    void prepare();
    /// Valid until the next change.
    [[nodiscard]] SideDrawing drawing() const;

    [[nodiscard]] vtkActor* surface() { return m_surface; }
    [[nodiscard]] vtkActor* outlines() { return m_outlines; }
    [[nodiscard]] vtkActor* lines() { return m_lines; }
    [[nodiscard]] vtkActor* casings() { return m_casings; }

private:
    void cut(const CortexSide& side);
    void place(const CortexSide& side);
    void placeLines(const CortexSide& side);

    /// Part of the extra lines that have one colour.
    struct LineRange {
        std::size_t count = 0; ///< lines
        Rgba8 color, casing;
    };
    std::vector<FacePoint> m_outlinePoints, m_linePoints;
    std::vector<LineRange> m_lineRanges;
    std::vector<std::int16_t> m_classes;
    ClassSurface m_cut;
    bool m_followsOutlines = false; ///< borders between classes run where the outlines do
    bool m_isClosed = true;
    std::uint64_t m_shape = 0;
    vtkNew<vtkPolyData> m_surfaceData;
    vtkNew<vtkPolyData> m_outlineData;
    vtkNew<vtkPolyDataMapper> m_surfaceMapper;
    vtkNew<vtkPolyDataMapper> m_outlineMapper;
    vtkNew<vtkActor> m_surface;
    vtkNew<vtkActor> m_outlines;
    vtkNew<vtkPolyData> m_lineData;
    vtkNew<vtkPolyDataMapper> m_lineMapper;
    vtkNew<vtkActor> m_lines;
    vtkNew<vtkPolyData> m_casingData;
    vtkNew<vtkPolyDataMapper> m_casingMapper;
    vtkNew<vtkActor> m_casings;
};

} // namespace brainlike
