#pragma once

#include "views/scene/CortexScene.h"
#include "views/scene/RgbaImage.h"

#include <memory>
#include <string>

namespace brainlike {

/// Draws a scene without any display, through a surfaceless EGL context of its own. Use it on one thread.
class OffscreenRenderer {
public:
    /// @throws Error saying what is missing if there is no EGL or no OpenGL 3.2
    OffscreenRenderer();
    ~OffscreenRenderer();
    OffscreenRenderer(const OffscreenRenderer&) = delete;
    OffscreenRenderer& operator=(const OffscreenRenderer&) = delete;

    /// Draws a scene whose view has this size.
    ///
    /// @param sampling  1: as a window without multisampling; n: drawn n times larger and averaged, for smooth edges
    /// @throws Error if the picture could not be read back
    [[nodiscard]] RgbaImage render(CortexScene& scene, int width, int height, int sampling = 1);

    /// Name of the renderer, e.g. "llvmpipe (LLVM 15.0.6, 256 bits)".
    [[nodiscard]] const std::string& deviceName() const;

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace brainlike
