#include "views/cortex/CortexCanvas.h"

#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>

namespace brainlike {
namespace {

/// Samples a pixel, for smooth edges; drivers with fewer take what they have.
constexpr int samples = 4;

} // namespace

CortexCanvas::CortexCanvas(QWidget* parent) : QOpenGLWidget(parent) {
    setObjectName("cortexCanvas");
    setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
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
    m_window->SetMultiSamples(samples);
    m_window->SetFrameBlitModeToNoBlit();
    m_window->SetReadyForRendering(true);
    m_window->SetIsCurrent(true);
    m_window->SetSupportsOpenGL(1);
    m_window->SetIsDirect(1);
    m_window->InitializeFromCurrentContext();
    m_scene.attachTo(*m_window);
    // The context dies when the widget moves to another window, and is made anew there.
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &CortexCanvas::releaseGraphics, Qt::UniqueConnection);
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
    const QSize size = deviceSize();
    m_window->SetSize(size.width(), size.height());
    m_window->GetState()->Reset();
    m_scene.prepare();
    m_window->Render();
    showOnWidget();
}

void CortexCanvas::showOnWidget() {
    auto* functions = QOpenGLContext::currentContext()->extraFunctions();
    const QSize size = deviceSize();
    functions->glBindFramebuffer(GL_READ_FRAMEBUFFER, m_window->GetDisplayFramebuffer()->GetFBOIndex());
    functions->glReadBuffer(GL_COLOR_ATTACHMENT0);
    functions->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
    functions->glDisable(GL_SCISSOR_TEST);
    functions->glBlitFramebuffer(0, 0, size.width(), size.height(), 0, 0, size.width(), size.height(),
                                 GL_COLOR_BUFFER_BIT, GL_NEAREST);
    functions->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
}

} // namespace brainlike
