#include "views/scene/SideActors.h"

#include "views/scene/Light.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkFloatArray.h>
#include <vtkIdTypeArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkProperty.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <tuple>
#include <utility>

namespace brainlike {
namespace {

vtkNew<vtkFloatArray> arrayOf(const RowMatrix<float>& rows) {
    vtkNew<vtkFloatArray> array;
    array->SetNumberOfComponents(3);
    array->SetNumberOfTuples(rows.rows());
    std::copy_n(rows.data(), rows.size(), array->GetPointer(0));
    return array;
}

vtkNew<vtkPoints> pointsOf(const RowMatrix<float>& rows) {
    vtkNew<vtkPoints> points;
    points->SetData(arrayOf(rows));
    return points;
}

/// Cells of `size` consecutive entries each.
vtkNew<vtkCellArray> cellsOf(const std::int32_t* entries, Eigen::Index count, int size) {
    vtkNew<vtkTypeInt32Array> offsets;
    offsets->SetNumberOfValues(count + 1);
    for (Eigen::Index cell = 0; cell <= count; ++cell)
        offsets->SetValue(cell, static_cast<std::int32_t>(cell * size));
    vtkNew<vtkTypeInt32Array> connectivity;
    connectivity->SetNumberOfValues(count * size);
    std::copy_n(entries, count * size, connectivity->GetPointer(0));
    vtkNew<vtkCellArray> cells;
    cells->SetData(offsets, connectivity);
    return cells;
}

/// Every two points one line.
void setSegments(vtkPolyData& data, const RowMatrix<float>& points) {
    data.Initialize();
    if (points.rows() == 0)
        return;
    std::vector<std::int32_t> ends(static_cast<std::size_t>(points.rows()));
    std::iota(ends.begin(), ends.end(), 0);
    data.SetPoints(pointsOf(points));
    data.SetLines(cellsOf(ends.data(), points.rows() / 2, 2));
}

/// Numbers that no shape had before.
std::uint64_t newShape() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

vtkNew<vtkUnsignedCharArray> colorArray(std::span<const Rgba8> colors) {
    vtkNew<vtkUnsignedCharArray> array;
    array->SetName("colors");
    array->SetNumberOfComponents(4);
    array->SetNumberOfTuples(static_cast<vtkIdType>(colors.size()));
    unsigned char* bytes = array->GetPointer(0);
    for (const Rgba8& color : colors)
        for (const std::uint8_t channel : {color.r, color.g, color.b, std::uint8_t{255}})
            *bytes++ = channel;
    return array;
}

} // namespace

SideActors::SideActors() {
    m_surfaceMapper->SetInputDataObject(m_surfaceData);
    m_surfaceMapper->SetColorModeToDirectScalars();
    m_surfaceMapper->SetScalarModeToUsePointData();
    m_surface->SetMapper(m_surfaceMapper);
    m_surface->ForceOpaqueOn();
    vtkProperty* material = m_surface->GetProperty();
    material->SetInterpolationToGouraud();
    material->SetAmbient(ambientLight);
    material->SetDiffuse(diffuseLight);
    material->SetSpecular(0);

    m_outlineMapper->SetInputDataObject(m_outlineData);
    m_outlineMapper->ScalarVisibilityOff();
    m_outlines->SetMapper(m_outlineMapper);
    m_lineMapper->SetInputDataObject(m_lineData);
    m_lineMapper->SetColorModeToDirectScalars();
    m_lineMapper->SetScalarModeToUseCellData();
    m_lines->SetMapper(m_lineMapper);
    m_casingMapper->SetInputDataObject(m_casingData);
    m_casingMapper->SetColorModeToDirectScalars();
    m_casingMapper->SetScalarModeToUseCellData();
    m_casings->SetMapper(m_casingMapper);
    for (const auto& [actor, mapper, nearer] : {std::tuple(m_outlines.Get(), m_outlineMapper.Get(), 0),
                                                {m_casings.Get(), m_casingMapper.Get(), 20},
                                                {m_lines.Get(), m_lineMapper.Get(), 80}}) {
        mapper->SetResolveCoincidentTopologyToPolygonOffset();
        mapper->SetRelativeCoincidentTopologyLineOffsetParameters(-2, -40 - nearer);
        actor->GetProperty()->LightingOff();
        actor->PickableOff();
    }
}

void SideActors::setSide(const CortexSide& side) {
    m_classes.clear();
    m_surfaceData->Initialize();

    m_outlinePoints.clear();
    m_linePoints.clear();
    m_lineRanges.clear();
    m_lineData->Initialize();
    m_casingData->Initialize();
    setSegments(*m_outlineData, side.outlines.lines);
}

void SideActors::replaceOutlines(const CortexSide& side, const std::vector<FacePoint>* points) {
    m_outlinePoints = points != nullptr ? *points : std::vector<FacePoint>{};
    setSegments(*m_outlineData,
                points != nullptr ? placesOf(*points, side.mesh, side.normals, outlineLift) : side.outlines.lines);
    m_shape = newShape();
}

void SideActors::setLines(const CortexSide& side, const std::vector<SurfaceLines>& lines, std::size_t hemisphere) {
    m_linePoints.clear();
    m_lineRanges.clear();
    std::vector<Rgba8> colors, casings;
    for (const SurfaceLines& group : lines) {
        const std::vector<FacePoint>& points = group.points[hemisphere];
        m_linePoints.insert(m_linePoints.end(), points.begin(), points.end());
        m_lineRanges.push_back({points.size() / 2, group.color, group.casing});
        casings.insert(casings.end(), points.size() / 2, group.casing);
        colors.insert(colors.end(), points.size() / 2, group.color);
    }
    placeLines(side);
    if (!colors.empty()) {
        m_lineData->GetCellData()->SetScalars(colorArray(colors));
        m_casingData->GetCellData()->SetScalars(colorArray(casings));
    }
    m_shape = newShape();
}

void SideActors::placeLines(const CortexSide& side) {
    const RowMatrix<float> places = placesOf(m_linePoints, side.mesh, side.normals, outlineLift);
    for (vtkPolyData* data : {m_lineData.Get(), m_casingData.Get()}) {
        if (places.rows() / 2 == data->GetNumberOfLines() && places.rows() > 0)
            data->SetPoints(pointsOf(places));
        else
            setSegments(*data, places);
    }
}

void SideActors::setLineWidths(double line, double casing) {
    for (const auto& [actor, width] : {std::pair(m_lines.Get(), line), {m_casings.Get(), casing}}) {
        actor->SetVisibility(!m_linePoints.empty());
        actor->GetProperty()->SetLineWidth(static_cast<float>(width));
    }
}

void SideActors::cut(const CortexSide& side) {
    m_followsOutlines = followPlaces(side.mesh, m_classes, side.outlines.places);
    m_cut = cutByClass(side.mesh, m_classes, {medialWallClass, side.outlines.places, m_followsOutlines});
    m_surfaceData->Initialize();
    place(side);
}

void SideActors::place(const CortexSide& side) {
    m_isClosed = side.mesh.faceCount() == 2 * side.mesh.vertexCount() - 4;
    m_shape = newShape();
    m_surfaceData->SetPoints(pointsOf(extended(side.mesh.points, m_cut)));
    m_surfaceData->GetPointData()->SetNormals(arrayOf(extended(side.normals, m_cut)));
}

void SideActors::prepare() {
    if (m_surfaceData->GetNumberOfPolys() == 0 && m_cut.faces.rows() > 0 && m_surfaceData->GetPoints() != nullptr)
        m_surfaceData->SetPolys(cellsOf(m_cut.faces.data(), m_cut.faces.rows(), 3));
}

SideDrawing SideActors::drawing() const {
    SideDrawing drawing{.isClosed = m_isClosed, .shape = m_shape};
    const auto floats = [](vtkDataArray* array) {
        const auto* values = vtkFloatArray::SafeDownCast(array);
        return values == nullptr ? std::span<const float>()
                                 : std::span(const_cast<vtkFloatArray*>(values)->GetPointer(0),
                                             static_cast<std::size_t>(values->GetNumberOfValues()));
    };
    if (m_surfaceData->GetPoints() == nullptr)
        return drawing;
    vtkPolyData* surface = const_cast<vtkPolyData*>(m_surfaceData.Get());
    vtkPolyData* outlines = const_cast<vtkPolyData*>(m_outlineData.Get());
    drawing.points = floats(surface->GetPoints()->GetData());
    drawing.normals = floats(surface->GetPointData()->GetNormals());
    drawing.faces = {m_cut.faces.data(), static_cast<std::size_t>(m_cut.faces.size())};
    if (auto* colors = vtkUnsignedCharArray::SafeDownCast(surface->GetPointData()->GetScalars()))
        drawing.colors = {colors->GetPointer(0), static_cast<std::size_t>(colors->GetNumberOfValues())};
    if (outlines->GetPoints() != nullptr)
        drawing.lines = floats(outlines->GetPoints()->GetData());
    const auto lines = m_linePoints.empty()
                           ? std::span<const float>()
                           : floats(const_cast<vtkPolyData*>(m_lineData.Get())->GetPoints()->GetData());
    for (const bool isCasing : {true, false}) {
        std::size_t first = 0;
        for (const LineRange& range : m_lineRanges) {
            const Rgba8 color = isCasing ? range.casing : range.color;
            drawing.extraLines.push_back(
                {lines.subspan(6 * first, 6 * range.count), {color.r, color.g, color.b}, isCasing});
            first += range.count;
        }
    }
    return drawing;
}

void SideActors::moveTo(const CortexSide& side) {
    moveBorder(m_cut, m_classes, {medialWallClass, side.outlines.places, m_followsOutlines});
    place(side);
    if (!m_outlinePoints.empty())
        m_outlineData->SetPoints(pointsOf(placesOf(m_outlinePoints, side.mesh, side.normals, outlineLift)));
    else if (m_outlineData->GetNumberOfPoints() == side.outlines.lines.rows() && side.outlines.lines.rows() > 0)
        m_outlineData->SetPoints(pointsOf(side.outlines.lines));
    placeLines(side);
}

void SideActors::setOffset(const Eigen::Vector3d& offset) {
    for (vtkActor* actor : {m_surface.Get(), m_outlines.Get(), m_casings.Get(), m_lines.Get()})
        actor->SetPosition(offset.x(), offset.y(), offset.z());
}

void SideActors::setColors(const CortexSide& side, std::span<const Rgba8> colors, std::vector<std::int16_t> classes) {
    if (classes != m_classes) {
        m_classes = std::move(classes);
        cut(side);
    }
    std::vector<Rgba8> all(colors.begin(), colors.end());
    all.reserve(colors.size() + m_cut.added.size());
    for (const ClassSurface::Point& point : m_cut.added)
        all.push_back(colors[static_cast<std::size_t>(point.owner)]);
    m_surfaceData->GetPointData()->SetScalars(colorArray(all));
}

void SideActors::setOutlines(Rgba8 color, double width, bool visible) {
    m_outlines->SetVisibility(visible && m_outlineData->GetNumberOfPoints() > 0);
    vtkProperty* property = m_outlines->GetProperty();
    property->SetColor(color.r / 255.0, color.g / 255.0, color.b / 255.0);
    property->SetOpacity(color.a / 255.0);
    property->SetLineWidth(static_cast<float>(width));
}

} // namespace brainlike
