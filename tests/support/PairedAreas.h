#pragma once

#include "core/formats/FreeSurferAnnotation.h"
#include "core/surface/Hemisphere.h"

#include <array>
#include <filesystem>
#include <string>

namespace brainlike::test {

/// Writes a second parcellation, "pairs", beside a template: its areas P0, P1, … are made of two areas of the first
/// parcellation each.
inline void writePairedAreas(const std::filesystem::path& labelFolder) {
    for (const Hemisphere hemisphere : hemispheres) {
        const std::string side(shortName(hemisphere));
        const Annotation own = readFreeSurferAnnotation(labelFolder / (side + ".HCP-MMP1.annot"));
        Annotation pairs{.areas = {}, .labels = own.labels};
        for (std::size_t area = 0; area < own.areas.size(); area += 2)
            pairs.areas.push_back(
                areaFromTable("P" + std::to_string(area / 2), {static_cast<std::uint8_t>(area + 1), 80, 40, 255}));
        for (auto& label : pairs.labels)
            label = label < 0 ? label : label / 2;
        writeFreeSurferAnnotation(labelFolder / (side + ".pairs.annot"), pairs);
    }
}

} // namespace brainlike::test
