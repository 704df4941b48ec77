#include "views/cortex/CortexCanvas.h"

#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>

namespace brainlike {
namespace {

/// Pictures are drawn this many times larger and averaged, unless pixels are small already.
constexpr int smoothSampling = 2;
/// How long after the last movement the smooth picture is drawn, ms.
constexpr int settleTime = 150;

bool drawsInSoftware() {
    const auto* name = QOpenGLContext::currentContext()->functions()->glGetString(GL_RENDERER);
    const QByteArray renderer(reinterpret_cast<const char*>(name));
    return renderer.contains("llvmpipe") || renderer.contains("softpipe") || renderer.contains("swrast");
}

} // namespace

CortexCanvas::CortexCanvas(QWidget* parent) : QOpenGLWidget(parent) {
    setObjectName("cortexCanvas");
    setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, [this] { update(); });
}

CortexCanvas::~CortexCanvas() {
    releaseGraphics();
}

void CortexCanvas::setBackground(const QColor& color) {
    m_background = color;
    update();
}

QSize CortexCanvas::deviceSize() const {
    return size() * devicePixelRatioF();
}

void CortexCanvas::initializeGL() {
    m_window = vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New();
    m_window->SetOwnContext(0);
    m_window->SetMultiSamples(0);
    m_window->SetFrameBlitModeToNoBlit();
    m_window->SetReadyForRendering(true);
    m_window->SetIsCurrent(true);
    m_window->SetSupportsOpenGL(1);
    m_window->SetIsDirect(1);
    m_window->InitializeFromCurrentContext();
    m_scene.attachTo(*m_window);
    m_isSoftware = drawsInSoftware();
    // The context dies when the widget moves to another window, and is made anew there.
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &CortexCanvas::releaseGraphics, Qt::UniqueConnection);
}

void CortexCanvas::redraw(Redraw kind) {
    if (kind == Redraw::Moving && m_isSoftware)
        m_settle.start();
    update();
}

int CortexCanvas::sampling() const {
    return m_settle.isActive() || devicePixelRatioF() >= smoothSampling ? 1 : smoothSampling;
}

void CortexCanvas::releaseGraphics() {
    if (!m_window)
        return;
    makeCurrent();
    m_scene.detach();
    m_window->Finalize();
    m_window = nullptr;
    doneCurrent();
}

void CortexCanvas::resizeEvent(QResizeEvent* event) {
    Q_EMIT resized();
    QOpenGLWidget::resizeEvent(event);
}

void CortexCanvas::paintGL() {
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    if (!m_window || m_scene.view().panels().empty()) {
        functions->glClearColor(static_cast<float>(m_background.redF()), static_cast<float>(m_background.greenF()),
                                static_cast<float>(m_background.blueF()), 1);
        functions->glClear(GL_COLOR_BUFFER_BIT);
        return;
    }
    const QSize size = deviceSize() * sampling();
    m_window->SetSize(size.width(), size.height());
    m_window->GetState()->Reset();
    m_scene.prepare(sampling() * devicePixelRatioF());
    m_window->Render();
    showOnWidget();
}

void CortexCanvas::showOnWidget() {
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    const QSize size = deviceSize();
    const QSize drawn = size * sampling();
    functions->glBindFramebuffer(GL_READ_FRAMEBUFFER, m_window->GetDisplayFramebuffer()->GetFBOIndex());
    functions->glReadBuffer(GL_COLOR_ATTACHMENT0);
    functions->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
    functions->glDisable(GL_SCISSOR_TEST);
    functions->glBlitFramebuffer(0, 0, drawn.width(), drawn.height(), 0, 0, size.width(), size.height(),
                                 GL_COLOR_BUFFER_BIT, GL_LINEAR);
    functions->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
    // Outlines leave traces in the alpha channel, which Qt would let the window behind shine through.
    functions->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
    functions->glClearColor(0, 0, 0, 1);
    functions->glClear(GL_COLOR_BUFFER_BIT);
    functions->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

} // namespace brainlike
