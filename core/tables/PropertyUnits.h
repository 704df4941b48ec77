#pragma once

#include "core/stats/SpinPoints.h"
#include "core/tables/TableScope.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// The units that a property and a map of the scores are correlated over, and where they lie on the sphere.
///
/// Of areas each hemisphere's; of ROIs each hemisphere's too, with the areas that belong to none of them beside: these
/// have no place in the correlation, but a spun property brings their values to the ROIs. Of vertices every one.
class PropertyUnits {
public:
    /// @throws as ScoreSets
    explicit PropertyUnits(const TableScope& scope);

    [[nodiscard]] std::size_t size() const { return m_count; }
    /// Whether a unit takes part in the correlation.
    [[nodiscard]] bool isObserved(std::size_t unit) const { return m_sets.ids.empty() || m_isObserved[unit]; }
    [[nodiscard]] Hemisphere hemisphere(std::size_t unit) const;
    /// Units of areas and ROIs; empty at the level vertex.
    [[nodiscard]] const DimensionGroups& sets() const { return m_sets; }

    /// A value of every unit from those of vertices: the mean over its vertices that are not NaN.
    [[nodiscard]] std::vector<double> means(std::span<const double> vertexValues) const;
    /// Values of some sets of the scope's level brought to the units by their ids; NaN elsewhere.
    [[nodiscard]] std::vector<double> byId(const std::vector<std::string>& ids, std::span<const double> values) const;

    /// The units of some hemispheres on the template's sphere, as neuromaps' centroids of parcels.
    /// @param isWanted  left, right
    /// @throws NotFoundError if the template has no sphere
    [[nodiscard]] SpinPoints points(std::array<bool, 2> isWanted) const;
    /// The values of the units of some hemispheres.
    [[nodiscard]] std::vector<double> only(std::array<bool, 2> isWanted, std::span<const double> values) const;

private:
    void addSide(const DimensionGroups& sets, Hemisphere hemisphere, bool isObserved);
    void addAreasBeside(const DimensionGroups& areas, Hemisphere hemisphere);

    const TableScope& m_scope;
    VertexCounts m_counts;
    DimensionGroups m_sets;
    std::vector<bool> m_isObserved;
    std::size_t m_count = 0;
    std::size_t m_left = 0; ///< units of the left hemisphere; they come first
};

} // namespace brainlike
