#include "core/study/Merge.h"

#include "core/base/AtomicFile.h"
#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/study/EncodeSchedule.h"
#include "core/study/PartSet.h"
#include "core/study/ProcessMemory.h"
#include "core/study/Shard.h"
#include "core/study/StudyIdentity.h"
#include "core/study/StudyLocation.h"
#include "core/study/Workers.h"

#include <string>
#include <vector>

namespace brainlike {
namespace {

constexpr std::size_t shownUnits = 5;

std::filesystem::path outputOf(const MergeOptions& options) {
    if (!options.out.empty())
        return options.out;
    auto out = options.parts.has_filename() ? options.parts : options.parts.parent_path();
    out.replace_extension(".h5");
    return out;
}

Study studyOf(const MergeOptions& options, const PartOwner& owner) {
    const auto& file = options.study.empty() ? owner.study : options.study;
    std::error_code ignored;
    if (file.empty() || !std::filesystem::exists(file, ignored))
        throw NotFoundError({.what = "The study of the parts is not there",
                             .file = file.empty() ? options.parts : file,
                             .expected = "the study.json that they were computed for",
                             .advice = "name it with --study"});
    return readStudy(file);
}

std::vector<std::filesystem::path> inputsOf(const PartSet& parts) {
    const auto& study = parts.outline().study;
    auto files = inputFilesOf(study);
    files.push_back(parts.paths().manifest());
    for (const auto& unit : unitsOf(study))
        files.push_back(parts.paths().of(unit));
    return files;
}

/// Refuses what is not there, or damaged; names the first few.
void requireAll(const PartSet& parts, int threads, JobContext& job) {
    const auto& study = parts.outline().study;
    const auto units = unitsOf(study);
    std::vector<std::string> problems(units.size());
    runWorkers(threads, units.size(), job, [&](std::size_t index, JobContext&) {
        const auto& unit = units[index];
        if (!parts.exists(unit))
            problems[index] = describe(study, unit);
        else if (const auto problem = parts.problemOf(unit); !problem.empty())
            problems[index] = describe(study, unit) + " (damaged)";
    });
    std::string list;
    std::size_t count = 0;
    for (const auto& problem : problems)
        if (!problem.empty() && ++count <= shownUnits)
            list += "\n    " + problem;
    if (count > shownUnits)
        list += "\n    and " + std::to_string(count - shownUnits) + " more";
    if (count > 0)
        throw ValueError({.what = "Not all parts are there",
                          .file = parts.paths().folder(),
                          .expected = "the parts of all " + counted(units.size(), "unit"),
                          .found = std::to_string(count) + " missing or damaged:" + list,
                          .advice = "run `brainlike encode`, or the shards that are not finished, and merge again"});
}

} // namespace

MergeResult mergeParts(const MergeOptions& options, JobContext& job) {
    const auto owner = readOwner(options.parts);
    MergeResult result{.scores = outputOf(options)};
    const auto outline = outlineOf(studyOf(options, owner));
    checkWritable(result.scores);
    const auto reading = readersLock(options.parts);
    const PartSet parts(outline, studyIdentity(outline.study), options.parts);
    requireNoInput(result.scores, inputsOf(parts));
    requireSameIdentity(options.parts, owner.identity, parts.identity());
    result.unitCount = unitsOf(outline.study).size();
    const EncodeLimits limits{options.memory > 0 ? options.memory : defaultMemory(), residentBytes(),
                              options.threads > 0 ? options.threads : defaultThreads()};
    const int threads = scheduleEncoding(outline, {}, limits).mergeThreads;
    requireAll(parts, threads, job);
    const auto merging = mergeLock(options.parts, job);
    result.isWritten = parts.merge(result.scores, threads, job);
    return result;
}

} // namespace brainlike
