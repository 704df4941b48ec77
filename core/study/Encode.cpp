#include "core/study/Encode.h"

#include "core/base/AtomicFile.h"
#include "core/base/Counted.h"
#include "core/study/EncodeOperations.h"
#include "core/study/EncodeSchedule.h"
#include "core/study/EncodeWork.h"
#include "core/study/PartFile.h"
#include "core/study/PartSet.h"
#include "core/study/ProcessMemory.h"
#include "core/study/StudyIdentity.h"
#include "core/study/StudyIndex.h"
#include "core/study/StudyLocation.h"
#include "core/study/UnitRunner.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <map>
#include <utility>

namespace brainlike {
namespace {

constexpr double encodingShare = 0.95; ///< of the progress; merging is the rest

// For the progress alone: how many operations of products take the time of
constexpr double operationsOfReading = 400;     ///< reading a response and laying it out
constexpr double operationsOfDecomposition = 4; ///< one operation of an eigendecomposition

/// How long the parts of a step take, in units of an operation.
struct StepWork {
    double preparing = 0;
    double eachUnit = 0;
    double units = 0;

    [[nodiscard]] double all() const { return preparing + units * eachUnit; }
};

/// One run of encodeStudy.
class Encoding {
public:
    Encoding(const Study& study, const EncodeOptions& options, JobContext& job)
        : m_options(options), m_job(job), m_threads(options.threads > 0 ? options.threads : defaultThreads()),
          m_outline(outlineOf(study)), m_parts(m_outline, studyIdentity(study), partsFolderOf(options.out)),
          m_numbers(study), m_units(unitsOf(study, options.shard)), m_isDone(m_numbers.count(), true),
          m_held(residentBytes()) {}

    EncodeResult run();

private:
    /// Which of these units have a part that can be used; notes what is wrong with the others' parts, and what follows.
    [[nodiscard]] std::vector<char> validUnits(const std::vector<EncodeUnit>& units, const std::string& consequence);
    void checkParts();
    [[nodiscard]] EncodeLimits limits() const;
    void compute();
    [[nodiscard]] std::vector<StepWork> workOf(const EncodeSchedule& schedule,
                                               const std::vector<GroupWork>& work) const;
    [[nodiscard]] std::size_t missingCount();
    void merge();
    void noteWarnings(const Part& part);
    void announce(const EncodeUnit& unit) const {
        if (m_options.onUnit)
            m_options.onUnit(unit);
    }
    [[nodiscard]] std::size_t doneCount() const {
        return static_cast<std::size_t>(std::count_if(
            m_units.begin(), m_units.end(), [this](const EncodeUnit& unit) { return m_isDone[m_numbers.of(unit)]; }));
    }

    const EncodeOptions& m_options;
    JobContext& m_job;
    int m_threads;
    StudyOutline m_outline;
    PartSet m_parts;
    UnitNumbers m_numbers;
    std::vector<EncodeUnit> m_units;          ///< of the shard, in the order of work
    std::vector<bool> m_isDone;               ///< by number; units of other shards count as done
    double m_held;                            ///< bytes, before any work
    int m_readers = 1;                        ///< threads that read parts
    std::map<std::string, int> m_fitWarnings; ///< how many units each applies to
    EncodeResult m_result;
};

EncodeResult Encoding::run() {
    m_result.scores = m_options.out;
    m_result.unitCount = m_numbers.count();
    m_result.shareCount = m_units.size();
    requireNoInput(m_options.out, inputFilesOf(m_outline.study));
    if (!std::filesystem::exists(m_parts.paths().folder()) && m_parts.isMerged(m_options.out))
        return m_result;
    checkWritable(m_options.out);
    std::vector<bool> isThere(m_numbers.count(), true);
    for (const auto& unit : m_units)
        isThere[m_numbers.of(unit)] = m_parts.exists(unit);
    m_readers = scheduleEncoding(m_outline, remainingWork(m_outline, isThere), limits()).mergeThreads;
    {
        const auto lock = takeParts(m_parts.paths().folder(), {m_parts.identity(), m_outline.study.file},
                                    m_options.shard, m_options.clean ? OtherParts::Discard : OtherParts::Refuse, m_job);
        checkParts();
        compute();
        m_result.missingCount = missingCount();
        if (m_result.missingCount == 0)
            merge();
        if (m_options.clean && m_options.shard.isWhole())
            removeParts(m_parts.paths().folder());
    }
    return m_result;
}

std::vector<char> Encoding::validUnits(const std::vector<EncodeUnit>& units, const std::string& consequence) {
    std::vector<char> isValid(units.size());
    std::vector<std::string> problems(units.size());
    runWorkers(m_readers, units.size(), m_job, [&](std::size_t index, JobContext&) {
        if (!m_parts.exists(units[index]))
            return;
        problems[index] = m_parts.problemOf(units[index]);
        isValid[index] = problems[index].empty() ? 1 : 0;
    });
    for (std::size_t index = 0; index < units.size(); ++index)
        if (!problems[index].empty())
            m_result.damagedParts.push_back("The part of " + describe(m_outline.study, units[index]) + ' ' +
                                            consequence + ", " + problems[index]);
    return isValid;
}

void Encoding::checkParts() {
    const auto isValid = validUnits(m_units, "is computed again");
    for (std::size_t i = 0; i < m_units.size(); ++i) {
        m_isDone[m_numbers.of(m_units[i])] = isValid[i] != 0;
        if (isValid[i] != 0)
            announce(m_units[i]);
    }
}

EncodeLimits Encoding::limits() const {
    return {m_options.memory > 0 ? m_options.memory : defaultMemory(), m_held, m_threads};
}

void Encoding::compute() {
    const auto work = remainingWork(m_outline, m_isDone);
    const auto schedule = scheduleEncoding(m_outline, work, limits());
    const auto steps = workOf(schedule, work);
    double all = 0;
    for (const auto& step : steps)
        all += step.all();
    const auto units = static_cast<double>(m_units.size());
    const auto first = static_cast<double>(doneCount());
    double done = 0;
    const auto report = [&](double beyond, const std::string& text) {
        m_job.report(encodingShare * (first + (units - first) * (done + beyond) / all) / units, text);
    };
    std::size_t index = 0;
    JobContext quiet(m_job.stopToken()); // a report a unit, not one a step of a fit
    UnitRunner runner(m_outline, m_parts.paths(), m_parts.identity(), [&](const EncodeUnit& unit, const Part& part) {
        ++m_result.computedCount;
        noteWarnings(part);
        announce(unit);
        done += steps[index].eachUnit;
        report(0, describe(m_outline.study, unit));
    });
    for (; index < steps.size(); ++index) {
        const double preparing = steps[index].preparing;
        report(0, "Reading the responses");
        runner.run(schedule.steps[index], work, quiet, [&](double fraction) {
            report(fraction * preparing, "Preparing the responses");
            done += fraction < 1 ? 0 : preparing;
        });
    }
    for (std::size_t recording = 0; recording < m_outline.rows.size(); ++recording)
        if (const int count = m_outline.rows[recording].notFinite; count > 0)
            m_result.warnings.push_back("recording " + m_outline.study.recordings[recording].id + ": " +
                                        counted(count, "image") + " with responses that are not finite left out");
    for (const auto& [text, count] : m_fitWarnings)
        m_result.warnings.push_back(text + " (" + counted(count, "unit") + ")");
}

std::vector<StepWork> Encoding::workOf(const EncodeSchedule& schedule, const std::vector<GroupWork>& work) const {
    const auto weighted = [](const Operations& operations) {
        return operations.products + operationsOfDecomposition * operations.decompositions;
    };
    std::vector<StepWork> steps;
    for (const auto& step : schedule.steps) {
        const auto operations = operationsOf(m_outline, work, step);
        auto& own = steps.emplace_back();
        for (const auto& group : workOn(work, step.recordings))
            own.units += static_cast<double>(group.recordings.size());
        own.preparing = weighted(operations.preparing) + operationsOfReading * operations.values;
        own.eachUnit = weighted(operations.units) / own.units;
    }
    return steps;
}

void Encoding::noteWarnings(const Part& part) {
    for (const auto& warning : part.warnings)
        ++m_fitWarnings[warning];
}

std::size_t Encoding::missingCount() {
    if (m_options.shard.isWhole())
        return 0;
    std::vector<bool> isOwn(m_numbers.count());
    for (const auto& unit : m_units)
        isOwn[m_numbers.of(unit)] = true;
    std::vector<EncodeUnit> others;
    std::size_t missing = 0;
    for (const auto& unit : unitsOf(m_outline.study))
        if (!isOwn[m_numbers.of(unit)]) {
            others.push_back(unit);
            missing += m_parts.exists(unit) ? 0 : 1;
        }
    if (missing > 0)
        return missing;
    const auto isValid = validUnits(others, "cannot be used: run its shard again");
    return static_cast<std::size_t>(std::count(isValid.begin(), isValid.end(), 0));
}

void Encoding::merge() {
    JobContext merging(m_job.stopToken(), [this](const Progress& progress) {
        m_job.report(encodingShare + (1 - encodingShare) * progress.fraction, progress.text);
    });
    const auto turn = mergeLock(m_parts.paths().folder(), m_job);
    m_result.isWritten = m_parts.merge(m_options.out, m_readers, merging);
}

} // namespace

std::filesystem::path defaultScoresFile(const Study& study) {
    return study.file.parent_path() / "scores.h5";
}

EncodeResult encodeStudy(const Study& study, const EncodeOptions& options, JobContext& job) {
    return Encoding(study, options, job).run();
}

} // namespace brainlike
