#pragma once

#include <cstdint>
#include <string>

namespace brainlike {

/// Which quantity a map shows.
enum class MapKind {
    Score,
    BestLayer,
    Imported,   ///< a map of a file, by its name
    HalfTime,   ///< of each vertex's score over training
    Difference, ///< of two scores
    TValue,     ///< of the group's scores against zero
    QValue,     ///< its Benjamini–Hochberg q, as −log10 q
    Property    ///< a property of the cortex, by its name
};

/// Whether a map is worked out from a model's scores, so that it has a model, layer, subject and another side.
[[nodiscard]] constexpr bool isOfScores(MapKind kind) {
    return kind != MapKind::Imported && kind != MapKind::Property;
}
/// Whether areas can be averaged in it.
[[nodiscard]] constexpr bool hasAreaMeans(MapKind kind) {
    return kind == MapKind::Score || kind == MapKind::Difference;
}

/// What the group's q values do to a map.
enum class Significance {
    Ignore,
    Hide, ///< vertices with q of 0.01 or more are not coloured
    Fade  ///< colours grow opaque from q = 1 to q = 0.01, with −log10 q
};

/// What a map of differences is taken from.
enum class DifferenceBase {
    FirstStep,    ///< the model's first checkpoint
    PreviousStep, ///< the checkpoint before the one selected
    Model,        ///< another model, at its checkpoint nearest in log step
    Layer,        ///< another layer of the same model
    Step,         ///< a checkpoint of the model, by its step
    Subject,      ///< another subject's fMRI recording, or the mean of all beside one
    ImageType,    ///< the model of other images with as many parameters
    Size          ///< the model of the same images with another number of parameters
};

/// B of A − B.
struct Difference {
    DifferenceBase base = DifferenceBase::FirstStep;
    /// Id of the model, layer or recording ("mean": of all); an image type; a number of parameters. Empty: the first
    /// other one.
    std::string name;
    std::int64_t step = 0; ///< of DifferenceBase::Step
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// "score", "best-layer", "half-time", "difference", "t", "q", "property", "imported".
[[nodiscard]] const char* nameOf(MapKind kind);
/// @throws FormatError listing the names
[[nodiscard]] MapKind mapKindFrom(const std::string& name);

} // namespace brainlike
