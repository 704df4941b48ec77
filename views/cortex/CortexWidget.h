#pragma once

#include "views/cortex/ColorBarDrag.h"
#include "views/cortex/CortexReader.h"
#include "views/scene/CortexView.h"
#include "views/state/CortexAnnotations.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/SelectionModel.h"

#include <memory>
#include <optional>

class QMenu;

namespace brainlike {

class CortexCanvas;
class CortexOverlay;

/// Sets what every OpenGL view needs for the whole process; call it before QApplication is made.
void prepareGraphics();

/// The cortex, coloured by what is selected. Dragging turns all views together, the wheel enlarges, a double click goes
/// back to the preset, a click picks a vertex, pointing reads values off. The colour bar's ends and threshold can be
/// dragged; a double click on it resets them, a right click offers more. Object name "cortex".
class CortexWidget : public Panel {
    Q_OBJECT
public:
    CortexWidget(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~CortexWidget() override;

    /// Place of a vertex in this widget, where the first view shows it; nothing if no view does.
    [[nodiscard]] std::optional<QPointF> positionOfVertex(VertexId vertex) const;
    /// Vertex seen at a place of this widget.
    [[nodiscard]] std::optional<VertexId> vertexAt(QPointF position) const;
    /// The value shown for a vertex: its score, or the index of its best layer; nothing where there is none.
    [[nodiscard]] std::optional<double> shownValue(VertexId vertex) const;
    /// The colour a vertex is drawn with before light falls on it; transparent where the surface shows.
    [[nodiscard]] Rgba8 shownColor(VertexId vertex) const;
    /// "lh 12,345 · V1 · MNI −8 −92 3"; empty as long as no surface is shown.
    [[nodiscard]] QString describeVertex(VertexId vertex) const;
    /// The surface drawn, with parcellation and pial positions; null while there is none.
    [[nodiscard]] std::shared_ptr<const CortexGeometry> geometry() const;
    /// What is said over the picture ("Not computed yet"); empty: nothing.
    [[nodiscard]] const QString& note() const;
    /// Legend as drawn; nothing while no map is shown.
    [[nodiscard]] const std::optional<ColorBar>& colorBar() const { return m_annotations.bar; }
    /// Where the colours of the legend are, in this widget.
    [[nodiscard]] QRectF colorBarBand() const;
    /// The exact value shown for a vertex, in words; empty where no map is shown.
    [[nodiscard]] QString describeValue(VertexId vertex) const;
    /// Puts what can be done with the colours into an empty menu.
    void fillColorMenu(QMenu& menu);
    /// Reads a colour map file and shows it, or says why not.
    void useColorMapFile(const QString& file);

    /// Back to the preset's directions and size.
    void resetCamera();
    /// Enlarges the picked vertex's surroundings, if one is picked.
    void lookAtPick();

Q_SIGNALS:
    void hovered(std::optional<brainlike::VertexId> vertex);
    void geometryChanged();
    /// Another map, or none, is shown now.
    void mapChanged();

protected:
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void connectState();
    void follow(const Selection& before, const Selection& after);
    void restart();
    void showGeometry();
    void showMap();
    void showFailure(const ErrorDetails& error);
    void applyStyle();
    void recolor();
    void layOut();
    void annotate();
    void updateTitle();
    void hover();
    void applyPreset();
    void applyCameras();
    void checkGraphics();
    void chooseColorMapFile();
    bool pressBar(QPointF position);
    void dragBar(QPointF position);
    [[nodiscard]] std::optional<BarHandle> barHandleAt(QPointF position) const;
    [[nodiscard]] ColorBar makeBar() const;
    [[nodiscard]] QSizeF barSize() const;
    [[nodiscard]] PixelPoint toDevice(QPointF position) const;
    [[nodiscard]] QPointF fromDevice(PixelPoint point) const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    CortexReader m_reader;
    CortexCanvas* m_canvas;
    CortexOverlay* m_overlay;
    CortexAnnotations m_annotations;
    std::optional<MapColors> m_colors;
    std::optional<ColorBarDrag> m_barDrag;
    JobHandle m_colorMapJob;
    std::optional<CortexMap> m_map; ///< as shown
    OncePerTurn m_recolor;
    OncePerTurn m_hover;
    std::optional<QPointF> m_pressed, m_dragged;
    bool m_isMoving = false; ///< the drag moves the picture rather than turning it
    std::optional<QPointF> m_pointer;
};

} // namespace brainlike
