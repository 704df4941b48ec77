#pragma once

#include "core/scores/EncodingScore.h"
#include "core/study/ScoreFile.h"
#include "core/tables/ScoreSets.h"
#include "core/tables/Table.h"
#include "core/tables/TableRequest.h"

#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// A subject's own scores, or the group's mean.
struct TableSubject {
    std::string name;             ///< "mean", or the subject
    std::optional<int> recording; ///< along axis 1; nothing: the group's mean
};

/// Which layer's R stands for a dimension.
struct TableLayer {
    std::string name; ///< a layer's, "best" or "mean"
    SetScoreOptions options;
};

/// A request with its names looked up in the scores: what a table is made of.
class TableScope {
public:
    /// @param kinds  what the table at this level is about; those that the scores hold are kept
    /// @throws NotFoundError for a model, step, subject or layer that is not there, naming what there is; for
    ///         recordings that the level needs and the scores do not hold
    TableScope(const ScoreFile& scores, const TableRequest& request, TableLevel level,
               const std::vector<RecordingKind>& kinds);

    [[nodiscard]] const ScoreFile& scores() const { return m_scores; }
    [[nodiscard]] const ScoreIndex& index() const { return m_scores.index(); }
    [[nodiscard]] const ScoreSets& sets() const { return m_sets; }
    [[nodiscard]] const TableRequest& request() const { return m_request; }
    [[nodiscard]] TableLevel level() const { return m_level; }

    /// Indices of the models that are wanted and have the step that is wanted.
    [[nodiscard]] const std::vector<int>& models() const { return m_models; }
    [[nodiscard]] const ScoredModel& model(int model) const {
        return index().models.at(static_cast<std::size_t>(model));
    }
    /// Indices of the steps that are wanted.
    [[nodiscard]] std::vector<int> steps(int model) const;
    /// Kinds that the level is about and the wanted subject was recorded with.
    [[nodiscard]] const std::vector<RecordingKind>& kinds() const { return m_kinds; }
    /// Who is wanted; the mean first.
    [[nodiscard]] std::vector<TableSubject> subjects(RecordingKind kind) const;
    /// The one subject of tables without a column for it.
    [[nodiscard]] TableSubject subject(RecordingKind kind) const { return subjects(kind).front(); }
    /// Which layers are wanted, best first.
    [[nodiscard]] std::vector<TableLayer> layers(int model) const;

    /// A table without rows: `what`, options that say all that was chosen, columns.
    [[nodiscard]] Table head(std::vector<TableColumn> columns) const;

private:
    [[nodiscard]] bool isThere(RecordingKind kind) const;
    void chooseModels();
    void chooseKinds(const std::vector<RecordingKind>& wanted);
    void checkLayer() const;
    [[nodiscard]] nlohmann::json setOptions() const;

    const ScoreFile& m_scores;
    TableRequest m_request;
    TableLevel m_level;
    ScoreSets m_sets;
    std::vector<int> m_models;
    std::vector<RecordingKind> m_kinds;
};

/// Units and words of the columns that several tables share: "model", "step", "id", "r", "n", "p", "ci_low", "ci_high"…
[[nodiscard]] TableColumn commonColumn(std::string_view name);
/// Several of them.
[[nodiscard]] std::vector<TableColumn> commonColumns(std::initializer_list<std::string_view> names);

} // namespace brainlike
