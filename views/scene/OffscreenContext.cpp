#include "views/scene/OffscreenContext.h"

#include "core/base/Error.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {
namespace {

bool clientSupports(std::string_view extension) {
    const char* all = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    return all != nullptr && std::string_view(all).find(extension) != std::string_view::npos;
}

/// Displays that need no display server, best first.
std::vector<EGLDisplay> candidateDisplays() {
    std::vector<EGLDisplay> displays;
    const auto platformDisplay =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    const auto queryDevices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
    if (platformDisplay != nullptr && clientSupports("EGL_MESA_platform_surfaceless"))
        displays.push_back(platformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    if (platformDisplay != nullptr && queryDevices != nullptr && clientSupports("EGL_EXT_platform_device")) {
        std::array<EGLDeviceEXT, 8> devices{};
        EGLint count = 0;
        if (queryDevices(static_cast<EGLint>(devices.size()), devices.data(), &count) == EGL_TRUE)
            for (EGLint i = 0; i < count; ++i)
                displays.push_back(
                    platformDisplay(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr));
    }
    return displays;
}

EGLContext createContext(EGLDisplay display) {
    EGLint major = 0;
    EGLint minor = 0;
    if (display == EGL_NO_DISPLAY || eglInitialize(display, &major, &minor) != EGL_TRUE)
        return EGL_NO_CONTEXT;
    constexpr std::array<EGLint, 5> wanted{EGL_SURFACE_TYPE, EGL_DONT_CARE, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                           EGL_NONE};
    constexpr std::array<EGLint, 7> version{
        EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
        EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    eglBindAPI(EGL_OPENGL_API);
    if (eglChooseConfig(display, wanted.data(), &config, 1, &count) != EGL_TRUE || count == 0)
        return EGL_NO_CONTEXT;
    const EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
    if (context != EGL_NO_CONTEXT && eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_TRUE)
        return context;
    if (context != EGL_NO_CONTEXT)
        eglDestroyContext(display, context);
    return EGL_NO_CONTEXT;
}

} // namespace

OffscreenContext::OffscreenContext() {
    for (const EGLDisplay display : candidateDisplays()) {
        m_display = display;
        m_context = createContext(display);
        if (m_context != EGL_NO_CONTEXT)
            return;
    }
    throw Error(
        {.what = "No graphics without a display: EGL gives no OpenGL 3.2 context",
         .expected = "EGL with the surfaceless or the device platform",
         .advice = "Install Mesa's EGL driver (Debian, Ubuntu: apt install libegl1 libegl-mesa0 libgl1-mesa-dri)"});
}

OffscreenContext::~OffscreenContext() {
    if (isCurrent())
        eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(m_display, m_context);
}

void OffscreenContext::makeCurrent() {
    eglBindAPI(EGL_OPENGL_API);
    if (eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_context) != EGL_TRUE)
        throw Error(
            {.what = "The graphics context could not be used", .found = "EGL error " + std::to_string(eglGetError())});
}

bool OffscreenContext::isCurrent() const {
    return eglGetCurrentContext() == m_context;
}

} // namespace brainlike
