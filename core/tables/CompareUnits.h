#pragma once

#include "core/base/JobContext.h"
#include "core/stats/Wilcoxon.h"
#include "core/tables/TableScope.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

// What comparisons are made of: the same for the table and for the panel.

namespace brainlike {

/// The score that a unit is compared by, unless the request names one: MEG's for windows and without fMRI.
[[nodiscard]] CurveMetric comparedMetric(const TableScope& scope, CompareUnit unit);

/// Names of the units: subjects, ROIs over both hemispheres, areas, vertices or windows.
[[nodiscard]] std::vector<std::string> unitIds(const TableScope& scope, CompareUnit unit);

/// One value a unit at a checkpoint, by the scope's layer, of its subject (of subjects: all of them).
/// @throws NotFoundError for recordings or a template that the unit needs
[[nodiscard]] std::vector<double> unitValues(const TableScope& scope, CompareUnit unit, int model, int step);

/// A Wilcoxon test of pairs, with the mean of a − b over the units that have both.
struct PairedTest : WilcoxonTest {
    double meanDifference = std::numeric_limits<double>::quiet_NaN();
};
/// @throws ShapeError if the sizes differ
[[nodiscard]] PairedTest pairedTest(std::span<const double> a, std::span<const double> b);

/// One of two things that are compared.
struct CompareSide {
    int model = 0, step = 0;                   ///< indices
    std::optional<std::string> layer, subject; ///< as in a request
};

/// What is behind one of the units.
struct ComparedUnit {
    std::vector<std::string> areas;                           ///< that it is made of, as ScoreSets::areasOf
    std::vector<int> members;                                 ///< flat indices of vertices
    std::optional<VertexId> centre;                           ///< vertex in the middle of it
    double middle = std::numeric_limits<double>::quiet_NaN(); ///< of a window, s
};

/// A against B at one unit.
struct SideComparison {
    CompareUnit unit = CompareUnit::Subjects;
    CurveMetric metric = CurveMetric::EncodingFmri;
    std::vector<std::string> ids;    ///< a unit each
    std::vector<ComparedUnit> units; ///< one each; of subjects empty ones
    std::vector<double> a, b;
    PairedTest test;
    std::string missing; ///< why there is no comparison at this unit; empty: there is one
};

/// Compares two sides at each of some units: the numbers of the table `compare` for what that can compare.
/// @param sets    whose areas, ROIs and windows the units are
/// @param metric  nothing: the encoding score that each unit has
/// @throws what reading the scores throws; CancelledError
[[nodiscard]] std::vector<SideComparison> compareSides(const ScoreFile& scores, std::span<const CompareUnit> units,
                                                       const CompareSide& a, const CompareSide& b,
                                                       const SetChoice& sets, std::optional<CurveMetric> metric,
                                                       const JobContext& job);

} // namespace brainlike
