#include "core/encoding/Ridge.h"

#include "core/base/Error.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/RidgeFit.h"

#include <algorithm>
#include <atomic>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr const char* predicting = "predicting test images";

/// Options that the answer depends on.
RidgeOptions deciding(RidgeOptions options) {
    options.threads = 1;
    options.keepInner = false;
    return options;
}

void requireSame(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                 const RidgeOptions& options) {
    validate(options);
    if (features.plan.rows != responses.plan.rows)
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = std::to_string(features.plan.rows) + " rows, as the features",
                          .found = std::to_string(responses.plan.rows) + " rows of responses",
                          .advice = "bring one row an image to both, in the same order"});
    if (deciding(features.options) != deciding(options) || deciding(responses.options) != deciding(options))
        throw ValueError({.what = "Features and responses were prepared with other options than this fit's",
                          .advice = "prepare both with the options of the fit"});
}

template <typename Scalar>
RowMatrix<double> tileByTile(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                             const ResponseTiles<Scalar>& tiles, const AlphaChoice& choice, const RidgeOptions& options,
                             const JobShare& share) {
    const auto chosen = choice.targets.empty() ? std::optional(choice.global) : std::nullopt;
    const OuterPrediction<Scalar> prediction(features, responses, chosen);
    RowMatrix<double> scores(static_cast<Index>(features.folds.size()), tiles.tiles * tiles.width);
    std::vector<std::optional<OuterTile<Scalar>>> workers(static_cast<std::size_t>(options.threads));
    std::atomic<Index> done = 0;
    parallelFor(options.threads, tiles.tiles, share.job, [&](Index tile, int worker) {
        auto& own = workers[static_cast<std::size_t>(worker)];
        if (!own)
            own.emplace(prediction, tiles);
        own->load(tile);
        std::vector<int> alphas(chosen ? 0 : static_cast<std::size_t>(tiles.width));
        for (std::size_t fold = 0; fold < features.folds.size(); ++fold) {
            for (std::size_t column = 0; column < alphas.size(); ++column) {
                const auto target = static_cast<std::size_t>(tile * tiles.width) + column;
                alphas[column] = target < responses.kept.size() ? std::max(choice.targets[fold][target], 0) : 0;
            }
            own->correlate(fold, chosen ? nullptr : &alphas, &scores(static_cast<Index>(fold), tile * tiles.width));
        }
        const Index finished = ++done;
        if (worker == 0) // one reporter, so that progress never goes back
            share.report(static_cast<double>(finished) / static_cast<double>(tiles.tiles), predicting);
    });
    share.report(1, predicting);
    return scores;
}

/// Which part of the time goes into the choice of λ, for the progress bar.
double choiceShare(const PreparedResponses::Data& responses) {
    return responses.kernels.empty() ? 0.75 : 0.25;
}

template <typename FeatureScalar, typename ResponseScalar>
RidgeResult fitOnce(const RowMatrix<FeatureScalar>& features, const RowMatrix<ResponseScalar>& responses,
                    const RidgeOptions& options, JobContext& job) {
    if (features.rows() != responses.rows())
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = std::to_string(features.rows()) + " rows, as the features",
                          .found = std::to_string(responses.rows()) + " rows of responses",
                          .advice = "bring one row an image to both, in the same order"});
    job.report(0, "preparing features");
    const PreparedFeatures preparedFeatures(features, options);
    job.throwIfCancelled();
    job.report(0, "preparing responses");
    const auto preparedResponses = prepareResponses(responses, options, RowKernels::Never);
    return fitPrepared(preparedFeatures.data(), *preparedResponses, options, job);
}

} // namespace

RowMatrix<double> outerScores(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                              const AlphaChoice& choice, const RidgeOptions& options, const JobShare& share) {
    return std::visit(
        [&]<typename Scalar>(const ResponseTiles<Scalar>& tiles) {
            return tileByTile(features, responses, tiles, choice, options, share);
        },
        responses.tiles);
}

RidgeResult fitPrepared(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                        const RidgeOptions& options, JobContext& job) {
    requireSame(features, responses, options);
    const double middle = choiceShare(responses);
    const JobShare choosing{job, 0, middle};
    auto choice = options.lambdaMode == LambdaMode::Global ? chooseGlobal(features, responses, options, choosing)
                                                           : choosePerTarget(features, responses, options, choosing);
    const auto scores = outerScores(features, responses, choice, options, {job, middle, 1});
    job.throwIfCancelled();
    return resultOf(features, responses, std::move(choice), scores);
}

RidgeResult fitRidge(const PreparedFeatures& features, const PreparedResponses& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitPrepared(features.data(), responses.data(), options, job);
}

RidgeResult fitRidge(const RowMatrix<float>& features, const RowMatrix<float>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<double>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

RidgeResult fitRidge(const RowMatrix<double>& features, const RowMatrix<float>& responses, const RidgeOptions& options,
                     JobContext& job) {
    return fitOnce(features, responses, options, job);
}

} // namespace brainlike
