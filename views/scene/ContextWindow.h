#pragma once

#include <vtkSmartPointer.h>

class vtkGenericOpenGLRenderWindow;

namespace brainlike {

/// A window that VTK draws into without owning it: the OpenGL context that is current, whoever made it (GLX, EGL,
/// Wayland). Finalize it while that context is current.
/// @throws Error if the context has not OpenGL 3.2
[[nodiscard]] vtkSmartPointer<vtkGenericOpenGLRenderWindow> windowOfCurrentContext();

} // namespace brainlike
