#include "core/encoding/Ridge.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/encoding/FeatureScaling.h"
#include "core/encoding/RidgeMemory.h"
#include "core/encoding/StagedFit.h"

#include <algorithm>
#include <future>
#include <string>
#include <utility>

namespace brainlike {
namespace {

/// Which part of the time goes into the choice of λ, for the progress bar.
double choiceShare(const PreparedResponses::Data& responses) {
    return responses.kernels.empty() ? 0.75 : 0.25;
}

/// The same where decomposing the folds is a part of it.
constexpr double choiceInTurn = 0.9;

/// Bytes of products that a fit of matrices may keep.
constexpr double mostProductMemory = 1024.0 * 1024 * 1024;
/// Bytes beyond which the folds of a fit of matrices are decomposed in turn.
constexpr double mostFeatureMemory = 1024.0 * 1024 * 1024;

/// Outer folds of a fit of matrices that are decomposed at a time; 0: all are kept.
std::size_t foldsInTurn(Eigen::Index rows, Eigen::Index columns, const RidgeOptions& options) {
    const auto plan = FoldPlan::make(rows, options);
    FitSizes sizes{.plan = plan, .options = options, .columns = columns, .targets = 1, .threads = options.threads};
    if (preparedFeatureBytes(sizes) <= mostFeatureMemory)
        return 0;
    sizes.foldsInTurn = plan.outer.size();
    while (sizes.foldsInTurn > 1 && preparedFeatureBytes(sizes) > mostFeatureMemory)
        --sizes.foldsInTurn;
    return sizes.foldsInTurn;
}

/// Chooses λ for the next outer folds from responses in memory.
void choose(StagedFit& fit, const PreparedResponses::Data& responses, std::size_t folds, const JobShare& share) {
    const std::size_t all = responses.plan.outer.size();
    for (std::size_t count = 0; count < folds && fit.foldsToChoose() > 0; ++count) {
        const std::size_t fold = all - fit.foldsToChoose();
        share.job.throwIfCancelled();
        share.report(static_cast<double>(fold) / static_cast<double>(all), choosingText(fold, all));
        fit.beginChoice(1);
        fit.addToChoice(responses, share.job);
        fit.endChoice(share.job);
    }
}

/// Whether each outer fold predicts with one λ, from cross-products with the features.
bool choosesOneAlpha(Eigen::Index rows, Eigen::Index columns, const RidgeOptions& options) {
    return options.lambdaMode == LambdaMode::Global && columns > 0 &&
           cheaperSpace(FoldPlan::make(rows, options), columns) == Space::Features;
}

/// Features of FoldDepth::InnerOnly, for these responses alone.
RidgeResult fitSolved(PreparedFeatures& features, const PreparedResponses::Data& responses, const RidgeOptions& options,
                      JobContext& job) {
    const auto products = sharedProducts(features.data(), responses, mostProductMemory, options.threads, job);
    StagedFit fit(features.data(), responses, options, responses.kernels, &products);
    const JobShare choosing{job, 0, choiceShare(responses)};
    choose(fit, responses, fit.foldsToChoose(), choosing);
    features.solveOuter(fit.chosenAlphas(), job);
    fit.predict(responses, {job, choosing.last, 1});
    job.throwIfCancelled();
    return fit.take();
}

/// Matrices that may be freed once they are prepared.
template <typename ResponseScalar>
struct Given {
    RowMatrix<double>* features = nullptr;
    RowMatrix<ResponseScalar>* responses = nullptr;
};

template <typename FeatureScalar, typename ResponseScalar>
RidgeResult fitOnce(const RowMatrix<FeatureScalar>& features, const RowMatrix<ResponseScalar>& responses,
                    const RidgeOptions& options, JobContext& job, Given<ResponseScalar> given = {}) {
    if (features.rows() != responses.rows())
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = counted(features.rows(), "row") + ", as the features",
                          .found = counted(responses.rows(), "row") + " of responses",
                          .advice = "bring one row an image to both, in the same order"});
    validate(options);
    const std::size_t inTurn = features.cols() > 0 ? foldsInTurn(features.rows(), features.cols(), options) : 0;
    job.report(0, "preparing features and responses");
    // The features' first steps use one thread only; with one in all, the responses wait.
    auto preparedResponses = std::async(options.threads > 1 ? std::launch::async : std::launch::deferred, [&] {
        auto prepared = prepareResponses(responses, options, RowKernels::Never, job);
        if (given.responses != nullptr)
            given.responses->resize(0, 0);
        return prepared;
    });
    const bool solves = inTurn == 0 && choosesOneAlpha(features.rows(), features.cols(), options);
    const auto depth = inTurn > 0 ? FoldDepth::InTurn : solves ? FoldDepth::InnerOnly : FoldDepth::Nested;
    auto preparedFeatures = given.features != nullptr
                                ? PreparedFeatures(std::move(*given.features), options, job, depth)
                                : PreparedFeatures(features, options, job, depth);
    job.throwIfCancelled();
    const auto gotResponses = preparedResponses.get();
    if (solves)
        return fitSolved(preparedFeatures, *gotResponses, options, job);
    if (inTurn == 0)
        return fitPrepared(preparedFeatures.data(), *gotResponses, options, job, mostProductMemory);
    RidgeResult result;
    const auto* const only = gotResponses.get();
    fitInTurn(preparedFeatures, {&only, 1}, options, inTurn, job, mostProductMemory,
              [&](std::size_t, RidgeResult own) { result = std::move(own); });
    return result;
}

} // namespace

RidgeResult fitPrepared(const PreparedFeatures::Data& features, const PreparedResponses::Data& responses,
                        const RidgeOptions& options, JobContext& job, double productMemory) {
    const auto products = sharedProducts(features, responses, productMemory, options.threads, job);
    StagedFit fit(features, responses, options, responses.kernels, &products);
    const bool global = options.lambdaMode == LambdaMode::Global;
    const JobShare choosing{job, 0, global ? choiceShare(responses) : 0};
    choose(fit, responses, fit.foldsToChoose(), choosing);
    fit.predict(responses, {job, choosing.last, 1});
    job.throwIfCancelled();
    return fit.take();
}

void fitInTurn(PreparedFeatures& features, std::span<const PreparedResponses::Data* const> responses,
               const RidgeOptions& options, std::size_t folds, JobContext& job, double productMemory,
               const std::function<void(std::size_t, RidgeResult)>& finished) {
    std::vector<FitProducts> products;
    std::vector<std::unique_ptr<StagedFit>> fits;
    products.reserve(responses.size());
    for (const auto* own : responses) {
        products.push_back(sharedProducts(features.data(), *own, productMemory, options.threads, job));
        fits.push_back(std::make_unique<StagedFit>(features.data(), *own, options, own->kernels, &products.back()));
    }
    const std::size_t all = features.data().folds.size();
    for (std::size_t first = 0; first < all; first += folds) {
        job.throwIfCancelled();
        features.decomposeInner(first, std::min(folds, all - first), job);
        for (std::size_t index = 0; index < fits.size(); ++index)
            choose(*fits[index], *responses[index], folds, {job, 0, choiceInTurn});
    }
    features.decomposeOuter(job);
    for (std::size_t index = 0; index < fits.size(); ++index) {
        const double each = (1 - choiceInTurn) / static_cast<double>(fits.size());
        const double begun = choiceInTurn + each * static_cast<double>(index);
        fits[index]->predict(*responses[index], {job, begun, begun + each});
        job.throwIfCancelled();
        finished(index, fits[index]->take());
        fits[index].reset();
    }
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

RidgeResult fitRidgeFreeing(RowMatrix<double>&& features, RowMatrix<double>&& responses, const RidgeOptions& options,
                            JobContext& job) {
    RowMatrix<double> givenFeatures = std::move(features), givenResponses = std::move(responses);
    return fitOnce(givenFeatures, givenResponses, options, job, {&givenFeatures, &givenResponses});
}

RidgeResult fitRidgeFreeing(RowMatrix<double>&& features, RowMatrix<float>&& responses, const RidgeOptions& options,
                            JobContext& job) {
    RowMatrix<double> givenFeatures = std::move(features);
    RowMatrix<float> givenResponses = std::move(responses);
    return fitOnce(givenFeatures, givenResponses, options, job, {&givenFeatures, &givenResponses});
}

} // namespace brainlike
