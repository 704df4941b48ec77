#include "views/scene/PanelPixels.h"

#include "views/scene/Light.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr std::uint32_t noFace = 0xFFFFFFFF;
constexpr std::uint32_t rightSide = 0x80000000;
constexpr float nowhere = -std::numeric_limits<float>::infinity();
/// Outlines count as in front of a surface that is at most this much nearer to the viewer, mm.
constexpr float lineBias = 0.4F;
constexpr std::size_t mostInks = std::numeric_limits<std::uint16_t>::max();

/// Towards the lamps, as long as they are bright.
std::array<Eigen::Vector3f, lamps.size()> brightDirections() {
    std::array<Eigen::Vector3f, lamps.size()> directions;
    for (std::size_t i = 0; i < lamps.size(); ++i) {
        const Eigen::Vector3d from(lamps[i].from[0], lamps[i].from[1], lamps[i].from[2]);
        directions[i] = (diffuseLight * lamps[i].intensity * from.normalized()).cast<float>();
    }
    return directions;
}

/// Share of its own colour that a surface with this normal shows (in the viewer's frame). Both faces are lit.
float lightOn(Eigen::Vector3f normal) {
    static const std::array<Eigen::Vector3f, lamps.size()> directions = brightDirections();
    if (normal.z() < 0)
        normal = -normal;
    auto light = static_cast<float>(ambientLight);
    for (const Eigen::Vector3f& direction : directions)
        light += std::max(0.0F, direction.dot(normal));
    return std::min(1.0F, light);
}

constexpr std::uint32_t packed(Rgba8 color) {
    return static_cast<std::uint32_t>(color.r) | static_cast<std::uint32_t>(color.g) << 8U |
           static_cast<std::uint32_t>(color.b) << 16U | 0xFF000000U;
}

std::uint32_t extraInk(const SideDrawing& side, std::size_t line) {
    const auto& color = side.extraLines[line - 1].color;
    return packed({color[0], color[1], color[2], 255});
}

/// Two channels at once: `color` holds them in its bytes 0 and 2.
constexpr std::uint32_t pairOf(std::uint32_t color) {
    return color & 0x00FF00FFU;
}

std::uint32_t mixed(std::uint32_t from, std::uint32_t to, std::uint32_t share) {
    const std::uint32_t rest = 255 - share;
    const auto mix = [&](std::uint32_t a, std::uint32_t b) {
        return ((pairOf(a) * rest + pairOf(b) * share + 0x00800080U) >> 8U) & 0x00FF00FFU;
    };
    return mix(from, to) | mix(from >> 8U, to >> 8U) << 8U | 0xFF000000U;
}

std::uint8_t byteOf(float share) {
    return static_cast<std::uint8_t>(std::lround(255.0F * std::clamp(share, 0.0F, 1.0F)));
}

} // namespace

/// From the head to samples.
struct PanelPixels::Projection {
    Eigen::Matrix3f axes;
    Eigen::Vector3f origin; ///< of the head, in the viewer's frame, mm
    Eigen::Vector2f anchor; ///< samples
    float scale = 1;        ///< samples a mm

    Projection(const PanelView& panel, Hemisphere hemisphere, int sampling)
        : axes(panel.axes.cast<float>()),
          origin((panel.axes * (panel.offsetOf(hemisphere) - panel.centre)).cast<float>()),
          anchor(static_cast<float>(panel.anchor.x * sampling), static_cast<float>(panel.anchor.y * sampling)),
          scale(static_cast<float>(panel.pixelsPerMm * sampling)) {}

    [[nodiscard]] Corner at(const float* point) const {
        const Eigen::Vector3f seen = axes * Eigen::Map<const Eigen::Vector3f>(point) + origin;
        return {anchor.x() + scale * seen.x(), anchor.y() - scale * seen.y(), seen.z(), 1};
    }
};

PanelPixels::PanelPixels(const PanelView& panel, const std::array<SideDrawing, 2>& sides, const SampleBox& box,
                         int sampling, const LineWidths& widths)
    : m_box(box) {
    const auto count = static_cast<std::size_t>(box.width()) * static_cast<std::size_t>(box.height());
    m_depth.assign(count, nowhere);
    m_face.assign(count, noFace);
    m_place.assign(count, {});
    for (const Hemisphere hemisphere : hemispheres)
        if (panel.spec.shows(hemisphere)) {
            const SideDrawing& side = sides[indexOf(hemisphere)];
            fillFaces(project(Projection(panel, hemisphere, sampling), side), side,
                      hemisphere == Hemisphere::Right ? rightSide : 0);
        }
    drawAllLines(panel, sides, sampling, widths);
    m_depth = std::vector<float>(); // `= {}` would keep the memory
}

void PanelPixels::drawAllLines(const PanelView& panel, const std::array<SideDrawing, 2>& sides, int sampling,
                               const LineWidths& widths) {
    if (!sides[0].extraLines.empty())
        m_ink.assign(m_place.size(), 0);
    for (const Hemisphere hemisphere : hemispheres) {
        if (!panel.spec.shows(hemisphere))
            continue;
        const SideDrawing& side = sides[indexOf(hemisphere)];
        const Projection projection(panel, hemisphere, sampling);
        if (widths.outline > 0)
            drawLines(projection, side.lines, static_cast<float>(widths.outline), 0);
        for (std::size_t i = 0; i < side.extraLines.size(); ++i)
            drawLines(projection, side.extraLines[i].lines,
                      static_cast<float>(side.extraLines[i].isCasing ? widths.casing : widths.line),
                      static_cast<std::uint16_t>(std::min<std::size_t>(i + 1, mostInks)));
    }
}

void PanelPixels::cover(std::size_t sample, std::uint8_t coverage, std::uint16_t ink) {
    std::uint8_t& known = m_place[sample].outline;
    if (ink != 0 && 2 * coverage >= known)
        m_ink[sample] = ink;
    known = std::max(known, coverage);
}

std::vector<PanelPixels::Corner> PanelPixels::project(const Projection& projection, const SideDrawing& side) {
    std::vector<Corner> corners(side.points.size() / 3);
    for (std::size_t i = 0; i < corners.size(); ++i) {
        corners[i] = projection.at(&side.points[3 * i]);
        corners[i].light = lightOn(projection.axes * Eigen::Map<const Eigen::Vector3f>(&side.normals[3 * i]));
    }
    return corners;
}

void PanelPixels::fillFaces(const std::vector<Corner>& corners, const SideDrawing& side, std::uint32_t sideBit) {
    for (std::size_t face = 0; 3 * face < side.faces.size(); ++face) {
        const Corner& a = corners[static_cast<std::size_t>(side.faces[3 * face])];
        const Corner& b = corners[static_cast<std::size_t>(side.faces[3 * face + 1])];
        const Corner& c = corners[static_cast<std::size_t>(side.faces[3 * face + 2])];
        const float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        // Rows go down: faces that look at the viewer have a negative area.
        if (area == 0 || (area > 0 && side.isClosed))
            continue;
        fillFace(a, b, c, static_cast<std::uint32_t>(face) | sideBit);
    }
}

void PanelPixels::fillFace(const Corner& a, const Corner& b, const Corner& c, std::uint32_t id) {
    const auto first = [](float low, int begin) { return std::max(begin, static_cast<int>(std::ceil(low - 0.5F))); };
    const auto last = [](float high, int end) { return std::min(end - 1, static_cast<int>(std::floor(high - 0.5F))); };
    const int left = first(std::min({a.x, b.x, c.x}), m_box.left);
    const int right = last(std::max({a.x, b.x, c.x}), m_box.right);
    const int top = first(std::min({a.y, b.y, c.y}), m_box.top);
    const int bottom = last(std::max({a.y, b.y, c.y}), m_box.bottom);
    if (left > right || top > bottom)
        return;
    const float inverse = 1 / ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
    for (int row = top; row <= bottom; ++row) {
        const float y = static_cast<float>(row) + 0.5F;
        std::size_t sample = static_cast<std::size_t>(row - m_box.top) * static_cast<std::size_t>(m_box.width()) +
                             static_cast<std::size_t>(left - m_box.left);
        for (int column = left; column <= right; ++column, ++sample) {
            const float x = static_cast<float>(column) + 0.5F;
            const float wa = ((b.x - x) * (c.y - y) - (b.y - y) * (c.x - x)) * inverse;
            const float wb = ((c.x - x) * (a.y - y) - (c.y - y) * (a.x - x)) * inverse;
            const float wc = 1 - wa - wb;
            if (wa < 0 || wb < 0 || wc < 0)
                continue;
            const float depth = wa * a.z + wb * b.z + wc * c.z;
            if (depth <= m_depth[sample])
                continue;
            m_depth[sample] = depth;
            m_face[sample] = id;
            const auto weight = [](float share) { return static_cast<std::uint8_t>(255.0F * share + 0.5F); };
            const std::uint8_t wholeA = weight(wa);
            const auto wholeB = static_cast<std::uint8_t>(std::min<int>(weight(wb), 255 - wholeA));
            const float light = wa * a.light + wb * b.light + wc * c.light;
            m_place[sample] = {wholeA, wholeB, static_cast<std::uint8_t>(255.0F * std::min(1.0F, light) + 0.5F), 0};
        }
    }
}

void PanelPixels::drawLines(const Projection& projection, std::span<const float> lines, float width,
                            std::uint16_t ink) {
    const float bias = lineBias + width / projection.scale;
    for (std::size_t line = 0; line + 5 < lines.size(); line += 6)
        drawLine(projection.at(&lines[line]), projection.at(&lines[line + 3]), width, bias, ink);
}

void PanelPixels::drawLine(const Corner& from, const Corner& to, float width, float bias, std::uint16_t ink) {
    const float reach = 0.5F * width + 0.5F;
    const int left = std::max(m_box.left, static_cast<int>(std::floor(std::min(from.x, to.x) - reach)));
    const int right = std::min(m_box.right - 1, static_cast<int>(std::ceil(std::max(from.x, to.x) + reach)));
    const int top = std::max(m_box.top, static_cast<int>(std::floor(std::min(from.y, to.y) - reach)));
    const int bottom = std::min(m_box.bottom - 1, static_cast<int>(std::ceil(std::max(from.y, to.y) + reach)));
    const float alongX = to.x - from.x;
    const float alongY = to.y - from.y;
    const float squared = std::max(1e-12F, alongX * alongX + alongY * alongY);
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column) {
            const float x = static_cast<float>(column) + 0.5F - from.x;
            const float y = static_cast<float>(row) + 0.5F - from.y;
            const float share = std::clamp((x * alongX + y * alongY) / squared, 0.0F, 1.0F);
            const float distance = std::hypot(x - share * alongX, y - share * alongY);
            const float coverage = reach - distance;
            const std::size_t sample =
                static_cast<std::size_t>(row - m_box.top) * static_cast<std::size_t>(m_box.width()) +
                static_cast<std::size_t>(column - m_box.left);
            if (coverage <= 0 || from.z + share * (to.z - from.z) + bias < m_depth[sample])
                continue;
            cover(sample, byteOf(coverage), ink);
        }
}

void PanelPixels::colorRow(int row, const std::array<SideDrawing, 2>& sides, Rgba8 background, Rgba8 outline,
                           std::uint32_t* colors) const {
    const auto width = static_cast<std::size_t>(m_box.width());
    const std::size_t start = static_cast<std::size_t>(row) * width;
    const std::array<const std::uint32_t*, 2> palette{reinterpret_cast<const std::uint32_t*>(sides[0].colors.data()),
                                                      reinterpret_cast<const std::uint32_t*>(sides[1].colors.data())};
    const std::uint32_t ground = packed(background);
    const std::uint32_t ink = packed(outline);
    for (std::size_t i = 0; i < width; ++i) {
        const std::uint32_t id = m_face[start + i];
        const Place place = m_place[start + i];
        std::uint32_t color = ground;
        if (id != noFace) {
            const std::size_t side = id >> 31U;
            const std::int32_t* corners = &sides[side].faces[3 * static_cast<std::size_t>(id & ~rightSide)];
            const std::uint32_t a = palette[side][corners[0]];
            const std::uint32_t b = palette[side][corners[1]];
            const std::uint32_t c = palette[side][corners[2]];
            const std::uint32_t wa = place.first, wb = place.second, wc = 255U - wa - wb;
            // Sums stay below 2^16 a channel: two channels fit into one number.
            const std::uint32_t even =
                ((pairOf(a) * wa + pairOf(b) * wb + pairOf(c) * wc + 0x00FF00FFU) >> 8U) & 0x00FF00FFU;
            const std::uint32_t odd =
                ((pairOf(a >> 8U) * wa + pairOf(b >> 8U) * wb + pairOf(c >> 8U) * wc + 0x00FF00FFU) >> 8U) &
                0x00FF00FFU;
            const std::uint32_t light = place.light;
            color = (((even * light + 0x00FF00FFU) >> 8U) & 0x00FF00FFU) |
                    (((odd * light + 0x00FF00FFU) >> 8U) & 0x00FF00FFU) << 8U | 0xFF000000U;
        }
        if (place.outline != 0) {
            const std::size_t line = m_ink.empty() ? 0 : m_ink[start + i];
            color = line == 0 ? mixed(color, ink, static_cast<std::uint32_t>(place.outline) * outline.a / 255U)
                              : mixed(color, extraInk(sides[0], line), place.outline);
        }
        colors[i] = color;
    }
}

} // namespace brainlike
