#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QString>
#include <QStringList>

namespace brainlike {

/// Which of the things that a comparison may replace differ between A and B.
struct ComparedFields {
    bool model = false, step = false, layer = false, recording = false;
    friend bool operator==(const ComparedFields&, const ComparedFields&) = default;
};

/// What A and B of a comparison are called.
struct ComparisonText {
    QString a, b;           ///< only what differs: "step 200,000", "untrained"; empty where there is no B
    QString noOther;        ///< why there is no B: "no checkpoint before untrained"; empty where there is one
    ComparedFields differs; ///< both the same: what they would differ in is named all the same
};

/// Names of A (the selection) and B (`otherSide`), whether or not panels compare them now.
/// @param index  of the scores that are shown
[[nodiscard]] ComparisonText comparisonText(const Selection& selection, const ScoreIndex& index);

/// A title's parts of A and B as one: what both share once, what differs as "A: step 200,000 | B: untrained".
[[nodiscard]] QStringList comparedTitle(const QStringList& a, const QStringList& b);

} // namespace brainlike
