#pragma once

#include "core/study/Study.h"

#include <cstddef>
#include <string>
#include <vector>

namespace brainlike {

/// The smallest piece of work that is kept: one recording predicted from one layer of one checkpoint. Indices into the
/// study's lists (`recording`: all kinds together).
struct EncodeUnit {
    int model = 0;
    int checkpoint = 0;
    int layer = 0;
    int recording = 0;
    friend bool operator==(const EncodeUnit&, const EncodeUnit&) = default;
};

/// All recordings of one layer of one checkpoint: they share the features.
struct UnitGroup {
    int model = 0;
    int checkpoint = 0;
    int layer = 0;
};

/// Numbers a study's units from 0 without gaps.
class UnitNumbers {
public:
    explicit UnitNumbers(const Study& study);
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::size_t of(const EncodeUnit& unit) const;

private:
    struct Model {
        std::size_t first = 0;
        std::size_t layers = 0;
    };
    std::vector<Model> m_models;
    std::size_t m_recordings = 0;
    std::size_t m_count = 0;
};

/// Every group of a study in the order of work: the last checkpoint of each model first, then the others so that the
/// training axis fills evenly (first, middle, quarters, …), a checkpoint's layers together.
[[nodiscard]] std::vector<UnitGroup> workOrder(const Study& study);

/// Checkpoints in that order: last, first, middle, quarters, …
[[nodiscard]] std::vector<int> checkpointOrder(int count);

/// "model human, step 10000, layer block03, recording s1-fmri".
[[nodiscard]] std::string describe(const Study& study, const EncodeUnit& unit);

/// File name of the unit's part: ids with every character but letters, digits, "-" and "_" written as %XX, joined by
/// dots, ".part".
[[nodiscard]] std::string partName(const Study& study, const EncodeUnit& unit);

/// Indices of the study's recordings of one kind, in the study's order: axis 1 of the score arrays.
[[nodiscard]] std::vector<int> recordingsOf(const Study& study, RecordingKind kind);

} // namespace brainlike
