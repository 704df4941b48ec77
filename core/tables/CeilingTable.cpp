#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/tables/TableMakers.h"

#include <cmath>
#include <utility>

namespace brainlike {
namespace {

constexpr auto ceilingKind = RecordingKind::Fmri;

/// What the table's scores are of: it has no columns for them.
struct CeilingChoice {
    int model, step;
    std::vector<int> recordings; ///< with a noise ceiling
    std::vector<std::string> without;
};

bool isWanted(const TableScope& scope, const ScoredRecording& recording) {
    const auto& subject = scope.request().subject;
    return !subject || *subject == "mean" || *subject == "all" || *subject == recording.subject ||
           *subject == recording.id;
}

/// The last of the wanted checkpoints of the first of the wanted models, and the recordings with a ceiling.
CeilingChoice choiceOf(const TableScope& scope) {
    const int model = scope.models().front();
    CeilingChoice choice{.model = model, .step = scope.steps(model).back()};
    const auto& recordings = scope.scores().recordings(ceilingKind);
    for (int number = 0; number < static_cast<int>(recordings.size()); ++number) {
        const auto& recording = recordings[static_cast<std::size_t>(number)];
        if (!isWanted(scope, recording))
            continue;
        if (scope.scores().ceiling(ceilingKind, number))
            choice.recordings.push_back(number);
        else
            choice.without.push_back(recording.id);
    }
    if (choice.recordings.empty())
        throw NotFoundError({.what = "The scores hold no noise ceiling",
                             .file = scope.scores().path().string(),
                             .place = "/recordings/" + choice.without.front() + "/ceiling",
                             .expected = "the datasets ncsnr and ceiling of a recording whose images were repeated",
                             .found = std::to_string(choice.without.size()) + " fMRI recordings without them",
                             .advice = "give responses a row a presentation, with the image's id on each, and encode "
                                       "again; or ask for encoding, which needs no ceiling"});
    return choice;
}

/// Values of one recording, a value a dimension.
struct CeilingMaps {
    std::vector<double> ncsnr, ceiling, score;
};

CeilingMaps mapsOf(const TableScope& scope, const CeilingChoice& choice, int recording) {
    const auto& file = scope.scores();
    const auto found = file.ceiling(ceilingKind, recording).value();
    CeilingMaps maps{.ncsnr = {found.ncsnr.begin(), found.ncsnr.end()},
                     .ceiling = {found.ceiling.begin(), found.ceiling.end()},
                     .score = dimensionScores(file.layers(ceilingKind, choice.model, choice.step, recording),
                                              scope.layers(choice.model).front().options)};
    maps.ncsnr.resize(maps.ceiling.size(), undefined);
    for (std::size_t i = 0; i < maps.score.size(); ++i)
        if (std::isnan(maps.score[i]) || std::isnan(maps.ceiling[i]))
            maps.score[i] = maps.ceiling[i] = maps.ncsnr[i] = undefined; // the means below are over the same ones
    return maps;
}

void sendRecording(const TableScope& scope, TableSink& sink, const CeilingChoice& choice, int recording) {
    auto maps = mapsOf(scope, choice, recording);
    const auto& id = scope.scores().recordings(ceilingKind)[static_cast<std::size_t>(recording)].id;
    const bool isVertex = scope.level() == TableLevel::Vertex;
    if (!isVertex)
        for (auto* map : {&maps.ncsnr, &maps.ceiling, &maps.score})
            *map = encodingScores(*map, scope.sets().of(ceilingKind, scope.level()));
    for (std::size_t unit = 0; unit < maps.score.size(); ++unit)
        sink.add({id,
                  isVertex ? vertexId(scope.index().vertexCounts, static_cast<int>(unit))
                           : scope.sets().of(ceilingKind, scope.level()).ids[unit],
                  maps.ncsnr[unit], maps.ceiling[unit], maps.score[unit], maps.score[unit] / maps.ceiling[unit]});
}

Table ceilingHead(const TableScope& scope, const CeilingChoice& choice) {
    std::vector<TableColumn> columns{
        {"recording", "", "id of the recording"},
        commonColumn("id"),
        {"ncsnr", "", "signal-to-noise ratio of a single presentation, from repeated ones"},
        {"ceiling", "", "highest r that noise lets a perfect model reach; of a set, the mean over its vertices"},
        {"score", "", "the recording's own encoding score, r; over the vertices that have a ceiling too"},
        {"ratio", "", "score / ceiling, not clipped"}};
    Table head = scope.head(std::move(columns));
    head.options["model"] = scope.model(choice.model).id;
    head.options["step"] = scope.model(choice.model).steps[static_cast<std::size_t>(choice.step)];
    head.options["layer"] = scope.request().layer.value_or("best");
    head.options["subject"] = scope.request().subject.value_or("all");
    head.options["formula"] = "ceiling = sqrt(ncsnr^2 / (ncsnr^2 + 1/k)), 1/k averaged over images, k repeats averaged";
    head.options["recordings_without"] = choice.without;
    return head;
}

} // namespace

void sendCeiling(const TableScope& scope, TableSink& sink, JobContext& job) {
    const auto choice = choiceOf(scope);
    sink.begin(ceilingHead(scope, choice));
    for (const int recording : choice.recordings) {
        job.throwIfCancelled();
        sendRecording(scope, sink, choice, recording);
    }
    sink.end();
}

} // namespace brainlike
