#include "core/study/Encode.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/study/PartScores.h"
#include "core/study/PartStore.h"
#include "core/study/ScoreWriter.h"
#include "core/study/StudyIdentity.h"
#include "core/study/StudyIndex.h"
#include "core/study/UnitRunner.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

namespace brainlike {
namespace {

constexpr double encodingShare = 0.95; ///< of the progress; merging is the rest

std::vector<EncodeUnit> unitsOf(const Study& study) {
    std::vector<EncodeUnit> units;
    for (const auto& group : workOrder(study))
        for (int recording = 0; recording < static_cast<int>(study.recordings.size()); ++recording)
            units.push_back({group.model, group.checkpoint, group.layer, recording});
    return units;
}

/// One run of encodeStudy.
class Encoding {
public:
    Encoding(const Study& study, const EncodeOptions& options, JobContext& job)
        : m_options(options), m_job(job), m_threads(options.threads > 0 ? options.threads : defaultThreads()),
          m_identity(studyIdentity(study)), m_outline(outlineOf(study)), m_paths(partsFolderOf(options.out), study),
          m_numbers(study), m_units(unitsOf(study)), m_isDone(m_numbers.count()) {}

    EncodeResult run();

private:
    void checkParts();
    [[nodiscard]] bool isValid(const EncodeUnit& unit);
    void compute();
    void merge();
    [[nodiscard]] std::string partsChecksum() const;
    void noteWarnings(const Part& part);
    void announce(const EncodeUnit& unit) const {
        if (m_options.onUnit)
            m_options.onUnit(unit);
    }
    [[nodiscard]] std::size_t doneCount() const {
        return static_cast<std::size_t>(std::count(m_isDone.begin(), m_isDone.end(), true));
    }

    const EncodeOptions& m_options;
    JobContext& m_job;
    int m_threads;
    nlohmann::json m_identity;
    StudyOutline m_outline;
    PartPaths m_paths;
    UnitNumbers m_numbers;
    std::vector<EncodeUnit> m_units; ///< in the order of work
    std::vector<bool> m_isDone;
    std::mutex m_mutex;                       ///< of the damaged parts while parts are checked
    std::map<std::string, int> m_fitWarnings; ///< how many units each applies to
    EncodeResult m_result;
};

EncodeResult Encoding::run() {
    m_result.scores = m_options.out;
    m_result.unitCount = m_units.size();
    const ScoreStamp stamp{checksumText(m_identity.dump()), ""};
    if (!std::filesystem::exists(m_paths.folder()) && isCurrent(m_options.out, m_outline.study, stamp))
        return m_result;
    checkWritable(m_options.out);
    {
        const auto lock = lockParts(m_paths.folder());
        adoptParts(m_paths.folder(), m_identity, m_options.clean);
        checkParts();
        compute();
        merge();
        if (m_options.clean)
            removeParts(m_paths.folder());
    }
    return m_result;
}

bool Encoding::isValid(const EncodeUnit& unit) {
    const auto file = m_paths.of(unit);
    if (!std::filesystem::exists(file))
        return false;
    std::string problem;
    try {
        const Part part = readPart(file);
        const int dimensions = m_outline.shapes[static_cast<std::size_t>(unit.recording)].dimensions;
        if (part.fingerprint != unitFingerprint(m_outline.study, m_identity, unit))
            problem = "it belongs to another study or other options: " + file.string();
        else if (part.scores.size() != static_cast<std::size_t>(dimensions))
            problem = "it has " + std::to_string(part.scores.size()) + " scores instead of " +
                      std::to_string(dimensions) + ": " + file.string();
        else
            return true;
    } catch (const FormatError& error) {
        problem = error.what();
    }
    const std::scoped_lock lock(m_mutex);
    m_result.damagedParts.push_back("The part of " + describe(m_outline.study, unit) + " is computed again, " +
                                    problem);
    return false;
}

void Encoding::checkParts() {
    std::vector<char> isDone(m_units.size());
    runWorkers(m_threads, m_units.size(), m_job,
               [&](std::size_t index, JobContext&) { isDone[index] = isValid(m_units[index]) ? 1 : 0; });
    std::sort(m_result.damagedParts.begin(), m_result.damagedParts.end());
    for (std::size_t i = 0; i < m_units.size(); ++i) {
        m_isDone[m_numbers.of(m_units[i])] = isDone[i] != 0;
        if (isDone[i] != 0)
            announce(m_units[i]);
    }
}

void Encoding::compute() {
    std::size_t done = doneCount();
    const auto report = [&](const std::string& text) {
        m_job.report(encodingShare * static_cast<double>(done) / static_cast<double>(m_units.size()), text);
    };
    if (done < m_units.size())
        report("Reading the responses");
    UnitRunner runner(m_outline, m_paths, m_identity, m_isDone);
    runner.run(m_threads, m_job, [&](const EncodeUnit& unit, const Part& part) {
        ++done;
        ++m_result.computedCount;
        noteWarnings(part);
        announce(unit);
        report(describe(m_outline.study, unit));
    });
    for (const auto& [text, count] : m_fitWarnings)
        m_result.warnings.push_back(text + " (" + std::to_string(count) + (count == 1 ? " unit)" : " units)"));
}

void Encoding::noteWarnings(const Part& part) {
    for (const auto& warning : part.warnings)
        ++m_fitWarnings[warning];
}

std::string Encoding::partsChecksum() const {
    std::string checksums;
    for (const auto& unit : m_units)
        checksums += std::to_string(readPartChecksum(m_paths.of(unit))) + '\n';
    return checksumText(checksums);
}

void Encoding::merge() {
    const ScoreStamp stamp{checksumText(m_identity.dump()), partsChecksum()};
    if (isCurrent(m_options.out, m_outline.study, stamp))
        return;
    const auto read = [this](const EncodeUnit& unit) {
        return readUnitScores(m_paths.of(unit), m_outline.shapes[static_cast<std::size_t>(unit.recording)].dimensions);
    };
    JobContext merging(m_job.stopToken(), [this](const Progress& progress) {
        m_job.report(encodingShare + (1 - encodingShare) * progress.fraction, progress.text);
    });
    writeScores(m_outline, stamp, read, m_options.out, m_threads, merging);
    m_result.isWritten = true;
}

} // namespace

std::filesystem::path defaultScoresFile(const Study& study) {
    return study.file.parent_path() / "scores.h5";
}

EncodeResult encodeStudy(const Study& study, const EncodeOptions& options, JobContext& job) {
    return Encoding(study, options, job).run();
}

} // namespace brainlike
