#include "views/scene/OffscreenRenderer.h"

#include "core/base/Error.h"
#include "views/scene/ContextWindow.h"
#include "views/scene/OffscreenContext.h"

#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>
#include <vtk_glew.h>

#include <algorithm>

namespace brainlike {
namespace {

std::string glText(GLenum name) {
    const auto* text = glGetString(name);
    return text == nullptr ? "unknown" : reinterpret_cast<const char*>(text);
}

/// Mean of blocks of n × n pixels; rows from the bottom in, from the top out.
RgbaImage averaged(vtkUnsignedCharArray& pixels, int width, int height, int n) {
    RgbaImage image{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 4)};
    const unsigned char* from = pixels.GetPointer(0);
    std::uint8_t* to = image.bytes.data();
    const std::ptrdiff_t stride = static_cast<std::ptrdiff_t>(width) * n * 4;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const unsigned char* block = from + (height - 1 - y) * n * stride + static_cast<std::ptrdiff_t>(x) * n * 4;
            for (int channel = 0; channel < 3; ++channel) {
                int sum = 0;
                for (int row = 0; row < n; ++row)
                    for (int column = 0; column < n; ++column)
                        sum += block[row * stride + column * 4 + channel];
                *to++ = static_cast<std::uint8_t>((sum + n * n / 2) / (n * n));
            }
            *to++ = 255;
        }
    return image;
}

} // namespace

struct OffscreenRenderer::Context {
    OffscreenContext context;
    vtkSmartPointer<vtkGenericOpenGLRenderWindow> window;
    std::string device;

    Context() {
        window = windowOfCurrentContext();
        window->SetShowWindow(false);
        device = glText(GL_RENDERER);
    }
    ~Context() {
        context.makeCurrent();
        window->Finalize();
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

OffscreenRenderer::OffscreenRenderer() : m_context(std::make_unique<Context>()) {}

OffscreenRenderer::~OffscreenRenderer() = default;

const std::string& OffscreenRenderer::deviceName() const {
    return m_context->device;
}

RgbaImage OffscreenRenderer::render(CortexScene& scene, int width, int height, int sampling) {
    m_context->context.makeCurrent();
    auto& window = *m_context->window;
    window.SetSize(width * sampling, height * sampling);
    scene.attachTo(window);
    scene.prepare(sampling);
    window.Render();
    vtkNew<vtkUnsignedCharArray> pixels;
    const int read = window.GetRGBACharPixelData(0, 0, width * sampling - 1, height * sampling - 1, 0, pixels);
    scene.detach();
    if (read != VTK_OK || pixels->GetNumberOfTuples() != static_cast<vtkIdType>(width) * height * sampling * sampling)
        throw Error(
            {.what = "The picture could not be read back from the graphics driver", .found = m_context->device});
    return averaged(*pixels, width, height, sampling);
}

} // namespace brainlike
