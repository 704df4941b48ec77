#include "views/scene/SoftwareRenderer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <functional>
#include <thread>

namespace brainlike {
namespace {

unsigned threadCount() {
    return std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
}

/// Runs work for 0 … count − 1 on all processors.
void forEach(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < threadCount() && i < count; ++i)
        helpers.emplace_back(run);
    run();
}

/// Panels cut into bands, so that there is work for all processors.
struct Part {
    const PanelView* panel;
    SampleBox box;
};

std::vector<Part> partsOf(const std::vector<PanelView>& panels, int sampling) {
    const int bands = static_cast<int>((threadCount() + panels.size() - 1) / panels.size());
    std::vector<Part> parts;
    for (const PanelView& panel : panels) {
        const auto at = [sampling](double pixels) { return static_cast<int>(std::lround(pixels)) * sampling; };
        const PixelBox& box = panel.viewport;
        for (int band = 0; band < bands; ++band) {
            const double from = box.top + box.height * band / bands;
            const double to = box.top + box.height * (band + 1) / bands;
            parts.push_back({&panel, {at(box.left), at(from), at(box.right()), at(to)}});
        }
    }
    return parts;
}

/// Mean of blocks of n × n samples.
void average(const std::vector<std::uint32_t>& samples, int width, int n, std::uint8_t* pixels) {
    const auto columns = static_cast<std::size_t>(width) * static_cast<std::size_t>(n);
    const auto count = static_cast<std::uint32_t>(n * n);
    for (int x = 0; x < width; ++x) {
        std::uint32_t even = 0;
        std::uint32_t odd = 0;
        for (int row = 0; row < n; ++row)
            for (int column = 0; column < n; ++column) {
                const std::uint32_t sample =
                    samples[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(x * n + column)];
                even += sample & 0x00FF00FFU;
                odd += sample >> 8U & 0x00FF00FFU;
            }
        const std::uint32_t half = count / 2;
        pixels[4 * x] = static_cast<std::uint8_t>(((even & 0xFFFFU) + half) / count);
        pixels[4 * x + 1] = static_cast<std::uint8_t>(((odd & 0xFFFFU) + half) / count);
        pixels[4 * x + 2] = static_cast<std::uint8_t>(((even >> 16U) + half) / count);
        pixels[4 * x + 3] = 255;
    }
}

void clear(Rgba8 color, RgbaImage& image) {
    const std::array<std::uint8_t, 4> pixel{color.r, color.g, color.b, 255};
    for (std::size_t byte = 0; byte < image.bytes.size(); ++byte)
        image.bytes[byte] = pixel[byte % 4];
}

} // namespace

const RgbaImage& SoftwareRenderer::draw(const CortexScene& scene, int width, int height, int sampling,
                                        double pixelScale) {
    Sides sides;
    for (int part = 0; part < scene.parts(); ++part)
        sides.push_back({scene.drawing(Hemisphere::Left, part), scene.drawing(Hemisphere::Right, part)});
    const SceneStyle& style = scene.style();
    const double lineScale = pixelScale * sampling;
    const LineWidths widths{scene.areOutlinesVisible() ? style.outlineWidth * lineScale : 0,
                            style.lineWidth * lineScale, style.casingWidth * lineScale};
    Key key{{static_cast<double>(width), static_cast<double>(height), static_cast<double>(sampling), widths.outline,
             widths.line, widths.casing}};
    for (const auto& part : sides)
        for (const SideDrawing& side : part)
            key.numbers.push_back(static_cast<double>(side.shape));
    for (const PanelView& panel : scene.view().panels()) {
        key.numbers.insert(key.numbers.end(), panel.axes.data(), panel.axes.data() + 9);
        for (const double number :
             {panel.viewport.left, panel.viewport.top, panel.viewport.width, panel.viewport.height, panel.anchor.x,
              panel.anchor.y, panel.pixelsPerMm, panel.apart, panel.centre.x(), panel.centre.y(), panel.centre.z()})
            key.numbers.push_back(number);
    }
    m_wasRecoloredOnly = m_key == key;
    if (!m_wasRecoloredOnly) {
        m_key.reset();
        find(scene, sides, sampling, widths);
        m_key = std::move(key);
    }
    m_image.width = width;
    m_image.height = height;
    m_image.bytes.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
    if (m_pieces.empty())
        clear(scene.style().background, m_image);
    color(scene, sides, sampling);
    return m_image;
}

void SoftwareRenderer::find(const CortexScene& scene, const Sides& sides, int sampling, const LineWidths& widths) {
    m_pieces.clear();
    const std::vector<Part> parts =
        scene.view().panels().empty() ? std::vector<Part>{} : partsOf(scene.view().panels(), sampling);
    std::vector<std::optional<PanelPixels>> found(parts.size());
    forEach(parts.size(), [&](std::size_t i) {
        const auto& drawn = sides[static_cast<std::size_t>(parts[i].panel->spec.part)];
        found[i].emplace(*parts[i].panel, drawn, parts[i].box, sampling, widths);
    });
    for (std::size_t i = 0; i < parts.size(); ++i)
        m_pieces.push_back({parts[i].panel->spec.part, std::move(*found[i])});
}

void SoftwareRenderer::color(const CortexScene& scene, const Sides& sides, int sampling) {
    const Rgba8 ground = scene.style().background;
    const Rgba8 outline = scene.style().outline;
    forEach(m_pieces.size(), [&](std::size_t i) {
        const PanelPixels& part = m_pieces[i].pixels;
        const auto& drawn = sides[static_cast<std::size_t>(m_pieces[i].part)];
        const auto columns = static_cast<std::size_t>(part.box().width());
        std::vector<std::uint32_t> samples(columns * static_cast<std::size_t>(sampling));
        const int width = part.box().width() / sampling;
        for (int row = 0; row < part.box().height() / sampling; ++row) {
            for (int line = 0; line < sampling; ++line)
                part.colorRow(row * sampling + line, drawn, ground, outline,
                              samples.data() + columns * static_cast<std::size_t>(line));
            const auto y = static_cast<std::size_t>(part.box().top / sampling + row);
            const auto x = static_cast<std::size_t>(part.box().left / sampling);
            std::uint8_t* pixels = m_image.bytes.data() + 4 * (y * static_cast<std::size_t>(m_image.width) + x);
            if (sampling == 1)
                std::memcpy(pixels, samples.data(), 4 * columns);
            else
                average(samples, width, sampling, pixels);
        }
    });
}

} // namespace brainlike
