#include "views/cortex/CortexCanvas.h"

#include "core/base/Error.h"
#include "views/scene/ContextWindow.h"

#include <QEvent>
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

/// $BRAINLIKE_RENDERER: "processor" (our own drawing) or "opengl"; else our own where the driver has no graphics card.
bool drawsInSoftware() {
    const QByteArray wanted = qgetenv("BRAINLIKE_RENDERER");
    if (!wanted.isEmpty())
        return wanted != "opengl";
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
    m_isSoftware = drawsInSoftware();
    if (!m_isSoftware)
        attachWindow();
    // The context dies when the widget moves to another window, and is made anew there.
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &CortexCanvas::releaseGraphics, Qt::UniqueConnection);
}

void CortexCanvas::attachWindow() {
    try {
        m_window = windowOfCurrentContext();
    } catch (const Error&) {
        m_isSoftware = true; // our own drawing needs next to nothing of a driver
        return;
    }
    m_scene.attachTo(*m_window);
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
    if (!m_window && m_texture == 0)
        return;
    makeCurrent();
    if (m_window) {
        m_scene.detach();
        m_window->Finalize();
        m_window = nullptr;
    }
    if (m_texture != 0) {
        auto* functions = QOpenGLContext::currentContext()->functions();
        functions->glDeleteFramebuffers(1, &m_framebuffer);
        functions->glDeleteTextures(1, &m_texture);
        m_texture = m_framebuffer = 0;
    }
    doneCurrent();
}

void CortexCanvas::resizeEvent(QResizeEvent* event) {
    m_laidOut = deviceSize();
    Q_EMIT resized();
    QOpenGLWidget::resizeEvent(event);
}

bool CortexCanvas::event(QEvent* event) {
    const bool wasUsed = QOpenGLWidget::event(event);
    // Another screen may have smaller pixels, with no resize to tell.
    if ((event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Show) && m_laidOut != deviceSize()) {
        m_laidOut = deviceSize();
        Q_EMIT resized();
    }
    return wasUsed;
}

void CortexCanvas::paintGL() {
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    ++m_drawnPictures;
    if (m_scene.view().panels().empty() || !(m_window || m_isSoftware)) {
        functions->glClearColor(static_cast<float>(m_background.redF()), static_cast<float>(m_background.greenF()),
                                static_cast<float>(m_background.blueF()), 1);
        functions->glClear(GL_COLOR_BUFFER_BIT);
        return;
    }
    if (m_isSoftware)
        drawInSoftware();
    else
        drawInHardware();
}

void CortexCanvas::drawInSoftware() {
    const QSize size = deviceSize();
    SoftwareRenderer& renderer = m_settle.isActive() ? m_moving : m_still;
    upload(renderer.draw(m_scene, size.width(), size.height(), sampling(), devicePixelRatioF()));
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    functions->glBindFramebuffer(GL_READ_FRAMEBUFFER, m_framebuffer);
    functions->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
    functions->glDisable(GL_SCISSOR_TEST);
    // Rows come from the top.
    functions->glBlitFramebuffer(0, 0, size.width(), size.height(), 0, size.height(), size.width(), 0,
                                 GL_COLOR_BUFFER_BIT, GL_NEAREST);
    functions->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
}

void CortexCanvas::upload(const RgbaImage& image) {
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    if (m_texture == 0) {
        functions->glGenTextures(1, &m_texture);
        functions->glGenFramebuffers(1, &m_framebuffer);
    }
    functions->glBindTexture(GL_TEXTURE_2D, m_texture);
    functions->glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    functions->glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, image.width, image.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                            image.bytes.data());
    functions->glBindFramebuffer(GL_FRAMEBUFFER, m_framebuffer);
    functions->glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, m_texture, 0);
    functions->glBindTexture(GL_TEXTURE_2D, 0);
}

void CortexCanvas::drawInHardware() {
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
