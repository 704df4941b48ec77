#include "views/scene/ContextWindow.h"

#include "core/base/Error.h"

#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkObjectFactory.h>
#include <vtk_glew.h>

namespace brainlike {
namespace {

void checkFunctions() {
    GLint major = 0;
    GLint minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    const bool loaded = glGenVertexArrays != nullptr && glBlitFramebuffer != nullptr && glCreateShader != nullptr;
    if (loaded && (major > 3 || (major == 3 && minor >= 2)))
        return;
    const auto* version = glGetString(GL_VERSION);
    throw Error({.what = "The graphics driver is too old to draw the cortex",
                 .expected = "OpenGL 3.2",
                 .found = version == nullptr ? "unknown" : reinterpret_cast<const char*>(version),
                 .advice = "Update the driver, or install Mesa (libgl1-mesa-dri) to draw in software"});
}

/// GLEW loads all functions and then looks for an X display, which may not be there: its complaint about that is passed
/// over, and the context is verified instead. Nor is the driver asked for the width of lines: Mesa's say that they draw
/// wide ones and, for Qt's contexts, do not; as it is, VTK makes them of triangles.
class ContextWindow : public vtkGenericOpenGLRenderWindow {
public:
    static ContextWindow* New();
    vtkTypeMacro(ContextWindow, vtkGenericOpenGLRenderWindow)

        void OpenGLInitContext() override {
        ContextCreationTime.Modified();
        if (Initialized)
            return;
        glewExperimental = GL_TRUE;
        glewInit();
        checkFunctions();
        GlewInitValid = true;
        Initialized = true;
    }

protected:
    ContextWindow() = default;
};
vtkStandardNewMacro(ContextWindow)

} // namespace

vtkSmartPointer<vtkGenericOpenGLRenderWindow> windowOfCurrentContext() {
    auto window = vtkSmartPointer<ContextWindow>::New();
    window->SetOwnContext(0);
    window->SetMultiSamples(0);
    window->SetFrameBlitModeToNoBlit();
    window->SetIsCurrent(true);
    window->SetSupportsOpenGL(1);
    window->SetIsDirect(1);
    window->SetReadyForRendering(true);
    window->InitializeFromCurrentContext();
    return window;
}

} // namespace brainlike
