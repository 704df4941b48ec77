#pragma once

#include "views/cortex/ColorBarDrag.h"
#include "views/cortex/CortexReader.h"
#include "views/cortex/CortexRegions.h"
#include "views/scene/CortexView.h"
#include "views/state/CortexAnnotations.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/PickTool.h"
#include "views/state/SelectionModel.h"

#include <QElapsedTimer>
#include <QTimer>

#include <array>
#include <map>
#include <memory>
#include <optional>

class QMenu;

namespace brainlike {

class CortexCanvas;
class CortexOverlay;

/// Sets what every OpenGL view needs for the whole process; call it before QApplication is made.
void prepareGraphics();

/// The cortex, coloured by what is selected; of a comparison A, B and A − B beside each other (columns 0, 1, 2), seen
/// from the same sides. Dragging turns all views together, the wheel enlarges, a click picks
/// a vertex (with Ctrl or Shift it adds the area, or takes it away), a double click isolates the area or brings all
/// back, pointing reads values off. The colour bar's ends and threshold can be dragged; a double click on it resets
/// them, a right click offers more. Object name "cortex".
class CortexWidget : public Panel {
    Q_OBJECT
public:
    CortexWidget(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~CortexWidget() override;

    /// Place of a vertex in this widget, where the first view shows it; nothing if no view does.
    [[nodiscard]] std::optional<QPointF> positionOfVertex(VertexId vertex, int column = 0) const;
    /// Vertex seen at a place of this widget.
    [[nodiscard]] std::optional<VertexId> vertexAt(QPointF position) const;
    /// The value shown for a vertex: its score, or the index of its best layer; nothing where there is none.
    [[nodiscard]] std::optional<double> shownValue(VertexId vertex, int column = 0) const;
    /// The colour a vertex is drawn with before light falls on it; transparent where the surface shows.
    [[nodiscard]] Rgba8 shownColor(VertexId vertex, int column = 0) const;
    /// "lh 12,345 · V1 · MNI152 −8 −92 3 · MNI305 −8 −94 2"; empty as long as no surface is shown.
    [[nodiscard]] QString describeVertex(VertexId vertex) const;
    /// The surface drawn, with parcellation and pial positions; null while there is none.
    [[nodiscard]] std::shared_ptr<const CortexGeometry> geometry() const;
    /// The first map as it is shown; null while there is none.
    [[nodiscard]] const std::shared_ptr<const CortexMap>& firstMap() const { return m_map; }
    /// What is said over the picture ("Not computed yet"); empty: nothing.
    [[nodiscard]] const QString& note() const;
    /// Colour bar or legend of a map of the stack as drawn; nothing while it is not shown.
    [[nodiscard]] std::optional<ColorBar> colorBar(int map = firstMapId) const;
    /// Colour bars and legends as drawn, the uppermost map's first.
    [[nodiscard]] const BarColumn& colorBars() const { return m_annotations.column; }
    /// How the maps of the stack are drawn, by id; maps that are not read are missing.
    [[nodiscard]] std::map<int, MapColors> mapColors() const;
    /// Where the colours of a map's bar are, in this widget.
    [[nodiscard]] QRectF colorBarBand(int map = firstMapId) const;
    /// The exact value of the first map at a vertex, in words; empty where it is not shown.
    [[nodiscard]] QString describeValue(VertexId vertex) const;
    /// The exact values of the visible maps above the first at a vertex, the uppermost first: "t 3.20 · thickness
    /// 2.145".
    [[nodiscard]] QString describeStack(VertexId vertex) const;
    /// "A R 0.412 · B R 0.311 · A − B ΔR 0.101"; empty unless a comparison is shown.
    [[nodiscard]] QString describeComparison(VertexId vertex) const;
    /// What stands above the columns; empty unless a comparison is shown.
    [[nodiscard]] QStringList headings() const;
    /// What a column says in place of its map; empty where it shows one.
    [[nodiscard]] QString missingIn(int column) const;
    /// Puts what can be done with the colours into an empty menu.
    void fillColorMenu(QMenu& menu, int map = firstMapId);
    /// Puts what can be done with a vertex and its area into an empty menu.
    void fillPlaceMenu(QMenu& menu, VertexId vertex);
    /// Reads a colour map file and shows it, or says why not.
    void useColorMapFile(const QString& file, int map = firstMapId);

    /// Mixes the values of one checkpoint's map with those of the next over so long, ms, while the training plays; 0:
    /// not. Only colours are mixed: whatever is read off is the selected checkpoint's.
    void setBlendTime(int milliseconds);
    /// Colours are on their way from one map to the next.
    [[nodiscard]] bool isBlending() const { return m_blendTimer.isActive(); }

    /// Back to the preset's directions and size.
    void resetCamera();
    /// Turns the first panel's camera, and those linked with it, by degrees to the right and down.
    void turnCamera(double right, double down);
    /// Enlarges what is in the first panel's middle, and in those linked with it.
    void zoomCamera(double factor);
    /// Moves what is seen there by shares of the panel's width and height.
    void moveCamera(double right, double down);
    /// Enlarges the picked vertex's surroundings, if one is picked.
    void lookAtPick();
    /// Picks a vertex and shows it from near by.
    void goTo(VertexId vertex);
    /// Picks the picked vertex's neighbour in a direction on the screen; the vertex in the middle if none is picked.
    void pickNeighbor(double right, double up);

    /// What a click or a drag on the brain does from now on.
    void setPickTool(const PickTool& tool);
    [[nodiscard]] const PickTool& pickTool() const { return m_tool; }
    /// Adds what lies within a radius of the picked vertex (mm along the surface) to the current region of interest.
    void addDisc(double radius);
    /// Lines drawn over the outlines.
    [[nodiscard]] const std::vector<SurfaceLines>& lines(int column = 0) const;
    /// Names of areas as written.
    [[nodiscard]] QStringList areaNames() const;

Q_SIGNALS:
    void hovered(std::optional<brainlike::VertexId> vertex);
    void geometryChanged();
    /// Another map, or none, is shown now.
    void mapChanged();
    /// Maps are drawn with other colours.
    void colorsChanged();
    void parcellationChanged();

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
    void showSurfaceFailure(const ErrorDetails& error);
    void showMapFailure(const ErrorDetails& error);
    void applyStyle();
    void recolor();
    void colorMaps(const Selection& selection);
    void colorScene();
    void startBlend(const std::optional<Selection>& before);
    void blendOn();
    void findMissing(const Selection& selection);
    void placeHeadings();
    [[nodiscard]] ColorBar barOf(const ColoredMap& map, bool isShared) const;
    [[nodiscard]] Selection drawnSelection() const;
    [[nodiscard]] const ColoredMap* firstMapIn(int column) const;
    void nameLabels();
    void makeBars();
    void placeBars();
    void layOut();
    void annotate();
    void updateTitle();
    void hover();
    void applyPreset();
    void applyCameras();
    void keepCameras();
    void showCameras();
    void checkGraphics();
    void connectRegions();
    void followRegions(const Selection& before, const Selection& after);
    void updateLines();
    void showLines(const std::vector<CortexLines>& lines);
    void keepIsolated(Overlay& overlay) const;
    void nameAreas();
    void highlight(std::optional<VertexId> vertex);
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void isolateAt(QPointF position);
    void makeRoi(const std::string& area);
    bool startStroke(QPointF position, Qt::KeyboardModifiers modifiers);
    void paintStroke(QPointF position);
    void endStroke();
    [[nodiscard]] std::shared_ptr<const CortexGeometry> linedGeometry() const;
    void chooseColorMapFile(int map);
    bool pressBar(QPointF position);
    void dragBar(QPointF position);
    [[nodiscard]] QString describeHover(VertexId vertex) const;
    [[nodiscard]] const PlacedBar* barAt(QPointF position) const;
    [[nodiscard]] std::optional<BarHandle> barHandleAt(QPointF position) const;
    [[nodiscard]] std::optional<int> pointedLabel(const ColoredMap& map) const;
    [[nodiscard]] const ColoredMap* coloredMap(int map) const;
    [[nodiscard]] PixelPoint toDevice(QPointF position) const;
    [[nodiscard]] QPointF fromDevice(PixelPoint point) const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    CortexReader m_reader;
    CortexCanvas* m_canvas;
    CortexOverlay* m_overlay;
    CortexAnnotations m_annotations;
    std::array<std::vector<ColoredMap>, 3> m_columns; ///< as drawn, lowest first: A, and B and A − B of a comparison
    /// Blending: where it comes from, and what is drawn of it now; empty while nothing blends.
    std::array<std::vector<ColoredMap>, 3> m_blendFrom, m_blended;
    std::optional<Selection> m_shownSelection; ///< the map's that was shown last
    int m_blendTime = 0;
    QTimer m_blendTimer;
    QElapsedTimer m_blendClock;
    std::array<QString, 3> m_headings, m_missing;     ///< above the columns, and in place of maps
    QString m_surfaceNote;                            ///< why the surface wished for is not the one that is drawn
    std::optional<ColorBarDrag> m_barDrag;
    int m_draggedMap = firstMapId;
    JobHandle m_colorMapJob;
    std::shared_ptr<const CortexMap> m_map; ///< the first one, as shown
    OncePerTurn m_recolor;
    OncePerTurn m_hover;
    OncePerTurn m_updateLines;
    CortexRegions m_regions;
    PickTool m_tool;
    /// A drag of the brush.
    struct Stroke {
        std::string roi;
        bool isErasing = false;
    };
    std::optional<Stroke> m_stroke;
    std::string m_highlighted; ///< hemisphere and name of the area whose outline is highlighted
    std::optional<QPointF> m_pressed, m_dragged;
    bool m_isMoving = false; ///< the drag moves the picture rather than turning it
    std::optional<QPointF> m_pointer;
};

} // namespace brainlike
