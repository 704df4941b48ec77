#include "core/maps/MapsBeside.h"

#include "core/base/Error.h"
#include "core/maps/MapSource.h"
#include "core/study/ScoresWithMaps.h"

#include <algorithm>
#include <utility>

namespace brainlike {

MapsBeside mapsBeside(const std::shared_ptr<const ScoreSource>& study,
                      const std::vector<std::filesystem::path>& files) {
    const ScoreIndex& index = study->index();
    if (index.vertexCounts.total() == 0)
        throw ShapeError({.what = "The study has no fMRI recordings, so there is no cortex for the map to lie on",
                          .file = files.front().string(),
                          .advice = "Open the map alone"});
    try {
        const MapSource maps(files, index.templateName);
        if (maps.maps().empty())
            throw FormatError({.what = "The files hold surfaces alone, and a study is shown on those of its template",
                               .file = files.front().string(),
                               .expected = "maps or labels",
                               .advice = "Open the surfaces alone, or with the maps that lie on them"});
        MapsBeside beside{
            .scores = std::make_shared<ScoresWithMaps>(study, maps.maps()), .names = {}, .notes = maps.notes()};
        const auto& names = beside.scores->index().importedMaps;
        beside.names.assign(names.end() - static_cast<std::ptrdiff_t>(maps.maps().size()), names.end());
        return beside;
    } catch (const ShapeError& error) {
        ErrorDetails details = error.details();
        const std::string file = std::filesystem::path(details.file).filename().string();
        const std::string surface = std::filesystem::path(index.templateName).filename().string();
        details.what = (file.empty() ? "The map" : file) + " does not fit the open study, which lies on " + surface +
                       (details.found.empty() ? "" : ": it has " + details.found);
        details.advice = "Bring the map to " + surface + " first, or open it without the study";
        throw ShapeError(details);
    }
}

} // namespace brainlike
