#include "app/window/FileOpener.h"

#include "core/base/Error.h"
#include "core/maps/MapSource.h"
#include "core/maps/MapsBeside.h"
#include "core/roi/RoiFiles.h"
#include "core/session/RegionEdit.h"
#include "core/session/StackEdit.h"
#include "core/study/ScoreFile.h"

#include <array>
#include <fstream>

namespace brainlike {
namespace {

/// More maps of a file than these would only hide each other.
constexpr std::size_t mostStacked = 3;

constexpr std::array<char, 8> hdf5Signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};

bool startsLikeHdf5(std::ifstream& stream) {
    std::array<char, 8> bytes{};
    stream.read(bytes.data(), bytes.size());
    return stream.gcount() == static_cast<std::streamsize>(bytes.size()) && bytes == hdf5Signature;
}

bool startsLikeJson(std::ifstream& stream) {
    stream.clear();
    stream.seekg(0);
    char first = 0;
    return static_cast<bool>(stream >> std::ws >> first) && first == '{';
}

enum class OpenKind { Hdf5, StudyJson, Regions, Marked, Map };

OpenKind kindOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw NotFoundError(
            {.what = "The file cannot be opened",
             .file = path,
             .advice = "name a study.json, a folder that holds one, a scores.h5, maps and surfaces, or regions"});
    if (startsLikeHdf5(stream))
        return OpenKind::Hdf5;
    const bool isJson = startsLikeJson(stream);
    switch (roiFileKind(path)) {
    case RoiFileKind::Set:
        return OpenKind::Regions;
    case RoiFileKind::Marked:
        return OpenKind::Marked;
    case RoiFileKind::None:
        break;
    }
    return isJson ? OpenKind::StudyJson : OpenKind::Map;
}

using Paths = std::vector<std::filesystem::path>;

struct FileGroups {
    Paths studies; ///< one at most: a study.json or scores.h5
    Paths maps, regions, marked;
    [[nodiscard]] bool isStudyAlone() const { return maps.empty() && regions.empty() && marked.empty(); }
};

FileGroups grouped(const Paths& files) {
    FileGroups groups;
    std::error_code ignored;
    for (const auto& file : files) {
        const auto path = std::filesystem::is_directory(file, ignored) ? file / "study.json" : file;
        switch (kindOf(path)) {
        case OpenKind::Hdf5:
        case OpenKind::StudyJson:
            groups.studies.push_back(path);
            break;
        case OpenKind::Regions:
            groups.regions.push_back(path);
            break;
        case OpenKind::Marked:
            groups.marked.push_back(path);
            break;
        case OpenKind::Map:
            groups.maps.push_back(path);
            break;
        }
    }
    if (groups.studies.size() > 1)
        throw FormatError({.what = "Studies and scores are opened one at a time",
                           .file = groups.studies[1],
                           .expected = "one study or scores.h5, and any number of maps and regions",
                           .found = std::to_string(groups.studies.size()) + " studies"});
    return groups;
}

OpenedFile openStudy(const std::filesystem::path& path) {
    Study study = readStudy(path);
    std::error_code ignored;
    const auto scores = path.parent_path() / "scores.h5";
    if (std::filesystem::exists(scores, ignored))
        return {.scores = std::make_shared<ScoreFile>(scores)};
    return {.studyToEncode = std::move(study)};
}

OpenedFile openStudyOrScores(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return startsLikeHdf5(stream) ? OpenedFile{.scores = std::make_shared<ScoreFile>(path)} : openStudy(path);
}

Paths joined(Paths first, const Paths& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

OpenedFile beside(const std::shared_ptr<const ScoreSource>& study, const FileGroups& groups, OpenedFile opened) {
    if (!groups.maps.empty()) {
        MapsBeside maps = mapsBeside(study, groups.maps);
        opened.scores = std::move(maps.scores);
        opened.maps = std::move(maps.names);
        opened.notes = std::move(maps.notes);
        if (opened.maps.size() > mostStacked)
            opened.notes.push_back(std::to_string(opened.maps.size()) + " maps joined the study. " +
                                   opened.maps.front() + " lies on the cortex; the Maps panel adds the others.");
    }
    opened.regions = loadRois(joined(groups.regions, groups.marked), study->index().vertexCounts);
    return opened;
}

OpenedFile withoutStudy(const FileGroups& groups, const std::shared_ptr<const ScoreSource>& open) {
    OpenedFile opened{.joinsOpen = groups.maps.empty() && groups.marked.empty()};
    std::shared_ptr<const ScoreSource> cortex = open;
    if (const Paths maps = joined(groups.maps, groups.marked); !maps.empty()) {
        auto source = std::make_shared<MapSource>(maps);
        opened.notes = source->notes();
        opened.scores = cortex = std::move(source);
    }
    if (!cortex)
        throw UsageError({.what = "Regions of interest need a cortex to lie on",
                          .file = groups.regions.empty() ? std::string() : groups.regions.front().string(),
                          .advice = "open a study, a map or a surface with them"});
    opened.regions = loadRois(groups.regions, cortex->index().vertexCounts);
    return opened;
}

} // namespace

OpenedFile openFiles(const std::vector<std::filesystem::path>& files, const std::shared_ptr<const ScoreSource>& open) {
    const FileGroups groups = grouped(files);
    OpenedFile opened{.joinsOpen = groups.studies.empty()};
    if (!groups.studies.empty()) {
        opened = openStudyOrScores(groups.studies.front());
        if (groups.isStudyAlone())
            return opened;
        if (!opened.scores)
            throw FormatError(
                {.what = "Maps and regions join a study that has been encoded, and this one has no scores",
                 .file = groups.studies.front(),
                 .advice = "encode it first, then open its scores.h5 with them"});
    }
    const auto study = opened.scores ? opened.scores : open;
    if (study && !study->index().models.empty())
        return beside(study, groups, std::move(opened));
    return withoutStudy(groups, open);
}

void showJoined(const OpenedFile& opened, SelectionModel& selection) {
    if (opened.maps.empty() && opened.regions.rois.empty())
        return;
    selection.edit([&](Selection& next) {
        const std::size_t count = opened.maps.size() > mostStacked ? 1 : opened.maps.size();
        for (std::size_t map = 0; map < count; ++map) {
            StackedMap stacked;
            stacked.kind = MapKind::Imported;
            stacked.importedMap = opened.maps[map];
            (void)addMap(next, std::move(stacked));
        }
        if (opened.regions.rois.empty())
            return;
        RoiSet all = *next.regions.rois;
        for (const Roi& roi : opened.regions.rois)
            all = withoutRoi(all, roi.name);
        all.rois.insert(all.rois.end(), opened.regions.rois.begin(), opened.regions.rois.end());
        next.regions.rois = SharedRois(std::move(all));
        showRois(next);
    });
}

} // namespace brainlike
