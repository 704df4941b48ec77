#pragma once

#include "core/scores/DimensionGroups.h"
#include "core/study/AreaDistances.h"
#include "core/study/ScoreFile.h"
#include "core/tables/SetChoice.h"
#include "core/tables/TableRequest.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// The sets of dimensions that scores are averaged over, and distances to V1: what the study defines unless others are
/// chosen, on the template the scores were made on. Each is read when first asked for.
class ScoreSets {
public:
    explicit ScoreSets(const ScoreFile& scores, SetChoice choice = {})
        : m_scores(scores), m_choice(std::move(choice)) {}

    /// Sets of a level: one of all dimensions ("all"), areas ("lh:V1"), ROIs ("V1", then "lh:V1", "rh:V1") or windows.
    /// @throws NotFoundError where template, parcellation or an area of an ROI is missing; ShapeError if the template
    ///         does not fit the scores
    [[nodiscard]] const DimensionGroups& of(RecordingKind kind, TableLevel level) const;

    /// Areas and their d*. @throws as `of`; NotFoundError without pial surfaces or V1
    [[nodiscard]] const AreaDistances& areas() const;
    /// ROIs of each hemisphere ("lh:V1") and their d*. @throws as areas
    [[nodiscard]] const AreaDistances& hemisphereRois() const;
    /// d* of every vertex, left then right, mm. @throws as areas
    [[nodiscard]] const std::vector<double>& vertexDistances() const;

    /// The member of a set of vertices that is nearest to the middle of it on the sphere (else the pial surface); of a
    /// set in both hemispheres that of the left part. @throws NotFoundError if the template has neither
    [[nodiscard]] VertexId centreOf(const std::vector<int>& members) const;

    /// Areas that a unit of a level is made of, without hemisphere: an area itself, those of a ROI that is defined by
    /// areas; else none.
    [[nodiscard]] std::vector<std::string> areasOf(TableLevel level, const std::string& id) const;

    /// The definitions that the study gives, else METHODS 2's; of areas of the template's own parcellation.
    [[nodiscard]] const std::vector<RoiDefinition>& roiDefinitions() const { return definitions().rois; }
    /// The windows that are chosen, else as the study gives them.
    [[nodiscard]] const std::vector<TimeWindow>& windowDefinitions() const {
        return m_choice.windows ? *m_choice.windows : definitions().windows;
    }
    /// ROIs of the default set that the parcellation has no areas of; they are left out.
    [[nodiscard]] const std::vector<std::string>& roisLeftOut() const;
    /// Whose areas the level area has: the one that is chosen, else the template's own.
    [[nodiscard]] const Parcellation& parcellation() const;
    /// The template's own, which has V1 and the areas that ROIs are defined by.
    [[nodiscard]] const Parcellation& ownParcellation() const;
    [[nodiscard]] const Template& brain() const;

private:
    struct Rois {
        DimensionGroups both, sides;
        std::vector<std::string> leftOut;
    };

    [[nodiscard]] const Study& definitions() const;
    [[nodiscard]] std::array<Mesh, 2> pial() const;
    [[nodiscard]] const Rois& rois() const;
    [[nodiscard]] Rois definedRois() const;
    [[nodiscard]] Rois chosenRois() const;
    [[nodiscard]] DimensionGroups wholeOf(RecordingKind kind) const;
    [[nodiscard]] DimensionGroups windows() const;

    const ScoreFile& m_scores;
    SetChoice m_choice;
    mutable std::optional<Study> m_definitions;
    mutable std::optional<Template> m_brain;
    mutable std::optional<Parcellation> m_ownParcellation;
    mutable std::shared_ptr<const Parcellation> m_parcellation; ///< the chosen one
    mutable std::array<std::optional<DimensionGroups>, 2> m_whole;
    mutable std::optional<DimensionGroups> m_windows, m_areaSets;
    mutable std::optional<Rois> m_rois;
    mutable std::optional<AreaDistances> m_areas, m_hemisphereRois;
    mutable std::optional<std::vector<double>> m_vertexDistances;
    mutable std::array<std::optional<Mesh>, 2> m_spheres;
};

/// A set a sampled time: all MEG channels.
[[nodiscard]] DimensionGroups timeGroups(const ScoreIndex& index);

/// "lh:123" of a flat index.
[[nodiscard]] std::string vertexId(VertexCounts counts, int flat);

} // namespace brainlike
