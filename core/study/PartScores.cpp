#include "core/study/PartScores.h"

#include "core/base/Error.h"
#include "core/study/PartFile.h"

#include <algorithm>
#include <string>
#include <utility>

namespace brainlike {

std::shared_ptr<const std::vector<float>> readUnitScores(const std::filesystem::path& part, int dimensions) {
    auto scores = readPart(part).scores;
    if (scores.size() != static_cast<std::size_t>(dimensions))
        throw FormatError({.what = "The part has another number of scores",
                           .file = part,
                           .expected = std::to_string(dimensions),
                           .found = std::to_string(scores.size()),
                           .advice = "delete it and run encode again: it is computed anew"});
    return std::make_shared<const std::vector<float>>(std::move(scores));
}

std::vector<LayerScores> layerScores(const StudyOutline& outline, int model, int checkpoint, RecordingKind kind,
                                     const PartReader& read) {
    const auto layers = static_cast<int>(outline.study.models.at(static_cast<std::size_t>(model)).layers.size());
    std::vector<LayerScores> recordings;
    for (const int recording : outline.recordings(kind)) {
        LayerScores scores(layers, outline.dimensions(kind));
        for (int layer = 0; layer < layers; ++layer) {
            const auto values = read({model, checkpoint, layer, recording});
            std::copy(values->begin(), values->end(), scores.row(layer).data());
        }
        recordings.push_back(std::move(scores));
    }
    return recordings;
}

} // namespace brainlike
