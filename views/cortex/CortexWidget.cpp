#include "views/cortex/CortexWidget.h"

#include "core/color/ColorMapFile.h"
#include "core/session/SelectionDefaults.h"
#include "core/surface/Geometry.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/scene/ViewMarks.h"
#include "views/state/PlotStyle.h"

#include <QApplication>
#include <QSurfaceFormat>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace brainlike {
namespace {

/// Between two pictures of a blend, ms.
constexpr int blendFrame = 40;

void addMarks(const CortexView& view, double ratio, CortexAnnotations& annotations) {
    const ViewMarks marks = marksOf(view, ratio);
    for (const ViewMarks::Cross& cross : marks.crosses) {
        OrientationMark mark{QPointF(cross.centre.x, cross.centre.y) / ratio, {}};
        for (const OrientationLetter& letter : cross.letters)
            mark.letters.emplace_back(QPointF(letter.direction.x(), -letter.direction.y()), QLatin1Char(letter.letter));
        annotations.orientations.push_back(std::move(mark));
    }
    for (const ViewMarks::Bar& bar : marks.bars)
        annotations.scales.push_back({QPointF(bar.left.x, bar.left.y) / ratio, bar.length / ratio,
                                      QStringLiteral("%1 mm").arg(bar.millimetres)});
}

} // namespace

void prepareGraphics() {
    QSurfaceFormat format;
    format.setRenderableType(QSurfaceFormat::OpenGL);
    format.setVersion(3, 2);
    format.setProfile(QSurfaceFormat::CoreProfile);
    format.setSwapBehavior(QSurfaceFormat::DoubleBuffer);
    format.setRedBufferSize(8);
    format.setGreenBufferSize(8);
    format.setBlueBufferSize(8);
    format.setAlphaBufferSize(8);
    format.setDepthBufferSize(24);
    QSurfaceFormat::setDefaultFormat(format);
    // Lets panels move between windows without losing what they hold on the graphics card.
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
}

CortexWidget::CortexWidget(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("cortex", tr("Cortex"), parent), m_selection(selection), m_data(scores), m_reader(scores),
      m_canvas(new CortexCanvas(this)), m_overlay(new CortexOverlay(m_canvas)),
      m_recolor([this] { recolor(); }, OncePerTurn::When::BeforePainting), m_hover([this] { hover(); }),
      m_updateLines([this] { updateLines(); }), m_regions(scores) {
    // This widget handles the mouse itself, in its own coordinates.
    m_canvas->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_canvas->setMinimumSize(320, 240);
    contentLayout()->addWidget(m_canvas, 1);
    contentLayout()->parentWidget()->setMouseTracking(true);
    setMouseTracking(true);
    m_overlay->setAnnotations(m_annotations);
    applyStyle();
    m_blendTimer.setInterval(blendFrame);
    connect(&m_blendTimer, &QTimer::timeout, this, &CortexWidget::blendOn);
    connectState();
    connectRegions();
    restart();
}

CortexWidget::~CortexWidget() = default;

void CortexWidget::connectState() {
    connect(&m_selection, &SelectionModel::changed, this, &CortexWidget::follow);
    connect(&m_data, &ScoreData::sourceChanged, this, &CortexWidget::restart);
    connect(&m_data, &ScoreData::arrived, this, [this] { m_reader.noteArrival(m_selection.selection()); });
    connect(&m_reader, &CortexReader::geometryRead, this, &CortexWidget::showGeometry);
    connect(&m_reader, &CortexReader::mapRead, this, &CortexWidget::showMap);
    connect(&m_reader, &CortexReader::surfaceFailed, this, &CortexWidget::showSurfaceFailure);
    connect(&m_reader, &CortexReader::mapFailed, this, &CortexWidget::showMapFailure);
    connect(m_canvas, &CortexCanvas::resized, this, &CortexWidget::layOut);
}

void CortexWidget::follow(const Selection& before, const Selection& after) {
    if (before.surface != after.surface)
        m_reader.wantSurface(after);
    if (CortexReader::isAnotherRead(before, after))
        m_reader.wantMap(after);
    if (before.cameraPreset != after.cameraPreset)
        applyPreset();
    if (before.linkedCameras != after.linkedCameras || before.gap != after.gap) {
        applyCameras();
        layOut();
    } else if (before.cameras != after.cameras && after.cameras != m_canvas->scene().view().cameras()) {
        applyCameras();
        showCameras();
    }
    if (before.underlay != after.underlay) {
        applyStyle();
        m_canvas->update();
    }
    if (before.outlines != after.outlines) {
        m_canvas->scene().setOutlinesVisible(after.outlines);
        m_canvas->update();
    }
    if (static_cast<const ColorChoice&>(before) != static_cast<const ColorChoice&>(after) ||
        before.significance != after.significance || before.colorVision != after.colorVision ||
        before.placement != after.placement || before.stack != after.stack ||
        (after.isCompared && before.otherColors != after.otherColors))
        m_recolor.schedule();
    if (before.vertex != after.vertex)
        annotate();
    followRegions(before, after);
}

void CortexWidget::restart() {
    const Selection& selection = m_selection.selection();
    m_canvas->scene().setGeometry(nullptr);
    m_blendTimer.stop();
    m_blendFrom = m_blended = {};
    m_shownSelection.reset();
    m_canvas->scene().setOutlinesVisible(selection.outlines);
    m_map.reset();
    m_surfaceNote.clear();
    m_reader.restart(selection);
    m_regions.restart(selection);
    recolor();
    applyPreset();
    updateTitle();
    const ScoreIndex* index = m_data.index();
    if (index == nullptr)
        showMessage(tr("Open a study to see it on the cortex."));
    else if (index->vertexCounts.total() == 0)
        showMessage(tr("This study has no fMRI recordings, so there is nothing to show on the cortex."));
    else
        showContent();
}

void CortexWidget::showGeometry() {
    showContent();
    const bool isFirst = m_canvas->scene().view().geometry() == nullptr;
    m_canvas->scene().setGeometry(m_reader.geometry());
    m_canvas->scene().view().setCameras(m_selection.selection().cameras);
    if (isFirst || !m_surfaceNote.isEmpty()) {
        m_surfaceNote.clear();
        recolor();
    }
    updateLines();
    layOut();
    m_canvas->redraw(CortexCanvas::Redraw::Moving);
    checkGraphics();
    Q_EMIT geometryChanged();
}

void CortexWidget::showMap() {
    startBlend(std::exchange(m_shownSelection, m_reader.mapSelection()));
    m_map = m_reader.map();
    updateTitle();
    recolor();
    if (const RegionChoice& regions = m_selection.selection().regions;
        regions.significanceContour || regions.thresholdContour)
        m_updateLines.schedule();
    m_canvas->redraw(CortexCanvas::Redraw::Moving);
    Q_EMIT mapChanged();
}

void CortexWidget::showSurfaceFailure(const ErrorDetails& error) {
    if (!m_reader.geometry()) {
        showError(error);
        return;
    }
    m_surfaceNote = QString::fromStdString(messageOf(error));
    m_overlay->setNote(m_surfaceNote);
}

void CortexWidget::showMapFailure(const ErrorDetails& error) {
    if (!m_reader.geometry()) {
        showError(error);
        return;
    }
    m_map.reset();
    updateTitle();
    recolor();
    m_missing = {};
    placeHeadings();
    m_overlay->setNote(QString::fromStdString(messageOf(error)));
    Q_EMIT mapChanged();
}

void CortexWidget::themeChanged() {
    applyStyle();
    layOut();
}

void CortexWidget::applyStyle() {
    const QColor ground = theme().panel;
    const auto channel = [](int value) { return static_cast<std::uint8_t>(value); };
    SceneStyle style = SceneStyle::on({channel(ground.red()), channel(ground.green()), channel(ground.blue()), 255});
    try {
        style.underlay.folding = foldingFrom(m_selection.selection().underlay);
    } catch (const Error& error) {
        m_overlay->setNote(QString::fromStdString(error.what()));
    }
    m_canvas->scene().setStyle(style);
    m_canvas->setBackground(ground);
    m_overlay->setTheme(theme());
}

void CortexWidget::applyPreset() {
    try {
        m_canvas->scene().view().setPreset(m_selection.selection().cameraPreset);
    } catch (const Error& error) {
        m_overlay->setNote(QString::fromStdString(error.what()));
    }
    applyCameras();
    layOut();
}

void CortexWidget::applyCameras() {
    CortexView& view = m_canvas->scene().view();
    view.setLinked(m_selection.selection().linkedCameras);
    view.setGap(m_selection.selection().gap);
    view.setCameras(m_selection.selection().cameras);
}

/// Takes where the cameras stand now into the selection: a step of its own for undo.
void CortexWidget::keepCameras() {
    m_selection.beginGesture();
    m_selection.edit([this](Selection& next) { next.cameras = m_canvas->scene().view().cameras(); });
    m_selection.endGesture();
}

void CortexWidget::showCameras() {
    annotate();
    m_canvas->redraw(CortexCanvas::Redraw::Moving);
}

void CortexWidget::resetCamera() {
    m_selection.edit([](Selection& next) { next.cameras.clear(); });
}

void CortexWidget::lookAtPick() {
    const auto vertex = m_selection.selection().vertex;
    if (!vertex)
        return;
    m_canvas->scene().view().lookAt(*vertex);
    keepCameras();
    showCameras();
}

void CortexWidget::layOut() {
    m_overlay->setGeometry(m_canvas->rect());
    const double ratio = m_canvas->devicePixelRatioF();
    const QFontMetricsF metrics(m_overlay->font());
    makeBars();
    const QRectF& column = m_annotations.column.box;
    const double right = cortexMargin + (column.isEmpty() ? 0 : column.width() + colorBarGap);
    const QSize size = m_canvas->deviceSize();
    CortexView& view = m_canvas->scene().view();
    view.setSize(size.width(), size.height(),
                 {.left = cortexMargin * ratio,
                  .top = cortexMargin * ratio,
                  .right = right * ratio,
                  .bottom = cortexMargin * ratio,
                  .label = (metrics.height() + 4) * ratio,
                  .gap = 1.5 * cortexMargin * ratio,
                  .heading = (QFontMetricsF(headingFont(m_overlay->font())).height() + 8) * ratio});
    placeBars();
    annotate();
}

void CortexWidget::annotate() {
    const double ratio = m_canvas->devicePixelRatioF();
    const CortexView& view = m_canvas->scene().view();
    m_annotations.labels.clear();
    m_annotations.picks.clear();
    m_annotations.orientations.clear();
    m_annotations.scales.clear();
    addMarks(view, ratio, m_annotations);
    for (const PanelView& panel : view.panels()) {
        const PixelBox& box = panel.label;
        m_annotations.labels.emplace_back(
            QRectF(box.left / ratio, box.top / ratio, box.width / ratio, box.height / ratio),
            QString::fromStdString(view.labelOf(panel)));
        if (const auto vertex = m_selection.selection().vertex)
            if (const auto at = view.positionIn(panel, *vertex))
                m_annotations.picks.emplace_back(at->x / ratio, at->y / ratio);
    }
    placeHeadings();
    nameAreas();
    m_highlighted.clear();
    m_overlay->setHighlight({});
    m_canvas->update();
    m_overlay->update();
}

void CortexWidget::updateTitle() {
    // What is shown, which follows the selection as soon as it has been read.
    setTitle(titleOf(m_reader.mapSelection().value_or(m_selection.selection()), m_data.index()));
    setAccessibleDescription(title());
}

std::optional<QPointF> CortexWidget::positionOfVertex(VertexId vertex, int column) const {
    const CortexView& view = m_canvas->scene().view();
    for (const PanelView& panel : view.panels())
        if (const auto at = panel.spec.part == column ? view.positionIn(panel, vertex) : std::nullopt)
            return fromDevice(*at);
    return std::nullopt;
}

std::optional<VertexId> CortexWidget::vertexAt(QPointF position) const {
    return m_canvas->scene().view().pick(toDevice(position));
}

std::optional<double> CortexWidget::shownValue(VertexId vertex, int column) const {
    const ColoredMap* first = firstMapIn(column);
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    if (first == nullptr || flat < 0 || flat >= static_cast<int>(first->map->values.size()))
        return std::nullopt;
    const CortexMap& map = *first->map;
    const auto place = static_cast<std::size_t>(flat);
    if (map.kind == MapKind::BestLayer)
        return map.layers[place] < 0 ? std::nullopt : std::optional<double>(map.layers[place]);
    return std::isfinite(map.values[place]) ? std::optional<double>(map.values[place]) : std::nullopt;
}

Rgba8 CortexWidget::shownColor(VertexId vertex, int column) const {
    const auto& colors = m_canvas->scene().overlay(column).colors;
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    if (flat < 0 || flat >= static_cast<int>(colors.size()) ||
        geometry()->side(vertex.hemisphere).isCortex[static_cast<std::size_t>(vertex.index)] == 0)
        return {0, 0, 0, 0};
    return colors[static_cast<std::size_t>(flat)];
}

QString CortexWidget::describeVertex(VertexId vertex) const {
    return geometry() ? placeText(*geometry(), vertex, m_regions.parcellationOn(*geometry())) : QString();
}

std::shared_ptr<const CortexGeometry> CortexWidget::geometry() const {
    return m_reader.geometry();
}

const QString& CortexWidget::note() const {
    return m_overlay->note();
}

PixelPoint CortexWidget::toDevice(QPointF position) const {
    const QPointF at = m_canvas->mapFrom(this, position) * m_canvas->devicePixelRatioF();
    return {at.x(), at.y()};
}

QPointF CortexWidget::fromDevice(PixelPoint point) const {
    return m_canvas->mapTo(this, QPointF(point.x, point.y) / m_canvas->devicePixelRatioF());
}

void CortexWidget::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    checkGraphics();
}

void CortexWidget::checkGraphics() {
    QTimer::singleShot(0, this, [this] {
        if (m_canvas->isVisible() && !m_canvas->isValid())
            showMessage(tr("The cortex cannot be drawn: the graphics driver gives no OpenGL 3.2. Update the driver, or "
                           "set LIBGL_ALWAYS_SOFTWARE=1 to draw in software."));
    });
}

} // namespace brainlike
