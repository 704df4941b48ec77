#pragma once

#include "core/study/ScoreSource.h"

#include <algorithm>
#include <utility>

namespace brainlike::test {

/// Maps on a template, as MapSource has them, without files.
class FakeMaps : public ScoreSource {
public:
    FakeMaps(std::string templateName, VertexCounts counts, std::vector<ImportedMap> maps) : m_maps(std::move(maps)) {
        m_index.studyName = "Fake maps";
        m_index.templateName = std::move(templateName);
        m_index.vertexCounts = counts;
        for (const ImportedMap& map : m_maps)
            m_index.importedMaps.push_back(map.name);
    }

    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] bool isComplete() const override { return true; }
    [[nodiscard]] std::optional<ImportedMap> importedMap(int map) const override {
        return m_maps.at(static_cast<std::size_t>(map));
    }
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
    std::vector<ImportedMap> m_maps;
    ScoreIndex m_index;
};

} // namespace brainlike::test
