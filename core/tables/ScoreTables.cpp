#include "core/tables/ScoreTables.h"

#include "core/base/Error.h"
#include "core/tables/TableMakers.h"

#include <algorithm>

namespace brainlike {
namespace {

using Level = TableLevel;
constexpr auto fmri = RecordingKind::Fmri;
constexpr auto meg = RecordingKind::Meg;

template <typename Items, typename NameOf>
std::string listOf(const Items& items, NameOf name) {
    std::string text;
    for (const auto& item : items)
        text += (text.empty() ? "" : ", ") + std::string(name(item));
    return text;
}

const ScoreTable& tableOf(const TableRequest& request) {
    const auto& tables = scoreTables();
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const auto& table) { return table.what == request.what; });
    if (found == tables.end())
        throw UsageError({.what = "There is no table of this name",
                          .expected = "one of " + listOf(tables, [](const auto& table) { return table.what; }),
                          .found = request.what});
    return *found;
}

TableLevel levelOf(const ScoreTable& table, const TableRequest& request) {
    const auto& levels = table.levels;
    if (request.level.empty())
        return levels.empty() ? Level::None : levels.front();
    const auto found =
        std::find_if(levels.begin(), levels.end(), [&](auto level) { return nameOf(level) == request.level; });
    if (found == levels.end())
        throw UsageError({.what = "The table " + request.what + " has no such level",
                          .expected = levels.empty()
                                          ? "no level"
                                          : "one of " + listOf(levels, [](TableLevel level) { return nameOf(level); }),
                          .found = request.level});
    return *found;
}

std::vector<RecordingKind> kindsOf(const ScoreTable& table, TableLevel level) {
    if (level == Level::Window)
        return {meg};
    return level == Level::Roi || level == Level::Area || level == Level::Vertex ? std::vector{fmri} : table.kinds;
}

void refuse(const TableRequest& request, const char* option, const char* advice) {
    throw UsageError({.what = "The table " + request.what + " does not take this", .place = option, .advice = advice});
}

void checkChoice(const TableRequest& request, const char* option, const std::optional<std::string>& value,
                 TableChoice takes) {
    if (value && takes == TableChoice::No)
        refuse(request, option, "leave it out");
    if (value && takes == TableChoice::One && *value == "all")
        refuse(request, option, "its rows do not say which one they are of: ask for one at a time");
}

} // namespace

const std::vector<ScoreTable>& scoreTables() {
    static const std::vector<ScoreTable> tables{
        {.what = "encoding",
         .levels = {Level::Model, Level::Roi, Level::Area, Level::Vertex, Level::Window},
         .kinds = {fmri, meg},
         .takesStep = true,
         .subject = TableChoice::All,
         .layer = TableChoice::All,
         .check = checkNormalisation,
         .send = sendEncoding},
        {.what = "best-layer",
         .levels = {Level::Area, Level::Roi, Level::Vertex},
         .kinds = {fmri},
         .takesStep = true,
         .subject = TableChoice::All,
         .send = sendBestLayer},
        {.what = "spatial",
         .levels = {Level::Area, Level::Vertex, Level::Roi},
         .kinds = {fmri},
         .takesStep = true,
         .subject = TableChoice::One,
         .send = sendSpatial},
        {.what = "temporal",
         .levels = {Level::Model, Level::Layer},
         .kinds = {meg},
         .takesStep = true,
         .subject = TableChoice::One,
         .send = sendTemporal},
        {.what = "half-time",
         .levels = {Level::Model, Level::Roi, Level::Area, Level::Vertex, Level::Window},
         .kinds = {fmri, meg},
         .subject = TableChoice::One,
         .layer = TableChoice::One,
         .send = sendHalfTime},
        {.what = "log-fit",
         .levels = {Level::Model, Level::Roi, Level::Area, Level::Window},
         .kinds = {fmri, meg},
         .subject = TableChoice::One,
         .layer = TableChoice::One,
         .send = sendLogFit},
        {.what = "ceiling",
         .levels = {Level::Roi, Level::Area, Level::Vertex},
         .kinds = {fmri},
         .takesStep = true,
         .subject = TableChoice::All,
         .layer = TableChoice::One,
         .send = sendCeiling},
        {.what = "compare",
         .levels = {},
         .kinds = {fmri, meg},
         .takesStep = true,
         .subject = TableChoice::One,
         .layer = TableChoice::One,
         .check = checkComparison,
         .send = sendCompare},
        {.what = "model-factors", .levels = {}, .kinds = {fmri, meg}, .takesStep = true, .send = sendModelFactors},
        {.what = "property",
         .levels = {Level::Area, Level::Roi, Level::Vertex},
         .kinds = {fmri},
         .takesStep = true,
         .subject = TableChoice::One,
         .layer = TableChoice::One,
         .check = checkProperty,
         .send = sendProperty},
    };
    return tables;
}

void checkRequest(const TableRequest& request) {
    const auto& table = tableOf(request);
    (void)levelOf(table, request);
    if (!table.takesStep && (request.step || request.onlyLastStep))
        refuse(request, "--step", "it is over all checkpoints of a model: leave it out");
    checkChoice(request, "--subject", request.subject, table.subject);
    checkChoice(request, "--layer", request.layer, table.layer);
    if (table.check != nullptr)
        table.check(request);
}

void sendScoreTable(const ScoreFile& scores, const TableRequest& request, TableSink& sink, JobContext& job) {
    checkRequest(request);
    const auto& table = tableOf(request);
    const auto level = levelOf(table, request);
    table.send(TableScope(scores, request, level, kindsOf(table, level)), sink, job);
}

Table scoreTable(const ScoreFile& scores, const TableRequest& request) {
    TableCollector collector;
    JobContext job;
    sendScoreTable(scores, request, collector, job);
    return std::move(collector.table());
}

} // namespace brainlike
