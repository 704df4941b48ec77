#include "views/scene/MapPainter.h"

#include "core/base/Error.h"
#include "core/color/Opacities.h"
#include "views/scene/PixelBlend.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

/// What is left of a best layer's opacity where its margin is within the noise.
constexpr std::uint8_t paleShare = 77; ///< 30 %
/// Bits of a float that a table over q leaves out: 128 steps an octave are left.
constexpr unsigned droppedBits = 16;

using Shares = std::array<std::uint8_t, MapPainter::mostVertices>;

void checkSize(std::size_t found, std::size_t expected, const char* what) {
    if (found != expected)
        throw ShapeError({.what = std::string(what) + " do not fit the map",
                          .expected = std::to_string(expected),
                          .found = std::to_string(found)});
}

/// The smallest float that is not significant.
float significanceLimit() {
    const auto near = static_cast<float>(significantQ);
    return static_cast<double>(near) < significantQ ? std::nextafter(near, 1.0F) : near;
}

/// Opacities of q from the limit to 1, by its leading bits: the table stands for the logarithm.
std::vector<std::uint8_t> opacitiesOfQ() {
    const std::uint32_t first = std::bit_cast<std::uint32_t>(significanceLimit()) >> droppedBits;
    const std::uint32_t last = std::bit_cast<std::uint32_t>(1.0F) >> droppedBits;
    std::vector<std::uint8_t> table;
    for (std::uint32_t step = first; step < last; ++step) {
        const auto middle = std::bit_cast<float>((step << droppedBits) + (1U << (droppedBits - 1)));
        const double opacity = opacityOfQ(static_cast<double>(middle), Significance::Fade);
        table.push_back(static_cast<std::uint8_t>(opacity * 255 + 0.5));
    }
    return table;
}

ClassRange classesOf(const CortexMap& map) {
    ClassRange classes;
    const auto reach = [&classes](std::size_t count) {
        classes.high = std::max(classes.high, static_cast<int>(count) - 1);
    };
    if (!map.layers.empty()) // layers that there are not are clear, and labels are checked
        reach(map.labelColors.empty() ? map.layerNames.size() : map.labelColors.size());
    if (!map.areas.empty())
        reach(static_cast<std::size_t>(std::ranges::max(map.areas) + 1));
    if (!map.states.empty())
        reach(std::max(static_cast<std::size_t>(HalfTimeState::AtOrBeforeFirst),
                       static_cast<std::size_t>(HalfTimeState::None)) +
              1);
    return classes;
}

} // namespace

MapPainter::MapPainter(const CortexMap& map, const MapColors& colors)
    : m_map(map), m_colors(colors), m_classes(classesOf(map)) {
    if (!map.labelColors.empty()) {
        m_labels.resize(map.labelColors.size(), Rgba8{0, 0, 0, 0});
        for (const LabelColor& label : colors.labels)
            m_labels.at(static_cast<std::size_t>(label.label)) = label.color;
        return;
    }
    const std::size_t count = map.values.size();
    if (map.kind == MapKind::BestLayer)
        checkSize(map.layers.size(), count, "Best layers");
    if (!map.areas.empty())
        checkSize(map.areas.size(), count, "The areas");
    if (map.kind == MapKind::HalfTime) {
        checkSize(map.states.size(), count, "The states of half-times");
        checkSize(map.finalScores.size(), count, "The final scores of half-times");
    }
    if (map.kind == MapKind::BestLayer && colors.hasMargins) {
        checkSize(map.margins.size(), count, "The margins");
        checkSize(map.marginNoise.size(), count, "The margins' errors");
    }
    if (colors.significance != Significance::Ignore)
        checkSize(map.q.size(), count, "The q values");
    if (colors.significance == Significance::Fade)
        m_opacities = opacitiesOfQ();
}

std::size_t MapPainter::vertexCount() const {
    return m_map.labelColors.empty() ? m_map.values.size() : m_map.layers.size();
}

void MapPainter::paint(std::size_t first, const OverlayPart& part) const {
    if (!m_map.labelColors.empty())
        return paintLabels(first, part);
    const auto values = std::span(m_map.values).subspan(first, part.colors.size());
    if (m_map.kind == MapKind::BestLayer)
        paintLayers(first, values, part);
    else
        colorScores(values, m_colors.scale, part);
    if (!m_map.areas.empty())
        showAreas(first, part);
    if (m_map.kind == MapKind::HalfTime)
        showStates(first, part);
    if (m_colors.significance != Significance::Ignore)
        fadeByQ(first, part);
    if (m_map.kind == MapKind::HalfTime || m_colors.significance != Significance::Ignore)
        closeHidden(part);
}

void MapPainter::paintLabels(std::size_t first, const OverlayPart& part) const {
    for (std::size_t vertex = 0; vertex < part.colors.size(); ++vertex) {
        const std::int16_t label = m_map.layers[first + vertex];
        part.classes[vertex] = label;
        part.colors[vertex] = label >= 0 ? m_labels[static_cast<std::size_t>(label)] : Rgba8{0, 0, 0, 0};
    }
}

/// Areas are classes: their colours end at their borders.
void MapPainter::showAreas(std::size_t first, const OverlayPart& part) const {
    for (std::size_t vertex = 0; vertex < part.classes.size(); ++vertex)
        if (part.classes[vertex] >= 0)
            part.classes[vertex] = m_map.areas[first + vertex];
}

void MapPainter::showStates(std::size_t first, const OverlayPart& part) const {
    const auto states = std::span(m_map.states).subspan(first, part.colors.size());
    const Rgba8 none = m_colors.noneColor(), censored = m_colors.censoredColor();
    for (std::size_t vertex = 0; vertex < states.size(); ++vertex) {
        const HalfTimeState state = states[vertex];
        if (state == HalfTimeState::AtOrBeforeFirst || state == HalfTimeState::None) {
            part.colors[vertex] = state == HalfTimeState::None ? none : censored;
            part.classes[vertex] = static_cast<std::int16_t>(state);
        }
    }
    if (!m_colors.strength)
        return;
    Shares buffer;
    const std::span shares(buffer.data(), states.size());
    applyOpacity(*m_colors.strength, std::span(m_map.finalScores).subspan(first, states.size()), shares);
    for (std::size_t vertex = 0; vertex < states.size(); ++vertex)
        shares[vertex] = states[vertex] == HalfTimeState::None ? std::uint8_t{255} : shares[vertex];
    fadeEach(part.colors, shares);
}

/// Winners within the noise are pale.
void MapPainter::paintLayers(std::size_t first, std::span<const float> scores, const OverlayPart& part) const {
    Shares buffer;
    const std::span shares(buffer.data(), m_colors.hasMargins ? scores.size() : 0);
    const auto margins = std::span(m_map.margins).subspan(shares.empty() ? 0 : first, shares.size());
    const auto noise = std::span(m_map.marginNoise).subspan(shares.empty() ? 0 : first, shares.size());
    for (std::size_t vertex = 0; vertex < shares.size(); ++vertex)
        shares[vertex] = margins[vertex] < noise[vertex] ? paleShare : std::uint8_t{255};
    colorLayers(std::span(m_map.layers).subspan(first, scores.size()), scores,
                {static_cast<int>(m_map.layerNames.size()), m_colors.vision},
                m_colors.strength.value_or(m_colors.scale), part, shares);
}

void MapPainter::fadeByQ(std::size_t first, const OverlayPart& part) const {
    const auto q = std::span(m_map.q).subspan(first, part.colors.size());
    const float limit = significanceLimit();
    Shares buffer;
    const std::span shares(buffer.data(), q.size());
    if (m_colors.significance == Significance::Hide) {
        std::ranges::transform(q, shares.begin(),
                               [limit](float value) { return value < limit ? std::uint8_t{255} : std::uint8_t{0}; });
    } else {
        const std::uint32_t start = std::bit_cast<std::uint32_t>(limit) >> droppedBits;
        std::ranges::transform(q, shares.begin(), [&](float value) {
            if (value < limit)
                return std::uint8_t{255};
            return value < 1 ? m_opacities[(std::bit_cast<std::uint32_t>(value) >> droppedBits) - start]
                             : std::uint8_t{0};
        });
    }
    fadeEach(part.colors, shares);
}

Overlay overlayOf(const CortexMap& map, const MapColors& colors) {
    const MapPainter painter(map, colors);
    Overlay overlay = overlayFor(painter.vertexCount());
    forParts(overlay, MapPainter::mostVertices,
             [&](std::size_t first, const OverlayPart& part) { painter.paint(first, part); });
    return overlay;
}

} // namespace brainlike
