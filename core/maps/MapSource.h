#pragma once

#include "core/study/ScoreSource.h"
#include "core/templates/TemplateFinder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// Maps, labels and surfaces of files, as something to look at on the cortex without a study: no models, no time
/// courses, only maps. Everything is read at once.
class MapSource : public ScoreSource {
public:
    /// Reads the files (see readMapFile), puts left and right hemispheres together and finds the surfaces that they lie
    /// on: those among the files (and, where they lie in a template's folder, its others), else the template that has
    /// as many vertices.
    ///
    /// A file that does not tell its hemisphere holds both if it is long enough; else two of them are left and right,
    /// one alone the left one: see `notes`. Where only one hemisphere has a map, the other has no values. A medial wall
    /// that holds exact zeros has none either (see clearMedialWall) where the surfaces come without a parcellation.
    ///
    /// @param templateName  name or folder; empty: as above
    /// @throws as readMapFile; ShapeError for files of different surfaces; NotFoundError if no surface is found, with
    ///         the places searched and how to give it
    explicit MapSource(const std::vector<std::filesystem::path>& files, const std::string& templateName = {},
                       const TemplateFinder& finder = TemplateFinder());

    /// What was assumed where the files do not tell, a sentence each; empty: nothing.
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }
    [[nodiscard]] const std::vector<ImportedMap>& maps() const { return m_maps; }

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override { return true; }
    [[nodiscard]] std::optional<ImportedMap> importedMap(int map) const override;
    [[nodiscard]] Template findTemplate() const override { return m_template; }

    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int, int, int) const override { return std::nullopt; }
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int, int, int, int) const override {
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int, int, int) const override { return std::nullopt; }
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int, int) const override { return std::nullopt; }
    [[nodiscard]] DimensionScores fmriVertex(int, int) const override { return {}; }
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int, int) const override { return std::nullopt; }
    [[nodiscard]] SummaryCurves summary(int) const override { return {}; }

private:
    std::vector<std::string> m_notes;
    Template m_template;
    std::vector<ImportedMap> m_maps;
    ScoreIndex m_index;
};

} // namespace brainlike
