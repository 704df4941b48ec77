#pragma once

#include "core/properties/PropertySources.h"
#include "core/stats/SpinMethod.h"
#include "core/stats/SpinRotations.h"
#include "core/tables/CurveMetric.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// What R is divided by its maximum over (METHODS 6 "Normalised R̃"); everything else stays as in the row.
enum class NormalisedAxis {
    Layers,     ///< the layers of the model
    Times,      ///< the sampled times, of all channels: MEG alone
    Checkpoints ///< all checkpoints of the model
};

/// What a comparison's pairs are: the unit of analysis (METHODS 7).
enum class CompareUnit { Subjects, Rois, Areas, Vertices, Windows };

/// What is compared with each other.
enum class CompareBetween {
    Models,     ///< each pair of models, at one step
    Steps,      ///< each checkpoint of a model with one of it
    ImageTypes, ///< each pair of image types, averaged over the models whose sizes both have, at one step
    Sizes       ///< each pair of numbers of parameters, averaged over the models whose image types both have
};

/// What the table `compare` takes beside the common choices.
struct CompareChoice {
    std::vector<std::string> models; ///< two or more to be compared; one: with each other one; none: all
    CompareUnit unit = CompareUnit::Subjects;
    CompareBetween between = CompareBetween::Models;
    std::optional<CurveMetric> metric; ///< nothing: the encoding score of what was recorded, fMRI first
};

/// The quantity that is correlated with a property.
enum class PropertyMapKind { HalfTime, Score, BestLayer };

/// What the table `property` takes beside the common choices. The seed is the request's.
struct PropertyChoice {
    PropertyRequest request;
    std::vector<PropertyMapKind> maps;       ///< none: the half-time
    int spins = SpinRotations::defaultCount; ///< 0: no spin test
    std::optional<SpinMethod> method;        ///< nothing: alexander-bloch for vertices, vasa for areas and ROIs
    int threads = 0;                         ///< 0: one a processor
};

[[nodiscard]] std::string_view nameOf(NormalisedAxis axis);    ///< "layers", "times", "checkpoints"
[[nodiscard]] std::string_view nameOf(CompareUnit unit);       ///< "subjects", "rois", …
[[nodiscard]] std::string_view nameOf(CompareBetween between); ///< "models", "steps", "image-types", "sizes"
[[nodiscard]] std::string_view nameOf(PropertyMapKind map);    ///< "half-time", "score", "best-layer"

// By their names. @throws UsageError listing them
[[nodiscard]] NormalisedAxis normalisedAxisNamed(std::string_view name);
[[nodiscard]] CompareUnit compareUnitNamed(std::string_view name);
[[nodiscard]] CompareBetween compareBetweenNamed(std::string_view name);
[[nodiscard]] CurveMetric curveMetricNamed(std::string_view name);
[[nodiscard]] PropertyMapKind propertyMapNamed(std::string_view name);

struct TableRequest;

/// Checks what can be told of the request without the scores: units that a score does not have, a step for what has
/// none, a method that does not fit the level, published means at the level vertex.
/// @throws UsageError
void checkNormalisation(const TableRequest& request);
void checkComparison(const TableRequest& request);
void checkProperty(const TableRequest& request);

} // namespace brainlike
