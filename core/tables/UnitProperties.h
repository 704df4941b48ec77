#pragma once

#include "core/properties/Property.h"
#include "core/stats/SpinMethod.h"
#include "core/tables/PropertyUnits.h"

#include <array>
#include <string>
#include <vector>

namespace brainlike {

/// Left and right hemisphere.
using Sides = std::array<bool, 2>;

/// One property as the units see it.
struct UnitProperty {
    std::string name;
    Sides sides{};              ///< hemispheres it is known in
    std::vector<double> values; ///< a unit
};

/// The properties that a request names, on the vertices of the scores' template.
/// @throws as readProperties; ValueError for a property of areas at the level vertex
[[nodiscard]] std::vector<Property> propertiesOf(const TableScope& scope);

/// The same, a value a unit.
[[nodiscard]] std::vector<UnitProperty> unitProperties(const TableScope& scope, const PropertyUnits& units,
                                                       const std::vector<Property>& properties);

/// The request's, or the level's own.
[[nodiscard]] SpinMethod spinMethodOf(const TableScope& scope);

} // namespace brainlike
