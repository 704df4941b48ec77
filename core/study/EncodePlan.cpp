#include "core/study/EncodePlan.h"

#include "core/study/DataArray.h"
#include "core/study/EncodeUnit.h"
#include "core/study/PartStore.h"
#include "core/study/StudyIndex.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <vector>

namespace brainlike {
namespace {

/// Sizes that the cost of a fit depends on.
struct FitSize {
    double images = 0, features = 0, targets = 0, outer = 0, inner = 0, alphas = 0;
    [[nodiscard]] double rank() const { return std::min(images, features); }
};

/// Products and decompositions of the features: a Gram matrix, and an eigendecomposition a training set (about 9 r³).
double featureOperations(const FitSize& size) {
    const double rank = size.rank();
    return size.images * size.features * rank + size.outer * (size.inner + 1) * 9 * rank * rank * rank;
}

/// XᵀY once, then for every inner training set the products of METHODS 5, and the predictions of the outer folds.
double responseOperations(const FitSize& size, LambdaMode mode) {
    const double rank = size.rank();
    const double product = 2 * size.images * size.features * size.targets;
    const double perFold =
        mode == LambdaMode::Global
            ? 3 * rank * rank * size.targets
            : 2 * rank * rank * size.targets + 2 * size.alphas * rank * size.targets * size.images / (size.inner + 1);
    return product + size.outer * (size.inner * perFold + 4 * rank * rank * size.targets) + product;
}

/// Features of every layer of a model, from its first checkpoint.
std::vector<double> featureCounts(const Study& study, const StudyModel& model) {
    std::vector<double> counts;
    for (const auto& layer : model.layers) {
        const auto info = arrayInfo(featuresOf(study, model.checkpoints.front(), layer));
        double count = 1;
        for (std::size_t axis = 1; axis < info.shape.size(); ++axis)
            count *= static_cast<double>(info.shape[axis]);
        counts.push_back(count);
    }
    return counts;
}

double responseBytes(const StudyOutline& outline, double valueSize) {
    double bytes = 0;
    for (std::size_t i = 0; i < outline.shapes.size(); ++i)
        bytes += valueSize * outline.rows[i].size() * outline.shapes[i].dimensions;
    return bytes;
}

} // namespace

EncodePlan planEncoding(const Study& study, const std::filesystem::path& out, int threads) {
    const StudyOutline outline = outlineOf(study);
    const PartPaths paths(partsFolderOf(out), study);
    const int workers = threads > 0 ? threads : defaultThreads();
    const double valueSize = study.encoding.doublePrecision ? 8 : 4;
    std::vector<std::vector<double>> features;
    for (const auto& model : study.models)
        features.push_back(featureCounts(study, model));
    EncodePlan plan;
    double largestWork = 0;
    for (const auto& group : workOrder(study)) {
        FitSize size{.outer = double(study.encoding.outer.count),
                     .inner = double(study.encoding.inner.count),
                     .alphas = double(study.encoding.alphas.size())};
        size.features = features[static_cast<std::size_t>(group.model)][static_cast<std::size_t>(group.layer)];
        bool isPrepared = false;
        for (std::size_t recording = 0; recording < outline.shapes.size(); ++recording) {
            ++plan.unitCount;
            if (std::filesystem::exists(
                    paths.of({group.model, group.checkpoint, group.layer, static_cast<int>(recording)}))) {
                ++plan.doneCount;
                continue;
            }
            size.images = outline.rows[recording].size();
            size.targets = outline.shapes[recording].dimensions;
            plan.operations +=
                responseOperations(size, study.encoding.lambdaMode) + (isPrepared ? 0 : featureOperations(size));
            isPrepared = true;
            largestWork =
                std::max(largestWork, valueSize * (size.images * size.features * 2 + size.rank() * size.targets * 4) +
                                          8 * size.outer * (size.inner + 1) * size.rank() * size.rank() * 2);
        }
    }
    plan.bytes = 2 * responseBytes(outline, valueSize) + workers * largestWork;
    plan.seconds = plan.operations / operationsPerSecond / workers;
    return plan;
}

} // namespace brainlike
