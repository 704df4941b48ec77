#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/formats/Hdf5File.h"
#include "core/study/StudyData.h"
#include "core/study/StudyPaths.h"
#include "core/study/StudyRows.h"
#include "core/study/StudyRules.h"

#include <cmath>
#include <optional>
#include <system_error>

namespace brainlike {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<StudyProblem>;

/// What speaks against reading an array, in words; nothing if it is there. Keeps the last HDF5 file open, because the
/// layers of a checkpoint usually lie in one.
class ReferenceCheck {
public:
    [[nodiscard]] std::optional<std::string> operator()(const DataReference& reference) {
        std::error_code ignored;
        if (!fs::exists(reference.file, ignored))
            return "there is no file " + reference.file.string();
        if (fs::is_directory(reference.file, ignored))
            return reference.file.string() + " is a folder";
        const std::string extension = reference.file.extension().string();
        const bool isHdf5 = extension == ".h5" || extension == ".hdf5";
        if (reference.dataset.empty())
            return isHdf5 ? std::optional("name the dataset too, such as " + reference.file.filename().string() +
                                          ":/features")
                          : std::nullopt;
        return datasetProblem(reference);
    }

private:
    std::optional<std::string> datasetProblem(const DataReference& reference) {
        try {
            if (!m_file || m_file->path() != reference.file)
                m_file.emplace(Hdf5File::openRead(reference.file));
            if (m_file->isDataset(reference.dataset))
                return std::nullopt;
            return reference.file.string() + " has no dataset " + reference.dataset;
        } catch (const Error& error) {
            return error.details().what + ": " + reference.file.string();
        }
    }

    std::optional<Hdf5File> m_file;
};

void checkFeatures(const Study& study, ReferenceCheck& check, Problems& problems) {
    for (std::size_t m = 0; m < study.models.size(); ++m)
        for (std::size_t c = 0; c < study.models[m].checkpoints.size(); ++c) {
            const StudyCheckpoint& checkpoint = study.models[m].checkpoints[c];
            int wrong = 0;
            std::string first;
            for (const StudyLayer& layer : study.models[m].layers) {
                if (checkpoint.features.empty() || layer.name.empty())
                    continue;
                if (const auto problem = check(featuresOf(study, checkpoint, layer)); problem && ++wrong == 1)
                    first = *problem;
            }
            if (wrong > 0)
                problems.push_back({"/models/" + std::to_string(m) + "/checkpoints/" + std::to_string(c) + "/features",
                                    first + (wrong > 1 ? " (and so for " + std::to_string(wrong) + " of " +
                                                             counted(study.models[m].layers.size(), "layer") + ")"
                                                       : "")});
        }
}

/// True if the file is named and there.
bool checkFile(const Study& study, const std::string& name, const std::string& place, ReferenceCheck& check,
               Problems& problems) {
    if (name.empty())
        return false;
    const auto problem = check(dataReference(study, name));
    if (problem)
        problems.push_back({place, *problem});
    return !problem;
}

/// Runs a reader; its error becomes a problem.
template <typename Read>
auto readOrReport(const std::string& place, Problems& problems, Read read) -> std::optional<decltype(read())> {
    try {
        return read();
    } catch (const Error& error) {
        problems.push_back(problemFrom(place, error));
        return std::nullopt;
    }
}

bool equalTimes(const std::vector<double>& a, const std::vector<double>& b) {
    constexpr double tolerance = 1e-9; // s
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(std::abs(a[i] - b[i]) <= tolerance))
            return false;
    return true;
}

/// The first MEG recording's channels and times, which all others must share.
struct SharedAxes {
    std::optional<std::vector<std::string>> channels;
    std::optional<std::vector<double>> times;
};

void checkMegAxes(const Study& study, std::size_t index, bool hasChannels, bool hasTimes, SharedAxes& shared,
                  Problems& problems) {
    const StudyRecording& recording = study.recordings[index];
    const std::string place = "/recordings/" + std::to_string(index);
    const std::string advice = "; all MEG recordings of a study share them: bring them to what they have in common";
    if (hasChannels) {
        const auto table = readOrReport(place + "/channels", problems, [&] { return readChannels(study, recording); });
        if (table && !shared.channels)
            shared.channels = table->names;
        else if (table && table->names != *shared.channels)
            problems.push_back({place + "/channels", "other channels than the first MEG recording's (" +
                                                         std::to_string(table->names.size()) + ", expected " +
                                                         std::to_string(shared.channels->size()) + ")" + advice});
    }
    if (hasTimes) {
        const auto times = readOrReport(place + "/times", problems, [&] { return readTimes(study, recording); });
        if (times && !shared.times)
            shared.times = *times;
        else if (times && !equalTimes(*times, *shared.times))
            problems.push_back({place + "/times", "other times than the first MEG recording's (" +
                                                      std::to_string(times->size()) + ", expected " +
                                                      std::to_string(shared.times->size()) + ")" + advice});
    }
}

void checkRecordings(const Study& study, ReferenceCheck& check, Problems& problems) {
    SharedAxes shared;
    for (std::size_t i = 0; i < study.recordings.size(); ++i) {
        const StudyRecording& recording = study.recordings[i];
        const std::string place = "/recordings/" + std::to_string(i);
        checkFile(study, recording.responses, place + "/responses", check, problems);
        checkFile(study, recording.mask, place + "/mask", check, problems);
        if (checkFile(study, recording.images, place + "/images", check, problems) && !study.imageIds.empty())
            (void)readOrReport(place + "/images", problems, [&] { return joinRows(study, recording).size(); });
        const bool hasChannels = checkFile(study, recording.channels, place + "/channels", check, problems);
        const bool hasTimes = checkFile(study, recording.times, place + "/times", check, problems);
        if (recording.kind == RecordingKind::Meg)
            checkMegAxes(study, i, hasChannels, hasTimes, shared, problems);
    }
}

} // namespace

std::vector<StudyProblem> fileProblems(const Study& study) {
    Problems problems;
    ReferenceCheck check;
    checkFeatures(study, check, problems);
    checkRecordings(study, check, problems);
    return problems;
}

} // namespace brainlike
