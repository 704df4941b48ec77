#pragma once

#include "core/surface/Hemisphere.h"

#include <array>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// A region of interest: vertices of one hemisphere or of both, under a name.
struct Roi {
    std::string name;
    std::array<std::uint8_t, 3> color{};               ///< red, green, blue
    std::array<std::vector<std::int32_t>, 2> vertices; ///< left, right; ascending, each once

    [[nodiscard]] const std::vector<std::int32_t>& of(Hemisphere hemisphere) const {
        return vertices[indexOf(hemisphere)];
    }
    [[nodiscard]] std::size_t vertexCount() const { return vertices[0].size() + vertices[1].size(); }
    friend bool operator==(const Roi&, const Roi&) = default;
};

/// Regions of interest in the order they were made; names are unique.
struct RoiSet {
    std::vector<Roi> rois;

    /// Null if there is none of that name.
    [[nodiscard]] const Roi* find(std::string_view name) const;
    friend bool operator==(const RoiSet&, const RoiSet&) = default;
};

/// A set that many selections share: copying it copies no vertices, equal sets compare equal.
class SharedRois {
public:
    SharedRois() = default;
    explicit SharedRois(RoiSet set);

    /// The regions; none where nothing was set.
    [[nodiscard]] const RoiSet& operator*() const;
    [[nodiscard]] const RoiSet* operator->() const { return &**this; }
    [[nodiscard]] bool empty() const { return (*this)->rois.empty(); }
    friend bool operator==(const SharedRois& a, const SharedRois& b) { return a.m_set == b.m_set || *a == *b; }

private:
    std::shared_ptr<const RoiSet> m_set;
};

/// Vertices as a set of runs, "0-5,9,12-14"; empty for none.
/// @param vertices  ascending, each once
[[nodiscard]] std::string runsOf(std::span<const std::int32_t> vertices);
/// @param place  for the message
/// @throws FormatError unless the text is runs of ascending vertices
[[nodiscard]] std::vector<std::int32_t> verticesFromRuns(std::string_view runs, const std::string& place);

/// A list of objects: {"name", "color": "#rrggbb", "lh": "0-5,9", "rh": …}; a hemisphere without vertices is left out.
[[nodiscard]] nlohmann::json toJson(const RoiSet& set);
/// @param place  JSON pointer of the list, for messages
/// @throws FormatError naming the JSON pointer of what is wrong
[[nodiscard]] RoiSet roiSetFromJson(const nlohmann::json& json, const std::string& place);

/// The colour of the n-th region: seven hues that stay apart for colour-blind people (Okabe and Ito 2008), in turn.
[[nodiscard]] std::array<std::uint8_t, 3> roiColor(std::size_t number);
/// "ROI 1", or the first number after it that no region of the set has.
[[nodiscard]] std::string freshRoiName(const RoiSet& set);

/// The set with vertices added to a region, or taken out of it; a region that is not there is made, one that has no
/// vertices left is removed.
[[nodiscard]] RoiSet withVertices(const RoiSet& set, const std::string& name, Hemisphere hemisphere,
                                  std::span<const std::int32_t> vertices);
[[nodiscard]] RoiSet withoutVertices(const RoiSet& set, const std::string& name, Hemisphere hemisphere,
                                     std::span<const std::int32_t> vertices);
/// The set without a region.
[[nodiscard]] RoiSet withoutRoi(const RoiSet& set, std::string_view name);

} // namespace brainlike
