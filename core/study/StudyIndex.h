#pragma once

#include "core/study/ScoreSource.h"
#include "core/study/Study.h"
#include "core/study/StudyData.h"
#include "core/study/StudyRows.h"
#include "core/templates/Template.h"

#include <optional>
#include <vector>

namespace brainlike {

/// A study with what its files say about themselves: checked, small, shared by everything that works on its scores.
struct StudyOutline {
    Study study;
    ScoreIndex index;
    std::optional<Template> brain;      ///< with fMRI
    std::vector<RecordingShape> shapes; ///< a recording, in the study's order
    std::vector<JoinedRows> rows;       ///< likewise: images shared with the features
    std::vector<int> fmri, meg;         ///< recordings of each kind, in the study's order

    [[nodiscard]] const std::vector<int>& recordings(RecordingKind kind) const {
        return kind == RecordingKind::Fmri ? fmri : meg;
    }
    /// Values a recording of that kind has: vertices, or channels × times.
    [[nodiscard]] int dimensions(RecordingKind kind) const;
    /// Images behind the first recording of that kind.
    [[nodiscard]] int imageCount(RecordingKind kind) const;
    [[nodiscard]] int timeCount() const { return static_cast<int>(index.times.size()); }
};

/// Reads the headers of the recordings, the first MEG recording's channels and times, and the image ids, and finds the
/// template.
///
/// @param study  as readStudy gives it: its recordings of a kind have been checked against each other
/// @throws NotFoundError (template with all places searched, files), FormatError, ShapeError where responses do not fit
///         the template, the channels or the times
[[nodiscard]] StudyOutline outlineOf(const Study& study);

} // namespace brainlike
