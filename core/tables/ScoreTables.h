#pragma once

#include "core/base/JobContext.h"
#include "core/study/ScoreFile.h"
#include "core/tables/TableRequest.h"
#include "core/tables/TableScope.h"
#include "core/tables/TableSink.h"

#include <string_view>
#include <vector>

namespace brainlike {

/// Whether a table takes one of the request's choices, and which of its forms.
enum class TableChoice {
    No,
    One, ///< one subject or layer
    All  ///< one or all of them: the table has a column for it
};

/// One table that can be made of scores (CONTRACT "Tables").
struct ScoreTable {
    std::string_view what;
    std::vector<TableLevel> levels;   ///< the default first; none: the table has no levels
    std::vector<RecordingKind> kinds; ///< at the levels model, layer and none; the others have one of their own
    bool takesStep = false;
    TableChoice subject = TableChoice::No;
    TableChoice layer = TableChoice::No;
    /// Checks what else can be told of a request without the scores; throws UsageError.
    void (*check)(const TableRequest&) = nullptr;
    /// Sends head, rows and end.
    void (*send)(const TableScope&, TableSink&, JobContext&) = nullptr;
};

/// All of them, in the order of CONTRACT. A new table is a new entry.
[[nodiscard]] const std::vector<ScoreTable>& scoreTables();

/// Checks what can be told without the scores: table, level, and choices the table does not take.
/// @throws UsageError naming what there is
void checkRequest(const TableRequest& request);

/// Makes a table and sends it row by row.
///
/// @throws UsageError as checkRequest; NotFoundError for a model, step, subject or layer that the scores do not have
///         (naming what there is), recordings or a template that the level needs; FormatError, FileError,
///         CancelledError
void sendScoreTable(const ScoreFile& scores, const TableRequest& request, TableSink& sink, JobContext& job);

/// The same as a value, for small tables and figures.
[[nodiscard]] Table scoreTable(const ScoreFile& scores, const TableRequest& request);

} // namespace brainlike
